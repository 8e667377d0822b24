"""Word 97-2003 (.doc) through antiword: its text mode for numbered paragraphs, its DocBook for tables."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from guong.planreader.formats import programs
from guong.planreader.formats.means import Means, Piece
from guong.planreader.formats.wordbody import table_lines
from guong.planreader.reasons import Unreadable

_ROW = re.compile(r"^\|.*\|$")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*>")


def pages_of(data: bytes, name: str, means: Means) -> Iterator[Piece]:
    """The text as one page: antiword does not tell pages. Raises Unreadable."""
    if not programs.reads_old_word():
        raise Unreadable("old_word", name=name)
    if means.path:
        return _pieces(means.path, name)
    with tempfile.NamedTemporaryFile(suffix=".doc") as file:
        file.write(data)
        file.flush()
        return _pieces(file.name, name)


def _pieces(path: str, name: str) -> Iterator[Piece]:
    try:
        text = programs.run("antiword", ["-m", "UTF-8.txt", "-w", "0", path]).decode("utf-8", "replace")
    except programs.Failed as wrong:
        raise Unreadable("broken_word", name=name) from wrong
    lines = text.replace("\r\n", "\n").split("\n")
    blocks = _blocks(lines)
    tables = _tables(path) if any(rows for _line, rows in blocks) else []
    whole = len(tables) == sum(bool(rows) for _line, rows in blocks)
    given = iter(tables)
    found: list[Piece] = []
    for line, rows in blocks:
        if not rows:
            found.append(Piece(1, line.strip()))
            continue
        cells = next(given) if whole else _joined(rows)
        found += [Piece(1, text) for text in table_lines(cells)]
    return iter(found)


def _blocks(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Plain lines, and the rows of each table together."""
    blocks: list[tuple[str, list[str]]] = []
    for line in lines:
        row = _ROW.match(line)
        if row and blocks and blocks[-1][1]:
            blocks[-1][1].append(line)
        else:
            blocks.append(("", [line]) if row else (line, []))
    return blocks


def _tables(path: str) -> list[list[list[str]]]:
    """The tables of the document as rows of cells; none when antiword's XML cannot be read."""
    try:
        data = programs.run("antiword", ["-x", "db", path])
        root: Element = ElementTree.fromstring(_DOCTYPE.sub(b"", data, count=1))
    except (programs.Failed, ParseError, DefusedXmlException, ValueError):
        return []
    return [
        [["".join(cell.itertext()).strip() for cell in row.iter("entry")] for row in table.iter("row")]
        for table in root.iter("informaltable")
    ]


def _joined(rows: list[str]) -> list[list[str]]:
    """Cells of printed rows; a row without a first cell goes on with the one above."""
    cells: list[list[str]] = []
    for row in rows:
        parts = [part.strip() for part in row.strip("|").split("|")]
        if parts[0] or not cells or len(parts) != len(cells[-1]):
            cells.append(parts)
        else:
            cells[-1] = [f"{a}\n{b}".strip("\n") for a, b in zip(cells[-1], parts, strict=True)]
    return cells
