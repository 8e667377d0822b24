"""A document cut into regions, outlined, with the joined passages every field reader starts from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guong.planreader.furniture import furniture_of
from guong.planreader.layout import Layout, layout_of
from guong.planreader.model import IsoDate, Line
from guong.planreader.outline import Node, Outline, Table, blocks_of, outline_of
from guong.planreader.passage import Passage

_NO_TITLE = re.compile(r"^[\s\W_]*$|^\W*(?:DỰ THẢO|Dự thảo|HỎA TỐC|HOẢ TỐC|KHẨN|MẬT)\W*$")
_WORDS = re.compile(r"\w")


@dataclass
class Document:
    """One document; `year` fills in dates without a year, once the heading has been read."""

    lines: Sequence[Line]
    layout: Layout
    heading: list[Passage]
    preamble: list[Passage]
    outline: Outline
    annex_tables: list[Table]
    title: Passage
    like: IsoDate | None = None

    def nodes(self) -> Iterator[Node]:
        return self.outline.root.walk()

    def tables(self) -> Iterator[Table]:
        for node in self.nodes():
            yield from node.tables
        yield from self.annex_tables


def title_of(lines: Sequence[Line], layout: Layout) -> Passage:
    """The title, without the word that names the kind of document."""
    passage = Passage(lines)
    for row in layout.title:
        start = 0
        if row == layout.kind.row:
            start = Passage(lines).add(row).column(layout.kind.end - 1) + 1
        if not _NO_TITLE.match(lines[row].text[start:]):
            passage.add(row, start)
    return passage


def document_of(lines: Sequence[Line]) -> Document | None:
    """None when the lines are no plan at all: no kind, or neither a section nor a letterhead with it."""
    furniture = furniture_of(lines)
    layout = layout_of(lines, furniture)
    if layout is None:
        return None
    preamble, body, annexes = (
        [row for row in rows if row not in furniture]
        for rows in (layout.preamble, layout.body, layout.annexes)
    )
    reasons = [block for block in blocks_of(lines, preamble) if isinstance(block, Passage)]
    outline = outline_of(lines, body)
    heading = [Passage(lines).add(row) for row in range(layout.title.start) if _WORDS.search(lines[row].text)]
    if not outline.root.children and not layout.formal:
        return None
    annex = [block for block in blocks_of(lines, annexes) if isinstance(block, Table)]
    return Document(lines, layout, heading, reasons, outline, annex, title_of(lines, layout))
