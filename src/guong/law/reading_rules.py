"""Rules from YAML: which conditions an award asks, for whom, on which branch, under which regime."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from decimal import Decimal
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from guong.law import conditions, conditions_of_service
from guong.law.conditions import Chain, Condition
from guong.law.marked import Node
from guong.law.model import Confidence, Criterion, Group, Regime, Rule, RuleKey, SubjectKind
from guong.law.reading_values import spans_of

ABOUT = ("is", "id", "source", "confidence", "suspends", "only_if_failed", "note")
EVERY = "every"
MOST = 9999  # years, months, days, times: no condition counts further
EVERY_STATE = "every_state"
T = TypeVar("T")
KINDS: dict[str, type[Condition]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", each.__name__).lower(): each
    for module in (conditions, conditions_of_service)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Condition) and each is not Condition
}
NAMES: dict[type[Condition], str] = {each: name for name, each in KINDS.items()}


@dataclass(frozen=True)
class Names:
    """What rules may speak of: awards, branches, questions to people, papers, leading posts."""

    codes: frozenset[str]
    branches: frozenset[str]
    questions: frozenset[str]
    papers: frozenset[str]
    posts: frozenset[str]


@dataclass(frozen=True)
class _Place:
    """What is inherited by the conditions inside: the citation of the rule, and the names known."""

    source: str | None
    confidence: Confidence | None
    chain: Chain | None
    names: Names


def read_rules(root: Node, regimes: dict[str, Regime], names: Names) -> dict[RuleKey, Rule]:
    """Everything under `rules:`. A regime that inherits and says nothing takes its parent's, unverified."""
    found: dict[RuleKey, Rule] = {}
    for code, subjects in root.map().items():
        if code not in {EVERY, EVERY_STATE, *names.codes}:
            raise subjects.mark.wrong(f"unknown award {code!r}")
        for subject, branches in subjects.only(*get_args(SubjectKind)).items():
            for branch, node in branches.map().items():
                if branch not in names.branches:
                    raise node.mark.wrong(
                        f"unknown branch {branch!r}; known: {', '.join(sorted(names.branches))}"
                    )
                for rule in _of_branch((code, subject, branch), node, regimes, names):
                    found[rule.code, rule.subject, rule.branch, rule.regime] = rule
    return found


def _of_branch(
    key: tuple[str, str, str], node: Node, regimes: dict[str, Regime], names: Names
) -> Iterator[Rule]:
    code, subject, branch = key
    spans = dict(spans_of(node.map(), node.mark, regimes))
    groups: dict[str, Group] = {}
    for regime, about in regimes.items():
        body = spans.get(regime)
        if body is not None and "inherit_and" not in body.map():
            groups[regime] = read_group(body, names)
        else:
            groups[regime] = _inherited(groups.get(about.inherits or ""), body, node, names)
        if groups[regime].parts:
            yield Rule(code, _subject(subject), branch, regime, groups[regime], node.mark)


def _inherited(parent: Group | None, body: Node | None, rule: Node, names: Names) -> Group:
    """The parent regime's conditions, unverified, and what `inherit_and` adds to them."""
    if parent is None:
        raise (body or rule).mark.wrong("there is nothing to inherit from")
    group = unverified(parent)
    if body is None:
        return group
    more = body.only("inherit_and")["inherit_and"]
    place = _Place(None, None, None, names)
    return Group("all", (*group.parts, *(_part(each, place) for each in more.list())))


def _subject(text: str) -> SubjectKind:
    for known in ("individual", "collective", "household"):
        if text == known:
            return known
    raise LookupError(text)


