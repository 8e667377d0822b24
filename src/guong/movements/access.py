"""Who sees movements, and who may record a launch or set up programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import Role
from guong.plans.access import must_keep_plans, plans_seen_by

if TYPE_CHECKING:
    from guong.base.models import User

LAUNCHERS = (Role.UNIT_HEAD, Role.UNIT_CLERK)


def movements_seen_by(user: User) -> Q:
    """Movements are for everyone of the department whose plan makes them."""
    return plans_seen_by(user, prefix="plan__")


def launches_seen_by(user: User) -> Q:
    """Launches are public inside the department: who has not launched is shown by name."""
    return plans_seen_by(user, prefix="movement__plan__")


def must_launch_for_own_unit(user: User, launch: Any) -> str | None:
    """A unit's launch is recorded by its head or its clerk."""
    if user.scope.holds(launch.body, *LAUNCHERS):
        return None
    return _("Only the head or the clerk of the unit records its launch.")


def must_keep_movements(user: User, movement: Any) -> str | None:
    """Programmes, windows and quota changes belong to whoever keeps the plan."""
    return must_keep_plans(user, movement.plan)
