"""Layers of provinces and units: read one, compare two, see whose answers one would change (requirement
D-22).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from guong.law.book import Law
from guong.law.engine import screen
from guong.law.facts import Facts
from guong.law.loading import LAYERS, PARAMS
from guong.law.marked import Node, parse_marked
from guong.law.model import Cited, Group, Layer, SubjectKind
from guong.law.reading_rules import EVERY, read_group
from guong.law.reading_values import read_cited, read_dates


@dataclass(frozen=True)
class Change:
    """One difference between two laws, both sides as words; empty where one is silent."""

    name: str
    before: str
    after: str
    source_before: str
    source_after: str


def shipped_layers() -> dict[str, Path]:
    """The example layers that come with the product, by their code."""
    return {path.stem: path for path in sorted((PARAMS / LAYERS).glob("*.yaml"))}


def read_layer(text: str, name: str, law: Law) -> Layer:
    """A layer from YAML; `name` stands for the file in messages. Raises LawError, naming file and line."""
    root = parse_marked(text, name)
    parts = root.only("layer", "values", "rules")
    about = root.need("layer")
    about.only("code", "vi", "decision", "from", "to")
    since, until = read_dates(about)
    layer = Layer(
        about.need("code").text(),
        about.need("vi").text(),
        about.need("decision").text(),
        since,
        until,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )
    values = _values(parts["values"], law, layer) if "values" in parts else {}
    rules = _rules(parts["rules"], law) if "rules" in parts else {}
    return replace(layer, values=values, rules=rules)


def _values(node: Node, law: Law, layer: Layer) -> dict[str, tuple[Cited, ...]]:
    found: dict[str, tuple[Cited, ...]] = {}
    for name, each in node.map().items():
        if name not in law.values:
            raise each.mark.wrong("unknown value {name!r}", name=name)
        cited = read_cited(name, law.values[name].type, each)
        found[name] = (replace(cited, since=layer.since, until=layer.until),)
    return found


def _rules(node: Node, law: Law) -> dict[tuple[str, SubjectKind, str], Group]:
    found: dict[tuple[str, SubjectKind, str], Group] = {}
    known = {key[:3] for key in law.rules}
    for code, subjects in node.map().items():
        for subject, branches in subjects.map().items():
            for branch, body in branches.map().items():
                key = next((each for each in known if each == (code, subject, branch)), None)
                if key is None:
                    raise body.mark.wrong("unknown rule {name}", name=f"{code}.{subject}.{branch}")
                found[key] = read_group(body, law.names)
                _refuse_again(found[key], key[1], law)
    return found


def _refuse_again(group: Group, subject: SubjectKind, law: Law) -> None:
    """What every award asks is asked beside the layer's rule: a condition cannot bear the same name."""
    every = [rule.group for key, rule in law.rules.items() if key[:3] == (EVERY, subject, EVERY)]
    taken = {criterion.id for one in every for criterion in one.criteria()}
    for criterion in group.criteria():
        if criterion.id in taken:
            raise criterion.where.wrong(
                "{name!r} is asked of every award already; leave it out or give it an id", name=criterion.id
            )


def compare(before: Law, after: Law, day: date) -> list[Change]:
    """What differs between two laws on a day, value by value and condition by condition."""
    left, right = _flat(before, day), _flat(after, day)
    changes = []
    for name in sorted({*left, *right}):
        (old, old_source), (new, new_source) = left.get(name, ("", "")), right.get(name, ("", ""))
        if old != new:
            changes.append(Change(name, old, new, old_source, new_source))
    return changes


def _flat(law: Law, day: date) -> dict[str, tuple[str, str]]:
    regime = law.regime_on(day).code
    found = {}
    for name in law.values:
        if cited := _value_or_none(law, name, day, regime):
            found[name] = (str(cited.value), cited.source)
    for rule in law.rules_under(regime, day):
        for criterion in rule.group.criteria():
            name = ".".join((rule.code, rule.subject, rule.branch, criterion.id))
            found[name] = (law.words.sentence(criterion, "vi"), criterion.source)
    return found


def _value_or_none(law: Law, name: str, day: date, regime: str) -> Cited | None:
    try:
        return law.value(name, day, regime)
    except LookupError:
        return None


def preview(
    before: Law, after: Law, facts: Facts, year: int, received_on: date, codes: Collection[str] | None = None
) -> pl.DataFrame:
    """Whose answers change: subject, code, before, after."""
    frames = [
        screen(law, facts, year=year, received_on=received_on, codes=codes)
        .select("subject", pl.exclude("subject", "^.*\\.unverified$", "^.*\\.checked$").cast(pl.String))
        .unpivot(index="subject", variable_name="code", value_name=name)
        for law, name in ((before, "before"), (after, "after"))
    ]
    both = frames[0].join(frames[1], on=["subject", "code"], how="full", coalesce=True)
    changed = pl.col("before").ne_missing(pl.col("after"))
    return both.filter(changed).sort("subject", "code")
