"""Tables a converter has flattened: every printed row became a block of lines, each line one piece of a cell.

A piece begins with a tab; empty pieces mark columns only roughly. Columns are told by the heading, by the
first and last place in a block, and by which cell a piece continues; rows by the dates of the first column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guong.planreader.dates import period_of
from guong.planreader.document import Document
from guong.planreader.fields.pieces import Borders, Neighbours, place_pieces
from guong.planreader.fields.tables import Sheet, is_heading
from guong.planreader.passage import Passage
from guong.planreader.spelling import is_upper, squeeze

_LEAST_TITLES = 3
_BARE_TITLE = re.compile(r"^(?:đơn vị|cơ quan|bộ phận)$", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """One printed row: its pieces as (row of the document, text), empty ones included."""

    pieces: tuple[tuple[int, str], ...]

    @property
    def full(self) -> tuple[tuple[int, str], ...]:
        return tuple(piece for piece in self.pieces if piece[1])

    @property
    def first(self) -> str:
        return self.pieces[0][1] if self.pieces else ""


def flattened_sheets(document: Document) -> Iterator[Sheet]:
    """At most one sheet: the annex of a plan that was flattened."""
    printed = list(_printed(document))
    start = next((at for at, row in enumerate(printed) if _is_heading(row)), None)
    if start is None:
        return
    titles, rest = _titles(printed[start:])
    rows = _rows(rest, titles, document)
    if rows:
        yield Sheet(titles, rows, 0.6)


def repeated_headings(document: Document) -> int:
    """How often the heading row of a flattened table comes again, page after page."""
    return max(0, sum(_is_heading(row) for row in _printed(document)) - 1)


def _printed(document: Document) -> Iterator[Printed]:
    """Blocks of lines that begin with a tab; an empty line ends a block."""
    block: list[tuple[int, str]] = []
    for row in document.layout.annexes:
        text = document.lines[row].text
        if text.lstrip(" ").startswith("\t") or (block and text.strip()):
            block.append((row, squeeze(text)))
        elif block:
            yield Printed(tuple(block))
            block = []
    if block:
        yield Printed(tuple(block))


def _is_heading(row: Printed) -> bool:
    titles = [text for _, text in row.full]
    return (
        len(titles) >= _LEAST_TITLES and is_heading(titles) and not any(len(title) > 50 for title in titles)
    )


def _titles(printed: Sequence[Printed]) -> tuple[list[str], list[Printed]]:
    """The titles, with a second printed row of the heading joined to the bare title it completes."""
    titles = [text for _, text in printed[0].full]
    second = printed[1].full if len(printed) > 1 else ()
    if not 0 < len(second) < len(titles) or not all(text[:1].islower() for _, text in second):
        second = ()
    else:
        bare = [at for at, title in enumerate(titles) if _BARE_TITLE.match(title)]
        for at, (_, text) in zip(bare, second, strict=False):
            titles[at] = f"{titles[at]} {text}"
    words = [text for _, text in (*printed[0].full, *second)]
    return titles, [part for row in printed[1:] for part in _without_titles(row, words)]


def _without_titles(row: Printed, words: Sequence[str]) -> Iterator[Printed]:
    """A heading repeated on a new page leaves an empty printed row, also when it clings to the row before."""
    texts = [text for _, text in row.pieces]
    at = texts.index(words[0]) if words[0] in texts else len(texts)
    if row.full and all(text in words for _, text in row.full):
        at = 0
    if at:
        yield Printed(row.pieces[:at])
    if at < len(texts):
        yield Printed(())


def _rows(printed: Sequence[Printed], titles: Sequence[str], document: Document) -> list[list[Passage]]:
    printed = [row if not _is_caption(row) else Printed(()) for row in printed]
    times = list(_times(printed, document))
    if not times:
        return []
    neighbours = Neighbours(document)
    borders = Borders([row.pieces for row in printed], neighbours)
    starts = [0, *(borders.between(a[1], b[0]) for a, b in itertools.pairwise(times))]
    rows = []
    for start, end in zip(starts, [*starts[1:], len(printed)], strict=True):
        cells = place_pieces([row.pieces for row in printed[start:end]], len(titles), neighbours)
        rows.append([_cell(document, cell) for cell in cells])
    return rows


def _is_caption(row: Printed) -> bool:
    return len(row.full) == 1 and is_upper(row.full[0][1]) and len(row.full[0][1]) > 12


def _cell(document: Document, rows: Sequence[int]) -> Passage:
    passage = Passage(document.lines)
    for row in rows:
        passage.add(row)
    return passage


def _times(printed: Sequence[Printed], document: Document) -> Iterator[tuple[int, int]]:
    """(first, last) printed row of each complete date of the first column."""
    text, first = "", 0
    for at, row in enumerate(printed):
        if not row.first:
            continue
        first = first if text else at
        text = f"{text} {row.first}".strip()
        if period_of(text, document.like) and re.search(r"\d", row.first):
            yield first, at
            text = ""
        elif len(text) > 60:
            text = ""
