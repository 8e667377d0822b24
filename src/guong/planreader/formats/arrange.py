"""Words on a page to lines of text: heading and signature column by column, tables told by their alignment.

Coordinates grow to the right and downwards. Used for PDF text and for scans alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from guong.planreader.formats.means import Piece

# A gap wider than this many heights of a word parts two columns.
GAP = 1.7
# A strip of the page this many heights wide that no word of a block crosses is a gutter.
GUTTER = 0.7
# Between heading and signature blocks even a slit will do, when wide gaps lie over it.
SLIT = 0.1
_KIND = re.compile(r"^\W{0,4}(?:KẾ HOẠCH|CHƯƠNG TRÌNH|PHƯƠNG ÁN|KẺ HOẠCH|KÊ HOẠCH)\b")
_STATE = re.compile(r"CỘNG H|Độc lập|ĐẢNG CỘNG SẢN", re.IGNORECASE)
_RECIPIENTS = re.compile(r"^\W*[NM][ơớờởợo]i\s+nh[ậâấầaă]n\b", re.IGNORECASE)
_ANNEX = re.compile(r"^\W*(?:PHỤ LỤC|Phụ lục)\b")
_BULLET = re.compile(r"^[-–•+]\s")
_ENDED = re.compile(r"[.,;:]$")
# Above "Nơi nhận" a signature may begin this many lines earlier.
_ABOVE = 3


@dataclass(frozen=True)
class Word:
    """One printed word; `doubt` when a scan did not give it clearly."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    doubt: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


Row = list[Word]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Printed lines from top to bottom, each from left to right."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: word.middle):
        last = rows[-1] if rows else None
        if last is not None and _on_line(word, last):
            last.append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _on_line(word: Word, row: Row) -> bool:
    """The middle of the word lies within the heights of the last words of the row."""
    near = row[-4:]
    tall = min(word.height, *(one.height for one in near))
    return abs(word.middle - sum(one.middle for one in near) / len(near)) < 0.45 * max(tall, 1.0)


def pieces_of(rows: list[Row], page: int, scanned: bool = False) -> list[Piece]:
    """The rows of one page as text in reading order."""
    size = median([word.height for row in rows for word in row] or [1.0])
    start = _head_end(rows, size)
    stop, end = _foot(rows, start)
    end = _two_columns_end(rows, stop, end, size)
    found: list[Row] = []
    tables: dict[int, list[list[Row]]] = {}
    found += _columns(rows[:start], size)
    _middle(rows[start:stop], size, found, tables)
    found += _columns(rows[stop:end], size)
    _middle(rows[end:], size, found, tables)
    pieces: list[Piece] = []
    for at, row in enumerate(found):
        if at in tables:
            pieces += [_cells(line, page, scanned) for line in tables[at]]
        elif row:
            pieces.append(Piece(page, text_of(row), scanned, _doubts(row)))
    return pieces


def text_of(row: Row) -> str:
    return " ".join(word.text for word in row)


def _doubts(row: Row) -> tuple[str, ...]:
    return tuple(word.text for word in row if word.doubt)


def _head_end(rows: list[Row], size: float) -> int:
    """The line that names the kind of document, when a heading in two columns stands above it."""
    for at, row in enumerate(rows[:20]):
        parts = _stretches(row, size)
        named = next((n for n, part in enumerate(parts) if _KIND.match(text_of(part))), None)
        if named is not None:
            under = any(_STATE.search(text_of(above)) for above in rows[:at])
            return at + (named > 0) if under else 0
    return 0


def _foot(rows: list[Row], start: int) -> tuple[int, int]:
    """Signature and recipients: from the position of who signs, or "Nơi nhận", to the annex or the end."""
    at = next((n for n in range(start, len(rows)) if _names_recipients(rows[n])), len(rows))
    if at == len(rows):
        return at, at
    end = next((n for n in range(at, len(rows)) if _ANNEX.match(text_of(rows[n]))), len(rows))
    left = min(word.left for row in rows[at:end] for word in row)
    right = max(word.right for row in rows for word in row)
    first = at
    while first > max(start, at - _ABOVE) and rows[first - 1][0].left > left + 0.35 * (right - left):
        first -= 1
    return first, end


def _names_recipients(row: Row) -> bool:
    return bool(_RECIPIENTS.match(text_of(row[:4])))


def _columns(rows: list[Row], size: float) -> list[Row]:
    """The left column, then the right one; rows as they are when no gutter parts them."""
    gutter = _gutter(rows, size)
    if gutter is None:
        return rows
    left = [[word for word in row if word.right <= gutter] for row in rows]
    right = [[word for word in row if word.right > gutter] for row in rows]
    return [row for row in (*left, *right) if row]


def _gutter(rows: list[Row], size: float) -> float | None:
    """The middle of the strip that parts these rows in two columns."""
    agreed, _width, middle = _best_strip(rows, size)
    return middle if agreed > 0 else None


def _best_strip(rows: list[Row], size: float) -> tuple[int, float, float]:
    """The strip no word crosses that most wide gaps and fewest narrow ones have in common: by how many, how
    wide, where its middle is."""
    wide = [gap for row in rows for gap in _gaps(row, size)]
    narrow = [(a.right, b.left) for row in rows for a, b in pairwise(row) if (a.right, b.left) not in wide]
    best: tuple[int, float, float] = (0, 0.0, 0.0)
    for start, end in _strips(rows, size * SLIT):
        middle = (start + end) / 2
        agreed = sum(low <= middle <= high for low, high in wide)
        against = sum(low <= middle <= high for low, high in narrow)
        best = max(best, (agreed - against, end - start, middle))
    return best


