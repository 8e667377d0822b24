"""The sealed box of a session: its key, its envelopes, its closing and its one opening (C1-C11).

The private key passes through memory twice: when the sheets are printed, and when two of them open the box.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards.ballot import settle
from guong.awards.models import Box, Envelope, Item, Pile, Recusal, Seat, Session
from guong.base.models import User
from guong.papers import sealing

LETTERS = {"yes": sealing.YES, "no": sealing.NO, "": sealing.SILENT}
_CAST = """
INSERT INTO awards_envelope (box_id, seat_id, ciphertext, tracker) VALUES (%s, %s, %s, %s)
ON CONFLICT (box_id, seat_id) DO UPDATE SET ciphertext = excluded.ciphertext, tracker = excluded.tracker
WHERE awards_envelope.tracker <> excluded.tracker
"""


def seal_the_lists(session: Session, holders: Sequence[Seat]) -> tuple[Box, sealing.KeySheets]:
    """A fresh box with lists and rule as they are now. The words of the sheets are kept nowhere."""
    key = sealing.new_key()
    number = session.boxes.count() + 1
    setup = sealing.frozen(_setup(session, number, key.public))
    box = Box.objects.create(
        session=session, round=number, setup=setup, setup_hash=sealing.digest(setup),
        public_key=base64.b64encode(key.public).decode(), counting_chair=holders[0],
        counting_secretary=holders[1], counting_member=holders[2],
    )  # fmt: skip
    return box, key


def _setup(session: Session, number: int, public: bytes) -> dict[str, Any]:
    seats = session.seats.select_related("person")
    return {
        "session": session.pk,
        "round": number,
        "council": session.council.name,
        "established_by": session.council.established_by,
        "title": session.title,
        "denominator": "all_members",
        "absent": "same_box",
        "members": [[seat.pk, seat.person.name] for seat in seats],
        "nominees": [[item.pk, item.nomination.name, item.percent] for item in agenda(session)],
        "public_key": base64.b64encode(public).decode(),
    }


def agenda(session: Session) -> list[Item]:
    """The nominees in the order of the ballot: one letter each."""
    named = session.items.select_related(
        "session", "nomination__person", "nomination__body", "nomination__unit"
    )
    return list(named.order_by("order", "pk"))


def named_box(session: Session) -> Box | None:
    """The box of the round that counts, with the names of its holders in the same query."""
    holders = [f"counting_{one}__person" for one in ("chair", "secretary", "member")]
    found = Box.objects.filter(session=session, dropped_at__isnull=True).select_related(*holders).first()
    if found:
        found.session = session
    return found


def seal(box: Box, seat: Seat, choices: dict[int, str]) -> bytes:
    """Seal a ballot here, for a device that cannot: item id to yes or no. Only memory sees the choices."""
    items = box.session.items.order_by("order", "pk").values_list("pk", flat=True)
    letters = [LETTERS[choices.get(item, "")] for item in items]
    return sealing.seal(public_key(box), box.setup_hash, seat.pk, letters)


def public_key(box: Box) -> bytes:
    """The key a ballot is sealed for."""
    return base64.b64decode(box.public_key)


def envelope_length(box: Box) -> int:
    """Bytes of every envelope of this box."""
    return sealing.envelope_length(len(json.loads(box.setup)["nominees"]))


def put_in(box: Box, seat: Seat, envelope: bytes) -> bool:
    """Put an envelope into the box; the member's earlier one goes. False when it is there already.

    Raises IntegrityError when the box closed meanwhile, or for a copy of another member's envelope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CAST, [box.pk, seat.pk, envelope, sealing.tracker(envelope)])
        return cursor.rowcount == 1


def envelopes_of(box: Box) -> dict[int, bytes]:
    """Seat id to envelope."""
    return {seat: bytes(sealed) for seat, sealed in box.envelopes.values_list("seat_id", "ciphertext")}


def trackers_of(box: Box) -> list[str]:
    """All trackers, sorted: the list members look their own up in."""
    return sorted(box.envelopes.values_list("tracker", flat=True))


def close(session: Session, _by: User) -> None:
    """The list of trackers is hashed once; the hash is in the audit chain from then on."""
    box = session.box
    box.list_hash, box.closed_at = sealing.list_hash(box.setup_hash, trackers_of(box)), timezone.now()
    box.save(update_fields=["list_hash", "closed_at"])


def open_with(box: Box, sheets: Sequence[str]) -> sealing.Opened:
    """What the envelopes hold. Raises WrongSharesError; the key is gone when this returns."""
    items = [item.pk for item in agenda(box.session)]
    apart = {(items.index(item), seat) for item, seat in recusals_of(box.session)}
    key = sealing.join(sheets, public_key(box))
    return sealing.open_box(key, box.setup_hash, envelopes_of(box), len(items), apart)


def recusals_of(session: Session) -> list[tuple[int, int]]:
    """Nominee and member who stands back from them."""
    return list(Recusal.objects.filter(item__session=session).values_list("item_id", "seat_id"))


def keep(box: Box, opened: sealing.Opened) -> None:
    """Write slips and counts, without time or owner of any, then the opening itself."""
    items, members = agenda(box.session), box.session.seats.count()
    Pile.objects.bulk_create(
        Pile(box=box, item=item, slips=pile) for item, pile in zip(items, opened.piles, strict=True)
    )
    for item, pile in zip(items, opened.piles, strict=True):
        item.yes, item.no, item.blank = sealing.votes_in(pile).values()
        settle(item, members)
    Item.objects.bulk_update(items, ["yes", "no", "blank", "members", "verdict"])
    count_ballots(box.session, members, opened.valid, opened.invalid)
    box.opened_at = timezone.now()
    box.save(update_fields=["opened_at"])


def count_ballots(session: Session, issued: int, valid: int, invalid: int) -> None:
    """Issued, returned, valid and invalid ballots, as the minutes print them."""
    session.issued, session.returned = issued, valid + invalid
    session.valid, session.invalid = valid, invalid
    session.save(update_fields=["issued", "returned", "valid", "invalid"])


def drop(session: Session) -> None:
    """This round is not counted: another one, or paper, takes its place. Its envelopes stay sealed."""
    session.boxes.filter(dropped_at__isnull=True).update(dropped_at=timezone.now())


def exported(box: Box) -> str:
    """The box as the file of `guong verify-session`."""
    piles = dict(box.piles.values_list("item_id", "slips"))
    opened = None
    if box.opened_at:
        in_order = tuple(piles[item.pk] for item in agenda(box.session))
        opened = sealing.Opened(box.session.valid or 0, box.session.invalid or 0, in_order)
    return sealing.box_file(box.setup, envelopes_of(box), recusals_of(box.session), opened)


def lacking_for_secrecy(box: Box) -> str | None:
    """Two ballots opened together betray each other."""
    found = Envelope.objects.filter(box=box).count()
    if found >= sealing.FEWEST:
        return None
    return _(
        "The box holds %(n)s envelopes; fewer than %(least)s would betray how each member voted: vote again."
    ) % {"n": found, "least": sealing.FEWEST}
