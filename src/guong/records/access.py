"""Who reads the record book, who keeps it.

Awards and initiatives are honours: everyone of the department reads them. Ratings, disciplines, pending
matters and leave are read by those who must: the person, the head and the clerk of the unit where the person
works, the standing office, and whoever appraises a nomination of that person (security D5). Nobody else, not
the leader.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import SECTOR_READERS, Role
from guong.base.models import Body, Employment

if TYPE_CHECKING:
    from guong.base.models import User

UNIT_SIDE = (Role.UNIT_HEAD, Role.UNIT_CLERK)
KEEPERS = (*UNIT_SIDE, Role.STANDING_OFFICE)
READERS = (*KEEPERS, *SECTOR_READERS, Role.SECTION_HEAD)

_at_work: list[Callable[[User], tuple[Any, Any]]] = []


def also_read_by(found: Callable[[User], tuple[Any, Any]]) -> None:
    """A higher package says whose personal entries a user needs for work: (ids of people, ids of bodies)."""
    if found not in _at_work:
        _at_work.append(found)


def people_at_work(user: User) -> list[Any]:
    """Querysets of ids of the people whose personal entries the user needs for work, `person` in each row."""
    return [found(user)[0] for found in _at_work]


def bodies_at_work(user: User) -> list[Any]:
    """The same of collectives, `body` in each row."""
    return [found(user)[1] for found in _at_work]


def departments_seen_by(user: User, *roles: Any) -> Q:
    """Records of the trees the user holds one of the roles in (none named: any role).

    No filter at all when these are all the trees there are.
    """
    held = (held for held in user.scope.holdings if not roles or held.role in roles)
    roots = {holding.path.split("/")[1] for holding in held}
    seen = [path for path in user.scope.departments if path.split("/")[1] in roots]
    if seen and len(seen) == len(user.scope.departments):
        return Q()
    return Q(department__in=[int(path.split("/")[-2]) for path in seen])


def honours_seen_by(user: User) -> Q:
    """What was withdrawn from the book is read by those who keep it; the rest by the department."""
    return departments_seen_by(user) & (Q(withdrawn_on__isnull=True) | kept_by(user))


def kept_by(user: User) -> Q:
    """Entries of the units whose head or clerk the user is, and of the standing office's department."""
    kept = user.scope.within("department", Role.STANDING_OFFICE)
    return Q(unit__in=Body.objects.held_by(user, *UNIT_SIDE)) | kept


def personal_seen_by(user: User) -> Q:
    """Entries about people and collectives that are not for everybody."""
    scope = user.scope
    if not scope.holdings:
        return Q(pk__in=[])
    staff = Employment.objects.in_force().filter(scope.within("body", *UNIT_SIDE))
    seen = Q(person__in=staff.values("person")) | Q(body__in=Body.objects.held_by(user, *UNIT_SIDE))
    if user.person_id:
        seen |= Q(person=user.person_id)
    for people in people_at_work(user):
        seen |= Q(person__in=people)
    for bodies in bodies_at_work(user):
        seen |= Q(body__in=bodies)
    return seen | scope.within("department", Role.STANDING_OFFICE)


def imports_seen_by(user: User) -> Q:
    """A sheet may hold ratings: who sent it reads it while keeping a book there, and the standing office."""
    sent = Q(created_by=user) & departments_seen_by(user, *KEEPERS)
    return sent | user.scope.within("department", Role.STANDING_OFFICE)


def must_keep_the_book_of(user: User, unit: Body) -> str | None:
    """A unit's entries are kept by its head and clerk, and by the standing office."""
    if user.scope.holds(unit, *KEEPERS):
        return None
    return _("Only the head or the clerk of %(unit)s, or the standing office, may do this.") % {"unit": unit}


def must_keep_some_book(user: User) -> str | None:
    """Screens that enter and import are for those who keep the book of some unit."""
    if user.scope.has(*KEEPERS):
        return None
    return _("Only heads and clerks of units and the standing office write into the record book.")


def must_have_sent_it(user: User, run: Any) -> str | None:
    """A sheet is settled by who sent it, as long as that one keeps the book of some unit."""
    if run.created_by_id == user.pk:
        return must_keep_some_book(user)
    return _("Only %(who)s, who sent the sheet, may do this.") % {"who": run.created_by}
