"""The period of implementation."""

from __future__ import annotations

import re

from guong.planreader.dates import period_of, range_in
from guong.planreader.document import Document
from guong.planreader.fields.activities import dated_items
from guong.planreader.meaning import PERIOD, content_of, headed
from guong.planreader.model import Period
from guong.planreader.passage import Ledger, Span

_LABEL = re.compile(r"thời gian\b[^.:;]{0,40}(?:thực hiện|triển khai|tiến hành|dự kiến|:|từ)", re.IGNORECASE)
_STAGE = re.compile(r"(?:đợt|giai đoạn|lần|kỳ)\s+(?:\d|[IVX]|một|hai|ba)", re.IGNORECASE)


def period_in(document: Document, ledger: Ledger) -> Period | None:
    """From the section about time; failing that, from the first sentence that speaks of the time of doing.

    The times of single activities are theirs alone.
    """
    dated = {id(under) for node in dated_items(document) for under in node.walk()}
    for node in headed(document.outline.root, PERIOD):
        if id(node) in dated:
            continue
        spans = list(content_of(node))
        stages = [span for span in spans if _STAGE.match(span.text) and range_in(span.text)]
        for span in spans:
            if found := _period(span, document, ledger, 0.95):
                return _to_last(found, stages[-1], document, ledger) if len(stages) > 1 else found
    for node in document.nodes():
        if id(node) in dated:
            continue
        for span in (node.head, *(body.whole() for body in node.bodies)):
            label = span.search(_LABEL) if span else None
            if label and (
                found := _period(Span(span.passage, label.start, span.end), document, ledger, 0.75)
            ):
                return found
    return None


def _to_last(first: Period, stage: Span, document: Document, ledger: Ledger) -> Period:
    """A plan in several stages ends with the last of them."""
    last = _period(stage, document, Ledger(), 0.9)
    if last is None or not last.end or not first.end or last.end <= first.end:
        return first
    return Period(first.start, ledger.at("period").put("end", stage, 0.9, last.end))


def _period(span: Span, document: Document, ledger: Ledger, confidence: float) -> Period | None:
    """Only a range counts: a lone date there is the day of an event or a report."""
    found = range_in(span.text)
    period = None
    if found:
        span = span.sub(found.start("a"), found.end("b"))
        period = period_of(span.text, document.like)
    if period is None:
        return None
    part = ledger.at("period")
    return Period(
        part.put("start", span.trimmed(), confidence, period.start),
        part.put("end", span.trimmed(), confidence, period.end),
    )