def read_group(node: Node, names: Names) -> Group:
    """A rule's body; `not_given: true` (with a source) says the award asks nothing that is known here."""
    entries = node.only("source", "confidence", "chain", "all", "any", "not_given", "note")
    if "not_given" in entries:
        node.need("source").text()
        return Group("all", ())
    source = entries["source"].text() if "source" in entries else None
    sure = Confidence(entries["confidence"].one_of(*Confidence)) if "confidence" in entries else None
    chain = _chain(entries["chain"], names) if "chain" in entries else None
    group = _group(node, _Place(source, sure, chain, names))
    seen: set[str] = set()
    for criterion in group.criteria():
        if criterion.id in seen:
            raise criterion.where.wrong(
                "{name!r} is given twice in one rule; give one an id", name=criterion.id
            )
        seen.add(criterion.id)
    return group


def unverified(group: Group) -> Group:
    """The same conditions, none of them verified."""
    parts = tuple(
        unverified(part) if isinstance(part, Group) else replace(part, confidence=Confidence.UNVERIFIED)
        for part in group.parts
    )
    return Group(group.mode, parts)


def _group(node: Node, place: _Place) -> Group:
    found = [mode for mode in ("all", "any") if mode in node.map()]
    if len(found) != 1:
        raise node.mark.wrong("either all or any is wanted here")
    mode: Literal["all", "any"] = "all" if found == ["all"] else "any"
    return Group(mode, tuple(_part(each, place) for each in node.need(mode).list()))


def _part(node: Node, place: _Place) -> Criterion | Group:
    if "is" in node.map():
        return _criterion(node, place)
    node.only("all", "any")
    return _group(node, place)


def _chain(node: Node, names: Names) -> Chain:
    return _build(Chain, node, names, ())


def _criterion(node: Node, place: _Place) -> Criterion:
    kind = node.need("is").one_of(*KINDS)
    condition = _build(KINDS[kind], node, place.names, ABOUT)
    if condition.in_chain and place.chain is None:
        raise node.mark.wrong("{name!r} needs a chain in its rule", name=kind)
    entries = node.map()
    source = entries["source"].text() if "source" in entries else place.source
    sure = (
        Confidence(entries["confidence"].one_of(*Confidence)) if "confidence" in entries else place.confidence
    )
    if source is None or sure is None:
        raise node.mark.wrong("source and confidence are missing")
    return Criterion(
        id=entries["id"].text() if "id" in entries else kind,
        kind=condition,
        chain=place.chain,
        source=source,
        confidence=sure,
        where=node.mark,
        suspends="suspends" in entries,
        only_if_failed="only_if_failed" in entries,
        note=entries["note"].text() if "note" in entries else "",
    )


def _build(cls: type[T], node: Node, names: Names, about: tuple[str, ...]) -> T:
    hints = get_type_hints(cls)
    wanted: dict[str, Field[Any]] = {each.name: each for each in fields(cls)}  # type: ignore[arg-type]
    entries = node.only(*wanted, *about)
    given = {name: _typed(hints[name], each, name, names) for name, each in entries.items() if name in wanted}
    for name, each in wanted.items():
        if name not in given and each.default is MISSING:
            raise node.mark.wrong("{name!r} is missing", name=name)
    return cls(**given)


def _typed(hint: Any, node: Node, name: str, names: Names) -> object:
    if get_origin(hint) is Literal:
        return node.one_of(*get_args(hint))
    if hint == tuple[str, ...]:
        return tuple(_known(each, name, names) for each in node.list())
    if hint is str:
        return _known(node, name, names)
    value = node.scalar()
    if hint is bool and isinstance(value, bool):
        return value
    if hint is Decimal and isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    if hint in (int, int | None) and type(value) is int and 0 <= value <= MOST:
        return value
    raise node.mark.wrong("{name}: {value!r} has the wrong type", name=name, value=value)


def _known(node: Node, name: str, names: Names) -> str:
    sets: Mapping[str, frozenset[str]] = {
        "codes": names.codes,
        "after": names.codes,
        "or_title": names.codes,
        "question": names.questions,
        "evidence": names.papers,
        "post": names.posts,
    }
    return node.one_of(*sets[name]) if name in sets else node.text()
