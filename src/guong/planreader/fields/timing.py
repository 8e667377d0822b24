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


def period_in(document: Document, ledger: Ledger) -> Period | None:
    """From the section about time; failing that, from the first sentence that speaks of the time of doing.

    The times of single activities are theirs alone.
    """
    dated = {id(under) for node in dated_items(document) for under in node.walk()}
    for node in headed(document.outline.root, PERIOD):
        if id(node) in dated:
            continue
        for span in content_of(node):
            if found := _period(span, document, ledger, 0.95):
                return found
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
