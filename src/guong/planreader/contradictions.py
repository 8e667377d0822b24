"""Where a plan contradicts itself or the calendar: weekdays, anniversaries, numbers of items and of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from guong.planreader.dates import DAY, day_of
from guong.planreader.document import Document
from guong.planreader.fields.tables import sheets_of
from guong.planreader.marks import ARABIC, CLOSED
from guong.planreader.model import Defect
from guong.planreader.outline import Node
from guong.planreader.passage import Passage, Span

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_NAMES = {name.casefold(): at for at, name in enumerate(_WEEKDAYS)} | {f"thứ {at + 2}": at for at in range(6)}
_NAME = "|".join(_NAMES)
_WEEKDAY = re.compile(
    rf"(?P<before>{_NAME})\s*[,(]?\s*(?:ngày\s*)?(?P<first>{DAY})"
    rf"|(?P<last>{DAY})\s*[,(]\s*(?P<after>{_NAME})\b",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    r"(?P<n>\d{1,3})\s+năm\b[^().;\d]{3,120}\(\s*(?:\d{1,2}\s?/\s?){1,2}(?P<from>\d{4})\s*[-–—]\s*"
    r"(?:\d{1,2}\s?/\s?){1,2}(?P<to>\d{4})\s*\)",
    re.IGNORECASE,
)
_DOCTORS_DAY = re.compile(r"(?P<n>\d{1,3})\s+năm\s+Ngày\s+Thầy\s+thuốc\s+Việt\s+Nam", re.IGNORECASE)
_FIRST_DOCTORS_DAY = 1955


def contradictions_in(document: Document, issued_on: str | None) -> Iterator[Defect]:
    """In no order; each with the place where it stands."""
    for passage in _passages(document):
        yield from _weekdays(passage)
    yield from _anniversaries(document, issued_on)
    for node in document.nodes():
        yield from _items(node.children)
    yield from _rows(document)


def _passages(document: Document) -> Iterator[Passage]:
    yield from document.preamble
    for node in document.nodes():
        yield node.head.passage
        yield from node.bodies


def _weekdays(passage: Passage) -> Iterator[Defect]:
    for found in passage.find_all(_WEEKDAY):
        day = day_of(found["first"] or found["last"])
        if day is None:
            continue
        right = date.fromisoformat(day).weekday()
        if _NAMES[(found["before"] or found["after"]).casefold()] != right:
            params = {"text": found.group(), "weekday": _WEEKDAYS[right]}
            yield Defect("wrong_weekday", params, passage.source(*found.span(), 0.9))


def _anniversaries(document: Document, issued_on: str | None) -> Iterator[Defect]:
    """In the title and the preamble; told once."""
    for passage in (document.title, *document.preamble):
        found = _ANNIVERSARY.search(passage.text)
        rights = [int(found["to"]) - int(found["from"])] if found else []
        if found is None and issued_on and (found := _DOCTORS_DAY.search(passage.text)):
            year = int(issued_on[:4]) - _FIRST_DOCTORS_DAY
            rights = [year, year + 1]
        if found and int(found["n"]) not in rights:
            source = passage.source(*found.span("n"), 0.9)
            yield Defect("wrong_anniversary", {"years": found["n"], "right": str(rights[-1])}, source)
            return


def _items(nodes: Sequence[Node]) -> Iterator[Defect]:
    """Numbers of neighbours that stand twice or leave one out; numbers that begin anew are another list."""
    counted = [node for node in nodes if node.number is not None and ARABIC <= node.rank <= CLOSED]
    for before, node in pairwise(counted):
        if before.rank != node.rank or before.number is None or node.number is None:
            continue
        source = _label(node).source(0.9)
        if node.number == before.number:
            line = str(_label(before).source(0.9).line)
            yield Defect("duplicate_item", {"number": node.label or "", "first_line": line}, source)
        elif node.number > before.number + 1:
            yield Defect("missing_item", {"number": node.label or ""}, source)


def _label(node: Node) -> Span:
    return node.head.passage.whole()


def _rows(document: Document) -> Iterator[Defect]:
    """A table whose rows are numbered and leave a number out."""
    for sheet in sheets_of(document):
        last = 0
        for row in sheet.rows:
            text = row[0].text.rstrip(".")
            if not text.isdigit():
                continue
            if last and int(text) > last + 1:
                yield Defect(
                    "missing_rows", {"number": text, "before": str(last)}, row[0].whole().source(0.9)
                )
            last = int(text)
