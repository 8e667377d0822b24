"""The ways the benchmark compares find the same people, and some of each kind."""

from __future__ import annotations

from bench._law_people import people
from bench._two_titles import Loop, with_polars
from bench.law import engine_counts


def test_engine_polars_and_loop_agree() -> None:
    facts = people(20_000)
    found = engine_counts(facts)
    assert found == with_polars(facts) == Loop.of(facts).count()
    assert min(found) > 0
