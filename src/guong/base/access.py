"""Who may see and do what: roles granted on nodes of the organisation tree, read afresh for every request.

`Scope` answers both questions from one place: `holds()` for an object, `within()` for a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
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
    """Everything one user may act on at this moment."""

    user_id: int
    person_id: int | None
    holdings: tuple[Holding, ...]

    def has(self, *roles: str) -> bool:
        """True when any of the roles is held anywhere."""
        return any(holding.role in roles for holding in self.holdings)

    def paths(self, *roles: str) -> list[str]:
        """Tree paths under which one of the roles is held."""
        return sorted({holding.path for holding in self.holdings if holding.role in roles})

    def holds(self, body: Body | None, *roles: str) -> bool:
        """True when one of the roles is held on this body or above it."""
        return body is not None and any(body.path.startswith(path) for path in self.paths(*roles))

    def within(self, body_field: str, *roles: str) -> Q:
        """Filter: the body behind `body_field` lies under a body where one of the roles is held."""
        return any_of(Q(**{f"{body_field}__path__startswith": path}) for path in self.paths(*roles))


def any_of(conditions: Iterable[Q]) -> Q:
    """Or of many conditions; of none: nothing at all, never everything."""
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def must_be_active(user: User) -> str | None:
    """A disabled account acts no more, not even through a page that is still open."""
    return None if user.is_active else str(_("This account is closed."))