def _two_columns_end(rows: list[Row], start: int, end: int, size: float) -> int:
    """Where the block of two columns stops: what stands across them below it is not cut."""
    agreed = {last: _best_strip(rows[start:last], size)[0] for last in range(start + 1, end + 1)}
    return max(agreed, key=lambda last: (agreed[last], last), default=end)


def _gaps(row: Row, size: float) -> list[tuple[float, float]]:
    """The wide gaps of a row, from where to where."""
    pairs = pairwise(row)
    return [(a.right, b.left) for a, b in pairs if b.left - a.right > size * GAP]


def _strips(rows: list[Row], least: float) -> list[tuple[float, float]]:
    """Stretches of the width no word of these rows stands in."""
    spans = sorted((word.left, word.right) for row in rows for word in row)
    found = []
    reach = spans[0][1] if spans else 0.0
    for left, right in spans:
        if left - reach >= least:
            found.append((reach, left))
        reach = max(reach, right)
    return found


def _middle(rows: list[Row], size: float, found: list[Row], tables: dict[int, list[list[Row]]]) -> None:
    """Add running text row by row; blocks whose words stand in columns as tables."""
    at = 0
    while at < len(rows):
        stop = _aligned(rows, at, size)
        strips = _strips(rows[at:stop], size * GUTTER) if stop - at > 1 else []
        heading = any(_STATE.search(text_of(row)) for row in rows[at:stop])
        if not heading and (len(strips) > 1 or (strips and stop - at > 2)):
            tables[len(found)] = _table(rows[at:stop], strips)
            found.append([])
            at = stop
        elif strips:
            found += _columns(rows[at:stop], size)
            at = stop
        else:
            found.append(rows[at])
            at += 1


def _stretches(row: Row, size: float) -> list[Row]:
    """A row parted at its wide gaps."""
    parts: list[Row] = [[]]
    for word in row:
        if parts[-1] and word.left - parts[-1][-1].right > size * GAP:
            parts.append([])
        parts[-1].append(word)
    return parts


def _parts(row: Row, size: float) -> int:
    return len(_stretches(row, size))


def _aligned(rows: list[Row], at: int, size: float) -> int:
    """Where a block that begins with a row of columns ends: its gutters stay open."""
    if _parts(rows[at], size) < 2:
        return at + 1
    stop = at + 1
    strips = _strips(rows[at:stop], size * GAP)
    while stop < len(rows):
        narrower = _strips(rows[at : stop + 1], size * GUTTER)
        far = rows[stop][0].top - max(word.bottom for word in rows[stop - 1]) > 3.5 * size
        alone = _parts(rows[stop], size) < 2 and len(narrower) < len(strips)
        if not narrower or alone or far:
            break
        stop += 1
    while stop > at + 1 and _parts(rows[stop - 1], size) < 2 and _is_after(rows, at, stop - 1, size):
        stop -= 1
    return stop


def _is_after(rows: list[Row], at: int, last: int, size: float) -> bool:
    """A lone stretch below a block, at its left edge, is text that follows it."""
    return rows[last][0].left - min(row[0].left for row in rows[at:last]) < size


def _table(rows: list[Row], strips: list[tuple[float, float]]) -> list[list[Row]]:
    """Cells of the rows; a row without a first cell goes on with the one above."""
    edges = [(start + end) / 2 for start, end in strips]
    lines: list[list[Row]] = []
    for row in rows:
        cells: list[Row] = [[] for _ in range(len(edges) + 1)]
        for word in row:
            cells[sum(word.left >= edge for edge in edges)].append(word)
        if lines and not cells[0]:
            for cell, more in zip(lines[-1], cells, strict=True):
                cell += more
        else:
            lines.append(cells)
    return lines


def _cells(cells: list[Row], page: int, scanned: bool) -> Piece:
    text = " | ".join(cell_text(cell) for cell in cells)
    return Piece(page, text, scanned, tuple(word for cell in cells for word in _doubts(cell)))


def cell_text(words: Sequence[Word]) -> str:
    """The printed lines of a cell as one; a bullet keeps apart from what stands before it."""
    joined = ""
    for row in rows_of(words):
        piece = text_of(row).replace("|", "/")
        if joined:
            joined += "; " if _BULLET.match(piece) and not _ENDED.search(joined) else " "
        joined += piece
    return joined


def without_running_lines(pages: Sequence[list[Row]]) -> Iterator[list[Row]]:
    """Pages without their numbers and without the lines that stand on most of them at the same edge."""
    usual = _repeated([row for rows in pages for row in (*rows[:1], *rows[-1:])], len(pages))
    for rows in pages:
        kept = list(rows)
        for edge in (0, -1):
            if len(kept) > 1 and (_is_number(kept[edge]) or _bare(kept[edge]) in usual):
                kept.pop(edge)
        yield kept


def _is_number(row: Row) -> bool:
    return bool(re.fullmatch(r"[-–—\s]*(?:[Tt]rang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*", text_of(row)))


def _bare(row: Row) -> str:
    return re.sub(r"\d+", "#", text_of(row))


def _repeated(edges: list[Row], pages: int) -> set[str]:
    counted: dict[str, int] = {}
    for row in edges:
        counted[_bare(row)] = counted.get(_bare(row), 0) + 1
    return {text for text, times in counted.items() if pages > 2 and times > 2 and times * 2 > pages}
