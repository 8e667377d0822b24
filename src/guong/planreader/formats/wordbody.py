"""The body of a Word document as lines: paragraphs with their numbers, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from guong.planreader.formats.wordnumbers import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr", _FALLBACK}
)
_CELL_END = re.compile(r"[.,;:]$")
# Borderless tables hold heading and signature side by side; their columns are read one after another.
_LAYOUT = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Nơi nhận|Độc lập", re.IGNORECASE)
_PAGE = "\f"


def blocks(document: Element, numbering: Numbering) -> Iterator[tuple[int, str]]:
    """(page, text) for each paragraph and each table row; a text may hold several lines."""
    page = 1
    body = document.find(W + "body")
    for text in _flow(document if body is None else body, numbering):
        page += text.count(_PAGE)
        yield page, text.replace(_PAGE, "")


def _flow(parent: Element, numbering: Numbering) -> Iterator[str]:
    for child in parent:
        if child.tag == W + "p":
            yield _paragraph(child, numbering)
        elif child.tag == W + "tbl":
            yield from _table(child, numbering)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _flow(child, numbering)


def _paragraph(paragraph: Element, numbering: Numbering) -> str:
    text = "".join(_runs(paragraph))
    label = numbering.label(paragraph) if text.strip() else ""
    return f"{label} {text}" if label else text


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag == W + "tab":
            yield "\t"
        elif child.tag == W + "noBreakHyphen":
            yield "-"
        elif child.tag in (W + "br", W + "cr"):
            yield _PAGE if child.get(W + "type") == "page" else "\n"
        elif child.tag == W + "lastRenderedPageBreak":
            yield _PAGE
        elif child.tag == W + "txbxContent":
            yield "\n" + "\n".join("".join(_runs(part)) for part in child.iter(W + "p")) + "\n"
        else:
            yield from _runs(child)


def _table(table: Element, numbering: Numbering) -> Iterator[str]:
    return table_lines([_row(row, numbering) for row in table.findall(W + "tr")])


def table_lines(rows: list[list[str]]) -> Iterator[str]:
    """Rows as ` | ` lines; the columns of a heading or a signature one after another."""
    if any(_LAYOUT.search(cell) for row in rows for cell in row):
        width = max(len(row) for row in rows)
        for column in range(width):
            yield from (row[column] for row in rows if column < len(row) and row[column].strip())
        return
    yield ""
    for row in rows:
        yield " | ".join(_one_line(cell) for cell in row)
    yield ""


def _row(row: Element, numbering: Numbering) -> list[str]:
    cells: list[str] = []
    for cell in row.findall(W + "tc"):
        cells.append("\n".join(_flow(cell, numbering)))
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = span.get(W + "val", "1") if span is not None else "1"
        cells += [""] * (min(int(width), 40) - 1 if width.isdecimal() else 0)
    return cells


def _one_line(cell: str) -> str:
    """A cell's paragraphs in one line, parted by a semicolon where the text has no mark of its own."""
    joined = ""
    for piece in cell.replace("|", "/").replace(_PAGE, "").split("\n"):
        piece = piece.strip()
        if piece and joined:
            joined += (" " if _CELL_END.search(joined) else "; ") + piece
        else:
            joined += piece
    return joined
