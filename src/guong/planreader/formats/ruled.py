"""Ruled tables of a PDF page: the grid is told by its printed lines, the text of each cell by its frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from guong.planreader.formats.pdfwords import hyphens_kept

# Points: a printed line is thinner, the side of a cell longer; lines nearer than NEAR are one line.
THIN, LONG, NEAR = 3.0, 8.0, 4.0
# Drawings with more paths or grids with more cells than this are no tables of a plan.
MAX_PATHS, MAX_CELLS = 20_000, 4_000
_BULLET = re.compile(r"^[-–•+]\s")
_ENDED = re.compile(r"[.,;:]$")


@dataclass(frozen=True)
class Line:
    """A vertical line at x = `at` from y = `low` to `high`; a horizontal one the other way round."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Grid:
    """Columns from left to right, rows from top to bottom."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    @property
    def top(self) -> float:
        return self.rows[0]

    @property
    def bottom(self) -> float:
        return self.rows[-1]


def grids_of(page: pypdfium2.PdfPage) -> list[Grid]:
    """The tables of a page from top to bottom; two columns and two rows at the least."""
    upright, level = _lines(page)
    found = []
    for low, high in _stretches(upright):
        inside = [line for line in upright if low - NEAR <= line.low and line.high <= high + NEAR]
        across = [line for line in level if low - NEAR <= line.at <= high + NEAR]
        columns = _places(line.at for line in inside)
        rows = _places(line.at for line in across)[::-1]
        # One row alone is the end of a table begun on the page before.
        enough = len(columns) > 2 and len(rows) > (1 if len(columns) > 3 else 2)
        if enough and len(columns) * len(rows) <= MAX_CELLS:
            found.append(Grid(columns, rows))
    return sorted(found, key=lambda grid: -grid.top)


def rows_of(grid: Grid, layer: pypdfium2.PdfTextPage) -> list[str]:
    """The rows of a table as ` | ` lines."""
    rows = []
    for top, bottom in zip(grid.rows, grid.rows[1:], strict=False):
        cells = [
            _one_line(hyphens_kept(layer.get_text_bounded(left, bottom, right, top)))
            for left, right in zip(grid.columns, grid.columns[1:], strict=False)
        ]
        if any(cells):
            rows.append(" | ".join(cells))
    return rows


def _lines(page: pypdfium2.PdfPage) -> tuple[list[Line], list[Line]]:
    upright: list[Line] = []
    level: list[Line] = []
    for count, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])):
        if count > MAX_PATHS:
            return [], []
        left, bottom, right, top = item.get_bounds()
        wide, high = right - left, top - bottom
        if wide <= THIN and high >= LONG:
            upright.append(Line((left + right) / 2, bottom, top))
        elif high <= THIN and wide >= LONG:
            level.append(Line((bottom + top) / 2, left, right))
        elif wide >= LONG and high >= LONG:
            upright += [Line(left, bottom, top), Line(right, bottom, top)]
            level += [Line(bottom, left, right), Line(top, left, right)]
    return upright, level


def _stretches(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The heights of the page that vertical lines cover without a gap."""
    found: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.low):
        if found and line.low <= found[-1][1] + NEAR:
            found[-1] = (found[-1][0], max(found[-1][1], line.high))
        else:
            found.append((line.low, line.high))
    return found


def _places(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return tuple(places)


def _one_line(text: str) -> str:
    """The printed lines of a cell as one; a bullet keeps apart from what stands before it."""
    joined = ""
    for piece in text.replace("|", "/").splitlines():
        piece = piece.strip()
        if joined and piece:
            joined += "; " if _BULLET.match(piece) and not _ENDED.search(joined) else " "
        joined += piece
    return joined
