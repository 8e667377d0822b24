"""A file's bytes to numbered lines of text: .txt, .docx, PDF with a text layer; all else is refused."""

from __future__ import annotations

from typing import NamedTuple

from guong.planreader.formats import pdf, plain, word
from guong.planreader.formats.sniff import Kind, kind_of
from guong.planreader.model import Line
from guong.planreader.reasons import Unreadable
from guong.planreader.spelling import mixes_accents, tidy

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARS = 600_000
MAX_LINES = 20_000
# No paragraph of a plan comes near this; every pattern of the reader stays fast below it.
MAX_LINE = 12_000


class Text(NamedTuple):
    """The lines of a file; `mixed_accents` when it wrote some letters composed and others decomposed."""

    lines: tuple[Line, ...]
    mixed_accents: bool = False


def lines_of(data: bytes, name: str) -> Text:
    """Numbered lines in reading order, NFC, tables as ` | ` rows. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_big", name=name, limit_mb=MAX_BYTES // 1024 // 1024)
    readers = {Kind.TEXT: plain.pages_of, Kind.WORD: word.pages_of, Kind.PDF: pdf.pages_of}
    pages = readers[kind_of(data, name)](data, name)
    lines: list[Line] = []
    size = 0
    mixed = False
    for page, text in pages:
        size += len(text)
        mixed = mixed or mixes_accents(text)
        for piece in text.split("\n"):
            lines.append(Line(page, len(lines) + 1, tidy(piece)))
        if size > MAX_CHARS or len(lines) > MAX_LINES:
            raise Unreadable("too_long", name=name)
    if any(len(line.text) > MAX_LINE for line in lines):
        raise Unreadable("too_long", name=name)
    if not any(line.text.strip() for line in lines):
        raise Unreadable("empty", name=name)
    return Text(tuple(lines), mixed)
