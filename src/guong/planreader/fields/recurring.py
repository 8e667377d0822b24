"""Duties that come back every year, half-year, quarter or month, with their numbers (B-19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from guong.planreader.document import Document
from guong.planreader.fields.assignments import shares_of
from guong.planreader.fields.movements import COLLECTIVES, INDIVIDUALS, movement_nodes
from guong.planreader.meaning import FUNDING, title_of
from guong.planreader.model import Period, Recurring
from guong.planreader.outline import Node
from guong.planreader.passage import Ledger, Span

_EACH = r"(?:hằng|hàng|mỗi|từng)\s+"
_TIMES = {
    "year": rf"{_EACH}năm(?!\s+học)|(?:01|một)\s+năm\s+(?:01|một)\s+lần",
    "six_months": rf"(?:{_EACH})?(?:06|6|sáu)\s+tháng(?:\s+(?:một|01)\s+lần)?(?!\s+(?:đầu|cuối))",
    "quarter": rf"{_EACH}quý|(?<=định kỳ )quý",
    "month": rf"{_EACH}tháng|(?<=định kỳ )tháng",
}
_TIME = re.compile("|".join(f"(?P<{every}>{pattern})" for every, pattern in _TIMES.items()), re.IGNORECASE)
# The words before the time that make a duty of it: nothing, "định kỳ", or the day of each time.
_OPENS = re.compile(r"(?:^|[.;:]\s|\()\W*(?:(?:cụ thể|định kỳ|riêng)\s*,?\s*)?$", re.IGNORECASE)
_REGULAR = re.compile(r"\bđịnh kỳ\s*(?:theo\s*)?(?:\(\s*)?$", re.IGNORECASE)
_DAY = re.compile(r"(?:ngày\s*)?(?P<d>\d{1,2})\s?(?:/|tháng)\s?(?P<m>\d{1,2})(?![\d/])", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:ít nhất|tối thiểu|không dưới)\s+(?:\d|một|hai|ba|mỗi|hằng|hàng)", re.IGNORECASE)
_BY = re.compile(
    r"^\W*(?P<by>(?:mỗi|các|từng|toàn)\s+(?:đơn vị|cơ quan|khoa|phòng|bệnh viện|trung tâm|trạm|ngành"
    r"|chi đoàn"
    r"|công đoàn|tập thể)\b[^,;.]{0,60}?)\s+(?=(?:ít nhất|tối thiểu|cử|giới thiệu|báo cáo|gửi|tổ chức"
    r"|đề nghị|lựa chọn"
    r"|bình chọn|có|đăng)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;]\s+")
MOST = 200
# No paragraph lays down more.
_MOST_IN_ONE = 12
# Looked at around the time; without it a line of nothing but times costs the square of its length.
_LONGEST = 400


@dataclass(frozen=True)
class _Duty:
    clause: Span
    time: Span
    every: str
    unit: Span | None


def recurring_of(document: Document, period: Period | None, ledger: Ledger) -> tuple[Recurring, ...]:
    """In document order, each once, `MOST` at the most."""
    found: list[Recurring] = []
    for duty in _duties(document):
        if len(found) >= MOST:
            break
        found.append(_recurring(duty, _years(period), ledger.at("recurring", len(found))))
    return tuple(found)


def _duties(document: Document) -> Iterator[_Duty]:
    units = {id(task.passage): share.unit for share in shares_of(document) for task in share.tasks}
    left_out = {id(under) for node in _other_matters(document) for under in node.walk()}
    for node in document.nodes():
        if id(node) in left_out:
            continue
        for span in (node.head, *(body.whole() for body in node.bodies)):
            yield from _duties_in(span, units.get(id(span.passage))) if span else ()


def _other_matters(document: Document) -> Iterator[Node]:
    yield from movement_nodes(document)
    yield from (node for node in document.outline.root.children if title_of(node).says(FUNDING))


def _duties_in(span: Span, unit: Span | None) -> Iterator[_Duty]:
    last: int | None = None
    for found in islice(_TIME.finditer(span.passage.text, span.start, span.end), _MOST_IN_ONE):
        clause = _clause(span, found.start())
        if clause.start == last or not _is_duty(clause, found):
            continue
        last = clause.start
        every = next(name for name, value in found.groupdict().items() if value)
        yield _Duty(clause, Span(span.passage, *found.span()), every, unit)


def _clause(span: Span, at: int) -> Span:
    text = span.passage.text
    start = max(span.start, at - _LONGEST)
    for cut in _CLAUSE.finditer(text, start, at):
        start = cut.end()
    end = min(span.end, at + _LONGEST)
    stop = _CLAUSE.search(text, at, end)
    return Span(span.passage, start, stop.start() if stop else end)


def _is_duty(clause: Span, time: re.Match[str]) -> bool:
    before = clause.passage.text[clause.start : time.start()]
    dated = _DAY.search(before[-12:])
    return bool(
        _OPENS.search(before[-40:] if before else "")
        or _REGULAR.search(before[-30:])
        or dated
        or _LEAST.search(clause.text)
    )


def _recurring(duty: _Duty, years: tuple[int, int] | None, ledger: Ledger) -> Recurring:
    what = _what(duty)
    by = _by(what) or duty.unit
    day = duty.clause.search(_DAY)
    ledger.put("every", duty.time, 0.85)
    if years:
        ledger.same("first_year", "period.start")
        ledger.same("last_year", "period.end")
    return Recurring(
        what=ledger.put("what", what, 0.75),
        by=ledger.put("by", by.trimmed(), 0.8) if by else None,
        every=duty.every,
        collectives=_number(duty.clause, COLLECTIVES, "collectives", ledger),
        individuals=_number(duty.clause, INDIVIDUALS, "individuals", ledger),
        first_year=years[0] if years else None,
        last_year=years[1] if years else None,
        on=_day(day, ledger) if day else None,
    )


def _what(duty: _Duty) -> Span:
    """The duty without the time it opens with."""
    before = duty.clause.passage.text[duty.clause.start : duty.time.start]
    start = duty.time.end if _OPENS.search(before) else duty.clause.start
    return Span(duty.clause.passage, start, duty.clause.end).trimmed(" ,.;:-–+•)(")


def _by(what: Span) -> Span | None:
    return what.search(_BY, "by")


def _number(clause: Span, pattern: re.Pattern[str], key: str, ledger: Ledger) -> int | None:
    found = clause.search(pattern, 1)
    return int(ledger.put(key, found, 0.9) or 0) if found else None


def _day(span: Span, ledger: Ledger) -> str | None:
    found = _DAY.search(span.text)
    if found is None or not (1 <= int(found["m"]) <= 12 and 1 <= int(found["d"]) <= 31):
        return None
    return ledger.put("on", span, 0.85, f"--{int(found['m']):02d}-{int(found['d']):02d}")


def _years(period: Period | None) -> tuple[int, int] | None:
    """The years of a plan that runs over several."""
    if period is None or not period.start or not period.end or period.start[:4] == period.end[:4]:
        return None
    return int(period.start[:4]), int(period.end[:4])
