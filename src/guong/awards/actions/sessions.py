"""A council session from its call to its votes (D-05, D-15, D-23). Its conclusion is in `conclusions`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access
from guong.awards.ballot import Choice, cast
from guong.awards.flow import NOMINATION_STEPS
from guong.awards.models import Council, Item, Listing, Nomination, Recusal, Seat, Session
from guong.awards.models.council import CouncilRole
from guong.awards.recusals import step_back_where_due
from guong.awards.vote_rules import kind_of_vote, must_be_as_secret_as_the_law, rules_of
from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import Body, User
from guong.base.workflow import guarded, take
from guong.law import VoteRule

State = Session.State


def ready_for_a_council(department: Body) -> QuerySet[Nomination]:
    """Nominations whose list is closed and every comment on it answered (D-15)."""
    open_list = Nomination.objects.filter(listing_entries__listing__state=Listing.State.OPEN)
    unanswered = Nomination.objects.filter(listing_entries__comments__answer="")
    return (
        Nomination.objects.filter(department=department, state=Nomination.State.LISTED)
        .exclude(pk__in=open_list.values("pk"))
        .exclude(pk__in=unanswered.values("pk"))
        .with_names()
        .order_by("movement__plan_id", "movement__order", "programme_id", "-subject", "pk")
    )


def call(
    *,
    by: User,
    council: Council,
    title: str,
    held_at: datetime,
    place: str,
    nominations: Iterable[Nomination],
    kind: str = "",
    key: UUID | None = None,
) -> Session:
    """Call a session: members, kind of vote and shares needed are copied and never change after.

    `kind`: empty for what the law wants for the titles on the agenda.
    Raises Refused, or AlreadyDone for a form sent twice.
    """
    chosen = list(nominations)
    with guarded(by, "call_session", council) as log:
        council = locked(council)
        rules = rules_of(council.department, chosen, timezone.localdate(held_at))
        must(
            access.must_keep_councils(by, council), _quorate(council), _not_past(held_at), _some(chosen),
            must_be_as_secret_as_the_law(council.department, rules.values(), kind),
        )  # fmt: skip
        claim_once(by, key)
        session = _with_members(
            Session(
                council=council,
                title=title,
                held_at=held_at,
                place=place,
                kind=kind_of_vote(rules.values(), kind),
            )
        )
        _set_agenda(session, chosen, rules, by)
        step_back_where_due(session)
        led_to(by, key, session)
        log.about(session, after=session.state)
    return session


def _with_members(session: Session) -> Session:
    """The session with the council's members and the share needed, as they are at this moment."""
    session.vote_percent = session.department.department.vote_percent
    session.save()
    Seat.objects.bulk_create(
        Seat(session=session, person_id=member.person_id, role=member.role, order=place)
        for place, member in enumerate(session.council.members.all(), start=1)
    )
    return session


def _set_agenda(
    session: Session, nominations: list[Nomination], rules: Mapping[str, VoteRule], by: User
) -> None:
    for place, nomination in enumerate(nominations, start=1):
        take(NOMINATION_STEPS["table"], nomination, by=by)
        rule = rules.get(nomination.title_code)
        share = rule.share if rule else None
        Item.objects.create(session=session, nomination=nomination, order=place, vote_percent=share)


def amend(*, by: User, session: Session, title: str, held_at: datetime, place: str) -> Session:
    """Another time, place or title, while the vote is not open."""
    with guarded(by, "amend_session", session) as log:
        session = locked(session)
        must(access.must_keep_councils(by, session), _before_the_vote(session), _not_past(held_at))
        session.title, session.held_at, session.place = title, held_at, place
        session.save(update_fields=["title", "held_at", "place"])
        log.about(session, note=f"{timezone.localtime(held_at):%d/%m/%Y %H:%M}. {place}")
    return session


