"""Deadlines: "… về X trước ngày D", "chậm nhất ngày D", with who owes what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guong.planreader.dates import DAY, day_of
from guong.planreader.document import Document
from guong.planreader.fields.assignments import shares_of
from guong.planreader.fields.lists import listed_deadlines
from guong.planreader.fields.movements import movement_nodes
from guong.planreader.grammar import BODY
from guong.planreader.model import Deadline
from guong.planreader.passage import Ledger, Passage, Span

_SHORT = r"\d{1,2}\s?/\s?\d{1,2}(?![\d/])|\d{1,2}\s+tháng\s+\d{1,2}(?!\s+năm)"
# "chậm nhất" stands as scanners give it too: "chấm: nhất".
_LIMIT = re.compile(
    r"(?P<how>trước|ch[ậấâ]m\W?\s*nh[ấâ]t(?:\s+(?:là|vào|đến|trước))?|muộn nhất(?:\s+(?:là|vào|đến))?"
    r"|hạn(?:\s+cuối)?"
    r"(?:\s+cùng)?(?:\s+là)?"
    r"|xong trong)\s*(?:hết\s+)?(?:ngày\s*|\d{1,2}\s*(?:giờ|h)\s*\d{0,2}\s*,?\s*ngày\s*)?"
    rf"(?P<day>{DAY}|{_SHORT})(?P<yearly>\s*(?:hằng|hàng|mỗi)\s+(?:năm|tháng|quý))?",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng)", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]\s|\.\s|(?<=\s)(?=\()")
_TO = re.compile(
    r"(?:^|[\s(])(?:gửi\s+về|nộp\s+về|gửi\s+cho|về|gửi|với|cho|[Tt]rình|(?P<kept>[Bb]áo cáo))\s+"
    rf"(?P<to>(?:{BODY}|các\s+(?:đơn vị|cơ quan|phòng))\b[^,;.()]*?)"
    r"(?=\s*(?:\(|,|;|qua\b|thông qua\b|để\b|phê duyệt\b|và\s+(?:gửi|tổng hợp|báo cáo|thực hiện|theo dõi)\b"
    r"|$))"
)
_LEADING = re.compile(r"^(?:[-–•+]\s*|và\s+|,\s*|đồng thời\s+)+", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^(?:[^,]{0,60},\s*)?(?P<by>(?:các|thủ trưởng|văn phòng|phòng|trung tâm|bệnh viện|công đoàn|ban"
    r"|hội đồng)\b[^,;]{2,80}?)\s+"
    r"(?=(?:báo cáo|gửi|nộp|hoàn thành|tổng hợp|xây dựng|lập|đăng ký)\b)",
    re.IGNORECASE,
)
_NEXT_DUTY = re.compile(r"(?:,|và)\s+(?=(?:tổng hợp|báo cáo|gửi|nộp|hoàn thành)\b)")
_ENOUGH = 14
# No plan sets more dates; a text made of dates alone must not cost a minute.
MOST = 500
# Looked at before a limit; without it a line of nothing but limits costs the square of its length.
_LONGEST_CLAUSE = 800
_WHAT_END = re.compile(r"(?:\s*(?:,|xong|và))?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    """A piece of text where a deadline may stand, and the body whose duty it is."""

    span: Span
    by: Span | None


def deadlines_of(document: Document, ledger: Ledger) -> tuple[Deadline, ...]:
    """In document order, each once, `MOST` at the most; yearly dates without a year are left to the tasks."""
    found: list[Deadline] = []
    seen: set[tuple[Passage, int]] = set()
    for place in _places(document):
        year = None if _YEARLY.search(place.span.text) else (document.like or "")[:4] or None
        for limit in _LIMIT.finditer(place.span.passage.text, place.span.start, place.span.end):
            if limit["yearly"] or (place.span.passage, limit.start()) in seen or len(found) >= MOST:
                continue
            seen.add((place.span.passage, limit.start()))
            on = day_of(limit["day"], year)
            if on is not None:
                found.append(_deadline(place, limit, on, ledger.at("deadlines", len(found))))
    found += listed_deadlines(document, ledger, len(found))
    return tuple(found[:MOST])


def yearly_limits(document: Document) -> Iterator[Span]:
    """Limits of every year ("trước ngày 30/11 hằng năm"): no single date, so a person must enter them."""
    for node in document.nodes():
        for span in (node.head, *(body.whole() for body in node.bodies)):
            every_year = bool(span) and bool(_YEARLY.search(span.text))
            for limit in _LIMIT.finditer(span.passage.text, span.start, span.end) if span else ():
                if limit["yearly"] or (every_year and day_of(limit["day"]) is None):
                    yield Span(span.passage, *limit.span())


def _places(document: Document) -> Iterator[_Place]:
    for share in shares_of(document):
        yield from (_Place(task, share.unit) for task in share.tasks)
    inside = {id(under) for node in movement_nodes(document) for under in node.walk()}
    for node in document.nodes():
        if id(node) in inside:
            continue
        yield from (
            _Place(span, None) for span in (node.head, *(body.whole() for body in node.bodies)) if span
        )
    yield from (_Place(passage.whole(), None) for passage in document.outline.conclusion)


def _deadline(place: _Place, limit: re.Match[str], on: str, ledger: Ledger) -> Deadline:
    clause = _clause(place.span, limit.start())
    to = clause.search(_TO, "to")
    by, what = _by(clause, place.by)
    cut = _to_start(clause)
    if cut is not None and cut > what.start:
        what = _last_duty(Span(what.passage, what.start, cut))
    ledger.put("on", Span(place.span.passage, *limit.span("day")), 0.97, on)
    strict = limit["how"].casefold() == "trước"
    ledger.put("strict", Span(place.span.passage, *limit.span()), 0.95)
    return Deadline(
        on=on,
        what=ledger.put("what", _without_tail(what), 0.8),
        by=ledger.put("by", by, 0.85) if by else None,
        to=ledger.put("to", to.trimmed(), 0.85) if to else None,
        strict=strict,
    )


def _clause(span: Span, limit: int) -> Span:
    """From the last break before the limit; inside brackets the words before the bracket are the duty."""
    text = span.passage.text
    start = max(span.start, limit - _LONGEST_CLAUSE)
    for cut in _CLAUSE.finditer(text, start, limit):
        if text[cut.end() : cut.end() + 1] != "(":
            start = cut.end()
    end = limit
    if found := _LEADING.match(text[start:end]):
        start += found.end()
    return Span(span.passage, start, end)


def _to_start(clause: Span) -> int | None:
    bracket = clause.text.find("(")
    found = _TO.search(clause.text)
    places = [bracket] if bracket > 0 else []
    if found:
        places.append(found.start() if found["kept"] is None else found.end("kept"))
    comma_about = re.search(r",\s*(?:kèm|gồm)\b", clause.text)
    if comma_about:
        places.append(comma_about.start())
    return clause.start + min(places) if places else None


def _without_tail(what: Span) -> Span:
    """Without a conjunction left at the end when the addressee was cut off."""
    tail = _WHAT_END.search(what.text)
    return what.sub(0, tail.start() if tail else None).trimmed()


def _last_duty(what: Span) -> Span:
    """Of several duties in one clause the last is due, when it says enough by itself."""
    start = 0
    for found in _NEXT_DUTY.finditer(what.text):
        if len(what.text) - found.end() >= _ENOUGH:
            start = found.end()
    return what.sub(start)


def _by(clause: Span, given: Span | None) -> tuple[Span | None, Span]:
    """The subject named in the clause itself goes before the body of the section."""
    found = _SUBJECT.match(clause.text)
    if found is None:
        return given, clause
    return (given or clause.sub(*found.span("by")).trimmed()), clause.sub(found.end())
