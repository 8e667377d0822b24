"""Spreadsheets out: lists of any length as .xlsx, typed, ready to print, no formula from anybody's text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from guong.papers.layout import plain

Cell = str | int | float | Decimal | date | datetime | None

MOST_ROWS = 1_048_576
_MOST_LETTERS = 32_767
_MOST_EXACT = 10**15  # a spreadsheet keeps 15 digits; longer numbers are identifiers, not quantities
_FIRST_YEAR = 1900  # spreadsheets know no earlier day
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_NAME_LETTERS = 31
_DEFAULT_WIDTH = 18.0
_FONT = {"font_name": "Times New Roman", "font_size": 12}


@dataclass(frozen=True)
class Sheet:
    """One list.

    title: first line and name of the tab.
    rows: read once, may be a generator; cells are text, numbers, dates or None.
    widths: of the columns in characters; empty means equal.
    notes: lines between title and table, such as what was filtered and when.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()
    notes: Sequence[str] = ()


class _Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        cell = _FONT | {"border": 1, "valign": "top"}
        self.title: Format = book.add_format(_FONT | {"bold": True, "font_size": 14})
        self.note: Format = book.add_format(_FONT | {"italic": True})
        self.heading: Format = book.add_format(
            cell
            | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#EFEFEA"}
        )
        self.text: Format = book.add_format(cell | {"text_wrap": True, "num_format": "@"})
        self.whole: Format = book.add_format(
            cell | {"num_format": "[>=10000]#,##0;0"}
        )  # four digits may be a year
        self.broken: Format = book.add_format(cell | {"num_format": "#,##0.00"})
        self.day: Format = book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "center"})
        self.moment: Format = book.add_format(cell | {"num_format": "dd/mm/yyyy hh:mm", "align": "center"})


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of `sheets` in constant memory.

    Raises ValueError for no sheet or a list too long for a spreadsheet, TypeError for another kind of cell.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        look = _Look(book)
        names: set[str] = set()
        for sheet in sheets:
            _write(book.add_worksheet(_name(sheet.title, names)), sheet, look)
    return file.getvalue()


def _write(page: Worksheet, sheet: Sheet, look: _Look) -> None:
    columns = len(sheet.headings)
    widths = list(sheet.widths) or [_DEFAULT_WIDTH] * columns
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.write_string(0, 0, plain(sheet.title), look.title)
    for line, note in enumerate(sheet.notes, start=1):
        page.write_string(line, 0, plain(note), look.note)
    head = len(sheet.notes) + 1
    for place, heading in enumerate(sheet.headings):
        page.write_string(head, place, plain(heading), look.heading)
    last = head
    for last, row in enumerate(sheet.rows, start=head + 1):
        if last >= MOST_ROWS:
            raise ValueError(f"a spreadsheet holds {MOST_ROWS} rows")
        for place, value in enumerate(row):
            _put(page, last, place, value, look)
    _finish(page, head, last, columns, wide=sum(widths) > 90)


def _finish(page: Worksheet, head: int, last: int, columns: int, *, wide: bool) -> None:
    """Head that stays on the screen and on every printed page, filter, A4 and page numbers."""
    page.freeze_panes(head + 1, 0)
    if columns:
        page.autofilter(head, 0, last, columns - 1)
    page.repeat_rows(head)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.7)
    page.set_footer("&C&P/&N")
    if wide:
        page.set_landscape()


def _put(page: Worksheet, row: int, column: int, value: Cell, look: _Look) -> None:
    match value:
        case None:
            page.write_blank(row, column, None, look.text)
        case bool():
            raise TypeError("say yes and no in words")
        case str():
            page.write_string(row, column, _fitting(plain(value)), look.text)
        case int() if abs(value) < _MOST_EXACT:
            page.write_number(row, column, value, look.whole)
        case float() | Decimal():
            page.write_number(row, column, float(value), look.broken)
        case date() if value.year >= _FIRST_YEAR:
            _put_date(page, row, column, value, look)
        case int() | date():
            page.write_string(row, column, str(value), look.text)
        case _:
            raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _put_date(page: Worksheet, row: int, column: int, value: date, look: _Look) -> None:
    if isinstance(value, datetime):
        local = value.astimezone(_ZONE) if value.tzinfo else value
        page.write_datetime(row, column, local.replace(tzinfo=None), look.moment)
    else:
        page.write_datetime(row, column, value, look.day)


def _fitting(text: str) -> str:
    """A cell holds 32.767 letters; a longer text says that it goes on elsewhere instead of vanishing."""
    mark = " … (còn tiếp)"
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - len(mark)] + mark


def _name(title: str, taken: set[str]) -> str:
    """A tab name that spreadsheets accept: 31 letters, none of []:*?/\\, not used twice."""
    base = plain(re.sub(r"[\[\]:*?/\\]+", " ", title)).strip(" '")[:_NAME_LETTERS].strip(" '") or "1"
    name, count = base, 1
    while name.casefold() in taken or name.casefold() == "history":
        count += 1
        name = f"{base[: _NAME_LETTERS - 4].strip()} {count}"
    taken.add(name.casefold())
    return name
