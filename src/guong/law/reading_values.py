"""Dated values from YAML: by regime (R0 … R4) or by day, without gap, overlap or unknown name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from guong.law.marked import Mark, Node
from guong.law.model import Cited, Confidence, Plain, Regime

FIELDS = ("value", "source", "confidence", "note")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Timeline:
    """One named value over all its time: either by regime or by day."""

    name: str
    about: str
    type: str
    by_regime: dict[str, Cited]
    by_day: tuple[Cited, ...]

    def all(self) -> tuple[Cited, ...]:
        """Every value it ever had."""
        return (*self.by_regime.values(), *self.by_day)


def _whole(value: Plain) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


TYPES: dict[str, Callable[[Plain], bool]] = {
    "integer": _whole,
    "months": _whole,
    "days": _whole,
    "working_days": _whole,
    "years": _whole,
    "money": _whole,
    "percent": lambda value: isinstance(value, int) and _whole(value) and value <= 100,
    "decimal": lambda value: isinstance(value, Decimal | int) and not isinstance(value, bool) and value >= 0,
    "flag": lambda value: isinstance(value, bool),
    "text": lambda value: isinstance(value, str),
    "list": lambda value: isinstance(value, tuple) and bool(value),
}


def read_confidence(node: Node) -> Confidence:
    """The mark of an entry. Raises LawError when missing or unknown."""
    return Confidence(node.need("confidence").one_of(*Confidence))


def read_timelines(root: Node, regimes: dict[str, Regime]) -> dict[str, Timeline]:
    """Everything under `values:`; a regime that inherits and says nothing takes its parent's, unverified."""
    return {name: _timeline(name, node, regimes) for name, node in root.map().items()}


def _timeline(name: str, node: Node, regimes: dict[str, Regime]) -> Timeline:
    entries = node.map()
    type_ = node.need("type").one_of(*TYPES)
    about = node.need("about").text()
    if "periods" in entries:
        node.only("about", "type", "periods")
        days = tuple(_by_day(name, type_, node.need("periods")))
        return Timeline(name, about, type_, {}, days)
    spans = {key: each for key, each in entries.items() if key not in {"about", "type"}}
    return Timeline(name, about, type_, _by_regime(name, type_, spans, node.mark, regimes), ())


def read_cited(name: str, type_: str, node: Node, *more: str) -> Cited:
    """One entry with value, source and confidence. Raises LawError for a wrong type or a missing name."""
    node.only(*FIELDS, *more)
    value = read_plain(node.need("value"))
    confidence = read_confidence(node)
    if value is None and confidence is not Confidence.UNVERIFIED:
        raise node.mark.wrong("a value nobody knows must be unverified")
    if value is not None and not TYPES[type_](value):
        raise node.mark.wrong("{name}: {value!r} is no {type}", name=name, value=value, type=type_)
    note = node.map()["note"].text() if "note" in node.map() else ""
    return Cited(name, value, node.need("source").text(), confidence, node.mark, note)


def read_plain(node: Node) -> Plain:
    """A scalar, or a list of words as a tuple. Raises LawError for anything else."""
    if isinstance(node.content, list):
        return tuple(each.text() for each in node.content)
    value = node.scalar()
    if isinstance(value, date):
        raise node.mark.wrong("a date cannot be a value here")
    return value


def spans_of(spans: dict[str, Node], mark: Mark, regimes: dict[str, Regime]) -> Iterator[tuple[str, Node]]:
    """(`R2`, entry) for keys like `R2` and `R0-R1`. Raises LawError for overlaps, gaps, unknown names."""
    seen: set[str] = set()
    for key, node in spans.items():
        for code in _codes(key, node.mark, list(regimes)):
            if code in seen:
                raise node.mark.wrong(f"overlap: {code} is already laid down")
            seen.add(code)
            yield code, node
    for code, regime in regimes.items():
        if code not in seen and regime.inherits not in seen:
            raise mark.wrong(f"gap: nothing is laid down for {code}")


def _codes(key: str, mark: Mark, known: list[str]) -> Collection[str]:
    first, _, last = key.partition("-")
    for code in filter(None, (first, last)):
        if code not in known:
            raise mark.wrong(f"unknown name {code!r}; known: {', '.join(known)}")
    return known[known.index(first) : known.index(last or first) + 1]


def _by_regime(
    name: str, type_: str, spans: dict[str, Node], mark: Mark, regimes: dict[str, Regime]
) -> dict[str, Cited]:
    found = {code: read_cited(name, type_, node) for code, node in spans_of(spans, mark, regimes)}
    for code, regime in regimes.items():
        if code not in found and regime.inherits:
            found[code] = replace(found[regime.inherits], confidence=regime.confidence)
    return {code: found[code] for code in regimes}


def _by_day(name: str, type_: str, node: Node) -> Iterator[Cited]:
    periods = [_period(name, type_, each) for each in node.list()]
    if not periods:
        raise node.mark.wrong("gap: no period is given")
    for before, after in pairwise(periods):
        if before.until is None or after.since is None or after.since <= before.until:
            raise after.where.wrong(f"overlap: {name} is already laid down on {after.since}")
        if after.since != before.until + DAY:
            raise after.where.wrong(f"gap: {name} has nothing between {before.until} and {after.since}")
    yield from periods


def _period(name: str, type_: str, node: Node) -> Cited:
    cited = read_cited(name, type_, node, "from", "to")
    since, until = read_dates(node)
    return replace(cited, since=since, until=until)


def read_dates(node: Node) -> tuple[date, date | None]:
    """`from` and `to` (a day, or the word open). Raises LawError when turned round."""
    since = node.need("from").day()
    end = node.need("to")
    until = None if end.content == "open" else end.day()
    if until is not None and until < since:
        raise end.mark.wrong("{until} lies before {since}", until=until, since=since)
    return since, until
