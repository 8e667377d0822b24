"""A document cut into regions, outlined, with the joined passages every field reader starts from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guong.planreader.layout import KIND, Layout, layout_of
from guong.planreader.model import IsoDate, Line
from guong.planreader.outline import Node, Outline, Table, blocks_of, outline_of
from guong.planreader.passage import Passage
from guong.planreader.spelling import squeeze

_NO_TITLE = re.compile(r"^[\s\W_]*$|^\W*(?:DỰ THẢO|Dự thảo|HỎA TỐC|HOẢ TỐC|KHẨN|MẬT)\W*$")


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
        raw = lines[row].text
        start = 0
        if row == layout.kind and (found := KIND.match(squeeze(raw))):
            start = raw.find(found.group(1)) + len(found.group(1))
        if not _NO_TITLE.match(raw[start:]):
            passage.add(row, start)
    return passage


def document_of(lines: Sequence[Line]) -> Document | None:
    """None when the lines are no plan at all: no kind, or no section under it."""
    layout = layout_of(lines)
    if layout is None:
        return None
    preamble = [block for block in blocks_of(lines, layout.preamble) if isinstance(block, Passage)]
    outline = outline_of(lines, layout.body)
    if not outline.root.children:
        return None
    heading = [
        Passage(lines).add(row) for row in range(max(0, layout.title.start)) if lines[row].text.strip()
    ]
    annex = [block for block in blocks_of(lines, layout.annexes) if isinstance(block, Table)]
    return Document(lines, layout, heading, preamble, outline, annex, title_of(lines, layout))
