"""A file's bytes to numbered lines of text, whatever it was saved as; all else is refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guong.planreader.formats import oldword, pdf, pictures, plain, scans, word
from guong.planreader.formats.arrange import rows_of
from guong.planreader.formats.charsets import is_garbled, repaired
from guong.planreader.formats.means import Means, Piece
from guong.planreader.formats.sniff import Kind, kind_of
from guong.planreader.model import Line
from guong.planreader.reasons import Unreadable
from guong.planreader.spelling import mixes_accents, tidy

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARS = 1_500_000
MAX_LINES = 30_000
# No paragraph of a plan comes near this; every pattern of the reader stays fast below it.
MAX_LINE = 12_000
# A recognised page with fewer words than this, on average, is no readable scan.
LEAST_WORDS = 15


@dataclass(frozen=True)
class Text:
    """The lines of a file; `mixed_accents` when it wrote some letters composed and others decomposed.

    `scanned` are the pages a machine recognised, `doubts` by line number the words it was not sure of.
    """

    lines: tuple[Line, ...]
    mixed_accents: bool = False
    scanned: frozenset[int] = frozenset()
    doubts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def lines_of(data: bytes, name: str, means: Means | None = None) -> Text:
    """Numbered lines in reading order, NFC, tables as ` | ` rows. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_big", name=name, limit_mb=MAX_BYTES // 1024 // 1024)
    pieces = _split(_READERS[kind_of(data, name)](data, name, means or Means()), name)
    written = [piece.text for piece in pieces]
    right = repaired(written)
    mixed = any(mixes_accents(line) for line in right)
    lines = tuple(
        Line(piece.page, number, tidy(text))
        for number, (piece, text) in enumerate(zip(pieces, right, strict=True), start=1)
    )
    scanned = frozenset(piece.page for piece in pieces if piece.scanned)
    _must_be_text(lines, scanned, name)
    doubts = {number: piece.doubts for number, piece in enumerate(pieces, start=1) if piece.doubts}
    return Text(lines, mixed, scanned, doubts)


def _pictures(data: bytes, name: str, means: Means) -> Iterator[Piece]:
    """Every picture is a page."""
    count = pictures.count(data, name)
    drawn = pictures.pages(data, name)
    found = scans.recognised(count, lambda _number: next(drawn), range(count), name, means)
    for number in range(count):
        rows = rows_of(list(scans.flat(found[number])))
        yield from pdf.scanned_pieces(rows, number + 1)


_READERS = {
    Kind.TEXT: plain.pages_of,
    Kind.WORD: word.pages_of,
    Kind.OLD_WORD: oldword.pages_of,
    Kind.PDF: pdf.pages_of,
    Kind.PICTURE: _pictures,
}


def _split(pieces: Iterator[Piece], name: str) -> list[Piece]:
    """One piece a line. Raises Unreadable for more text than any plan has."""
    lines: list[Piece] = []
    size = 0
    for piece in pieces:
        size += len(piece.text)
        lines += [piece._replace(text=text) for text in piece.text.split("\n")]
        if size > MAX_CHARS or len(lines) > MAX_LINES:
            raise Unreadable("too_long", name=name)
    if any(len(line.text) > MAX_LINE for line in lines):
        raise Unreadable("too_long", name=name)
    return lines


def _must_be_text(lines: tuple[Line, ...], scanned: frozenset[int], name: str) -> None:
    words = sum(len(line.text.split()) for line in lines)
    if scanned and words < LEAST_WORDS * len(scanned):
        raise Unreadable("unclear_scan", name=name)
    if not words:
        raise Unreadable("empty", name=name)
    if not scanned and is_garbled([line.text for line in lines]):
        raise Unreadable("wrong_encoding", name=name)
