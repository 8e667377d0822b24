"""Texts that repeat one another: fingerprints that find them, and the passages two texts share (J-04).

Pure functions. A text is cut into words without diacritics and punctuation; every run of SHINGLE words has a
number; of every WINDOW neighbouring numbers the least is kept. Two texts with a common run of PASSAGE
words or more therefore always keep a common number, however long they are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guong.base.text import fold

SHINGLE = 5
WINDOW = 6
PASSAGE = SHINGLE + WINDOW - 1
_WORD = re.compile(r"\w+")
_BASE, _MODULUS = 1_000_003, (1 << 61) - 1
_LEAVING = pow(_BASE, SHINGLE, _MODULUS)  # what the word that leaves the run had become


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `shared` when the other text has it too."""

    text: str
    shared: bool


@dataclass(frozen=True)
class Overlap:
    """Two texts side by side. `words` of the first stand in the second too, out of `total`."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    words: int
    total: int

    @property
    def percent(self) -> int:
        """The share of the first text that the second has too, in whole percent, rounded down."""
        return 100 * self.words // self.total if self.total else 0


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> int:
    return zlib.crc32(fold(word).encode())


def _shingles(text: str) -> list[int]:
    """The number of each run of SHINGLE words, in order: a polynomial that rolls from word to word."""
    keys = [_key(word) for word in _WORD.findall(text)]
    number, found = 0, []
    for place, key in enumerate(keys):
        gone = keys[place - SHINGLE] * _LEAVING if place >= SHINGLE else 0
        number = (number * _BASE + key - gone) % _MODULUS
        found.append(number)
    return found[SHINGLE - 1 :]


def prints(text: str) -> list[int]:
    """The fingerprint of a text: numbers below 2⁶¹, ascending, each once. Empty below SHINGLE words."""
    numbers = _shingles(text)
    windows = max(1, len(numbers) - WINDOW + 1) if numbers else 0
    return sorted({min(numbers[place : place + WINDOW]) for place in range(windows)})


def overlap(left: str, right: str) -> Overlap:
    """The passages of at least PASSAGE words that both texts have, marked in both."""
    ours, theirs = _shingles(left), _shingles(right)
    common = set(ours) & set(theirs)
    left_words, right_words = list(_WORD.finditer(left)), list(_WORD.finditer(right))
    spans = list(_runs(ours, common))
    words = sum(end - start for start, end in spans)
    return Overlap(
        tuple(_pieces(left, left_words, spans)),
        tuple(_pieces(right, right_words, list(_runs(theirs, common)))),
        words,
        len(left_words),
    )


def _runs(numbers: list[int], common: set[int]) -> Iterator[tuple[int, int]]:
    """First word and the one after the last of each stretch whose every run of words the other text has."""
    start = None
    for place, number in enumerate([*numbers, -1]):
        if number in common:
            start = place if start is None else start
        elif start is not None:
            end = place + SHINGLE - 1
            if end - start >= PASSAGE:
                yield start, end
            start = None


def _pieces(text: str, words: list[re.Match[str]], spans: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for first, after in spans:
        begin, end = words[first].start(), words[after - 1].end()
        if text[at:begin]:
            yield Piece(text[at:begin], shared=False)
        yield Piece(text[begin:end], shared=True)
        at = end
    if text[at:]:
        yield Piece(text[at:], shared=False)
