"""What waits in movements: launches missing for units; windows that close for those in charge."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.base.feed import Task
from guong.base.models import Body, User
from guong.movements.access import LAUNCHERS
from guong.movements.models import Launch, Movement
from guong.plans.access import KEEPERS
from guong.plans.models import Plan

MOST = 50
SHOWN = 3
NEAR = timedelta(days=14)


def waiting_for(user: User) -> list[Task]:
    """Work of movements for one user, by their roles."""
    tasks: list[Task] = []
    if user.scope.has(*LAUNCHERS):
        tasks += _launches(user)
    if user.scope.has(*KEEPERS):
        tasks += _windows(user)
    return tasks


def _launches(user: User) -> list[Task]:
    """One line a unit: the movements of plans in force it has not launched."""
    units = Body.objects.held_by(user, *LAUNCHERS).current().filter(in_sector=True).by_name()[:SHOWN]
    tasks = []
    for unit in units:
        done = Launch.objects.filter(movement=OuterRef("pk"), body=unit)
        missing = list(
            Movement.objects.for_unit(unit)
            .to_launch()
            .filter(~Exists(done), ended_by=None, plan__state=Plan.State.IN_FORCE)
            .filter(plan__department__in=unit.ancestor_ids(), plan__year__gte=timezone.localdate().year)
            .order_by("plan", "order")[:MOST]
        )
        if missing:
            tasks.append(_task(unit, missing))
    return tasks


def _task(unit: Body, missing: list[Movement]) -> Task:
    title = ngettext(
        "%(unit)s has not launched %(n)s movement", "%(unit)s has not launched %(n)s movements", len(missing)
    )
    names = "; ".join(movement.code or movement.name[:60] for movement in missing[:8])
    return Task(
        title=title % {"unit": unit.label, "n": len(missing)},
        reason=_("Not yet recorded: %(names)s.") % {"names": names},
        url=missing[0].get_absolute_url(),
        action=_("Record our launch"),
        kind="movement",
    )


def _windows(user: User) -> list[Task]:
    """Judging windows that close within two weeks."""
    today = timezone.localdate()
    found = Movement.objects.filter(
        user.scope.within("plan__department", *KEEPERS),
        plan__state=Plan.State.IN_FORCE,
        window_end__range=(today, today + NEAR),
    )
    return [
        Task(
            title=str(movement),
            reason=_("The judging window closes; nominations still to come must hurry."),
            url=movement.get_absolute_url(),
            action=_("Open the movement"),
            due=movement.window_end,
            kind="movement",
        )
        for movement in found.order_by("window_end", "pk")[:MOST]
    ]