def record_attendance(*, by: User, session: Session, came: Mapping[int, tuple[bool | None, str]]) -> None:
    """Who is present: seat id to (present, reason of absence). Raises Refused once the vote is closed."""
    with guarded(by, "record_attendance", session) as log:
        session = locked(session)
        must(access.must_keep_the_record(by, session), _not_yet_counted(session))
        seats = list(session.seats.filter(pk__in=came))
        for seat in seats:
            seat.present, reason = came[seat.pk]
            seat.absence_reason = "" if seat.present else reason
        Seat.objects.bulk_update(seats, ["present", "absence_reason"])
        present = session.seats.filter(present=True).count()
        log.about(session, note=_("%(n)s of %(all)s present") % {"n": present, "all": session.seats.count()})


def recuse(*, by: User, item: Item, seat: Seat, reason: str) -> None:
    """Record that a member takes no part in one item, beside those the house found itself (D-23)."""
    with guarded(by, "recuse", item.session) as log:
        session = locked(item.session)
        foreign = seat.session_id != session.pk
        must(
            access.must_keep_the_record(by, session),
            _not_yet_counted(session),
            _("This member is not on the list of the session.") if foreign else None,
            None if reason.strip() else _("Write the reason first."),
        )
        Recusal.objects.get_or_create(item=item, seat=seat, defaults={"reason": reason})
        log.about(session, note=f"{seat.person.name} · {item.nomination.name}: {reason}")


def vote(*, by: User, session: Session, choices: Mapping[int, str]) -> None:
    """One member's choices, item id to choice. All are kept or none; until closing they may be changed.

    Raises Refused: not a member, not present, closed, recused, or an item of another session.
    """
    with guarded(by, "vote", session) as log:
        session = locked(session)
        must(
            access.must_sit_in_the_session(by, session),
            access.must_vote_openly(by, session),
            _vote_is_open(session),
        )
        seat = access.seat_of(by, session)
        must(_is_present(session, seat), None if choices else _("Choose for at least one nominee first."))
        items = {
            item.pk: item for item in session.items.select_related("nomination__person", "nomination__body")
        }
        recused = dict(Recusal.objects.filter(seat=seat).values_list("item_id", "reason"))
        must(*(_may_choose(items.get(item), choice, recused) for item, choice in choices.items()))
        for item, choice in choices.items():
            cast(seat, items[item], choice, by)
        log.about(session, note=_("voted on %(n)s nominees") % {"n": len(choices)})


def _may_choose(item: Item | None, choice: str, recused: dict[int, str]) -> str | None:
    if item is None:
        return _("This nominee is not before this session.")
    if item.pk in recused:
        named = {"name": item.nomination.name, "reason": recused[item.pk]}
        return _("You do not vote on %(name)s: %(reason)s. This is recorded in the minutes.") % named
    return None if choice in Choice.values else _("Choose either for or against.")


def _is_present(session: Session, seat: Seat) -> str | None:
    if seat.present or session.kind == Session.Kind.WRITTEN:
        return None
    return _("You are not recorded as present: tell the secretary of the session, then vote.")


def _vote_is_open(session: Session) -> str | None:
    if session.state == State.VOTING:
        return None
    if session.state == State.CALLED:
        return _("The vote is not open yet: the chair or the secretary opens it.")
    return _("The vote is closed: no choice can be given or changed any more.")


def _before_the_vote(session: Session) -> str | None:
    return (
        None
        if session.state == State.CALLED
        else _("The vote was opened: the session can no longer be moved.")
    )


def _not_yet_counted(session: Session) -> str | None:
    if session.state in (State.CALLED, State.VOTING):
        return None
    return _("The votes are counted: attendance and recusals can no longer change.")


def _quorate(council: Council) -> str | None:
    roles = list(council.members.values_list("role", flat=True))
    if roles.count(CouncilRole.CHAIR) == 1 and CouncilRole.SECRETARY in roles and len(roles) >= 3:
        return None
    return _("The council needs a chair, a secretary and at least three members: complete its list first.")


def _not_past(held_at: datetime) -> str | None:
    if timezone.localdate(held_at) >= timezone.localdate():
        return None
    return _("The session would lie in the past: choose today or a later day.")


def _some(nominations: list[Nomination]) -> str | None:
    return None if nominations else _("Choose at least one nomination for the agenda.")
