"""Activities: the rows of a table that says when, what, who leads, who helps, with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.dates import period_of
from guong.planreader.document import Document
from guong.planreader.fields.flattened import flattened_sheets
from guong.planreader.fields.movements import ATTRIBUTES, movement_nodes
from guong.planreader.fields.tables import Sheet, sheets_of
from guong.planreader.fields.units import items_of
from guong.planreader.meaning import rest_of, title_of
from guong.planreader.model import Activity, Period
from guong.planreader.outline import Node
from guong.planreader.passage import Ledger, Passage, Span

_TIME = re.compile(r"thời gian\b.{0,20}$", re.IGNORECASE)
_WHEN = re.compile(r"thời gian|thời điểm|tiến độ|tháng|ngày", re.IGNORECASE)
_RESULTS = re.compile(r"sản phẩm|kết quả|đầu ra|hình thức|hoạt động truyền thông|minh chứng", re.IGNORECASE)
_ORDER = re.compile(r"^\W*(?:S?TT|số (?:TT|thứ tự))\W*$", re.IGNORECASE)
_NAME = re.compile(r"hoạt động|nội dung|công việc|nhiệm vụ|sự kiện", re.IGNORECASE)
_LEAD = re.compile(
    r"đầu mối|chủ trì|chịu trách nhiệm|phụ trách|thực hiện|đơn vị(?!.*(?:liên quan|phối hợp|được))",
    re.IGNORECASE,
)
_RELATED = re.compile(r"phối hợp|liên quan|tham gia", re.IGNORECASE)


def activities_of(document: Document, ledger: Ledger) -> tuple[Activity, ...]:
    """In table order; the time of a row left blank is that of the row above."""
    found: list[Activity] = []
    for node in dated_items(document):
        found.append(_listed(document, node, ledger.at("activities", len(found))))
    for sheet in [*sheets_of(document), *flattened_sheets(document)]:
        columns = _columns(sheet)
        if columns is None:
            continue
        when: Passage | None = None
        for row in sheet.rows:
            when = row[columns["when"]] if row[columns["when"]].text else when
            if row[columns["name"]].text and _says_more(sheet, row):
                found.append(
                    _activity(document, row, columns, when, ledger.at("activities", len(found)), sheet.sure)
                )
    return tuple(found)


def _says_more(sheet: Sheet, row: list[Passage]) -> bool:
    """A row with nothing beside its number and name is the heading of a group."""
    filled = [title for title, cell in zip(sheet.titles, row, strict=True) if cell.text]
    return sum(not _ORDER.match(title) for title in filled) > 1


def dated_items(document: Document) -> Iterator[Node]:
    """Numbered items that each say their own time ("1.1. Thời gian: tháng 7/2023"), at least two in a row."""
    inside = {id(node) for node in movement_nodes(document)}
    for parent in document.nodes():
        dated = [node for node in parent.children if id(node) not in inside and _time_of(document, node)]
        if len(dated) > 1:
            yield from dated


def _time_of(document: Document, node: Node) -> Span | None:
    for child in node.children:
        rest = rest_of(child)
        if rest and _TIME.match(title_of(child).text) and period_of(rest.text, document.like):
            return rest
    return None


def _listed(document: Document, node: Node, ledger: Ledger) -> Activity:
    time = _time_of(document, node)
    period = period_of(time.text, document.like) if time else None
    return Activity(
        _period(time, period, ledger, 0.85),
        ledger.put("name", title_of(node), 0.85),
        _named(node, _LEAD, "lead_units", ledger),
        _named(node, _RELATED, "related_units", ledger),
        _named(node, _RESULTS, "outputs", ledger),
    )


def _named(node: Node, meaning: re.Pattern[str], key: str, ledger: Ledger) -> tuple[str, ...]:
    for child in node.children:
        rest = rest_of(child)
        if rest and len(title_of(child).text) < 50 and title_of(child).search(meaning):
            return ledger.put_all(key, items_of(rest), 0.8)
    return ()


def _columns(sheet: Sheet) -> dict[str, int] | None:
    quotas = sheet.column(ATTRIBUTES[3][1])
    when = sheet.column(_WHEN)
    if when is None or quotas is not None:
        return None
    taken = {when}
    columns = {"when": when}
    for key, meaning in (("related", _RELATED), ("outputs", _RESULTS), ("name", _NAME), ("lead", _LEAD)):
        for at, title in enumerate(sheet.titles):
            if at not in taken and meaning.search(title):
                columns[key] = at
                taken.add(at)
                break
    return columns if "name" in columns and len(columns) > 2 else None


def _activity(
    document: Document,
    row: list[Passage],
    columns: dict[str, int],
    when: Passage | None,
    ledger: Ledger,
    sure: float,
) -> Activity:
    name = row[columns["name"]].whole().trimmed(" .;")
    return Activity(
        _when(document, when, ledger, sure),
        ledger.put("name", name, sure),
        _list(row, columns.get("lead"), "lead_units", ledger, sure),
        _list(row, columns.get("related"), "related_units", ledger, sure),
        _list(row, columns.get("outputs"), "outputs", ledger, sure),
    )


def _when(document: Document, cell: Passage | None, ledger: Ledger, sure: float) -> Period | None:
    period = period_of(cell.text, document.like) if cell and cell.text else None
    return _period(cell.whole() if cell else None, period, ledger, sure)


def _period(span: Span | None, period: Period | None, ledger: Ledger, sure: float) -> Period | None:
    if span is None or period is None:
        return None
    part = ledger.at("when")
    return Period(part.put("start", span, sure, period.start), part.put("end", span, sure, period.end))


def _list(row: list[Passage], column: int | None, key: str, ledger: Ledger, sure: float) -> tuple[str, ...]:
    if column is None or not row[column].text:
        return ()
    return ledger.put_all(key, items_of(row[column].whole()), sure)
