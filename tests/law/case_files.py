"""Cases as a lawyer writes them: tests/law/cases/*.yaml. How to write one is told in docs/law.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

from guong.law import Assessment, Law, LawError, assess, load, read_facts, read_layer, shipped_layers
from guong.law.assessing import Question
from guong.law.marked import Mark, Node, read_marked

FOLDER = Path(__file__).parent / "cases"
# Received in December of the year whose merit is counted.
YEARS = {"R0": 2016, "R1": 2022, "R2": 2024, "R3": 2025, "R4": 2026}
OUTCOMES = {
    "eligible": "eligible",
    "not eligible": "not_eligible",
    "open": "open",
    "suspended": "suspended",
}
CASE = (
    "name",
    "trap",
    "code",
    "branch",
    "regimes",
    "received_on",
    "year",
    "facts",
    "without",
    "vary",
    "layer",
)
EXPECTED = ("expect", "failed", "open", "marked", "checked")


@dataclass(frozen=True)
class Case:
    """One question with the answer a lawyer gives."""

    name: str
    trap: int | None
    question: Question
    facts: Node
    expect: str
    failed: tuple[str, ...] | None
    open: tuple[str, ...] | None
    marked: bool | None
    checked: str | None
    layer: str | None

    def answer(self) -> Assessment:
        """What the engine says."""
        facts = read_facts(self.facts, self.question.year)
        return assess(law_with(self.layer), facts, self.question)


def law_with(layer: str | None) -> Law:
    """The national law, or with one of the shipped layers."""
    law = load()
    if layer is None:
        return law
    return law.with_layer(read_layer(shipped_layers()[layer].read_text(encoding="utf-8"), layer, law))


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _of_file(path)]


def _of_file(path: Path) -> Iterator[Case]:
    root = read_marked(path, path.name)
    root.only("given", "code", "cases")
    shared = root.map().get("given", Node({}, root.mark))
    for node in root.need("cases").list():
        yield from _of_node(node, root, shared)


def _of_node(node: Node, root: Node, shared: Node) -> Iterator[Case]:
    entries = node.only(*CASE, *EXPECTED)
    facts = {**shared.map(), **(entries["facts"].map() if "facts" in entries else {})}
    facts["person"] = _leads_nobody(facts.get("person", Node({}, node.mark)))
    for name in entries["without"].list() if "without" in entries else ():
        del facts[name.text()]
    regimes = [each.text() for each in entries["regimes"].list()] if "regimes" in entries else [""]
    for regime, (value, outcome) in product(regimes, _outcomes(node)):
        varied = (
            _varied(Node(facts, node.mark), entries["vary"].text(), value)
            if "vary" in entries
            else Node(facts, node.mark)
        )
        name = " · ".join(
            filter(
                None, (root.mark.file.removesuffix(".yaml"), entries["name"].text(), regime, _written(value))
            )
        )
        yield _case(name, node, root, regime, varied, outcome)


def _leads_nobody(person: Node) -> Node:
    """A person of a case leads no collective unless it says so; `manager: null` leaves it unknown."""
    known = person.map()
    if "manager" not in known:
        return Node({**known, "manager": Node(False, person.mark)}, person.mark)
    if known["manager"].scalar() is None:
        return Node({name: each for name, each in known.items() if name != "manager"}, person.mark)
    return person


def _outcomes(node: Node) -> list[tuple[Node | None, str]]:
    """`expect: eligible`, or with `vary`: `expect: {value: outcome}`."""
    expect = node.need("expect")
    if not isinstance(expect.content, dict):
        return [(None, OUTCOMES[expect.text()])]
    return [(_read_key(key, each.mark), OUTCOMES[each.text()]) for key, each in expect.map().items()]


def _written(value: Node | None) -> str:
    if value is None:
        return ""
    found = value.plain()
    return " ".join(str(each) for each in found) or "none" if isinstance(found, list) else str(found)


def _read_key(key: str, mark: Mark) -> Node:
    if key.lstrip("-").isdigit():
        return Node(int(key), mark)
    if key == "none":
        return Node([], mark)
    if key in {"true", "false"}:
        return Node(key == "true", mark)
    return Node([Node(each, mark) for each in key.split()] if " " in key else key, mark)


def _varied(node: Node, path: str, value: Node | None) -> Node:
    """The facts with one place exchanged: `ratings.0`, `leave.0.days`, `initiatives.unit`."""
    first, _, rest = path.partition(".")
    if value is None:
        raise LawError(f"{node.mark}: vary needs values")
    content = node.content
    if isinstance(content, list):
        at = int(first)
        new = _varied(content[at], rest, value) if rest else value
        return Node([*content[:at], new, *content[at + 1 :]], node.mark)
    known = dict(content) if isinstance(content, dict) else {}
    known[first] = _varied(known.get(first, Node({}, node.mark)), rest, value) if rest else value
    return Node(known, node.mark)


def _case(name: str, node: Node, root: Node, regime: str, facts: Node, outcome: str) -> Case:
    entries = node.map()
    year = YEARS[regime] if regime else int(str(entries["year"].scalar()))
    received = date(year, 12, 20)
    if "received_on" in entries:
        received = entries["received_on"].day()
    code = entries.get("code") or root.need("code")
    question = Question(1, code.text(), year, received)
    if "branch" in entries:
        question = replace(question, branch=entries["branch"].text())
    lists = {
        key: tuple(each.text() for each in entries[key].list()) if key in entries else None
        for key in ("failed", "open")
    }
    return Case(
        name=name,
        trap=int(str(entries["trap"].scalar())) if "trap" in entries else None,
        question=question,
        facts=facts,
        expect=outcome,
        failed=lists["failed"],
        open=lists["open"],
        marked=bool(entries["marked"].scalar()) if "marked" in entries else None,
        checked=OUTCOMES[entries["checked"].text()] if "checked" in entries else None,
        layer=entries["layer"].text() if "layer" in entries else None,
    )
