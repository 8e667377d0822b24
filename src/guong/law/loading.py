"""Reads the folder of law data into a Law. Every fault names file and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar, get_args

from guong.law.book import Law
from guong.law.marked import LawError, Node, read_marked
from guong.law.model import Award, Confidence, Hole, Instrument, Regime, SubjectKind
from guong.law.names import codes_by_key
from guong.law.reading_rules import EVERY, Names, read_rules
from guong.law.reading_values import read_confidence, read_dates, read_timelines
from guong.law.words import Words, read_words

K = TypeVar("K")
V = TypeVar("V")
KEY = re.compile(r"(?<![\w/-])[A-Z]+\d+\b")
PARAMS = Path(__file__).parent / "params"
LAYERS = "layers"
ONCE = ("regimes", "holes", "branches", "posts", "words")
MANY = ("instruments", "awards", "aliases", "values", "rules")
CATEGORY = Literal["title", "form", "honour", "encouragement"]
LEVEL = Literal["commune", "unit", "province", "state", "none"]


@cache
def load() -> Law:
    """The law that ships with the product, read once. Raises LawError."""
    return read_law(PARAMS)


def read_law(folder: Path) -> Law:
    """All YAML files of a folder, but for its layers. Raises LawError, naming file and line."""
    files = sorted(path for path in folder.rglob("*.yaml") if LAYERS not in path.relative_to(folder).parts)
    if not files:
        raise LawError(f"{folder.name}: no law data here")
    parts = _parts([read_marked(path, path.relative_to(folder).as_posix()) for path in files])
    regimes = _regimes(parts["regimes"][0])
    awards = _named(_merged(_awards(node, regimes) for node in parts["awards"]), parts["aliases"])
    words = read_words(parts["words"][0])
    names = _names(parts, awards, words)
    law = Law(
        regimes=regimes,
        holes=tuple(_hole(each) for each in parts["holes"][0].list()),
        instruments=_merged(_instruments(node) for node in parts["instruments"]),
        awards=awards,
        branches=_branches(parts["branches"][0]),
        posts=tuple(each.text() for each in parts["posts"][0].list()),
        values=_merged(read_timelines(node, regimes).items() for node in parts["values"]),
        rules=_merged(read_rules(node, regimes, names).items() for node in parts["rules"]),
        words=words,
        digest=hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest(),
    )
    _refuse_unknown_sources(law)
    return law


def _refuse_unknown_sources(law: Law) -> None:
    """A source that names an instrument by its key (N65, TT12) must name one that is recorded."""
    cited = [(each.source, each.where) for timeline in law.values.values() for each in timeline.all()]
    cited += [(each.source, each.where) for each in law.awards.values()]
    cited += [(each.source, each.where) for rule in law.rules.values() for each in rule.group.criteria()]
    for source, where in cited:
        for key in KEY.findall(source):
            if key not in law.instruments:
                raise where.wrong(f"unknown instrument {key!r}")


def _merged(entries: Iterable[Iterable[tuple[K, V]]]) -> dict[K, V]:
    """The entries of several files as one; names given twice were refused before."""
    return {key: value for part in entries for key, value in part}


def _parts(roots: list[Node]) -> dict[str, list[Node]]:
    """The files' top-level parts; a name inside a part is given once over all files."""
    found: dict[str, list[Node]] = {name: [] for name in (*ONCE, *MANY)}
    seen: dict[tuple[str, str], Node] = {}
    for root in roots:
        for name, node in root.only(*ONCE, *MANY).items():
            if name in ONCE and found[name]:
                raise node.mark.wrong(f"{name!r} is given twice")
            found[name].append(node)
            if name in MANY:
                _refuse_twice(name, node, seen)
    for name, nodes in found.items():
        if not nodes:
            raise roots[0].mark.wrong(f"{name!r} is missing in the law data")
    return found


def _refuse_twice(part: str, node: Node, seen: dict[tuple[str, str], Node]) -> None:
    for key, each in node.map().items():
        if (part, key) in seen:
            raise each.mark.wrong(f"{key!r} is given twice, first at {seen[part, key].mark}")
        seen[part, key] = each


