"""Secret ballots: key, envelopes, opening, the end of the sheets, and counts of paper (C1-C12)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access, sealed
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Box, Item, PaperCount, Seat, Session
from guong.awards.models.council import CouncilRole
from guong.base.acting import locked, must
from guong.base.models import User
from guong.base.workflow import Refused, guarded, refusals, take
from guong.papers import sealing

State = Session.State


def set_up(*, by: User, session: Session, holders: Sequence[Seat]) -> tuple[Box, sealing.KeySheets]:
    """Freeze lists and rule and make the key of the box. The sheets are printed from what this returns.

    Until the vote is open this may be done again; the earlier sheets are then worthless. Raises Refused.
    """
    with guarded(by, "set_up_box", session) as log:
        session = locked(session)
        must(
            access.must_lead_the_session(by, session),
            access.must_vote_secretly(by, session),
            _before_the_vote(session),
            *_fit_board(session, holders),
        )
        sealed.drop(session)
        box, key = sealed.seal_the_lists(session, holders)
        names = "; ".join(seat.person.name for seat in holders)
        log.about(session, note=_("key sheets for %(names)s; lists sealed: %(hash)s") % {
            "names": names, "hash": box.setup_hash,
        })  # fmt: skip
    return box, key


def cast(*, by: User, session: Session, envelope: bytes) -> str:
    """Put one member's envelope into the box and give its tracker; a second one replaces the first.

    The row of the session is not locked: sixty members send at once. Raises Refused: not a member, too early,
    too late, no envelope of this session, or a copy of another member's.
    """
    with guarded(by, "vote", session) as log:
        seat, box = _seat_and_box(by, session)
        must(None if len(envelope) == sealed.envelope_length(box) else _not_an_envelope())
        try:
            fresh = sealed.put_in(box, seat, envelope)
        except IntegrityError as error:
            raise Refused(_not_accepted(error)) from error
        if fresh:
            log.about(session, note=_("sealed"))
    return sealing.tracker(envelope)


def cast_unsealed(*, by: User, session: Session, choices: Mapping[int, str]) -> str:
    """Seal here for a device that cannot, then cast. The choices are in memory only. Raises Refused."""
    with guarded(by, "vote", session):
        seat, box = _seat_and_box(by, session)
        known = set(session.items.values_list("pk", flat=True))
        unfit = set(choices) - known or set(choices.values()) - {"yes", "no"}
        must(
            None if choices else _("Choose for at least one nominee first."),
            _("This nominee is not before this session.") if unfit else None,
        )
        envelope = sealed.seal(box, seat, dict(choices))
    return cast(by=by, session=session, envelope=envelope)


def _seat_and_box(by: User, session: Session) -> tuple[Seat, Box]:
    seat = access.seat_of(by, session)
    must(None if seat else _("Only members on the list of this session may vote."), _takes_envelopes(session))
    return seat, session.box


def _takes_envelopes(session: Session) -> str | None:
    if not session.is_sealed:
        return _("This session has no sealed box.")
    if session.state == State.CALLED:
        return _("The vote is not open yet: the chair or the secretary opens it.")
    return None if session.state == State.VOTING else _closed()


def _closed() -> str:
    return _("The vote is closed: no choice can be given or changed any more.")


def _not_an_envelope() -> str:
    return _("What arrived is no sealed ballot of this session: load the page again and vote there.")


def _not_accepted(error: IntegrityError) -> str:
    if "envelope_no_copies" in str(error):
        return _("This envelope is a copy of another member's: load the page again and vote there.")
    return _closed()


def open_box(*, by: User, session: Session, sheets: Sequence[str]) -> Session:
    """Open all envelopes with two key sheets, in one transaction. Raises Refused; then nothing is opened."""
    with guarded(by, "open_box", session):
        session = locked(session)
        step = SESSION_STEPS["open_box"]
        must(*refusals(step, session, by), _("The ballots are on paper.") if session.on_paper else None)
        box = session.box
        must(sealed.lacking_for_secrecy(box))
        try:
            opened = sealed.open_with(box, sheets)
        except sealing.WrongSharesError as error:
            raise Refused(_unfit_sheets()) from error
        sealed.keep(box, opened)
        said = _("%(valid)s valid ballots, %(invalid)s invalid")
        note = said % {"valid": opened.valid, "invalid": opened.invalid}
        return take(step, session, by=by, note=note)


def _unfit_sheets() -> str:
    return _(
        "These are not two different key sheets of this session, or a word is mistyped:"
        " compare the words with the sheets and try again. Nothing was opened."
    )


def record_destruction(*, by: User, session: Session) -> None:
    """All three sheets are destroyed: no envelope can be opened any more. Raises Refused."""
    with guarded(by, "destroy_sheets", session) as log:
        session = locked(session)
        box = session.box
        must(
            access.must_count_the_ballots(by, session),
            None if box and box.opened_at else _("The box is not opened yet: the sheets are still needed."),
            _("It is recorded already.") if box and box.destroyed_at else None,
        )
        box.destroyed_at = timezone.now()
        box.save(update_fields=["destroyed_at"])
        log.about(session, note=_("three key sheets destroyed"))


def count_paper(*, by: User, session: Session, totals: Mapping[str, Any]) -> Session:
    """Keep one person's totals of the ballots on paper; when a second person finds the same they count.

    `totals`: issued, returned, valid, invalid, and items: item id as text to [yes, no]. Raises Refused.
    """
    with guarded(by, "count_paper", session) as log:
        session = locked(session)
        must(access.must_sit_in_the_session(by, session), _on_paper(session), *_unfit_totals(session, totals))
        PaperCount.objects.update_or_create(session=session, by=by, defaults={"totals": dict(totals)})
        log.about(session, note=_("counted the ballots on paper"))
        if not session.paper_counts.exclude(by=by).filter(totals=dict(totals)).exists():
            return session
        _keep_totals(session, totals)
        return take(SESSION_STEPS["count_paper"], session, by=by)


def _keep_totals(session: Session, totals: Mapping[str, Any]) -> None:
    items, members = sealed.agenda(session), session.seats.count()
    for item in items:
        item.yes, item.no = totals["items"][str(item.pk)]
        item.blank = totals["valid"] - item.yes - item.no
        sealed.settle(item, members)
    Item.objects.bulk_update(items, ["yes", "no", "blank", "members", "verdict"])
    sealed.count_ballots(session, totals["issued"], totals["valid"], totals["invalid"])


def _unfit_totals(session: Session, totals: Mapping[str, Any]) -> list[str | None]:
    members = session.seats.count()
    issued, returned = totals["issued"], totals["returned"]
    votes: Collection[list[int]] = totals["items"].values()
    missing = {str(pk) for pk in session.items.values_list("pk", flat=True)} ^ set(totals["items"])
    adds_up = totals["valid"] + totals["invalid"] == returned <= issued <= members
    return [
        _("Enter the votes of every nominee.") if missing else None,
        None if adds_up else _(
            "The ballots do not add up: valid and invalid ones are those returned, at most those issued,"
            " and at most one for each of the %(n)s members."
        ) % {"n": members},
        None if all(yes + no <= totals["valid"] for yes, no in votes) else _(
            "A nominee has more votes than there are valid ballots: count that line again."
        ),
    ]  # fmt: skip


def _on_paper(session: Session) -> str | None:
    if session.on_paper and session.state == State.BOXED:
        return None
    return _("No ballots on paper wait to be counted in this session.")


def _before_the_vote(session: Session) -> str | None:
    return (
        None if session.state == State.CALLED else _("The vote was opened: its key can no longer be changed.")
    )


def _fit_board(session: Session, holders: Sequence[Seat]) -> list[str | None]:
    three = len({seat.pk for seat in holders}) == sealing.SHEETS
    ours = all(seat.session_id == session.pk for seat in holders)
    plain = bool(holders) and holders[-1].role == CouncilRole.MEMBER
    return [
        None if three else _("Choose three different members: each keeps one key sheet."),
        None if ours else _("This member is not on the list of the session."),
        None
        if plain or not three
        else _("The third sheet goes to a member who neither chairs nor keeps the minutes."),
        None if session.items.exists() else _("There is no nominee on the agenda."),
    ]
