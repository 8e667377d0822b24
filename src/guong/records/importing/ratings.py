"""Rows of yearly ratings, one year a row or one column a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from guong.records.importing import values
from guong.records.importing.check import Checked, Sheet, person_for, text, unit_for, year_for
from guong.records.models import Rating


class Line(NamedTuple):
    """One rating ready to be entered. `person` is an id, or a newcomer's key."""

    at: int
    unit: int
    person: int | str | None
    body: int | None
    year: int
    level: str
    number: str
    name: str
    post: str


def check(sheet: Sheet) -> Checked:
    """Every row, in order."""
    found = Checked(lines=len(sheet.rows), people=sheet.people)
    lines = [line for at, cells in sheet.rows for line in _lines(sheet, found, at, cells)]
    known = _entered(lines)
    names = dict(Rating.Level.choices)
    for line in lines:
        level = known.get((line.person, line.body, line.year))
        if level is None:
            known[line.person, line.body, line.year] = line.level
            found.ready.append(line)
        elif level == line.level:
            found.doubles.append(line.at)
        else:
            found.wrong.setdefault(line.at, []).append(
                _("The book or a row above says “%(level)s” for %(year)s: withdraw that line first.")
                % {"level": names[level], "year": line.year}
            )
    return found


def _lines(sheet: Sheet, found: Checked, at: int, cells: dict[str, Any]) -> list[Line]:
    why: list[str] = []
    unit, person, body = _subject(sheet, at, cells, why)
    said = list(_levels(cells, why))
    if why:
        found.wrong[at] = why
        return []
    if isinstance(person, str) and person in sheet.people.questions:
        return []
    name = text(cells, "name")
    return [
        Line(at, unit or 0, person, body, year, level, text(cells, "number")[:80], name, text(cells, "post"))
        for year, level in said
    ]


def _levels(cells: dict[str, Any], why: list[str]) -> Iterator[tuple[int, str]]:
    """Year and rating of each column that holds one."""
    asked = [(name, int(name[6:])) for name in cells if name.startswith("level:")]
    if "level" in cells:
        year, wrong = year_for(cells)
        if wrong or year is None:
            why.append(wrong or _("The row names no year."))
            return
        asked.append(("level", year))
    if not asked:
        why.append(_("The row names no rating."))
    for name, year in asked:
        level = values.level_of(text(cells, name))
        if level:
            yield year, level
        else:
            why.append(_("“%(name)s” is no rating.") % {"name": cells[name]})


def _subject(
    sheet: Sheet, at: int, cells: dict[str, Any], why: list[str]
) -> tuple[int | None, int | str | None, int | None]:
    unit, no_unit = unit_for(sheet, cells)
    if no_unit and ("unit" in cells or "staff_code" not in cells):
        why.append(no_unit)
        return None, None, None
    if values.subject_of(text(cells, "subject")) == "body":
        body, wrong = sheet.places.collective(text(cells, "name"), unit)
        why += [wrong] if wrong else []
        return unit, None, body
    who = person_for(sheet, at, cells, unit)
    if who.why:
        why.append(who.why)
    elif unit is None and who.person:
        works = sheet.people.by_code[text(cells, "staff_code").casefold()].works
        unit = next((place for place, _post in works if place in sheet.places.kept), None)
        why += [] if unit else [no_unit]
    return unit, who.person or who.key, None


_ENTERED = """
SELECT r.person_id, r.body_id, r.year, r.level
FROM records_rating r JOIN unnest(%s::bigint[]) AS s (id) ON s.id = r.person_id WHERE r.withdrawn_on IS NULL
UNION ALL
SELECT r.person_id, r.body_id, r.year, r.level
FROM records_rating r JOIN unnest(%s::bigint[]) AS s (id) ON s.id = r.body_id WHERE r.withdrawn_on IS NULL
"""


def _entered(lines: list[Line]) -> dict[tuple[Any, ...], str]:
    people = list({line.person for line in lines if isinstance(line.person, int)})
    bodies = list({line.body for line in lines if line.body})
    with connection.cursor() as cursor:
        cursor.execute(_ENTERED, [people, bodies])
        return {(person, body, year): level for person, body, year, level in cursor.fetchall()}
