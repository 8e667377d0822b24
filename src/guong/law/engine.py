"""Asks the rules: one subject explained, or all subjects in one pass. Both go through the same expressions.

Every rule is asked three times over the same findings: as they are; with unverified conditions unknown (an
answer that survives rests on verified text alone); with people's judgement taken as given (what is left is
what machines can check).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce

import polars as pl

from guong.law.book import Law
from guong.law.conditions import MOST_PER_YEAR, Check, Read
from guong.law.deciding import Leaf, answer, because, without_waiting
from guong.law.facts import Facts
from guong.law.model import Criterion, Group, Rule
from guong.law.snapshot import Wanted, snapshot

OUTCOMES = ("eligible", "not_eligible", "suspended", "open")
OUTCOME = pl.Enum(OUTCOMES)
MERIT = "merit"


@dataclass(frozen=True)
class Compiled:
    """A rule as expressions: `leaves` over a snapshot, the answers over the leaves."""

    rule: Rule
    prefix: str
    leaves: tuple[pl.Expr, ...]
    tests: tuple[Check, ...]
    outcome: pl.Expr
    unverified: pl.Expr
    checked: pl.Expr
    because: pl.Expr

    def name_of(self, criterion: Criterion) -> str:
        """The column of a condition's finding."""
        return f"{self.prefix}.{criterion.id}"


@lru_cache(maxsize=2048)
def compile_rule(law: Law, rule_key: tuple[str, str, str, str], day: date) -> Compiled:
    """A rule made ready once. Raises NotInForce as `Law.rule` does."""
    code, subject, branch, regime = rule_key
    rule = law.rule(code, subject, branch, regime, day)  # type: ignore[arg-type]  # a key of the law
    prefix = ".".join(rule_key[:3])
    criteria = tuple(rule.group.criteria())
    tests = tuple(each.kind.check(each.chain) for each in criteria)
    leaves = tuple(
        test.holds.alias(f"{prefix}.{each.id}") for each, test in zip(criteria, tests, strict=True)
    )
    as_found = _outcome(rule.group, lambda each: pl.col(f"{prefix}.{each.id}"))
    verified = _outcome(rule.group, lambda each: _if_verified(each, pl.col(f"{prefix}.{each.id}")))
    checked = _outcome(rule.group, lambda each: _if_granted(each, pl.col(f"{prefix}.{each.id}")))
    unsure = any(each.is_unverified for each in criteria)
    mark = (verified == "open") if unsure else pl.lit(False)
    reason = because(rule.group, lambda each: pl.col(f"{prefix}.{each.id}"), as_found)
    return Compiled(rule, prefix, leaves, tests, as_found, mark, checked, reason)


def _if_verified(criterion: Criterion, found: pl.Expr) -> pl.Expr:
    if not criterion.is_unverified:
        return found
    if criterion.only_if_failed:
        return pl.when(found).then(True)
    return pl.lit(None, pl.Boolean)


def _if_granted(criterion: Criterion, found: pl.Expr) -> pl.Expr:
    return found.fill_null(True) if criterion.kind.by_people else found


def _outcome(group: Group, leaf: Leaf) -> pl.Expr:
    """Failed conditions decide first, then suspensions, then what is unknown."""
    suspending = [each for each in group.criteria() if each.suspends]
    main = answer(group, without_waiting(leaf))
    waits = reduce(lambda one, two: one & two, (leaf(each) for each in suspending), pl.lit(True))
    whole = main & waits
    return (
        pl.when(~main)
        .then(pl.lit("not_eligible", OUTCOME))
        .when(~waits)
        .then(pl.lit("suspended", OUTCOME))
        .when(whole)
        .then(pl.lit("eligible", OUTCOME))
        .otherwise(pl.lit("open", OUTCOME))
    )


