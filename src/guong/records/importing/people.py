"""Who a row means. Never guessed where the name could be two people: then somebody is asked (I4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from guong.base.models import Person, User
from guong.base.text import fold, same_spelling
from guong.records.importing.places import Places

NEW = "new"  # the answer: this is somebody we do not have yet


@dataclass
class Known:
    """Somebody in the database who bears a name or a code of the sheet."""

    pk: int
    name: str
    folded: str
    birth: int | None
    code: str
    works: list[tuple[int, str]] = field(default_factory=list)  # unit, post and place in words

    def may_be(self, birth: int | None) -> bool:
        """The years of birth do not contradict each other."""
        return birth is None or self.birth is None or self.birth == birth


@dataclass
class Question:
    """A name that may mean several people, or nobody we know."""

    key: str
    name: str
    unit: int
    birth: int | None
    post: str
    candidates: list[Known]
    rows: list[int] = field(default_factory=list)


class Newcomer(NamedTuple):
    """Somebody an answer calls new: entered in the unit of the rows."""

    name: str
    birth: int | None
    unit: int
    post: str


@dataclass(frozen=True)
class Who:
    """The answer for one row: a person's id, a new person's key, or a sentence."""

    person: int | None = None
    key: str = ""
    why: str = ""


@dataclass
class People:
    """Everybody a sheet may mean, and the questions that came up."""

    places: Places
    answers: dict[str, Any]
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_code: dict[str, Known] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    memory: dict[tuple[Any, ...], Who] = field(default_factory=dict)
    newcomers: dict[str, Question] = field(default_factory=dict)

    def find(self, row: int, name: str, code: str, unit: int, birth: int | None, post: str) -> Who:
        """Who the row is about; asks when that is not sure."""
        known = (name, code, unit, birth)
        found = self.memory.get(known)
        if found is None:
            found = self.memory[known] = self._find(name, code, unit, birth, post)
        if found.key and (asked := self.questions.get(found.key) or self.newcomers.get(found.key)):
            asked.rows.append(row)
        return found

    def _find(self, name: str, code: str, unit: int, birth: int | None, post: str) -> Who:
        if code:
            return self._by_code(name, code)
        spelled = fold(name)
        key = f"{spelled}|{unit}|{birth or ''}"
        all_known = [known for known in self.by_name.get(spelled, ()) if known.may_be(birth)]
        here = [known for known in all_known if any(where == unit for where, _post in known.works)]
        if len(here) == 1 and same_spelling(here[0].name).casefold() == same_spelling(name).casefold():
            return Who(here[0].pk)
        return self._answered(Question(key, name, unit, birth, post, here or all_known))

    def _by_code(self, name: str, code: str) -> Who:
        known = self.by_code.get(code.casefold())
        if known is None:
            return Who(why=_("Staff code %(code)s is not among the people you keep.") % {"code": code})
        if name and name != known.name and fold(name) != known.folded:
            return Who(
                why=_("Staff code %(code)s belongs to %(known)s, the row says %(name)s.")
                % {"code": code, "known": known.name, "name": name}
            )
        return Who(known.pk)

    def _answered(self, asked: Question) -> Who:
        answer = self.answers.get(asked.key)
        if answer == NEW:
            self.newcomers[asked.key] = asked
            return Who(key=asked.key)
        if isinstance(answer, int) and any(known.pk == answer for known in asked.candidates):
            return Who(answer)
        if not asked.candidates and (count := self.hidden.get(fold(asked.name), 0)):
            return Who(
                why=_("%(n)s of this name work elsewhere or have left: the standing office enters this row.")
                % {"n": count}
            )
        self.questions[asked.key] = asked
        return Who(key=asked.key)


_FOUND = """
SELECT p.id, p.name, p.name_fold, p.birth_year, coalesce(p.staff_code, '')
FROM base_person p WHERE p.name_fold = ANY (string_to_array(%(names)s, chr(31)))
   OR lower(p.staff_code) = ANY (string_to_array(%(codes)s, chr(31)))
"""
_WORKS = """
SELECT e.person_id, e.body_id, e.post FROM base_employment e
WHERE e.person_id = ANY (string_to_array(%s, ' ')::bigint[])
ORDER BY e.valid_from DESC
"""
_BETWEEN = "\x1f"  # one text for a hundred thousand names: an array of parameters takes far longer to send


def _ids(found: Iterable[int]) -> str:
    return " ".join(map(str, found))


def people_of(
    names: Iterable[str], codes: Iterable[str], places: Places, user: User, answers: dict[str, Any]
) -> People:
    """Load whoever bears one of these folded names or codes and may be seen by the user."""
    found = People(places, answers)
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"names": _BETWEEN.join(names), "codes": _BETWEEN.join(codes).casefold()})
        rows = cursor.fetchall()
        mine = Person.objects.visible_to(user).extra(
            where=["base_person.id = ANY (string_to_array(%s, ' ')::bigint[])"],
            params=[_ids(row[0] for row in rows)],
        )
        seen = set(mine.values_list("pk", flat=True))
        cursor.execute(_WORKS, [_ids(seen)])
        works = cursor.fetchall()
    known = {}
    for pk, name, folded, birth, code in rows:
        if pk not in seen:
            found.hidden[folded] = found.hidden.get(folded, 0) + 1
            continue
        known[pk] = Known(pk, name, folded, birth, code)
        found.by_name[folded].append(known[pk])
        if code:
            found.by_code[code.casefold()] = known[pk]
    for person, body, post in works:
        if body in places.unit_of:
            known[person].works.append((places.unit_of[body], f"{post}, {places.label[body]}"))
    return found
