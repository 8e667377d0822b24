"""What waits around councils and decisions, for each role."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.awards.actions.decisions import waiting_for_a_decision
from guong.awards.actions.sessions import ready_for_a_council
from guong.awards.models import Council, Decision, Seat, Session
from guong.base.access import Role
from guong.base.feed import Task
from guong.base.models import Body, User

State = Session.State
MOST = 10  # of one kind; the lists behind them hold all


def council_tasks(user: User) -> list[Task]:
    """Ballots, attendance, conclusions, sessions to call, decisions to draft, number, sign and issue."""
    return [*_as_member(user), *_as_standing_office(user), *_as_leader(user)]


def _as_member(user: User) -> Iterator[Task]:
    if not user.person_id:
        return
    seats = (
        Seat.objects.filter(person_id=user.person_id)
        .exclude(session__state=State.CONCLUDED)
        .select_related("session__council")
        .annotate(
            cast=Count("votes", distinct=True)
            + Count("envelopes", filter=Q(envelopes__box__dropped_at__isnull=True), distinct=True)
        )
        .order_by("session__held_at")[:MOST]
    )
    for seat in seats:
        yield from _of_seat(seat)


def _of_seat(seat: Seat) -> Iterator[Task]:
    session, day = seat.session, seat.session.local_day
    if session.state == State.VOTING and _may_vote(seat, session) and not seat.cast:
        url = reverse("awards:ballot", args=[session.pk])
        yield Task(session.title, _("The vote is open; you have not voted."), url, _("Vote"), day, "council")
    elif session.state == State.CLOSED and seat.role == "chair":
        url = reverse("awards:conclude", args=[session.pk])
        said = _("The votes are counted and wait for your conclusion.")
        yield Task(session.title, said, url, _("Conclude"), day, "council")
    elif session.state == State.BOXED:
        yield from _of_box(seat, session)
    elif session.state == State.CALLED:
        yield _coming(seat, session)


def _may_vote(seat: Seat, session: Session) -> bool:
    """Absent members vote in the same box, and by written opinion; an open vote is for those present."""
    return bool(seat.present) or session.kind != Session.Kind.OPEN


def _of_box(seat: Seat, session: Session) -> Iterator[Task]:
    if session.on_paper:
        url, said = (
            reverse("awards:paper", args=[session.pk]),
            _("Ballots on paper wait for the totals of two members."),
        )
        if seat.role in ("chair", "vice", "secretary"):
            yield Task(session.title, said, url, _("Enter the totals"), session.local_day, "council")
    elif session.box and seat.pk in {holder.pk for holder in session.box.holders}:
        url, said = (
            reverse("awards:counting", args=[session.pk]),
            _("The box is closed and waits for two key sheets."),
        )
        yield Task(session.title, said, url, _("Open the box"), session.local_day, "council")


def _coming(seat: Seat, session: Session) -> Task:
    held = timezone.localtime(session.held_at)
    said = _("Session at %(hour)s, %(place)s") % {"hour": f"{held:%H:%M}", "place": session.place or "—"}
    is_secretary = seat.role == "secretary" and held.date() <= timezone.localdate()
    act = _("Record attendance") if is_secretary else _("Read the dossiers")
    return Task(session.title, said, session.get_absolute_url(), act, session.local_day, "council")


def _as_standing_office(user: User) -> Iterator[Task]:
    department = Body.objects.held_by(user, Role.STANDING_OFFICE).filter(kind="department").first()
    if department is None:
        return
    if ready := ready_for_a_council(department).count():
        yield _call_a_session(department, ready)
    if chosen := waiting_for_a_decision(department).count():
        said = ngettext(
            "%(n)s chosen nominee is on no decision.", "%(n)s chosen nominees are on no decision.", chosen
        )
        url = reverse("awards:decision_new")
        yield Task(_("Draft a decision"), said % {"n": chosen}, url, _("Draft"), None, "decision")
    for decision in _in_state(user, Role.STANDING_OFFICE, "draft", "numbered"):
        yield _of_draft(decision)


def _call_a_session(department: Body, ready: int) -> Task:
    council = Council.objects.filter(department=department).order_by("-established_on").first()
    url = reverse("awards:session_new", args=[council.pk]) if council else reverse("awards:council_new")
    said = ngettext(
        "%(n)s nominee was posted and every comment is answered.",
        "%(n)s nominees were posted and every comment is answered.",
        ready,
    )
    return Task(_("Call a council session"), said % {"n": ready}, url, _("Call"), None, "council")


def _of_draft(decision: Decision) -> Task:
    if decision.state == Decision.State.DRAFT:
        return Task(
            decision.title,
            _("The draft waits for its number."),
            decision.get_absolute_url(),
            _("Open"),
            None,
            "decision",
        )
    said = _("%(number)s waits for its signed copy.") % {"number": decision.full_number}
    return Task(decision.title, said, decision.get_absolute_url(), _("Upload"), None, "decision")


def _as_leader(user: User) -> Iterator[Task]:
    for decision in _in_state(user, Role.LEADER, "signed"):
        said = _("%(number)s is signed and waits to be issued.") % {"number": decision.full_number}
        yield Task(decision.title, said, decision.get_absolute_url(), _("Issue"), None, "decision")


def _in_state(user: User, role: str, *states: str) -> list[Decision]:
    mine = user.scope.within("department", role) & Q(state__in=states)
    return list(Decision.objects.filter(mine).order_by("pk")[:MOST])