def wanted_by(law: Law, rules: Iterable[Compiled]) -> Wanted:
    """What a snapshot must hold for these rules."""
    criteria = [each for compiled in rules for each in compiled.rule.group.criteria()]
    frames = {name for each in criteria for name in each.kind.fact.split(", ")}
    named = [(name, str(value)) for each in criteria for name, value in vars(each.kind).items()]
    reads: dict[tuple[str, str], Read] = {}
    for read in (read for each in criteria for read in each.kind.reads(each.chain)):
        known = reads.get((read.record, read.what), read)
        years, most = max(known.years, read.years), max(known.most, read.most)
        reads[read.record, read.what] = replace(read, years=years, most=min(most, MOST_PER_YEAR))
    frames |= {record for record, _what in reads}
    return Wanted(
        frozenset(frames),
        tuple(reads[key] for key in sorted(reads)),
        tuple(sorted({value for name, value in named if name == "question"})),
        law.posts if any(name == "post" for name, _ in named) else (),
    )


def findings(law: Law, facts: Facts, year: int, as_of: date, rules: Collection[Compiled]) -> pl.LazyFrame:
    """The snapshot, and a column for every condition of the rules."""
    base = snapshot(facts, year, as_of, wanted_by(law, rules))
    return base.with_columns(leaf for compiled in rules for leaf in compiled.leaves)


def screen(
    law: Law,
    facts: Facts,
    *,
    year: int,
    received_on: date,
    codes: Collection[str] | None = None,
    branch: str = MERIT,
    regime: str | None = None,
    reasons: bool = False,
) -> pl.DataFrame:
    """All subjects against all awards of their kind (requirement K-16), one row each.

    For each award three columns: `CODE` with the outcome, `CODE.unverified`, and `CODE.checked`, the outcome
    if people's judgement were given; with `reasons` a fourth, `CODE.because`, the id of the condition that
    decides. Null where the award is not for that kind of subject. `regime` overrides
    that of the day.
    """
    under = regime or law.regime_on(received_on).code
    keys = _keys(law, under, received_on, branch, codes)
    answers = []
    for kind in ("individual", "collective", "household"):
        mine = _of_kind(facts, kind)
        compiled = [compile_rule(law, key, received_on) for key in keys if key[1] == kind]
        if mine.subjects.height and compiled:
            found = findings(law, mine, year, received_on, compiled)
            columns = (column for each in compiled for column in _columns(each, reasons=reasons))
            answers.append(found.select("subject", *columns).collect(engine="in-memory"))
    if not answers:
        return facts.subjects.select("subject")
    return pl.concat(answers, how="diagonal") if len(answers) > 1 else answers[0]


def _of_kind(facts: Facts, kind: str) -> Facts:
    """Subjects of a kind, and of the other frames the part that may speak of them: rows of others find no
    place, but reading them costs.
    """
    subjects = facts.subjects.filter(pl.col("kind") == kind)
    if subjects.height in (0, facts.subjects.height):
        return Facts(**{**vars(facts), "subjects": subjects})
    near = pl.col("subject").is_between(subjects["subject"].min(), subjects["subject"].max())
    others = {name: frame.filter(near) for name, frame in vars(facts).items() if name != "subjects"}
    return Facts(subjects=subjects, **others)


def _columns(compiled: Compiled, *, reasons: bool) -> tuple[pl.Expr, ...]:
    code = compiled.rule.code
    reason = (compiled.because.alias(f"{code}.because"),) if reasons else ()
    return (
        *reason,
        compiled.outcome.alias(code),
        compiled.unverified.alias(f"{code}.unverified"),
        compiled.checked.alias(f"{code}.checked"),
    )


@lru_cache(maxsize=256)
def _all_keys(law: Law, regime: str, day: date, branch: str) -> tuple[tuple[str, str, str, str], ...]:
    rules = law.rules_under(regime, day)
    return tuple((each.code, each.subject, each.branch, regime) for each in rules if each.branch == branch)


def _keys(
    law: Law, regime: str, day: date, branch: str, codes: Collection[str] | None
) -> list[tuple[str, str, str, str]]:
    return [key for key in _all_keys(law, regime, day, branch) if codes is None or key[0] in codes]
