"""Numeric targets: shares of all units or people, and least numbers per year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.document import Document
from guong.planreader.fields.lists import listed_targets
from guong.planreader.fields.movements import movement_nodes
from guong.planreader.model import Target
from guong.planreader.passage import Ledger, Span

_PERCENT = re.compile(
    r"(?P<v>(?:(?:ít nhất|tối thiểu|trên|từ|đạt|không dưới)\s+)?\d{1,3}(?:[.,]\d+)?\s?%(?:\s+trở lên)?)",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?P<v>(?:ít nhất|tối thiểu|không dưới)\s+(?:(?:một|hai|ba|\d{1,5})\s+)(?:(?:tập thể|cá nhân)(?:\s*(?:,"
    r"|và)\s*\d{1,4}\s+(?:tập thể|cá nhân))?"
    r"|lần(?:\s*/\s*(?:năm|quý|tháng))?|(?:buổi|lần|bài|tin|lớp|đợt|cuộc|người|bộ|suất|mét|giờ|ngày)\b|[^\W\d]+(?:\s+[^\W\d]+)?))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:.]\s+|(?:^|\s)[-–+]\s+")


def targets_of(document: Document, ledger: Ledger) -> tuple[Target, ...]:
    """In document order; numbers inside movements are criteria and quotas, not targets of the plan."""
    found: list[Target] = []
    for span in _places(document):
        if counted := counted_in(span):
            part = ledger.at("targets", len(found))
            metric, value = counted
            found.append(Target(part.put("metric", metric, 0.75), part.put("value", value, 0.85)))
    found += listed_targets(document, ledger, len(found))
    return tuple(found)


def counted_in(span: Span) -> tuple[Span, Span] | None:
    """The first number asked for, as (what is counted, how much)."""
    value = span.search(_PERCENT, "v") or span.search(_LEAST, "v")
    metric = _metric(span, value) if value else None
    return (metric, value.trimmed()) if value and metric else None


def _places(document: Document) -> Iterator[Span]:
    inside = {id(under) for node in movement_nodes(document) for under in node.walk()}
    for node in document.nodes():
        if id(node) in inside:
            continue
        yield from (span for span in (node.head, *(body.whole() for body in node.bodies)) if span)


def _metric(span: Span, value: Span) -> Span:
    """What is counted: after a share that opens the sentence, else the whole clause around the number."""
    text = span.passage.text
    start, end = span.start, span.end
    for cut in _CLAUSE.finditer(text, span.start, span.end):
        if cut.end() <= value.start:
            start = cut.end()
        elif cut.start() >= value.end:
            end = cut.start()
            break
    if value.start - start < 4 and "%" in value.text:
        start = value.end
    return Span(span.passage, start, end).trimmed()
