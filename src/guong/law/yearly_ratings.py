"""Yearly ratings: under which decree a rating is made, and warnings over the ratings of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from guong.law.book import Law
from guong.law.facts import RATINGS
from guong.law.model import Cited

Category = Literal["official", "public_employee"]
COLUMNS = {
    "subject": pl.Int64,
    "unit": pl.String,
    "category": pl.String,
    "rating": pl.String,
    "head": pl.Boolean,
}


@dataclass(frozen=True)
class RatingRule:
    """The instrument a rating is made under; `reason` is set when a unit keeps its old rule for the year."""

    instrument: str
    reason: str
    cited: Cited


@dataclass(frozen=True)
class RatingWarning:
    """Something a person must look at; it never decides by itself. `subject` is None for a whole unit."""

    kind: Literal["too_many_outstanding", "head_above_unit"]
    unit: str
    subject: int | None
    count: int
    allowed: int
    cited: Cited


def rating_rule(law: Law, category: Category, rated_on: date, old_rule_because: str = "") -> RatingRule:
    """The decree on the day the rating is made (not of the year rated).

    `old_rule_because`: the council's recorded reason to keep the old rule where that is tolerated.
    Raises NotInForce before the first decree, or when the old rule is not tolerated on that day.
    """
    name = f"ratings.instrument.{category}"
    cited = law.value(name, rated_on)
    if not old_rule_because.strip() or category != "public_employee":
        return RatingRule(str(cited.value), "", cited)
    tolerated = law.value("ratings.old_rule_tolerated", rated_on)
    return RatingRule("N90", old_rule_because, tolerated)


def check_ratings(
    law: Law,
    ratings: pl.DataFrame,
    units: dict[str, str],
    rated_on: date,
    outstanding: frozenset[str] = frozenset(),
) -> list[RatingWarning]:
    """Warnings over rows of COLUMNS; `units` gives each unit's own rating, `outstanding` those with the
    larger share.
    """
    found: list[RatingWarning] = []
    for (unit, category), part in ratings.partition_by("unit", "category", as_dict=True).items():
        found += _too_many(law, part, str(unit), str(category), rated_on, str(unit) in outstanding)
        found += _heads(law, part, str(unit), units.get(str(unit)), rated_on)
    return sorted(found, key=lambda each: (each.unit, each.kind, each.subject or 0))


def _too_many(
    law: Law, part: pl.DataFrame, unit: str, category: str, rated_on: date, outstanding: bool
) -> list[RatingWarning]:
    name = "caps.rating_HTXS.outstanding_unit" if outstanding else f"caps.rating_HTXS.{category}"
    cited = law.value(name, rated_on)
    best = part.filter(pl.col("rating") == "HTXS").height
    base = part.filter(pl.col("rating").is_in(["HTT", "HTXS"])).height
    allowed = base * int(str(cited.value)) // 100
    if best <= allowed:
        return []
    return [RatingWarning("too_many_outstanding", unit, None, best, allowed, cited)]


def _heads(law: Law, part: pl.DataFrame, unit: str, own: str | None, rated_on: date) -> list[RatingWarning]:
    cited = law.value("ratings.head_within_unit", rated_on)
    if own is None or not cited.value:
        return []
    limit = RATINGS.index(own)
    return [
        RatingWarning("head_above_unit", unit, subject, RATINGS.index(rating), limit, cited)
        for subject, rating in part.filter("head").select("subject", "rating").iter_rows()
        if rating in RATINGS and RATINGS.index(rating) > limit
    ]
