"""Text that remembers where it stands: a paragraph joined from lines, and spans of it that become sources."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guong.planreader.model import Line, Source
from guong.planreader.spelling import bare

# A symbol broken after its dash ("4800/QĐ-" + "BYT") is joined without a blank.
_BROKEN_SYMBOL = re.compile(r"/[\wĐ]+-$")
_WORD = re.compile(r"\S+")
_STRIPPED = " \t.;:,"


class Passage:
    """Squeezed text of one or more lines, with the line and column of every character."""

    __slots__ = ("_columns", "_lines", "_rows", "text")

    def __init__(self, lines: Sequence[Line]) -> None:
        self.text = ""
        self._lines = lines
        self._rows = array("l")
        self._columns = array("l")

    def add(self, row: int, start: int = 0, end: int | None = None) -> Passage:
        """Append a slice of line `row` (counted from 0), squeezed, after one blank where needed."""
        raw = self._lines[row].text
        pieces = [self.text]
        blank = bool(self.text) and not _BROKEN_SYMBOL.search(self.text[-12:])
        for word in _WORD.finditer(raw, start, len(raw) if end is None else end):
            if blank:
                pieces.append(" ")
                self._columns.append(word.start())
            pieces.append(word.group())
            self._columns.extend(range(*word.span()))
            blank = True
        self.text = "".join(pieces)
        self._rows.extend(array("l", [row]) * (len(self._columns) - len(self._rows)))
        return self

    @property
    def row(self) -> int:
        """The first line of the passage, counted from 0."""
        return self._rows[0]

    @property
    def last_row(self) -> int:
        return self._rows[-1]

    def blank(self) -> Passage:
        """An empty passage of the same document."""
        return Passage(self._lines)

    def column(self, at: int) -> int:
        """Where the character `at` stands in its line."""
        return self._columns[at]

    def starts_line(self, at: int) -> bool:
        """The character `at` is the first of its line."""
        return at == 0 or self._rows[at] != self._rows[max(0, at - 2)]

    def whole(self) -> Span:
        return Span(self, 0, len(self.text))

    def search(self, pattern: re.Pattern[str], group: int | str = 0, start: int = 0) -> Span | None:
        found = pattern.search(self.text, start)
        return None if found is None or found.start(group) < 0 else Span(self, *found.span(group))

    def search_bare(self, pattern: re.Pattern[str], group: int | str = 0) -> Span | None:
        """`search` with a pattern made for bare text."""
        found = pattern.search(bare(self.text))
        return None if found is None or found.start(group) < 0 else Span(self, *found.span(group))

    def find_all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return pattern.finditer(self.text)

    def source(self, start: int, end: int, confidence: float) -> Source:
        """The source of a non-empty piece of this passage: its words on its first line, its last line."""
        row, last = self._rows[start], self._rows[end - 1]
        stop = start
        while stop + 1 < end and self._rows[stop + 1] == row:
            stop += 1
        line = self._lines[row]
        words = line.text[self._columns[start] : self._columns[stop] + 1]
        return Source(line.page, line.number, words, confidence, self._lines[last].number)


@dataclass(frozen=True)
class Span:
    """A piece of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    def trimmed(self, signs: str = _STRIPPED) -> Span:
        """Without these signs and blanks at both ends."""
        text = self.text
        left = len(text) - len(text.lstrip(signs))
        kept = len(text.strip(signs))
        return Span(self.passage, self.start + left, self.start + left + kept)

    def sub(self, start: int, end: int | None = None) -> Span:
        """A piece of this span, by offsets inside it."""
        return Span(self.passage, self.start + start, self.end if end is None else self.start + end)

    def search(self, pattern: re.Pattern[str], group: int | str = 0) -> Span | None:
        found = pattern.search(self.text)
        return None if found is None or found.start(group) < 0 else self.sub(*found.span(group))

    def says(self, pattern: re.Pattern[str]) -> bool:
        """The pattern, made for bare text, is in the words of this span."""
        return bool(pattern.search(bare(self.text)))

    def source(self, confidence: float) -> Source:
        return self.passage.source(self.start, self.end, confidence)

    def __bool__(self) -> bool:
        return self.end > self.start


class Ledger:
    """Collects the source of each value under its path; `at` opens a part of the plan."""

    def __init__(self, sources: dict[str, Source] | None = None, path: str = "") -> None:
        self.sources: dict[str, Source] = {} if sources is None else sources
        self._path = path

    def at(self, name: str, index: int | None = None) -> Ledger:
        step = name if index is None else f"{name}[{index}]"
        return Ledger(self.sources, f"{self._path}.{step}" if self._path else step)

    def put(
        self, name: str, span: Span | None, confidence: float = 0.95, value: str | None = None
    ) -> str | None:
        """Note the source of a value and return the value (the span's own text when none is given)."""
        if not span:
            return None
        self.sources[f"{self._path}.{name}" if self._path else name] = span.source(confidence)
        return span.text if value is None else value

    def same(self, name: str, other: str) -> None:
        """The value has the source of the value at the path `other`, where that one has one."""
        if other in self.sources:
            self.sources[f"{self._path}.{name}" if self._path else name] = self.sources[other]

    def put_all(self, name: str, spans: Iterable[Span], confidence: float = 0.95) -> tuple[str, ...]:
        """Several values of one list, each with its own path `name[i]`."""
        values = (
            self.put(f"{name}[{index}]", span, confidence) for index, span in enumerate(filter(None, spans))
        )
        return tuple(value for value in values if value)
