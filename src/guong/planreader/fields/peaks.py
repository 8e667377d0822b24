"""Peaks inside the period: Tết, the weeks around 27/2, and others as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.document import Document
from guong.planreader.meaning import PERIOD, content_of, headed
from guong.planreader.model import Peak
from guong.planreader.passage import Ledger, Span
from guong.planreader.spelling import bare_pattern

_PEAK = bare_pattern(
    r"\b(?:trong đó|tập trung|cao điểm|trọng tâm|chú trọng)\b[^.;]{0,40}?\b(?:tập trung|cao điểm|trọng tâm"
    r"|chú trọng|vào|là|trong|dịp|từ)\b\s*(?:vào|là|trong)?\s*(?P<text>[^.]+)"
)
_TET = bare_pattern(r"\btết\b")
_DOCTORS_DAY = bare_pattern(r"\btuần\b.*(?:thầy thuốc|27\s?/\s?0?2)|(?:thầy thuốc|27\s?/\s?0?2).*\btuần\b")
_BREAK = re.compile(r"\s*;\s*|\s*,?\s+và\s+(?=(?:các |những )?(?:tuần|tháng|dịp|đợt|ngày)\b)")
_LONGEST = 160


def peaks_of(document: Document, ledger: Ledger) -> tuple[Peak, ...]:
    """From the section about time, in its order."""
    spans = [
        span
        for node in headed(document.outline.root, PERIOD)
        for content in content_of(node)
        for span in _parts(content)
    ]
    return tuple(_peak(span, ledger.at("peaks", at)) for at, span in enumerate(spans))


def _parts(content: Span) -> Iterator[Span]:
    found = content.passage.search_bare(_PEAK, "text")
    if found is None or not content.start <= found.start < content.end:
        return
    start = 0
    for cut in [*_BREAK.finditer(found.text), None]:
        part = found.sub(start, cut.start() if cut else None).trimmed()
        if part and len(part.text) <= _LONGEST:
            yield part
        start = cut.end() if cut else start


def _peak(span: Span, ledger: Ledger) -> Peak:
    rule = "tet" if span.says(_TET) else "doctors_day" if span.says(_DOCTORS_DAY) else None
    sure = 0.9 if rule else 0.7
    return Peak(ledger.put("text", span, sure), ledger.put("rule", span, sure, rule) if rule else None)
