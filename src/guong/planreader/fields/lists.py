"""Tables of dates to keep and of figures to reach: one deadline or target a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.dates import place_of, point_of
from guong.planreader.document import Document
from guong.planreader.fields.tables import sheets_of
from guong.planreader.model import Deadline, Target
from guong.planreader.passage import Ledger, Passage

_LIMIT = re.compile(r"thời hạn|^hạn\b", re.IGNORECASE)
_TO = re.compile(r"^(?:gửi|nộp) (?:về|đến|cho)\b", re.IGNORECASE)
_WHAT = re.compile(r"nội dung|công việc|nhiệm vụ|báo cáo", re.IGNORECASE)
_BY = re.compile(r"thực hiện|chủ trì|đơn vị|cơ quan", re.IGNORECASE)
_STRICT = re.compile(r"^\W*trước\b", re.IGNORECASE)
_METRIC = re.compile(r"^(?:các\s+)?chỉ tiêu", re.IGNORECASE)
_VALUE = re.compile(r"^mức\b", re.IGNORECASE)


def listed_deadlines(document: Document, ledger: Ledger, before: int) -> Iterator[Deadline]:
    """Rows of tables that say by when and to whom; `before` is the number of deadlines already found."""
    for sheet in sheets_of(document):
        limit, to, what = sheet.column(_LIMIT), sheet.column(_TO), sheet.column(_WHAT)
        if limit is None or to is None or what is None:
            continue
        by = sheet.column(_BY)
        for row in sheet.rows:
            on = point_of(row[limit].text, document.like)
            if on and row[what].text:
                part = ledger.at("deadlines", before)
                yield _deadline(row, part, on, {"limit": limit, "to": to, "what": what, "by": by}, sheet.sure)
                before += 1


def _deadline(
    row: list[Passage], ledger: Ledger, on: str, columns: dict[str, int | None], sure: float
) -> Deadline:
    def cell(key: str) -> Passage | None:
        at = columns[key]
        return row[at] if at is not None and row[at].text else None

    limit, what, by, to = cell("limit"), cell("what"), cell("by"), cell("to")
    strict = bool(limit and _STRICT.match(limit.text))
    place = place_of(limit.text) if limit else None
    if limit and place:
        ledger.put("on", limit.whole().sub(*place), sure, on)
        ledger.put("strict", limit.whole(), sure)
    return Deadline(
        on,
        ledger.put("what", what.whole().trimmed(), sure) if what else None,
        ledger.put("by", by.whole().trimmed(), sure) if by else None,
        ledger.put("to", to.whole().trimmed(), sure) if to else None,
        strict,
    )


def listed_targets(document: Document, ledger: Ledger, before: int) -> Iterator[Target]:
    """Rows of tables "Chỉ tiêu | Mức …"; `before` is the number of targets already found."""
    for sheet in sheets_of(document):
        metric, value = sheet.column(_METRIC), sheet.column(_VALUE)
        if metric is None or value is None:
            continue
        for row in sheet.rows:
            if row[metric].text and row[value].text:
                part = ledger.at("targets", before)
                yield Target(
                    part.put("metric", row[metric].whole().trimmed(), sheet.sure),
                    part.put("value", row[value].whole().trimmed(), sheet.sure),
                )
                before += 1
