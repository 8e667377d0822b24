"""Lists of bodies in one cell or sentence, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.grammar import BODY_START
from guong.planreader.passage import Span

_BULLET = re.compile(r"(?:^|(?<=[\s;.]))[-–·•+]\s+|\s*;\s*|(?<=[^\d\s])\.\s+(?=[-–·•+])")
_SIGNS = " .;,:-–·•+"


def items_of(span: Span) -> Iterator[Span]:
    """The items of a cell: by bullets and semicolons."""
    start = span.start
    for cut in _BULLET.finditer(span.passage.text, span.start, span.end):
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
