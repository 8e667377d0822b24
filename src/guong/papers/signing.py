"""Who signs in which form: KT., TL., TUQ., TM., Q. or the head himself (NĐ 30/2020, Annex I)."""

from __future__ import annotations

import re

from guong.papers.layout import plain
from guong.papers.model import Signature

_ACTING = re.compile(r"^(QUYỀN|Q\.)\s*", re.IGNORECASE)
_DEPUTY = re.compile(r"^PHÓ\s+", re.IGNORECASE)


def signature(
    head: str, post: str, name: str, *, collective: str = "", authorised: bool = False
) -> Signature:
    """How the holder of `post` signs for a body led by `head` ("Giám đốc").

    The head signs under the bare title, an acting head as "Q. GIÁM ĐỐC", a deputy, also one in charge, as
    "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", the head of an office by order (TL.) or, `authorised` in writing, TUQ.
    `collective`: the paper speaks for a collective body, "TM. ỦY BAN NHÂN DÂN" stands above.
    """
    head, post = plain(head).upper(), plain(post).upper()
    above = f"TM. {plain(collective).upper()}" if collective else ""
    if post.startswith(head):
        return Signature(head, name, above)
    if (acting := _ACTING.sub("", post)) != post and acting.startswith(head):
        return Signature(f"Q. {head}", name, above)
    if (led := _DEPUTY.sub("", post)) != post and led.startswith(head):
        return Signature(f"PHÓ {head}", name, "\n".join(filter(None, (above, f"KT. {head}"))))
    return Signature(post, name, f"{'TUQ' if authorised else 'TL'}. {head}")
