"""The event of a plan that organises one: when, how long, how many, which delegations, the programme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.dates import place_of, point_of
from guong.planreader.document import Document
from guong.planreader.fields.tables import sheets_of
from guong.planreader.meaning import FUNDING, PARTICIPANTS, PERIOD, PROGRAMME, content_of, headed
from guong.planreader.model import Delegation, Event
from guong.planreader.passage import Ledger, Passage, Span

_EVENT = re.compile(
    r"^(?:Tổ chức\s+)?(?P<e>(?:Hội nghị|Đại hội|Lễ|Hội thi|Hội thảo|Hội diễn|Liên hoan|Tọa đàm|Toạ đàm"
    r"|Ngày hội)\b.*)$",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:½|1/2|nửa|một|hai|ba|\d{1,2}(?:,5)?)\s*(?:\([^)]*\)\s*)?(?:ngày(?!\s*\d)|buổi|giờ)(?!\s*tháng)",
    re.IGNORECASE,
)
_DELEGATES = re.compile(
    r"(?:tối đa|khoảng|dự kiến|tổng số|số lượng)[^\d.;]{0,30}?(\d{1,3}(?:\.\d{3})?|\d{1,5})\s*(?:đại biểu"
    r"|người)",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"(\d{1,3})\s*(?:bài\s+)?(?:báo cáo\s+)?tham luận|tham luận[^.;]{0,30}?(\d{1,3})\s*bài", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:(\d{1,2})\s*)?(?:đại diện\s+)?(?:lãnh đạo|thủ trưởng|giám đốc)\b", re.IGNORECASE)
_UNION = re.compile(r"(?:(\d{1,2})\s*)?(?:chủ tịch\s+công đoàn|chủ tịch\s+CĐCS)", re.IGNORECASE)
_CHOSEN = re.compile(
    r"(\d{1,3})\s*(?:đại diện|đại biểu|điển hình|tập thể|cá nhân|gương|người)\b(?!\s*lãnh đạo)", re.IGNORECASE
)
# Columns of a table of delegations, and what the last three of them count.
_TITLES = tuple(
    re.compile(title, re.IGNORECASE)
    for title in (
        r"đơn vị|^đoàn",
        r"lãnh đạo|thủ trưởng",
        r"công đoàn",
        r"^đại biểu|đại diện|điển hình",
    )
)
_COUNTS = ("leaders", "union_chairs", "representatives")


def event_of(document: Document, title: str | None, ledger: Ledger) -> Event | None:
    """None unless the title announces an event."""
    span = _name(document, title)
    if span is None:
        return None
    part = ledger.at("event")
    when, duration = _time(document, part)
    return Event(
        name=part.put("name", span, 0.9),
        when=when,
        duration=duration,
        max_delegates=_number(document, _DELEGATES, "max_delegates", part),
        delegations=_delegations(document, part),
        programme=part.put_all("programme", _programme(document), 0.93),
        papers=_number(document, _PAPERS, "papers", part),
        funding=_funding(document, part),
    )


def _name(document: Document, title: str | None) -> Span | None:
    found = _EVENT.match(title or "")
    if not found:
        return None
    source = document.title.search(re.compile(re.escape(found["e"])))
    return source.trimmed() if source else None


def _time(document: Document, ledger: Ledger) -> tuple[str | None, str | None]:
    for node in headed(document.outline.root, PERIOD, 60):
        for span in content_of(node):
            duration = span.search(_DURATION)
            place = place_of(span.text)
            when = point_of(span.text, document.like)
            if place and when:
                ledger.put("when", span.sub(*place), 0.93)
                return when, ledger.put("duration", duration, 0.93) if duration else None
    return None, None


def _number(document: Document, pattern: re.Pattern[str], key: str, ledger: Ledger) -> int | None:
    for node in document.nodes():
        for span in (node.head, *(body.whole() for body in node.bodies)):
            found = pattern.search(span.passage.text, span.start, span.end) if span else None
            if found:
                group = next(index for index, value in enumerate(found.groups(), 1) if value)
                ledger.put(key, Span(span.passage, *found.span(group)), 0.93)
                return int(found.group(group).replace(".", ""))
    return None


def _delegations(document: Document, ledger: Ledger) -> tuple[Delegation, ...]:
    found: list[Delegation] = []
    for section in headed(document.outline.root, PARTICIPANTS, 60):
        for node in section.walk():
            if delegation := _delegation(node.head, ledger.at("delegations", len(found))):
                found.append(delegation)
        if found:
            break
    found += _tabled(document, ledger, len(found))
    return tuple(found)


def _tabled(document: Document, ledger: Ledger, before: int) -> Iterator[Delegation]:
    """Rows of a table that counts leaders, union chairs and representatives of each body."""
    for sheet in sheets_of(document):
        units, *counts = (sheet.column(title) for title in _TITLES)
        if units is None or counts[2] is None or counts[:2] == [None, None]:
            continue
        for row in sheet.rows:
            part = ledger.at("delegations", before)
            numbers = [_count(row, at, key, part) for at, key in zip(counts, _COUNTS, strict=True)]
            if numbers[2] is not None:
                yield Delegation(part.put("units", row[units].whole().trimmed(), 0.9), *numbers)
                before += 1


def _count(row: list[Passage], at: int | None, key: str, ledger: Ledger) -> int | None:
    text = row[at].text.strip() if at is not None else ""
    if at is None or not text.isdecimal():
        return None
    ledger.put(key, row[at].whole(), 0.9)
    return int(text)


def _delegation(span: Span, ledger: Ledger) -> Delegation | None:
    """ "Units: leader, union chair, N representatives"; a leader without a number is one person."""
    text = span.text
    colon = text.find(":")
    chosen = _CHOSEN.search(text, colon + 1) if colon > 0 else None
    if chosen is None or not (_LEADERS.search(text, colon) or _UNION.search(text, colon)):
        return None
    ledger.put("units", span.sub(0, colon).trimmed(), 0.95)
    ledger.put("representatives", span.sub(*chosen.span(1)), 0.95)
    return Delegation(
        span.sub(0, colon).trimmed().text,
        _people(span, _LEADERS, colon, "leaders", ledger),
        _people(span, _UNION, colon, "union_chairs", ledger),
        int(chosen.group(1)),
    )


def _people(span: Span, pattern: re.Pattern[str], start: int, key: str, ledger: Ledger) -> int | None:
    found = pattern.search(span.text, start)
    if found is None:
        return None
    ledger.put(key, span.sub(*found.span()), 0.95 if found.group(1) else 0.75)
    return int(found.group(1) or 1)


def _programme(document: Document) -> Iterator[Span]:
    for node in headed(document.outline.root, PROGRAMME, 60):
        items = [child.head.trimmed() for child in node.children]
        if len(items) > 1:
            yield from items
            return


def _funding(document: Document, ledger: Ledger) -> str | None:
    for node in headed(document.outline.root, FUNDING, 60):
        for span in content_of(node):
            return ledger.put("funding", span, 0.93)
    return None
