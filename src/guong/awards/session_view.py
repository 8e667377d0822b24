"""What the page of a session shows: the road so far, the agenda with votes, and what the chair sees (07c)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.awards import access
from guong.awards.ballot import votes_needed
from guong.awards.models import Item, Recusal, Seat, Session
from guong.base.models import User

State = Session.State
ORDER = {State.CALLED: 0, State.VOTING: 1, State.BOXED: 1, State.CLOSED: 2, State.CONCLUDED: 3}


@dataclass
class Row:
    """One nominee with the members who stand back and, once counted, the votes."""

    item: Item
    recused: list[Recusal]
    needed: int = 0

    @property
    def counted(self) -> bool:
        """The votes are known."""
        return self.item.members is not None


@dataclass(frozen=True)
class Sight:
    """Everything the page shows, read in a fixed number of queries."""

    seats: list[Seat]
    rows: list[Row]
    me: Seat | None
    present: int
    may_keep_record: bool
    may_chair: bool

    @property
    def members(self) -> int:
        return len(self.seats)

    @property
    def shares(self) -> list[dict[str, int]]:
        """Each share needed on this agenda, with the votes it takes."""
        percents = sorted({row.item.percent for row in self.rows})
        return [{"percent": one, "needed": votes_needed(self.members, one)} for one in percents]

    @property
    def absent(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.present is False]


def sight_of(session: Session, user: User) -> Sight:
    """Read a session for one reader."""
    seats = list(session.seats.select_related("person"))
    return Sight(
        seats=seats,
        rows=rows_of(session, len(seats)),
        me=next((seat for seat in seats if seat.person_id == user.person_id and user.person_id), None),
        present=sum(seat.present is True for seat in seats),
        may_keep_record=access.must_keep_the_record(user, session) is None,
        may_chair=access.must_chair_the_session(user, session) is None,
    )


def rows_of(session: Session, members: int) -> list[Row]:
    """Items in the order of the agenda; once counted, highest votes first within the agenda's groups."""
    items = session.items.select_related(
        "session", "nomination__movement", "nomination__programme", "nomination__person", "nomination__body",
        "nomination__unit", "nomination__employment", "nomination__appraisal",
    )  # fmt: skip
    apart: dict[int, list[Recusal]] = {}
    for recusal in Recusal.objects.filter(item__session=session).select_related("seat__person"):
        apart.setdefault(recusal.item_id, []).append(recusal)
    rows = [Row(item, apart.get(item.pk, []), votes_needed(members, item.percent)) for item in items]
    if session.state in (State.CLOSED, State.CONCLUDED):
        rows.sort(key=lambda row: (-(row.item.yes or 0), row.item.order))
    return rows


def road(session: Session, sight: Sight) -> list[dict[str, Any]]:
    """The timeline on top of the page."""
    at = ORDER[State(session.state)]
    unknown = sum(seat.present is None for seat in sight.seats)
    stood_back = {recusal.seat_id for row in sight.rows for recusal in row.recused}
    items = ngettext("%(n)s nominee", "%(n)s nominees", len(sight.rows)) % {"n": len(sight.rows)}
    later = "done" if at or not unknown else "later"
    notes = (
        (_("Called"), items, "done"),
        (_("Attendance"), _attendance(sight, unknown), "done" if at or not unknown else "now"),
        (_("Stand back"), _("%(n)s members") % {"n": len(stood_back)}, later),
        (_("Vote"), _vote_note(session, at), _status(at, 1)),
        (_("Conclusion and minutes"), _("waits for the chair") if at == 2 else "", _status(at, 2)),
    )  # fmt: skip
    found = [{"label": label, "note": note, "status": status} for label, note, status in notes]
    if at == 0 and not unknown:
        found[3]["status"] = "now"
    return found


def _vote_note(session: Session, at: int) -> str:
    if session.state == State.BOXED:
        return _("on paper, to be counted") if session.on_paper else _("box closed, to be opened")
    return _("closed") if at > 1 else _("open now") if at else ""


def _attendance(sight: Sight, unknown: int) -> str:
    if unknown:
        return _("%(n)s members not recorded") % {"n": unknown}
    return _("%(n)s present") % {"n": sight.present}


def _status(at: int, mine: int) -> str:
    return "done" if at > mine else "now" if at == mine else "later"


def direct_workers(rows: list[Row]) -> dict[str, int]:
    """How many of the people on the agenda lead and how many work directly with patients (D-11)."""
    works = [row.item.nomination.employment for row in rows if row.item.nomination.employment]
    return {
        "people": sum(row.item.nomination.person_id is not None for row in rows),
        "leaders": sum(work.is_leader for work in works),
        "direct": sum(work.is_direct_worker for work in works),
        "collectives": sum(row.item.nomination.body_id is not None for row in rows),
    }
