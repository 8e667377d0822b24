"""Who may see and do what: roles granted on nodes of the organisation tree, read afresh for every request.

`Scope` answers both questions from one place: `holds()` for an object, `within()` for a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from guong.base.models import Body, User


class Role(models.TextChoices):
    """Roles a person can hold on a body (A-01 … A-26). Council seats are kept by the council itself."""

    ADMINISTRATOR = "administrator", _("administrator")
    STANDING_OFFICE = "standing_office", _("standing office")
    LEADER = "leader", _("department leader")
    APPRAISER = "appraiser", _("appraiser of a specialised office")
    COUNCIL_CHAIR = "council_chair", _("council chair")
    COUNCIL_MEMBER = "council_member", _("council member")
    COUNCIL_SECRETARY = "council_secretary", _("council secretary")
    UNIT_HEAD = "unit_head", _("unit head")
    UNIT_CLERK = "unit_clerk", _("unit clerk")
    SECTION_HEAD = "section_head", _("section head")
    UNION_OFFICER = "union_officer", _("union officer")
    YOUTH_OFFICER = "youth_officer", _("youth union officer")
    COMMUNICATIONS = "communications", _("communications officer")
    INSPECTOR = "inspector", _("inspector")
    EMPLOYEE = "employee", _("employee")
    AUDITOR = "auditor", _("read-only auditor")


COUNCIL = (Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER, Role.COUNCIL_SECRETARY)
SECTOR_READERS = (Role.STANDING_OFFICE, Role.LEADER, Role.INSPECTOR, Role.AUDITOR)


@dataclass(frozen=True)
class Holding:
    """One role in force now, with the path of the body it reaches down from."""

    role: str
    path: str
    body_id: int


@dataclass(frozen=True)
class Scope:
    """Everything one user may act on at this moment.

    Roles are members of `Role`, declared Any: without types of Django mypy takes them for tuples.
    """

    user_id: int
    person_id: int | None
    holdings: tuple[Holding, ...]
    departments: tuple[str, ...] = ()  # paths of all departments there are, the user's or not

    def has(self, *roles: Any) -> bool:
        """True when any of the roles is held anywhere."""
        return any(holding.role in roles for holding in self.holdings)

    def paths(self, *roles: Any) -> list[str]:
        """Tree paths under which one of the roles is held."""
        return sorted({holding.path for holding in self.holdings if holding.role in roles})

    def holds(self, body: Body | None, *roles: Any) -> bool:
        """True when one of the roles is held on this body or above it."""
        return body is not None and any(body.path.startswith(path) for path in self.paths(*roles))

    def within(self, body_field: str, *roles: Any) -> Q:
        """Filter: the body behind `body_field` ("": the body itself) lies under one where a role is held."""
        field = f"{body_field}__path__startswith" if body_field else "path__startswith"
        return any_of(Q(**{field: path}) for path in self.paths(*roles))


def any_of(conditions: Iterable[Q]) -> Q:
    """Or of many conditions; of none: nothing at all, never everything."""
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


LOG_READERS = (Role.ADMINISTRATOR, Role.INSPECTOR, Role.AUDITOR)
PEOPLE_READERS = (
    Role.UNIT_HEAD, Role.UNIT_CLERK, Role.SECTION_HEAD, Role.ADMINISTRATOR, *SECTOR_READERS,
)  # fmt: skip
KEEPERS_OF_PEOPLE = (Role.ADMINISTRATOR, Role.UNIT_CLERK)
PERSONAL_DUTIES = (*COUNCIL, Role.EMPLOYEE, Role.AUDITOR, Role.ADMINISTRATOR)  # never lent to somebody else


def bodies_seen_by(user: User) -> Q:
    """The trees one holds any role in, and the central bodies every department writes to (A-02)."""
    roots = sorted({holding.path.split("/")[1] for holding in user.scope.holdings})
    seen = any_of(Q(path__startswith=f"/{root}/") for root in roots)
    return seen | Q(kind="central") if roots else seen


def accounts_seen_by(user: User) -> Q:
    """One's own account; administrators, inspectors and auditors see those who work or act below them."""
    scope = user.scope
    return (
        Q(pk=user.pk)
        | scope.within("person__employments__body", *LOG_READERS)
        | scope.within("grants__body", *LOG_READERS)
    )


def must_administer(user: User, body: Body) -> str | None:
    """The tree, accounts and roles are kept by the administrator of the body or of one above it."""
    if user.scope.holds(body, Role.ADMINISTRATOR):
        return None
    return gettext("Only the administrator of %(body)s may do this.") % {"body": body}


def must_keep_people_of(user: User, body: Body) -> str | None:
    """A unit's people are kept by its clerk or by the administrator."""
    if user.scope.holds(body, *KEEPERS_OF_PEOPLE):
        return None
    return gettext("Only the clerk of %(body)s or the administrator may do this.") % {"body": body}
