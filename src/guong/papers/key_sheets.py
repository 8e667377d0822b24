"""The three key sheets of a sealed box as one PDF: handed out at once, kept nowhere (C8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guong.papers.layout import plain
from guong.papers.printing import draw
from guong.papers.qr import qr_svgs
from guong.papers.words import paper_date

_COLUMNS = 3


@dataclass(frozen=True)
class KeySheet:
    """One sheet: who keeps it, as what, and its words."""

    holder: str
    role: str
    words: str


def key_sheets_pdf(council: str, title: str, day: date, mark: str, sheets: Sequence[KeySheet]) -> bytes:
    """One page for each holder, with the words in numbered columns and as a QR code.

    mark: beginning of the hash of the sealed lists, so that sheets of two sessions are told apart.
    """
    codes = qr_svgs([sheet.words for sheet in sheets])
    batch = {
        "title": f"Phiếu khóa hòm phiếu, {plain(title)}",
        "council": plain(council).upper(),
        "session": plain(title),
        "day": paper_date(day),
        "date": (day.year, day.month, day.day),
        "mark": mark,
        "sheets": [
            _page(sheet, code, place)
            for place, (sheet, code) in enumerate(zip(sheets, codes, strict=True), 1)
        ],
    }
    return draw("key_sheets.typ", tags=False, sheets=batch)


def _page(sheet: KeySheet, code: str, place: int) -> dict[str, object]:
    words = sheet.words.split()
    rows = -(-len(words) // _COLUMNS)
    down = [
        [f"{number + 1}. {words[number]}" for number in range(row, len(words), rows)] for row in range(rows)
    ]
    return {
        "number": place, "holder": plain(sheet.holder), "role": plain(sheet.role), "qr": code,
        "rows": [[*cells, *[""] * (_COLUMNS - len(cells))] for cells in down],
    }  # fmt: skip