def _names(parts: dict[str, list[Node]], awards: dict[str, Award], words: Words) -> Names:
    return Names(
        codes=frozenset(awards),
        branches=frozenset({*parts["branches"][0].map(), EVERY}),
        questions=frozenset(words.questions),
        papers=frozenset(words.papers),
        posts=frozenset(each.text() for each in parts["posts"][0].list()),
    )


def _regimes(node: Node) -> dict[str, Regime]:
    found = {}
    for code, each in node.map().items():
        each.only("from", "to", "inherits", "instruments", "confidence", "note")
        since, until = read_dates(each)
        parent = each.map().get("inherits")
        if parent and parent.text() not in found:
            raise parent.mark.wrong(f"{code} inherits {parent.text()!r}, which is not known before it")
        instruments = tuple(one.text() for one in each.need("instruments").list())
        note = each.map()["note"].text() if "note" in each.map() else ""
        found[code] = Regime(
            code, since, until, instruments, read_confidence(each), parent.text() if parent else None, note
        )
    _refuse_holes(node, list(found.values()))
    return found


def _refuse_holes(node: Node, regimes: list[Regime]) -> None:
    for before, after in pairwise(regimes):
        if before.until is None or after.since <= before.until:
            raise node.mark.wrong(f"overlap: {before.code} and {after.code}")
        if after.since != before.until + timedelta(days=1):
            raise node.mark.wrong(f"gap between {before.code} and {after.code}")


def _hole(node: Node) -> Hole:
    node.only("from", "to", "note")
    return Hole(*read_dates(node), node.need("note").text())


def _instruments(node: Node) -> Iterator[tuple[str, Instrument]]:
    for key, each in node.map().items():
        each.only("name", "issued", "from", "to", "confidence", "cite")
        days = {name: _day(each, name) for name in ("issued", "from", "to")}
        cite, sure = _cite(each)
        yield (
            key,
            Instrument(
                key, each.need("name").text(), days["issued"], days["from"], days["to"],
                read_confidence(each), cite, sure,
            ),
        )  # fmt: skip


def _cite(node: Node) -> tuple[str, Confidence]:
    if "cite" not in node.map():
        return "", Confidence.UNVERIFIED
    cite = node.map()["cite"]
    cite.only("text", "confidence")
    return cite.need("text").text(), read_confidence(cite)


def _day(node: Node, name: str) -> date | None:
    return node.map()[name].day() if name in node.map() else None


def _branches(node: Node) -> dict[str, str]:
    return {name: each.text() for name, each in node.map().items()}


def _awards(node: Node, regimes: dict[str, Regime]) -> Iterator[tuple[str, Award]]:
    for code, each in node.map().items():
        each.only("vi", "en", "category", "level", "subjects", "since", "statutory", "source", "confidence")
        subjects = [one.one_of(*get_args(SubjectKind)) for one in each.need("subjects").list()]
        statutory = each.map()["statutory"].scalar() if "statutory" in each.map() else True
        yield (
            code,
            Award(
                code=code,
                vi=each.need("vi").text(),
                en=each.need("en").text(),
                category=each.need("category").one_of(*get_args(CATEGORY)),  # type: ignore[arg-type]
                level=each.need("level").one_of(*get_args(LEVEL)),  # type: ignore[arg-type]
                subjects=tuple(subjects),  # type: ignore[arg-type]
                since=each.need("since").one_of(*regimes),
                statutory=bool(statutory),
                source=each.need("source").text(),
                confidence=Confidence(each.need("confidence").one_of(*Confidence)),
                where=each.mark,
                short=each.need("vi").text(),
            ),
        )


def _named(awards: dict[str, Award], nodes: Iterable[Node]) -> dict[str, Award]:
    """The awards with their short names and aliases; one alias means one award."""
    for node in nodes:
        for code, each in node.map().items():
            if code not in awards:
                raise each.mark.wrong(f"unknown award {code!r}")
            entries = each.only("short", "also")
            also = tuple(one.text() for one in entries["also"].list()) if "also" in entries else ()
            awards[code] = replace(awards[code], short=each.need("short").text(), also=also, where=each.mark)
    codes_by_key(awards.values())
    return awards
