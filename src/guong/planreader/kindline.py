"""The line that names the kind of a document: KẾ HOẠCH, CHƯƠNG TRÌNH … under its letterhead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guong.planreader.marks import mark_of
from guong.planreader.spelling import bare

# Kinds of documents that are plans, as they are written small.
_KINDS = (
    "Kế hoạch liên tịch",
    "Kế hoạch phối hợp",
    "Kế hoạch",
    "Chương trình hành động",
    "Chương trình phối hợp",
    "Chương trình công tác",
    "Chương trình",
    "Phương án",
    "Đề án",
    "Hướng dẫn",
)
_NAMES = {bare(kind.upper()): kind for kind in _KINDS}
_WORDS = "|".join(_NAMES)
_ALONE = re.compile(rf"^\W{{0,4}}({_WORDS})\W*$")
_ALONE_SMALL = re.compile(rf"^\W{{0,4}}({'|'.join(bare(kind) for kind in _KINDS)})\W*$")
_TITLED = re.compile(rf"^\W{{0,4}}({_WORDS})(?=\s*[(\[“\"]|\s+[A-Z]|[A-Z][a-z])")
# A scanner puts stamps and hand-written numbers on the line of the kind.
_AFTER_NOISE = re.compile(rf"(?<=[^\w\s])\s+({_WORDS})\W*$")
_OTHER = re.compile(
    r"^\W{0,4}(?:QUYET DINH|TO TRINH|BAO CAO|THONG BAO|NGHI QUYET|CHI THI|BIEN BAN|GIAY MOI)\W*$"
)
_ATTACHED = re.compile(r"kem theo", re.IGNORECASE)
_SYMBOL = re.compile(r"so\s*:?\s*\d*\s*[-/]\s*kh\b", re.IGNORECASE)
_RULE = re.compile(r"^[\s\-_=*.–—|]*$")
# The heading of a document takes no more lines than this, blank ones left out.
_HEADING_LINES = 40
_CAPTION_LINES = 8


class KindLine(NamedTuple):
    """Where the kind stands in its squeezed line, and its name; row -1 when only the symbol "/KH-" tells."""

    row: int
    start: int
    end: int
    name: str


def kind_line(texts: Sequence[str]) -> KindLine | None:
    """None when the document names another kind, or none at all."""
    heading = list(_heading(texts))
    if any(_OTHER.match(bare(texts[row])) for row in heading):
        return _attached(texts)
    for pattern in (_ALONE, _ALONE_SMALL, _TITLED, _AFTER_NOISE):
        if found := _first(texts, heading, pattern):
            return found
    return KindLine(-1, 0, 0, "Kế hoạch") if any(_SYMBOL.search(bare(texts[r])) for r in heading) else None


def _heading(texts: Sequence[str]) -> Iterator[int]:
    """The rows in which the kind may stand: the first ones with words, up to the first section."""
    seen = 0
    for row, text in enumerate(texts):
        if not text or _RULE.match(text):
            continue
        mark = mark_of(text)
        if seen >= _HEADING_LINES or (mark is not None and mark.is_section and seen > 0):
            return
        seen += 1
        yield row


def _first(texts: Sequence[str], rows: Sequence[int], pattern: re.Pattern[str]) -> KindLine | None:
    for row in rows:
        if found := pattern.search(bare(texts[row])):
            return KindLine(row, *found.span(1), _NAMES[found.group(1).upper()])
    return None


def _attached(texts: Sequence[str]) -> KindLine | None:
    """A plan issued with a decision stands after it, under a caption that says so."""
    for row, text in enumerate(texts):
        caption = " ".join(texts[row : row + _CAPTION_LINES])
        if _ALONE.match(bare(text)) and _ATTACHED.search(bare(caption)):
            return _first(texts, [row], _ALONE)
    return None
