"""Which condition decides an answer, for many subjects at once: the first that failed, waits or is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import polars as pl

from guong.law.model import Criterion, Group

Leaf = Callable[[Criterion], pl.Expr]


def answer(group: Group, leaf: Leaf) -> pl.Expr:
    """All or any of the parts, in Kleene's logic."""
    parts = [answer(part, leaf) if isinstance(part, Group) else leaf(part) for part in group.parts]
    if group.mode == "all":
        return reduce(lambda one, two: one & two, parts)
    return reduce(lambda one, two: one | two, parts)


def without_waiting(leaf: Leaf) -> Leaf:
    """The conditions without those that only make a proposal wait."""
    return lambda each: pl.lit(True) if each.suspends else leaf(each)


def because(group: Group, leaf: Leaf, outcome: pl.Expr) -> pl.Expr:
    """The id of the deciding condition as `Assessment.deciding` names it first; null when eligible."""
    failed = _first(group, without_waiting(leaf), lambda found: ~found)
    unknown = _first(group, leaf, lambda found: found.is_null())
    waiting = [pl.when(~leaf(each)).then(pl.lit(each.id)) for each in group.criteria() if each.suspends]
    reason = pl.when(outcome == "not_eligible").then(failed).when(outcome == "open").then(unknown)
    return reason.when(outcome == "suspended").then(pl.coalesce(waiting)) if waiting else reason


def _first(group: Group, leaf: Leaf, so: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """The first condition found so, looking only into groups found so."""
    found = []
    for part in group.parts:
        if isinstance(part, Group):
            found.append(pl.when(so(answer(part, leaf))).then(_first(part, leaf, so)))
        else:
            found.append(pl.when(so(leaf(part))).then(pl.lit(part.id)))
    return pl.coalesce(found)
