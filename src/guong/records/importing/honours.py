"""Rows of awards: which award, of which year, under which decision, and whether the book has it already."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from guong.records import catalogue
from guong.records.importing import values
from guong.records.importing.check import Checked, Sheet, person_for, text, unit_for, year_for
from guong.records.models.kept import decision_key

EARLY_MONTHS = 4  # until April decisions are mostly about the year before
WIDTHS = {"number": 80, "authority": 200, "name": 250, "post": 400, "achievement": 2000}


class Line(NamedTuple):
    """One award ready to be entered. `person` is an id, or a newcomer's key."""

    at: int
    unit: int
    person: int | str | None
    body: int | None
    code: str
    year: int
    kind: str
    number: str
    key: str
    decided: date | None
    authority: str
    form: str
    name: str
    post: str
    achievement: str


def check(sheet: Sheet) -> Checked:
    """Every row, in order."""
    found = Checked(lines=len(sheet.rows), people=sheet.people)
    lines = [line for at, cells in sheet.rows if (line := _line(sheet, found, at, cells))]
    book = _Book(lines)
    for line in lines:
        why = book.against(line)
        if why is None:
            found.ready.append(line)
        elif why:
            found.wrong.setdefault(line.at, []).append(why)
        else:
            found.doubles.append(line.at)
    return found


def _line(sheet: Sheet, found: Checked, at: int, cells: dict[str, Any]) -> Line | None:
    """The row understood; None when something is wrong or must be asked first."""
    why: list[str] = []
    words = [text(cells, name) for name in ("award_code", "award", "award_2")]
    code = _code(words, why)
    decided, number, authority = decision_in(cells, sheet.today, why)
    year = _year(cells, code, decided, why)
    kind = _kind(cells, why)
    unit, person, body = _subject(sheet, at, cells, code, why)
    if why:
        found.wrong[at] = why
        return None
    if isinstance(person, str) and person in sheet.people.questions:
        return None
    named = text(cells, "name") or sheet.people.by_code[text(cells, "staff_code").casefold()].name
    form = next((word for word in words if word and word.upper() not in catalogue.BY_CODE), "")
    return Line(
        at, unit or 0, person, body, code or "", year or 0, kind, number[:80], decision_key(number), decided,
        authority[:200], form[:160], named[:250], text(cells, "post")[:400], text(cells, "achievement"),
    )  # fmt: skip


def _code(words: list[str], why: list[str]) -> str | None:
    if words[1] and words[2] and values.award_of(words[1]) and values.award_of(words[2]):
        why.append(_("The row names two awards: make two rows of it."))
        return None
    code = values.award_of(*words)
    if code is None:
        given = next((word for word in words if word), "")
        why.append(
            _("“%(name)s” is no title or form we know.") % {"name": given}
            if given
            else _("The row names no title or form.")
        )
    return code


def decision_in(cells: dict[str, Any], today: date, why: list[str]) -> tuple[date | None, str, str]:
    whole = values.decision_of(cells["decision"]) if "decision" in cells else None
    day = whole.day if whole else None
    if "decided" in cells and (day := values.day_of(cells["decided"])) is None:
        why.append(_("“%(cell)s” is no day of the calendar.") % {"cell": cells["decided"]})
    if day and day > today:
        why.append(_("The decision is dated in the future: %(day)s.") % {"day": f"{day:%d/%m/%Y}"})
    number = text(cells, "number") or (whole.number if whole else "")
    authority = text(cells, "authority") or (whole.authority if whole else "")
    return day, number, authority


def _year(cells: dict[str, Any], code: str | None, decided: date | None, why: list[str]) -> int | None:
    year, wrong = year_for(cells)
    if wrong:
        why.append(wrong)
    elif year is None and decided is None:
        why.append(_("The row names neither a year nor the day of the decision."))
    elif year is None and decided and _is_yearly(code) and decided.month < EARLY_MONTHS:
        why.append(_("Write the year: a title decided early in a year is mostly that of the year before."))
    elif year and decided and decided.year < year:
        why.append(_("The decision is older than the year %(year)s it honours.") % {"year": year})
    return year or (decided.year if decided else None)


def _is_yearly(code: str | None) -> bool:
    return bool(code) and catalogue.BY_CODE[code].is_title


