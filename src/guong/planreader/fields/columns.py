"""The signature part as pieces of two columns, which converters print line by line beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guong.planreader.document import Document
from guong.planreader.grammar import POSITION
from guong.planreader.passage import Passage
from guong.planreader.spelling import bare, is_upper

_GAP = re.compile(r"(?<=\S)(?:[ ]{3,}|[ ]*\t[ \t]*)(?=\S)")
_BULLET = re.compile(r"\s*[-–·•*+]")
# A line that begins so far to the right stands in the right column.
_INDENT = 25


@dataclass(frozen=True)
class Piece:
    """A slice of a line, by columns of the line; `right` when it belongs to the signature."""

    passage: Passage
    start: int
    end: int
    right: bool


def pieces_of(document: Document) -> list[Piece]:
    """In reading order, line by line."""
    return [
        piece
        for row in document.layout.closing
        if document.lines[row].text.strip()
        for piece in _cut(document, row)
    ]


def _cut(document: Document, row: int) -> Iterator[Piece]:
    raw = document.lines[row].text
    start = 0
    for end, after in [*((gap.start(), gap.end()) for gap in _GAP.finditer(raw)), (len(raw), len(raw))]:
        passage = Passage(document.lines).add(row, start, end)
        indented = len(raw[:end]) - len(raw[:end].lstrip(" ")) >= _INDENT
        right = says_position(passage) or ((start > 0 or indented) and not _BULLET.match(raw[start:end]))
        yield Piece(passage, start, end, right)
        start = after


def says_position(passage: Passage) -> bool:
    """A line of capitals that names an office."""
    return is_upper(passage.text) and bool(POSITION.search(bare(passage.text)))
