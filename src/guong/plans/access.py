"""Who sees plans, and who may bring one in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import SECTOR_READERS, Role, any_of

if TYPE_CHECKING:
    from guong.base.models import User

KEEPERS = (Role.STANDING_OFFICE, Role.LEADER)
REPORTERS = (Role.UNIT_HEAD, Role.UNIT_CLERK)
DOERS = (*REPORTERS, Role.APPRAISER, Role.UNION_OFFICER, Role.YOUTH_OFFICER, Role.COMMUNICATIONS)

DRAFTERS = (Role.STANDING_OFFICE, Role.UNIT_CLERK, Role.UNION_OFFICER, Role.YOUTH_OFFICER)
APPROVERS = (Role.LEADER, Role.UNIT_HEAD)


def plans_seen_by(user: User, prefix: str = "") -> Q:
    """A plan in force is for everyone who holds any role in its department.

    `prefix` leads from the filtered record to the plan, such as "movement__plan__".
    """
    roots = sorted({holding.path.split("/")[1] for holding in user.scope.holdings})
    return any_of(Q(**{f"{prefix}department__path__startswith": f"/{root}/"}) for root in roots)


def readings_seen_by(user: User) -> Q:
    """Readings not yet confirmed are seen by the standing office and the leaders of the department."""
    return user.scope.within("department", *SECTOR_READERS)


def drafts_seen_by(user: User) -> Q:
    """A draft is seen where it is written and approved, and by the readers of the sector."""
    return user.scope.within("body", *DRAFTERS, *APPROVERS, *SECTOR_READERS)


def difficulties_seen_by(user: User) -> Q:
    """A difficulty is seen by the unit that reports it and by those who keep the plan."""
    return user.scope.within("body", *REPORTERS) | user.scope.within("plan__department", *SECTOR_READERS)


def must_keep_plans(user: User, record: Any) -> str | None:
    """Only the standing office and the department's leaders bring plans in and change what they made."""
    if user.scope.holds(record.department, *KEEPERS):
        return None
    return _("Only the standing office and the department's leaders may do this.")


def must_keep_some_plans(user: User) -> str | None:
    """The same before there is a record: in any department."""
    if user.scope.has(*KEEPERS):
        return None
    return _("Only the standing office and the department's leaders may do this.")


def must_report_for_own_unit(user: User, duty: Any) -> str | None:
    """A unit's report is written by its clerk and its head."""
    if user.scope.holds(duty.body, *REPORTERS):
        return None
    return _("Only the head or the clerk of the unit sends its report.")


def must_do_assignment(user: User, assignment: Any) -> str | None:
    """The body given the task says it is done; the standing office may say it for anyone."""
    if user.scope.holds(assignment.body, *DOERS) or user.scope.holds(assignment.department, *KEEPERS):
        return None
    return _("Only the body given this task, or the standing office, may say whether it is done.")
