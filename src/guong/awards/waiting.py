"""What waits on the road of an award, for the unit, the office asked and the standing office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.awards.access import Reach
from guong.awards.consolidation import WAITING
from guong.awards.days import database_today
from guong.awards.models import Listing, Nomination
from guong.awards.models.nomination import reach_of
from guong.awards.waiting_councils import council_tasks
from guong.base.feed import Task
from guong.base.models import LogEntry, User
from guong.movements.models import Movement

State = Nomination.State
MOST = 12  # of one kind; one more line leads to the rest


def waiting_for(user: User) -> list[Task]:
    """Everything of awards that waits for this user."""
    reach = reach_of(user)
    mine = [*_unit(reach), *_office(reach), *_standing(reach), *_leader(reach), *council_tasks(user)]
    return [*mine, *_open_lists(user)]


def _open_lists(user: User) -> Iterator[Task]:
    """Everybody of the department may comment on an open list: it waits until one has."""
    open_now = Listing.objects.visible_to(user).filter(
        state=Listing.State.OPEN, closes_on__gte=database_today()
    )
    for listing in open_now.exclude(entries__comments__author=user).order_by("closes_on")[:MOST]:
        yield Task(
            listing.title,
            _("Open for comment: say what you know of the nominees, good or bad."),
            listing.get_absolute_url(),
            _("Read and comment"),
            listing.closes_on,
            "list",
        )


def _nominations(**which: Any) -> QuerySet[Nomination]:
    return Nomination.objects.filter(**which).with_names().order_by("pk")


def _unit(reach: Reach) -> Iterator[Task]:
    if reach.clerked:
        yield from _each(
            _nominations(state=State.RETURNED, unit__in=reach.clerked), _returned, _("Returned nominations")
        )
        yield from _each(
            _nominations(state=State.DRAFT, unit__in=reach.clerked), _draft, _("Drafts of nominations")
        )
    if reach.headed:
        yield from _each(
            _nominations(state=State.WITH_HEAD, unit__in=reach.headed), _with_head,
            _("Nominations waiting for your signature"),
        )  # fmt: skip


def _each(
    found: QuerySet[Nomination], task: Callable[[Nomination, dict[int, str]], Task], rest: str
) -> Iterator[Task]:
    """One line for each of the first; one line for all the others."""
    nominations = list(found[:MOST])
    notes = _return_notes(nominations)
    yield from (task(nomination, notes) for nomination in nominations)
    more = found.count() - MOST if len(nominations) == MOST else 0
    if more > 0:
        address = f"{reverse('awards:list')}?xem={WAITING}&nam=0"
        yield Task(rest, _("and %(n)s more") % {"n": more}, address, _("Open the list"))


def _return_notes(nominations: list[Nomination]) -> dict[int, str]:
    """The latest reason of return of each, in one query."""
    back = [nomination.pk for nomination in nominations if nomination.state == State.RETURNED]
    if not back:
        return {}
    kind = ContentType.objects.get_for_model(Nomination)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id__in=back, after=State.RETURNED, refused=False
    ).order_by("at", "pk")
    return dict(entries.values_list("object_id", "note"))


def _returned(nomination: Nomination, notes: dict[int, str]) -> Task:
    return Task(
        _("%(name)s was returned") % {"name": nomination.name},
        notes.get(nomination.pk, "")[:300] or str(nomination.movement),
        nomination.get_absolute_url(),
        _("Complete"),
    )


def _draft(nomination: Nomination, _notes: dict[int, str]) -> Task:
    return Task(
        _("Draft: %(name)s") % {"name": nomination.name},
        str(nomination.movement),
        nomination.get_absolute_url(),
        _("Go on writing"),
    )


def _with_head(nomination: Nomination, _notes: dict[int, str]) -> Task:
    return Task(
        _("Send the nomination of %(name)s") % {"name": nomination.name},
        str(nomination.movement),
        nomination.get_absolute_url(),
        _("Read and send"),
    )


def _office(reach: Reach) -> Iterator[Task]:
    """Opinions asked of one's office, the most urgent first."""
    if not reach.offices:
        return
    found = _nominations(state=State.SUBMITTED, appraisal__office__in=reach.offices)
    asked = found.select_related("appraisal").order_by("appraisal__due_on", "pk")
    for nomination in asked[:MOST]:
        yield Task(
            _("Give an opinion on %(name)s") % {"name": nomination.name},
            f"{nomination.unit.label} · {nomination.movement}",
            f"{nomination.get_absolute_url()}#tham-dinh",
            _("Read and answer"),
            nomination.appraisal.due_on,
        )
    more = found.count() - MOST
    if more > 0:
        address = f"{reverse('awards:list')}?xem={WAITING}&nam=0"
        yield Task(
            _("Opinions asked of your office"), _("and %(n)s more") % {"n": more}, address, _("Open the list")
        )


def _standing(reach: Reach) -> Iterator[Task]:
    if not reach.kept:
        return
    appraised = Nomination.objects.filter(state=State.APPRAISED, department__in=reach.kept)
    count = appraised.exclude(movement__route=Movement.Route.AD_HOC).count()
    if count:
        title = ngettext(
            "%(n)s appraised nomination is on no list", "%(n)s appraised nominations are on no list", count
        )
        yield Task(
            title % {"n": count},
            _("They go before the council after a list for comment."),
            f"{reverse('awards:list')}?xem=da-tham-dinh&nam=0",
            _("Post a list"),
            kind="list",
        )
    yield from _lists(reach)


def _lists(reach: Reach) -> Iterator[Task]:
    """Comments without an answer, and lists whose last day is over."""
    today = database_today()
    unanswered = Count("entries__comments", filter=Q(entries__comments__answer=""))
    found = Listing.objects.filter(department__in=reach.kept).annotate(unanswered=unanswered)
    for listing in found.filter(Q(unanswered__gt=0)).order_by("closes_on")[:MOST]:
        title = ngettext(
            "%(n)s comment waits for an answer", "%(n)s comments wait for an answer", listing.unanswered
        )
        yield Task(
            title % {"n": listing.unanswered}, listing.title, listing.get_absolute_url(), _("Answer"),
            listing.closes_on, "list",
        )  # fmt: skip
    for listing in found.filter(state=Listing.State.OPEN, closes_on__lt=today).order_by("closes_on")[:MOST]:
        yield Task(
            _("Close “%(list)s”") % {"list": listing.title},
            _("The time for comment is over; its nominees go before the council after that."),
            listing.get_absolute_url(),
            _("Close the list"),
            listing.closes_on,
            "list",
        )


def _leader(reach: Reach) -> Iterator[Task]:
    """Ad hoc achievements that were appraised wait for the leader's choice (D-07)."""
    if not reach.led:
        return
    found = _nominations(
        state=State.APPRAISED, department__in=reach.led, movement__route=Movement.Route.AD_HOC
    )
    for nomination in found[:MOST]:
        yield Task(
            _("Decide on the ad hoc award of %(name)s") % {"name": nomination.name},
            f"{nomination.unit.label} · {nomination.movement}",
            nomination.get_absolute_url(),
            _("Read and choose"),
        )
