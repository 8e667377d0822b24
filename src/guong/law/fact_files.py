"""Facts of one subject from a YAML or JSON file, as a person writes them, and the question asked about them.

Years may be absolute (2023) or counted back from the year asked about (0, -1); `-4..0` and `2019..2023` are
ranges. Dates may be written `Y-1/06/30`: 30 June of the year before the one asked about. A record that is
given, though empty, is whole; one that is left out is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from guong.law.assessing import Override, Question
from guong.law.facts import Facts, FactsError
from guong.law.marked import Node

SUBJECT = 1
BEGINNING = 1900
RELATIVE = re.compile(r"Y(-\d+)?/(\d\d)/(\d\d)")
SCALARS = ("kind", "sex", "category", "profession", "manager", "in_sector", "flag_eligible")
RECORDS = (
    "ratings",
    "titles",
    "initiatives",
    "disciplines",
    "leave",
    "employment",
    "service",
    "members",
    "answers",
)
Rows = list[dict[str, object]]


def read_question(node: Node, subject: int = SUBJECT) -> Question:
    """The part `ask:` of a file. Raises LawError for an unknown or missing name."""
    ask = node.only("code", "year", "received_on", "branch", "decided_on", "regime", "reason")
    override = None
    if "regime" in ask:
        override = Override(ask["regime"].text(), ask["reason"].text() if "reason" in ask else "")
    return Question(
        subject=subject,
        code=node.need("code").text(),
        year=_number(node.need("year")),
        received_on=node.need("received_on").day(),
        branch=ask["branch"].text() if "branch" in ask else "merit",
        decided_on=ask["decided_on"].day() if "decided_on" in ask else None,
        override=override,
    )


def read_facts(node: Node, year: int, subject: int = SUBJECT) -> Facts:
    """The part `facts:` of a file. Raises LawError or FactsError for what it does not understand."""
    given = node.only("person", "since", "titles_from", "founded", "dissolved", *RECORDS)
    rows: dict[str, Rows] = {"subjects": [_subject(node, given, year)]}
    for record in RECORDS:
        if record in given:
            rows[record] = list(_READERS[record](given[record], year))
    for name, found in rows.items():
        rows[name] = [{"subject": subject, **row} for row in found]
    return Facts.of_rows(rows)


def _subject(node: Node, given: dict[str, Node], year: int) -> dict[str, object]:
    row: dict[str, object] = {"kind": "individual"}
    if "person" in given:
        row |= {name: each.scalar() for name, each in given["person"].only(*SCALARS).items()}
    row["career_from"] = _year(str(given["since"].scalar()), year) if "since" in given else BEGINNING
    for name in ("founded", "dissolved"):
        if name in given:
            row[name] = _day(given[name], year)
    for record in ("titles", "initiatives", "disciplines", "leave"):
        row[f"{record}_from"] = BEGINNING if record in given else None
    if "titles_from" in given:
        row["titles_from"] = _year(str(given["titles_from"].scalar()), year)
    row["service_whole"] = "service" in given
    return row


def _ratings(node: Node, year: int) -> Iterator[dict[str, object]]:
    for span, each in node.map().items():
        for one in _years(span, year):
            yield {"year": one, "rating": each.scalar()}


def _by_year(column: str) -> Callable[[Node, int], Iterator[dict[str, object]]]:
    def rows(node: Node, year: int) -> Iterator[dict[str, object]]:
        for name, each in node.map().items():
            spans = each.list() if isinstance(each.content, list) else [each]
            for span in spans:
                for one in _years(str(span.scalar()), year):
                    yield {column: name, "year": one}

    return rows


def _records(node: Node, year: int) -> Iterator[dict[str, object]]:
    for each in node.list():
        yield {name: _cell(name, value, year) for name, value in each.map().items()}


def _cell(name: str, node: Node, year: int) -> object:
    if name in {"since", "until"}:
        return None if node.content is None else _day(node, year)
    return _year(str(node.scalar()), year) if name == "year" else node.scalar()


def _leave(node: Node, year: int) -> Iterator[dict[str, object]]:
    for row in _records(node, year):
        yield {"year": year, **row}


def _members(node: Node, year: int) -> Iterator[dict[str, object]]:
    known = ("all", "HT", "LDTT", "CSTDCS", "disciplined")
    found = {name: each.scalar() for name, each in node.only(*known).items()}
    row: dict[str, object] = {f"members_{name}": value for name, value in found.items() if name != "all"}
    yield {"year": year, "members": found.get("all"), **row}


def _answers(node: Node, year: int) -> Iterator[dict[str, object]]:
    for question, each in node.map().items():
        yield {"year": year, "question": question, "answer": each.scalar()}


_READERS: dict[str, Callable[[Node, int], Iterator[dict[str, object]]]] = {
    "ratings": _ratings,
    "titles": _by_year("code"),
    "initiatives": _by_year("level"),
    "disciplines": _records,
    "leave": _leave,
    "employment": _records,
    "service": _records,
    "members": _members,
    "answers": _answers,
}


def _years(span: str, year: int) -> range:
    first, _, last = span.partition("..")
    return range(_year(first, year), _year(last or first, year) + 1)


def _year(text: str, year: int) -> int:
    try:
        number = int(text)
    except ValueError as problem:
        raise FactsError(f"{text!r} is no year; write 2023, 0, -1 or -4..0") from problem
    return number if number > BEGINNING - 1 else year + number


def _day(node: Node, year: int) -> date:
    value = node.scalar()
    if isinstance(value, date):
        return value
    found = RELATIVE.fullmatch(str(value))
    if not found:
        raise node.mark.wrong(f"{value!r} is no date; write 2023-06-30 or Y-1/06/30")
    return date(year + int(found[1] or 0), int(found[2]), int(found[3]))


def _number(node: Node) -> int:
    value = node.scalar()
    if not isinstance(value, int) or isinstance(value, bool):
        raise node.mark.wrong(f"a whole number is wanted here, not {value!r}")
    return value
