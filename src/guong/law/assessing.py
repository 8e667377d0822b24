"""One subject, one award, explained: which condition, which article, which fact is missing, how sure the text
is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from guong.law.assessment import Assessment, Authority, Finding, State
from guong.law.book import Law
from guong.law.engine import MERIT, Compiled, compile_rule, findings
from guong.law.facts import Facts, FactsError
from guong.law.model import Criterion, Group, NotInForce, NotKnown, SubjectKind
from guong.law.reading_rules import NAMES
from guong.law.reuse import reuse_warnings

STATES: dict[bool | None, State] = {True: "met", False: "failed", None: "open"}


@dataclass(frozen=True)
class Override:
    """Another regime than the day's, with the reason that is recorded."""

    regime: str
    reason: str


@dataclass(frozen=True)
class Question:
    """May this subject be proposed for this award, for merit up to and including `year`?

    received_on: day the deciding level received the dossier; it chooses the regime of the criteria and the
    layers. decided_on: day of the decision, if known; it chooses authority and money. By default the day of
    receipt.
    """

    subject: int
    code: str
    year: int
    received_on: date
    branch: str = MERIT
    decided_on: date | None = None
    override: Override | None = None


def assess(law: Law, facts: Facts, question: Question) -> Assessment:
    """The answer with everything it rests on, ready to be frozen (requirements K-16, K-25).

    Raises KeyError for an unknown award, FactsError for an unknown subject or an override without reason,
    NotInForce where the award cannot be asked on that day.
    """
    award = law.awards[question.code]
    regime, reason = _regime(law, question)
    mine = _only(facts, question.subject)
    kind: SubjectKind = mine.subjects["kind"][0]
    compiled = compile_rule(law, (question.code, kind, question.branch, regime), question.received_on)
    row = _row(law, mine, question, compiled)
    decided_on = question.decided_on or question.received_on
    return Assessment(
        **_asked(question, decided_on),
        award=award.vi,
        kind=kind,
        merit_type=law.branches[question.branch],
        regime=regime,
        regime_reason=reason,
        **{name: row[name] for name in ("outcome", "unverified", "checked")},
        finding=_explain(law, compiled, compiled.rule.group, row),
        authority=_authority(law, question.code, decided_on),
        warnings=(
            *_warnings(law, question, regime),
            *reuse_warnings(law, mine, compiled, question.year, row),
        ),
        layers=tuple(each.code for each in law.layers_on(question.received_on)),
        law_version=law.version,
    )


def _asked(question: Question, decided_on: date) -> dict[str, Any]:
    """What the answer repeats of the question."""
    names = ("code", "subject", "branch", "year", "received_on")
    return {**{name: getattr(question, name) for name in names}, "decided_on": decided_on}


def _regime(law: Law, question: Question) -> tuple[str, str]:
    if question.override is None:
        return law.regime_on(question.received_on).code, ""
    if not question.override.reason.strip():
        raise FactsError("another regime needs a reason")
    if question.override.regime not in law.regimes:
        raise FactsError(f"unknown regime {question.override.regime!r}; known: {', '.join(law.regimes)}")
    return question.override.regime, question.override.reason


def _only(facts: Facts, subject: int) -> Facts:
    mine = facts if facts.subjects.height == 1 else facts.only(subject)
    if mine.subjects.height != 1 or mine.subjects["subject"][0] != subject:
        raise FactsError(f"subject {subject} is not among the facts")
    return mine


def _row(law: Law, facts: Facts, question: Question, compiled: Compiled) -> dict[str, Any]:
    found = findings(law, facts, question.year, question.received_on, [compiled])
    shown = [
        expression.alias(f"{leaf.meta.output_name()}|{name}")
        for leaf, test in zip(compiled.leaves, compiled.tests, strict=True)
        for name, expression in test.shows.items()
    ]
    leaves = [leaf.meta.output_name() for leaf in compiled.leaves]
    row = (
        found.select(
            *leaves,
            *shown,
            compiled.outcome.alias("outcome"),
            compiled.unverified.alias("unverified"),
            compiled.checked.alias("checked"),
        )
        .collect(engine="in-memory")
        .row(0, named=True)
    )
    return dict(row)


def _explain(law: Law, compiled: Compiled, group: Group, row: dict[str, Any]) -> Finding:
    parts = tuple(
        _explain(law, compiled, part, row) if isinstance(part, Group) else _finding(law, compiled, part, row)
        for part in group.parts
    )
    return Finding(mode=group.mode, state=_state(group.mode, [part.state for part in parts]), parts=parts)


def _state(mode: str, states: list[State]) -> State:
    decisive: State = "failed" if mode == "all" else "met"
    if decisive in states:
        return decisive
    if "open" in states:
        return "open"
    return "met" if mode == "all" else "failed"


def _finding(law: Law, compiled: Compiled, criterion: Criterion, row: dict[str, Any]) -> Finding:
    column = compiled.name_of(criterion)
    state = STATES[row[column]]
    compared = {name.partition("|")[2]: value for name, value in row.items() if name.startswith(f"{column}|")}
    evidence = [law.words.papers[each]["vi"] for each in vars(criterion.kind).get("evidence", ())]
    return Finding(
        id=criterion.id,
        kind=NAMES[type(criterion.kind)],
        state=state,
        vi=law.words.sentence(criterion, "vi"),
        en=law.words.sentence(criterion, "en"),
        source=criterion.source,
        confidence=criterion.confidence.value,
        where=str(criterion.where),
        compared={name: _plain(value) for name, value in compared.items()},
        missing=criterion.kind.fact if state == "open" else "",
        for_people=criterion.kind.by_people,
        evidence=tuple(evidence),
        suspends=criterion.suspends,
        note=criterion.note,
    )


def _plain(value: object) -> int | str | bool | None:
    return value if isinstance(value, int | str | bool | None) else str(value)


def _authority(law: Law, code: str, day: date) -> Authority:
    try:
        cited = law.value(f"authority.{code}", day)
    except (NotKnown, NotInForce) as problem:
        return Authority((), "", "unverified", str(problem))
    offices = cited.value if isinstance(cited.value, tuple) else ()
    return Authority(offices, cited.source, cited.confidence.value, "")


def _warnings(law: Law, question: Question, regime: str) -> tuple[str, ...]:
    notes = [hole.note for hole in law.holes_on(question.received_on)]
    if note := law.regimes[regime].note:
        notes.append(note)
    return tuple(notes)
