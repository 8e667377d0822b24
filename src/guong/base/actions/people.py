"""Writes on people and their employments: by the unit's clerk or the administrator. Never merged by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import KEEPERS_OF_PEOPLE, must_keep_people_of
from guong.base.actions.organisation import refuse
from guong.base.entry import claim, fulfil, must_be_unchanged
from guong.base.models import Body, Employment, Person, User
from guong.base.text import fold
from guong.base.workflow import Refused, guarded

EDITABLE = ("name", "birth_year", "gender", "staff_code")


def namesakes(name: str) -> Any:
    """Everybody of that name, spelled with or without diacritics: shown, never merged (design 15)."""
    return Person.objects.filter(name_fold=fold(name))


def make_person(person: dict[str, Any], work: dict[str, Any], *, by: User, key: UUID) -> Person:
    """A new person with a first employment. Raises Refused, AlreadyDone."""
    with guarded(by, "make_person", work["body"]) as log:
        claim(by, key)
        refuse(must_keep_people_of(by, work["body"]))
        made = Person.objects.create(**person)
        Employment.objects.create(person=made, **must_fit(work))
        log.about(made)
        fulfil(by, key, made)
    return made


def edit_person(person: Person, values: dict[str, Any], *, seen: str, by: User) -> Person:
    """Mend name, birth year, gender or staff code. Raises Refused."""
    with guarded(by, "edit_person", person) as log:
        person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        refuse(must_keep(by, person))
        must_be_unchanged(person, EDITABLE, seen)
        for name, value in values.items():
            setattr(person, name, value)
        person.save()
        log.about(person)
    return person


def add_employment(person: Person, work: dict[str, Any], *, by: User, key: UUID) -> Employment:
    """One more post of the same person, beside the present one. Raises Refused, AlreadyDone."""
    with guarded(by, "add_employment", person) as log:
        claim(by, key)
        refuse(must_keep(by, person))
        refuse(must_keep_people_of(by, work["body"]))
        made = Employment.objects.create(person=person, **must_fit(work))
        log.about(person, note=str(made))
        fulfil(by, key, person)
    return made


def move_person(employment: Employment, work: dict[str, Any], *, by: User, key: UUID) -> Employment:
    """End one employment the day before and begin the next one. Raises Refused, AlreadyDone."""
    person, day = employment.person, work["valid_from"]
    with guarded(by, "move_person", person) as log:
        claim(by, key)
        employment = _locked(employment)
        refuse(must_keep_people_of(by, employment.body))
        refuse(must_keep_people_of(by, work["body"]))
        _end(employment, day - timedelta(days=1))
        made = Employment.objects.create(person=person, **must_fit(work))
        log.about(person, note=_("%(old)s, now %(new)s") % {"old": employment, "new": made})
        fulfil(by, key, person)
    return made


def end_employment(employment: Employment, *, day: date, by: User) -> Employment:
    """The last day of one employment. Raises Refused."""
    with guarded(by, "end_employment", employment.person) as log:
        employment = _locked(employment)
        refuse(must_keep_people_of(by, employment.body))
        _end(employment, day)
        log.about(employment.person, note=str(employment))
    return employment


def must_keep(user: User, person: Person) -> str | None:
    """A person's data are kept where the person works; those who left, by the administrator."""
    works = person.employments.filter(
        Q(pk__in=person.employments.in_force()) & user.scope.within("body", *KEEPERS_OF_PEOPLE)
        | user.scope.within("body", KEEPERS_OF_PEOPLE[0])
    )
    if works.exists():
        return None
    return _("Only the clerk of the unit where this person works, or the administrator, may do this.")


def must_fit(work: dict[str, Any]) -> dict[str, Any]:
    """Raises Refused when the body does not exist at the time of the employment."""
    body: Body = work["body"]
    if work["valid_from"] < body.valid_from or (body.valid_to and work["valid_from"] > body.valid_to):
        raise Refused(_("%(body)s does not exist on that day; choose another day or body.") % {"body": body})
    return work


def _locked(employment: Employment) -> Employment:
    return (
        Employment.objects.select_for_update(of=("self",))
        .select_related("body", "person")
        .get(pk=employment.pk)
    )


def _end(employment: Employment, day: date) -> None:
    if employment.valid_to is not None and employment.valid_to <= day:
        raise Refused(
            _("This employment already ended on %(day)s.") % {"day": f"{employment.valid_to:%d/%m/%Y}"}
        )
    if day < employment.valid_from:
        raise Refused(
            _("This employment began on %(day)s; it cannot end before.")
            % {"day": f"{employment.valid_from:%d/%m/%Y}"}
        )
    employment.valid_to = day
    employment.save(update_fields=["valid_to"])
