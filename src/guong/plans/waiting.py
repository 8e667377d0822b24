"""What waits in plans: duties of units, reports for the office, readings to confirm, dates that come near."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.base.feed import Task
from guong.base.models import User
from guong.plans.access import KEEPERS, OWN_KEEPERS, REPORTERS, plans_kept_by
from guong.plans.models import Duty, Obligation, Plan, Reading
from guong.plans.waiting_after import tasks_of
from guong.plans.waiting_drafts import draft_tasks

WRITERS = {role for roles in OWN_KEEPERS.values() for role in roles}
NEAR = timedelta(days=14)
MOST = 50


def waiting_for(user: User) -> list[Task]:
    """Work of plans for one user, by their roles."""
    tasks: list[Task] = []
    if user.scope.has(*REPORTERS):
        tasks += _duties(user)
    if user.scope.has(*KEEPERS, *WRITERS):
        tasks += [*_readings(user), *draft_tasks(user), *_reports(user), *_near(user)]
    return [*tasks, *tasks_of(user)]


def _duties(user: User) -> list[Task]:
    """Duties of one's own units: due, late, or returned."""
    mine = Duty.objects.filter(user.scope.within("body", *REPORTERS)).waiting()
    found = mine.filter(obligation__plan__state=Plan.State.IN_FORCE).select_related(
        "obligation__plan", "body"
    )
    return [
        Task(
            title=duty.obligation.what,
            reason=_returned(duty)
            or _("%(unit)s owes this report under %(plan)s.")
            % {"unit": duty.body.label, "plan": duty.obligation.plan},
            url=duty.get_absolute_url(),
            action=_("Report"),
            due=duty.obligation.due_on,
            kind="plan",
        )
        for duty in found.order_by("obligation__due_on", "pk")[:MOST]
    ]


def _returned(duty: Duty) -> str:
    if duty.state != Duty.State.RETURNED:
        return ""
    return _("The standing office returned the report of %(unit)s; its reason is on the page.") % {
        "unit": duty.body.label
    }


def _readings(user: User) -> list[Task]:
    """Readings nobody confirmed yet."""
    found = Reading.objects.filter(plans_kept_by(user), state=Reading.State.READ)
    return [
        Task(
            title=_("Compare and confirm %(name)s") % {"name": reading.title},
            reason=_("%(file)s was read; nothing was created yet.") % {"file": reading.file.name},
            url=reading.get_absolute_url(),
            action=_("Compare and confirm"),
            kind="plan",
        )
        for reading in found.select_related("file").defer("lines").order_by("-pk")[:MOST]
    ]


def _kept(user: User):
    plans = Plan.objects.filter(plans_kept_by(user), state=Plan.State.IN_FORCE)
    return Obligation.objects.filter(plan__in=plans).select_related("plan")


def _reports(user: User) -> list[Task]:
    """Reports that came in, by obligation."""
    waiting = Count("duties", filter=Q(duties__state=Duty.State.REPORTED))
    found = _kept(user).annotate(n=waiting).filter(n__gt=0).order_by("due_on", "pk")
    return [
        Task(
            title=item.what,
            reason=ngettext(
                "%(n)s report waits to be accepted.", "%(n)s reports wait to be accepted.", item.n
            )
            % {"n": item.n},
            url=f"{reverse('plans:obligation', args=[item.pk])}?state=reported",
            action=_("Look at the reports"),
            kind="plan",
        )
        for item in found[:MOST]
    ]


def _near(user: User) -> list[Task]:
    """Obligations due soon or past, with units still missing; or, when nobody owes them by name, just due."""
    today = timezone.localdate()
    waiting = Q(duties__state__in=[Duty.State.DUE, Duty.State.RETURNED])
    counted = (
        _kept(user)
        .filter(due_on__lte=today + NEAR)
        .annotate(missing=Count("duties", filter=waiting), all=Count("duties"))
    )
    found = counted.filter(Q(missing__gt=0) | Q(all=0, due_on__gt=today - NEAR))
    return [
        Task(
            title=item.what,
            reason=_("%(n)s of %(all)s units have not reported.") % {"n": item.missing, "all": item.all}
            if item.all
            else _("%(plan)s sets this date; see that it is kept.") % {"plan": item.plan},
            url=reverse("plans:obligation", args=[item.pk])
            if item.all
            else f"{item.plan.get_absolute_url()}#han",
            action=_("See who is missing") if item.all else _("Open the plan"),
            due=item.due_on,
            kind="clock",
        )
        for item in found.order_by("due_on", "pk")[:MOST]
    ]
