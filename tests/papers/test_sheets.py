from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from guong.papers import sheets
from guong.papers.sheets import Sheet, to_xlsx

FORMULAS = ("=1+1", "+84 912", "-5", "@SUM(A1)", "=cmd|'/C calc'!A0", "{=1}", "\t=1+1", "https://x.vn", "007")


def opened(*made: Sheet) -> Workbook:
    return load_workbook(io.BytesIO(to_xlsx(made)))


def simple(rows: object, **more: object) -> Sheet:
    return Sheet("Danh sách", ("TT", "Họ tên"), rows, **more)  # type: ignore[arg-type]


def test_text_stays_text_whatever_it_begins_with() -> None:
    page = opened(simple([(n, text) for n, text in enumerate(FORMULAS, start=1)])).active
    for row, text in enumerate(FORMULAS, start=3):
        cell = page.cell(row, 2)
        assert (cell.value, cell.data_type) == (text.strip(), "s")
        assert cell.hyperlink is None
        assert cell.number_format == "@"


def test_without_the_guard_text_would_be_a_formula() -> None:
    """The twin: the library's own `write` turns the same text into a formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, FORMULAS[0])
    assert load_workbook(file).active.cell(1, 1).data_type == "f"


def test_headings_notes_and_titles_are_text_too() -> None:
    page = opened(Sheet("=1+1", ("=2+2",), [], notes=("=3+3",))).active
    assert [page.cell(row, 1).data_type for row in (1, 2, 3)] == ["s", "s", "s"]
    assert [page.cell(row, 1).value for row in (1, 2, 3)] == ["=1+1", "=3+3", "=2+2"]


def test_numbers_and_dates_are_typed() -> None:
    moment = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    row = (1, 2.5, Decimal("3.25"), date(2026, 11, 23), moment, None, 10**15, date(1899, 1, 2), "x")
    sheet = Sheet("T", tuple("ABCDEFGHI"), [row])
    cells = opened(sheet).active[3]
    assert [cell.value for cell in cells] == [
        1,
        2.5,
        3.25,
        datetime.fromisoformat("2026-11-23T00:00"),
        datetime.fromisoformat("2026-11-24T01:30"),
        None,
        str(10**15),
        "1899-01-02",
        "x",
    ]
    assert cells[3].number_format == "dd/mm/yyyy"
    assert cells[0].number_format == "[>=10000]#,##0;0", "a year is not written 1.990"


@pytest.mark.parametrize("value", [True, b"x", object(), ["a"]])
def test_other_cells_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_xlsx([simple([(1, value)])])


def test_page_is_ready_to_read_and_to_print() -> None:
    page = opened(simple([(1, "a")], widths=(6, 120), notes=("Lọc: năm 2026",))).active
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref == "A3:B4"
    assert page.print_title_rows == "$3:$3"
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToHeight == 0
    assert round(page.column_dimensions["B"].width) == 121


def test_text_longer_than_a_cell_says_that_it_goes_on() -> None:
    value = opened(simple([(1, "ă" * 40_000)])).active.cell(3, 2).value
    assert len(value) == 32_767
    assert value.endswith("… (còn tiếp)")


def test_special_characters_are_kept() -> None:
    text = "A & B < C > \"D\" 'Đ' 😀"
    assert opened(simple([(1, text + "\x00\x0b")])).active.cell(3, 2).value == text


def test_tab_names_are_accepted_by_spreadsheets() -> None:
    titles = ("Năm 2026: A/B", "x" * 40, "X" * 40, "", "history")
    made = opened(*[Sheet(title, ("A",), []) for title in titles])
    assert made.sheetnames == ["Năm 2026 A B", "x" * 31, "X" * 27 + " 2", "1", "history 2"]


def test_no_sheet_and_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="needs a sheet"):
        to_xlsx([])
    monkeypatch.setattr(sheets, "MOST_ROWS", 10)
    with pytest.raises(ValueError, match="rows"):
        to_xlsx([simple((n, "a") for n in range(10))])


def peak_bytes(rows: int) -> int:
    tracemalloc.start()
    to_xlsx([simple((n, f"Nguyễn Văn {n}") for n in range(rows))])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_rows() -> None:
    """Only the finished file, some 20 bytes a row, is held; a row in memory would be several hundred."""
    assert peak_bytes(12_000) - peak_bytes(2_000) < 10_000 * 60


def test_100000_rows_are_written() -> None:
    made = to_xlsx([simple((n, f"Nguyễn Văn {n}") for n in range(100_000))])
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert parts.read("xl/worksheets/sheet1.xml").count(b"<row ") == 100_002
