"""Finding people and bodies by any part of a name, with or without diacritics."""

from __future__ import annotations

from typing import Any

from guong.base.feed import Hit
from guong.base.models import Body, Employment, Person, User
from guong.base.text import fold


def having_words(records: Any, field: str, query: str) -> Any:
    """Records whose folded text holds every word of the query."""
    for word in fold(query).split():
        records = records.filter(**{f"{field}__contains": word})
    return records


def search(user: User, query: str, limit: int) -> list[Hit]:
    """People first, then bodies; of what the user may see."""
    if not fold(query):
        return []
    people = having_words(Person.objects.visible_to(user), "name_fold", query).by_name()
    bodies = having_words(Body.objects.visible_to(user), "name_fold", query).current().by_name()
    return [_person(found) for found in with_posts(people[:limit])] + [
        Hit(body.name, body.get_kind_display(), body.get_absolute_url(), "org") for body in bodies[:limit]
    ]


def with_posts(people: Any) -> list[Person]:
    """The people of a page with their present employments, one more query."""
    found = list(people)
    works: dict[int, list[Any]] = {person.pk: [] for person in found}
    for work in _works_of(found):
        works[work.person_id].append(work)
    for person in found:
        person.works = works[person.pk]
    return found


def _works_of(people: list[Person]) -> Any:
    return Employment.objects.in_force().filter(person__in=people).select_related("body__parent")


def _person(person: Person) -> Hit:
    details = [f"{work.post}, {work.body}" for work in person.works]
    if person.birth_year:
        details.append(str(person.birth_year))
    return Hit(person.name, " · ".join(details), person.get_absolute_url(), "people")