def _kind(cells: dict[str, Any], why: list[str]) -> str:
    if "kind" not in cells:
        return "merit"
    kind = values.kind_of(text(cells, "kind"))
    if kind is None:
        why.append(_("“%(name)s” is no type of commendation.") % {"name": cells["kind"]})
    return kind or "merit"


def _subject(
    sheet: Sheet, at: int, cells: dict[str, Any], code: str | None, why: list[str]
) -> tuple[int | None, int | str | None, int | None]:
    """Unit, person and collective of the row; two of the last two is never set."""
    subjects = catalogue.BY_CODE[code].subjects if code else catalogue.BOTH
    said = values.subject_of(text(cells, "subject"))
    is_body = said == "body" or (said is None and _seems_a_body(sheet, cells, subjects))
    if code and ("collective" if is_body else "individual") not in subjects:
        why.append(
            _("%(award)s is for people, the row names a collective.") % {"award": catalogue.name_of(code)}
            if is_body
            else _("%(award)s is for collectives, the row names a person.")
            % {"award": catalogue.name_of(code)}
        )
        return None, None, None
    unit, no_unit = unit_for(sheet, cells)
    if is_body:
        return _collective(sheet, cells, unit, no_unit, why)
    return _person(sheet, at, cells, unit, no_unit, why)


def _seems_a_body(sheet: Sheet, cells: dict[str, Any], subjects: tuple[str, ...]) -> bool:
    """No post, no birthday, no code; and an award for collectives only, or a name of the tree."""
    if any(name in cells for name in ("post", "birth", "staff_code")):
        return False
    return subjects == catalogue.MANY or sheet.places.collective(text(cells, "name"), None)[0] is not None


def _collective(
    sheet: Sheet, cells: dict[str, Any], unit: int | None, no_unit: str, why: list[str]
) -> tuple[int | None, None, int | None]:
    if no_unit and "unit" in cells:
        why.append(no_unit)
        return None, None, None
    body, wrong = sheet.places.collective(text(cells, "name"), unit)
    if wrong:
        why.append(wrong)
        return None, None, None
    return sheet.places.unit_of[body or 0], None, body


def _person(
    sheet: Sheet, at: int, cells: dict[str, Any], unit: int | None, no_unit: str, why: list[str]
) -> tuple[int | None, int | str | None, None]:
    who = person_for(sheet, at, cells, unit)
    if who.why or (no_unit and "unit" in cells):
        why.append(who.why or no_unit)
        return None, None, None
    if unit is None and who.person:
        works = sheet.people.by_code[text(cells, "staff_code").casefold()].works
        unit = next((place for place, _post in works if place in sheet.places.kept), None)
    if unit is None:
        why.append(unit_for(sheet, cells)[1])
    return unit, who.person or who.key, None


_ENTERED = """
SELECT h.person_id, h.body_id, h.code, h.year, h.decision_key, h.decision_number
FROM records_honour h JOIN unnest(%(people)s::bigint[]) AS s (id) ON s.id = h.person_id
WHERE h.withdrawn_on IS NULL AND h.year = ANY (%(years)s)
UNION ALL
SELECT h.person_id, h.body_id, h.code, h.year, h.decision_key, h.decision_number
FROM records_honour h JOIN unnest(%(bodies)s::bigint[]) AS s (id) ON s.id = h.body_id
WHERE h.withdrawn_on IS NULL AND h.year = ANY (%(years)s)
"""


class _Book:
    """What the book and the rows above already say."""

    def __init__(self, lines: list[Line]) -> None:
        wanted = {
            "people": list({line.person for line in lines if isinstance(line.person, int)}),
            "bodies": list({line.body for line in lines if line.body}),
            "years": list({line.year for line in lines}),
        }
        with connection.cursor() as cursor:
            cursor.execute(_ENTERED, wanted)
            rows = cursor.fetchall()
        self.known: dict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)
        for person, body, code, year, key, number in rows:
            self.known[person, body, code, year][key] = number

    def against(self, line: Line) -> str | None:
        """None: new. Empty: it is there already. A sentence: the book says otherwise."""
        entered = self.known[line.person, line.body, line.code, line.year]
        if line.key in entered or (entered and not line.key):
            return ""
        other = next(iter(entered.values()), None)
        if other and _is_yearly(line.code):
            return _("The book has %(award)s of %(year)s already, under decision %(number)s.") % {
                "award": catalogue.name_of(line.code), "year": line.year, "number": other,
            }  # fmt: skip
        if "" in entered:
            return ""
        entered[line.key] = line.number
        return None
