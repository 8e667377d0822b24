"""Whose book a user opens and keeps, and which unit a line belongs to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import Role
from guong.base.models import Body, Person, User
from guong.base.workflow import Refused
from guong.records import access


def books_open_to(user: User) -> Any:
    """People whose book the user may open: those he sees anyway, and those he appraises."""
    seen = Q(pk__in=Person.objects.visible_to(user).values("pk"))
    for people in access.people_at_work(user):
        seen |= Q(pk__in=people)
    return Person.objects.filter(seen)


def sees_personal(user: User, subject: Person | Body) -> bool:
    """Whether ratings and circumstances of the subject are for this user (D5)."""
    if isinstance(subject, Body):
        if user.scope.holds(subject, *access.KEEPERS):
            return True
        return any(bodies.filter(body=subject.pk).exists() for bodies in access.bodies_at_work(user))
    if user.person_id == subject.pk or must_keep_subject(user, subject) is None:
        return True
    return any(people.filter(person=subject.pk).exists() for people in access.people_at_work(user))


def must_keep_subject(user: User, subject: Person | Body) -> str | None:
    """The book of a person is kept where the person works; of those who left, by the standing office."""
    if isinstance(subject, Body):
        return access.must_keep_the_book_of(user, subject)
    works = subject.employments
    unit_side = user.scope.within("body", *access.UNIT_SIDE)
    if works.in_force().filter(unit_side).exists():
        return None
    if works.filter(user.scope.within("body", Role.STANDING_OFFICE)).exists():
        return None
    return _(
        "Only the head or clerk of the unit where this person works, or the standing office, may do this."
    )


def unit_of(subject: Person | Body, day: date) -> Body:
    """The unit the subject belonged to on a day; the nearest known when nobody was employed then."""
    if isinstance(subject, Body):
        place: Body | None = subject
    else:
        works = subject.employments.select_related("body")
        work = subject.employment_on(day) or works.order_by("valid_from").first()
        place = work.body if work else None
    unit = place.unit() if place else None
    if unit is None:
        raise Refused(_("No unit is known for %(name)s; enter a post first.") % {"name": subject})
    return unit


def department_of(unit: Body) -> Body:
    """The department above a unit. Raises Refused for a body outside every department."""
    above = (
        Body.objects.filter(pk__in=unit.ancestor_ids(), department__isnull=False).order_by("-path").first()
    )
    if above is None:
        raise Refused(_("%(unit)s belongs to no department.") % {"unit": unit})
    return above


def must_see_personal(user: User, subject: Person | Body) -> str | None:
    """What the law answers about somebody rests on ratings and disciplines: D5 holds for the answer too."""
    if sees_personal(user, subject):
        return None
    return _(
        "What may be proposed rests on ratings and disciplines: only the person, the head and the clerk of"
        " the unit, and the standing office see it."
    )


def must_see_everybody_of(user: User, body: Body) -> str | None:
    """A list of answers about everybody of a body: who keeps that body's book, nobody else."""
    if user.scope.holds(body, *access.KEEPERS):
        return None
    return _(
        "The list of everybody rests on ratings and disciplines: only the head and the clerk of the unit and"
        " the standing office see it."
    )


def must_see_the_sector(user: User, department: Body) -> str | None:
    """The whole department at once: the standing office."""
    if user.scope.holds(department, Role.STANDING_OFFICE):
        return None
    return _("The whole sector at once rests on everybody's ratings and disciplines: only the standing office"
             " sees it.")  # fmt: skip
