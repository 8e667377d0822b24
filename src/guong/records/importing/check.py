"""Checking a sheet row by row: what is ready, what the book has already, what is wrong, whom to ask about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.models import User
from guong.base.text import clean, fold
from guong.papers.tables import Row
from guong.records.importing import values
from guong.records.importing.people import People, Who, people_of
from guong.records.importing.places import Places, places_of
from guong.records.models import SheetImport

_GROUP = ("ca nhan", "tap the", "tong", "cong", "nguoi lap", "thu truong", "xac nhan", "ngay", "ho gia dinh",
          "giam doc", "ky ten", "ghi chu")  # fmt: skip


@dataclass
class Checked:
    """The outcome of one pass over the rows. Rows are counted from 1, as the spreadsheet shows them."""

    lines: int = 0
    ready: list[Any] = field(default_factory=list)
    doubles: list[int] = field(default_factory=list)
    wrong: dict[int, list[str]] = field(default_factory=dict)
    people: People | None = None

    @property
    def questions(self) -> list[Any]:
        """Names somebody must settle, those with the most rows first."""
        asked = self.people.questions.values() if self.people else ()
        return sorted(asked, key=lambda question: (-len(question.rows), question.name))


@dataclass
class Sheet:
    """The rows below the headings, cells by field, and what they are checked against."""

    run: SheetImport
    user: User
    places: Places
    people: People
    rows: list[tuple[int, dict[str, Any]]]
    today: Any = field(default_factory=timezone.localdate)


def cells_of(run: SheetImport, rows: Sequence[Row]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and cells of every row that says something; lines of groups and sums are passed over."""
    wanted = [(place, field_) for place, field_ in enumerate(run.columns) if field_]
    for at in range(run.head + 1, len(rows)):
        row = rows[at]
        said = [cell for cell in row if cell != ""]
        if not said or _is_between(said):
            continue
        width = len(row)
        found = ((field_, row[place]) for place, field_ in wanted if place < width)
        yield at + 1, {name: cell for name, cell in found if cell != ""}


def _is_between(said: list[Any]) -> bool:
    """A line that is no record: “I. CÁ NHÂN”, a sum, the numbers of the columns, a signature."""
    if len(said) > 2 and _is_number(said[-1]) and all(map(_is_number, said)):
        numbers = [cell if isinstance(cell, int) else int(cell.strip(" ()")) for cell in said]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if len(said) > 3:
        return False
    words = fold(" ".join(str(cell) for cell in said))
    return (words.lstrip("ivx ") if len(said) <= 2 else words).startswith(_GROUP)


def _is_number(cell: Any) -> bool:
    """A number of a column, as `3` or `(3)`."""
    return isinstance(cell, int) or (isinstance(cell, str) and cell.strip(" ()").isdigit())


def text(cells: dict[str, Any], name: str) -> str:
    """A cell as text; numbers as they are written."""
    value = cells.get(name, "")
    return value.strip() if isinstance(value, str) else str(value)


def sheet_of(run: SheetImport, rows: Sequence[Row], user: User) -> Sheet:
    """Load everything the rows may point at."""
    found = list(cells_of(run, rows))
    names = {fold(name) for _at, cells in found for name in names_in(cells)}
    codes = {text(cells, "staff_code") for _at, cells in found} - {""}
    places = places_of(run.department, user)
    return Sheet(run, user, places, people_of(names, codes, places, user, run.answers), found)


def names_in(cells: dict[str, Any]) -> list[str]:
    """Names by which a row may mean people."""
    if text(cells, "staff_code"):
        return []  # the code alone tells who it is
    return [*split_authors(text(cells, "authors")), *([text(cells, "name")] if "name" in cells else [])]


def split_authors(cell: str) -> list[str]:
    """Authors of one cell, separated by commas, semicolons or lines."""
    return [name for part in cell.replace("\n", ",").replace(";", ",").split(",") if (name := clean(part))]


def unit_for(sheet: Sheet, cells: dict[str, Any]) -> tuple[int | None, str]:
    """The unit of a row: its own cell, else the unit the sheet was sent for."""
    if "unit" in cells:
        return sheet.places.unit(text(cells, "unit"))
    if sheet.run.unit_id:
        return sheet.run.unit_id, ""
    return None, _("The row names no unit, and the sheet was not sent for one.")


def person_for(sheet: Sheet, at: int, cells: dict[str, Any], unit: int | None) -> Who:
    """Who a row is about. Without a unit only a staff code tells."""
    code, name = text(cells, "staff_code"), text(cells, "name")
    if not code and unit is None:
        return Who(why=unit_for(sheet, cells)[1])
    if not code and len(name.split()) < 2:
        return Who(why=_("“%(name)s” is no full name.") % {"name": name})
    birth = values.birth_year_of(cells["birth"]) if "birth" in cells else None
    return sheet.people.find(at, name, code, unit or 0, birth, text(cells, "post"))


def year_for(cells: dict[str, Any]) -> tuple[int | None, str]:
    """The year a row names."""
    if "year" not in cells:
        return None, ""
    year = values.year_of(cells["year"])
    if year is None:
        return None, _("“%(cell)s” is no year.") % {"cell": cells["year"]}
    return year, ""
