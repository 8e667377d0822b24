"""Rows of initiatives with their authors."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from guong.base.text import fold
from guong.records.importing import values
from guong.records.importing.check import Checked, Sheet, split_authors, text, unit_for, year_for
from guong.records.importing.honours import decision_in


class Line(NamedTuple):
    """One initiative ready to be entered. Authors are ids or newcomers' keys."""

    at: int
    unit: int
    title: str
    key: str
    level: str
    year: int
    number: str
    decided: date | None
    authority: str
    scope: str
    effect: str
    authors: tuple[int | str, ...]


def check(sheet: Sheet) -> Checked:
    """Every row, in order."""
    found = Checked(lines=len(sheet.rows), people=sheet.people)
    lines = [line for at, cells in sheet.rows if (line := _line(sheet, found, at, cells))]
    known = _entered({line.unit for line in lines})
    for line in lines:
        mark = (line.unit, line.key, line.level, line.year)
        if mark in known:
            found.doubles.append(line.at)
            continue
        known.add(mark)
        found.ready.append(line)
    return found


def _line(sheet: Sheet, found: Checked, at: int, cells: dict[str, Any]) -> Line | None:
    why: list[str] = []
    unit, no_unit = unit_for(sheet, cells)
    if no_unit:
        why.append(no_unit)
    title = text(cells, "title")
    if not title:
        why.append(_("The row names no initiative."))
    decided, number, authority = decision_in(cells, sheet.today, why)
    year, wrong = year_for(cells)
    if wrong or (year is None and decided is None):
        why.append(wrong or _("The row names neither a year nor the day of the decision."))
    level = values.recognised_of(text(cells, "recognised")) if "recognised" in cells else "unit"
    if level is None:
        why.append(_("“%(name)s” is no level of recognition.") % {"name": cells["recognised"]})
    authors = _authors(sheet, at, cells, unit, why) if unit else ()
    if why:
        found.wrong[at] = why
        return None
    if any(author in sheet.people.questions for author in authors):
        return None
    return Line(
        at, unit or 0, title[:400], fold(title)[:400], level or "", year or (decided.year if decided else 0),
        number[:80], decided, authority[:200], text(cells, "scope")[:200], text(cells, "effect"), authors,
    )  # fmt: skip


def _authors(
    sheet: Sheet, at: int, cells: dict[str, Any], unit: int, why: list[str]
) -> tuple[int | str, ...]:
    found: list[int | str] = []
    for name in split_authors(text(cells, "authors")):
        if len(name.split()) < 2:
            why.append(_("“%(name)s” is no full name.") % {"name": name})
            continue
        who = sheet.people.find(at, name, "", unit, None, "")
        if who.why:
            why.append(who.why)
        else:
            found.append(who.person or who.key)
    if not found and not why:
        why.append(_("The row names no author."))
    return tuple(dict.fromkeys(found))


def _entered(units: set[int]) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id, title_key, level, year FROM records_initiative"
            " WHERE withdrawn_on IS NULL AND unit_id = ANY (%s)",
            [list(units)],
        )
        return set(cursor.fetchall())
