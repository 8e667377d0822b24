"""Tables with a heading row, from ` | ` rows; heading rows repeated on each page are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guong.planreader.document import Document
from guong.planreader.outline import Table
from guong.planreader.passage import Passage

_HEADING = re.compile(
    r"\b(?:TT|STT|thời gian|thời điểm|hoạt động|nội dung|đơn vị|cơ quan|bộ phận|chủ trì|phối hợp|sản phẩm"
    r"|kết quả|tên"
    r"|phong trào|chuyên đề|số lượng|ghi chú|đầu mối|phụ trách|địa điểm|kinh phí|chỉ tiêu"
    r"|thời hạn|lãnh đạo|đại biểu)\b",
    re.IGNORECASE,
)


@dataclass
class Sheet:
    """A table whose first row names its columns; `sure` is the confidence in its cells."""

    titles: list[str]
    rows: list[list[Passage]]
    sure: float = 0.92

    def column(self, meaning: re.Pattern[str]) -> int | None:
        """The first column whose title carries this meaning."""
        return next((at for at, title in enumerate(self.titles) if meaning.search(title)), None)


def sheets_of(document: Document) -> Iterator[Sheet]:
    """Every table with a heading row; a table cut by a page goes on under the heading before it."""
    before: Sheet | None = None
    for table in document.tables():
        sheet = sheet_of(table)
        if sheet is None and before and all(len(row) == len(before.titles) for row in table.rows):
            sheet = Sheet(before.titles, table.rows)
        before = sheet
        if sheet:
            yield sheet


def sheet_of(table: Table) -> Sheet | None:
    for at, row in enumerate(table.rows[:3]):
        titles = [cell.text for cell in row]
        if is_heading(titles):
            width = len(titles)
            rows = [_fitted(other, width) for other in table.rows[at + 1 :]]
            kept = [row for row in rows if [cell.text for cell in row] != titles]
            return Sheet(titles, [row for row in kept if any(cell.text for cell in row)])
    return None


def is_heading(titles: list[str]) -> bool:
    """Most of these cells are usual titles of columns."""
    named = sum(bool(_HEADING.search(title)) and len(title) < 60 for title in titles)
    return named >= 2 and named * 2 >= sum(bool(title) for title in titles)


def _fitted(row: list[Passage], width: int) -> list[Passage]:
    """As many cells as the heading has: a short row gets empty cells, of a long one the rest is left out."""
    empty = row[0].blank() if row else None
    return row[:width] + ([empty] * (width - len(row)) if empty else [])
