"""The whole paper of a plan: head, preamble, sections, closing sentence, signature, annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from guong.papers.model import Article, OfficialPaper, Signature
from guong.planreader import Plan, Recipient
from guong.plans.paper.annexes import annexes
from guong.plans.paper.body import sections
from guong.plans.paper.prose import closing_of
from guong.plans.paper.wording import basis_line, recipient_line

_CLOSING = "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về {issuer} để được hướng dẫn."


@dataclass(frozen=True)
class Facts:
    """What the paper needs and the plan does not say.

    issuer_above: the body above the issuer, "UBND tỉnh An Bình".
    issuer: the issuer as the head prints it; empty: as the plan names it.
    authority: the signing form above the position, "KT. GIÁM ĐỐC"; several lines are parted by a line break.
    symbol: "KH-SYT", for a draft that has no number yet.
    year: of a draft that has no date yet.
    draft: the paper carries "DỰ THẢO".
    closing: the last paragraph; empty: where to turn with difficulties.
    """

    issuer_above: str = ""
    issuer: str = ""
    authority: str = ""
    symbol: str = ""
    year: int = 0
    draft: bool = False
    closing: str = ""


def plan_paper(plan: Plan, facts: Facts) -> OfficialPaper:
    """The paper of `plan` with its annexes. Raises ValueError when the year is known to neither."""
    issuer = plan.issuer or facts.issuer
    closing = (
        closing_of(plan.sections) or facts.closing or _CLOSING.format(issuer=issuer or "cơ quan ban hành")
    )
    signatory = plan.signatory
    bare = replace(
        _head(plan, facts),
        bases=tuple(basis_line(basis) for basis in plan.legal_bases),
        articles=(Article("", (_intro(plan, issuer),)), *sections(plan)),
        closing=closing,
        recipients=tuple(recipient_line(item) for item in _file_copy_last(plan.distribution)),
        signature=Signature(
            (signatory and signatory.position) or "", (signatory and signatory.name) or "", facts.authority
        ),
    )
    return replace(bare, annexes=annexes(plan, bare.cited(issuer)))


def _head(plan: Plan, facts: Facts) -> OfficialPaper:
    number = plan.number or ""
    symbol = number.removeprefix("/") if number.startswith("/") else facts.symbol
    day, month, year = _day(plan.issued_on or "")
    return OfficialPaper(
        issuer=facts.issuer or plan.issuer or "",
        issuer_above=facts.issuer_above,
        kind=plan.kind or "Kế hoạch",
        place=plan.place or "",
        signature=Signature("", ""),
        number="" if number.startswith("/") else number,
        symbol=symbol,
        day=day,
        month=month,
        year=year or facts.year or None,
        draft=facts.draft,
        subject=plan.title or "",
    )


def _day(on: str) -> tuple[date | None, int | None, int | None]:
    """The day, or of a date that says less its month and year."""
    if len(on) == 10:
        day = date.fromisoformat(on)
        return day, day.month, day.year
    year, _dash, month = on.partition("-")
    return None, int(month) if month else None, int(year) if year else None


def _intro(plan: Plan, issuer: str) -> str:
    """Who issues what: the sentence between the legal bases and the sections."""
    theme = f" với chủ đề “{plan.theme}”, nội dung" if plan.theme else ""
    return f"{issuer} ban hành {plan.kind or 'Kế hoạch'}{theme} như sau:".strip()


def _file_copy_last(recipients: tuple[Recipient, ...]) -> Iterator[Recipient]:
    """ "Lưu: VT" closes the list, whatever its place in the plan."""
    yield from sorted(recipients, key=lambda item: (item.recipient or "").startswith("Lưu"))
