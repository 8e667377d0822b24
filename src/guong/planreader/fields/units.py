"""Lists of bodies in one cell or sentence, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.grammar import BODY_START
from guong.planreader.passage import Span

_BULLET = re.compile(r"\s*;\s*|(?<=[^\d\s])\.\s+(?=[-–·•+]\s)|(?P<soft>\s+)(?=[-–·•+]\s)")
_SIGNS = " .;,:-–·•+"


def items_of(span: Span) -> Iterator[Span]:
    """The items of a cell: by bullets and semicolons."""
    start = span.start
    text = span.passage.text
    for cut in _BULLET.finditer(text, span.start, span.end):
        if cut["soft"] and text[cut.start() - 1].isalnum() and not span.passage.starts_line(cut.end()):
            continue
        item = Span(span.passage, start, cut.start()).trimmed(_SIGNS)
        if item:
            yield item
        start = cut.end()
    item = Span(span.passage, start, span.end).trimmed(_SIGNS)
    if item:
        yield item


def begins_with_body(text: str) -> bool:
    """The text opens with the name of a body or an office."""
    return bool(BODY_START.match(text))
