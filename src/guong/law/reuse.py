"""One initiative, one award: a title and a form that count the same years may rest on the same initiative.

The book does not say which initiative carried which award, so this is a warning to compare their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

import polars as pl

from guong.law.book import Law
from guong.law.conditions import Initiatives, InitiativesInChain
from guong.law.engine import MERIT, Compiled
from guong.law.facts import Facts
from guong.law.model import Confidence, Criterion, NotInForce

NAME = "initiatives.used_once"


def reuse_warnings(
    law: Law, facts: Facts, compiled: Compiled, year: int, met: Mapping[str, object]
) -> list[str]:
    """A sentence for every award of the years counted that may have used up the initiative.

    met: the findings by column; only conditions on initiatives that are met rest on one.
    """
    rule = compiled.rule
    relied = [each for each in _about_initiatives(rule.group.criteria()) if met[compiled.name_of(each)]]
    cited = law.values[NAME].by_regime.get(rule.regime)
    if not relied or cited is None or not cited.value:
        return []
    years = max(_years(each) for each in relied)
    recent = facts.titles.filter(pl.col("year").is_between(year - years + 1, year)).sort("year")
    given = recent.select(pl.col("code").cast(pl.String), "year").unique(maintain_order=True).rows()
    mark = ", chưa kiểm chứng" if cited.confidence is Confidence.UNVERIFIED else ""
    return [
        f"{law.awards[code].vi} năm {when} có thể đã dùng sáng kiến tính ở đây: một sáng kiến không dùng"
        f" cho cả danh hiệu và hình thức khen thưởng, hãy so tên sáng kiến ({cited.source}{mark})"
        for code, when in given
        if _is_other(law, code, rule.code) and _counts_initiatives(law, code, rule.regime)
    ]


def _is_other(law: Law, code: str, asked: str) -> bool:
    """A title beside a form, or a form beside a title."""
    if code not in law.awards:
        return False
    return (law.awards[code].category == "title") != (law.awards[asked].category == "title")


def _counts_initiatives(law: Law, code: str, regime: str) -> bool:
    with suppress(NotInForce):
        rule = law.rule(code, "individual", MERIT, regime, law.regimes[regime].since)
        return any(True for _ in _about_initiatives(rule.group.criteria()))
    return False


def _about_initiatives(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    return (each for each in criteria if isinstance(each.kind, Initiatives | InitiativesInChain))


def _years(criterion: Criterion) -> int:
    if isinstance(criterion.kind, Initiatives):
        return criterion.kind.years
    return criterion.chain.years if criterion.chain else 1
