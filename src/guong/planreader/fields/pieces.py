"""Which column a loose piece of a flattened table belongs to: the one it continues best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement, pairwise

from guong.planreader.document import Document
from guong.planreader.grammar import BODY_START
from guong.planreader.spelling import squeeze

_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"^[-–•·+]")
_ENDED = re.compile(r"[.;]\W*$")
# More loose pieces in one printed row than this are laid in order without trying every division.
_MOST = 9

Piece = tuple[int, str]


class Neighbours:
    """Pairs of words that stand side by side somewhere in the document."""

    def __init__(self, document: Document) -> None:
        self._pairs: set[tuple[str, str]] = set()
        for line in document.lines:
            words = [word.casefold() for word in _WORD.findall(line.text)]
            self._pairs.update(pairwise(words))

    def joins(self, before: str, after: str) -> bool:
        """The document elsewhere has the last word of `before` right before the first of `after`."""
        left, right = _WORD.findall(before[-40:]), _WORD.findall(after[:40])
        return bool(left and right) and (left[-1].casefold(), right[0].casefold()) in self._pairs

    def begins_anew(self, before: str, after: str) -> bool:
        """A capital that continues nothing known: the first words of another cell."""
        word = after.split()[0] if after.split() else ""
        return word[:1].isupper() and not word[1:2].isupper() and not self.joins(before, after)


class Borders:
    """Where one row of the table ends and the next begins, told by empty printed rows and new sentences."""

    def __init__(self, printed: Sequence[Sequence[Piece]], known: Neighbours) -> None:
        self._printed = printed
        self._known = known

    def between(self, after: int, before: int) -> int:
        """The likeliest first printed row of the next row, between the dates of both."""
        return max(range(after + 1, before + 1), key=lambda at: (self._score(at, after), at), default=before)

    def _score(self, at: int, after: int) -> float:
        last, name = self._name(range(at - 1, after - 1, -1)), self._name(range(at, len(self._printed)))
        ended, begun = self._result(range(at - 1, after - 1, -1)), self._result(range(at, len(self._printed)))
        score = 2.0 if not last or self._known.begins_anew(last, name) else -2.0
        score += 2.0 if _BULLET.match(begun) else -3.0
        score += 0.5 if _ENDED.search(ended) else 0.0
        return score + min(2.0, self._empty_before(at) / 8)

    def _empty_before(self, at: int) -> int:
        """The empty places right before; a heading taken out counts as many."""
        places = 0
        while at > 0 and not any(text for _, text in self._printed[at - 1]):
            at -= 1
            places += len(self._printed[at]) or 30
        return places

    def _name(self, rows: Iterable[int]) -> str:
        """The nearest piece in the second place: the column of names."""
        return next(
            (row[1][1] for row in (self._printed[at] for at in rows) if len(row) > 1 and row[1][1]), ""
        )

    def _result(self, rows: Iterable[int]) -> str:
        """The nearest piece in the last place."""
        return next(
            (row[-1][1] for row in (self._printed[at] for at in rows) if len(row) > 1 and row[-1][1]), ""
        )


def place_pieces(rows: Sequence[Sequence[Piece]], columns: int, known: Neighbours) -> list[list[int]]:
    """For each column the document rows of its pieces, in order."""
    cells: list[list[int]] = [[] for _ in range(columns)]
    texts = ["" for _ in range(columns)]
    for pieces in rows:
        for column, (row, text) in _placed(pieces, columns, texts, known):
            cells[column].append(row)
            texts[column] = squeeze(f"{texts[column]} {text}")
    return cells


def _placed(
    pieces: Sequence[Piece], columns: int, texts: Sequence[str], known: Neighbours
) -> list[tuple[int, Piece]]:
    if len(pieces) == columns:
        return [(at, piece) for at, piece in enumerate(pieces) if piece[1]]
    loose = [(at, piece) for at, piece in enumerate(pieces) if piece[1]]
    fixed: list[tuple[int, Piece]] = []
    last: list[tuple[int, Piece]] = []
    if loose and loose[0][0] == 0:
        fixed.append((0, loose.pop(0)[1]))
    if loose and loose[-1][0] == len(pieces) - 1 and len(pieces) > 1:
        last.append((columns - 1, loose.pop()[1]))
    return [*fixed, *_divided(loose, columns, texts, known), *last]


def _divided(
    loose: Sequence[tuple[int, Piece]], columns: int, texts: Sequence[str], known: Neighbours
) -> list[tuple[int, Piece]]:
    """The division of the pieces between the first and the last column that costs least."""
    middle = range(1, max(2, columns - 1))
    if not loose:
        return []
    if len(loose) > _MOST:
        return [(1, piece) for _, piece in loose]
    options = combinations_with_replacement(middle, len(loose))
    best = min(options, key=lambda option: _cost(loose, option, texts, known))
    return [(column, piece) for column, (_, piece) in zip(best, loose, strict=True)]


def _cost(
    loose: Sequence[tuple[int, Piece]], option: Sequence[int], texts: Sequence[str], known: Neighbours
) -> float:
    total = 0.0
    before: dict[int, str] = {}
    for column, (place, (_, text)) in zip(option, loose, strict=True):
        so_far = before.get(column, texts[column])
        total += _fit(so_far, text, column, known)
        # The second place of a printed row is always the second column.
        total += 4.0 if place == 1 and column != 1 else 0.0
        before[column] = f"{so_far} {text}"
    return total


def _fit(so_far: str, text: str, column: int, known: Neighbours) -> float:
    """How badly `text` continues a cell: 0 is well."""
    unit = bool(_BULLET.match(text)) or bool(BODY_START.match(text))
    if column == 1 and _BULLET.match(text):
        return 4.0
    if not so_far:
        return (0.0 if unit or column == 1 else 1.2) if text[:1].isupper() or _BULLET.match(text) else 2.0
    if _ENDED.search(so_far) and not (column == 1 and so_far.endswith(";")):
        return (0.1 if unit and column > 1 else 0.8) if not text[:1].islower() else 1.2
    if known.joins(so_far, text):
        return 0.0
    strange = text[:1].isupper() and column == 1
    return 1.0 + (0.5 if _BULLET.match(text) or strange else 0.0)
