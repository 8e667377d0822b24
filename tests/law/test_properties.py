"""One subject and all subjects get the same answer; a fact more never opens what was eligible. With twins."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guong.law import Facts, Law, Question, assess, load, screen
from guong.law.conditions import Chain, Check, Condition, Read
from guong.law.model import Criterion, Group
from guong.law.reading_rules import NAMES
from tests.law.histories import YEAR, histories, with_a_fact_more

LAW = load()
DAYS = {
    "R1": date(2023, 12, 20),
    "R2": date(2024, 12, 20),
    "R3": date(2025, 12, 20),
    "R4": date(2026, 12, 20),
}


def screened(law: Law, facts: Facts, regime: str = "R2") -> pl.DataFrame:
    return screen(law, facts, year=YEAR, received_on=DAYS[regime])


def outcomes(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("subject", pl.exclude("subject", r"^.*\..*$").cast(pl.String)).sort("subject")


def singles_that_differ(law: Law, facts: Facts, regime: str, asked: int, seed: int) -> list[tuple[int, str]]:
    """So many random (subject, award) pairs asked one by one, against the answers of the whole."""
    whole = screened(law, facts, regime)
    codes = [name for name in whole.columns if "." not in name and name != "subject"]
    rows = {row["subject"]: row for row in whole.iter_rows(named=True)}
    dice = random.Random(seed)
    pairs = [(dice.choice(list(rows)), dice.choice(codes)) for _ in range(asked)]
    wrong = []
    for subject, code in pairs:
        answer = assess(law, facts.only(subject), Question(subject, code, YEAR, DAYS[regime]))
        if (answer.outcome, answer.unverified, answer.checked) != tuple(
            rows[subject][f"{code}{end}"] for end in ("", ".unverified", ".checked")
        ):
            wrong.append((subject, code))
    return wrong


@pytest.mark.parametrize("regime", DAYS)
def test_one_and_all_get_the_same_answer(regime: str) -> None:
    assert singles_that_differ(LAW, histories(1, 300), regime, 150, seed=2) == []


def test_ten_thousand_histories_do_not_know_of_each_other() -> None:
    """Asked in pieces, in another order, beside other people: every one of 10,000 keeps his answers."""
    facts = histories(11, 10_000)
    whole = outcomes(screened(LAW, facts))
    shuffled = facts.subjects.sample(fraction=1, shuffle=True, seed=5)
    pieces = [
        screened(LAW, replace(facts, subjects=shuffled[at : at + size]))
        for at, size in ((0, 1), (1, 2), (3, 97), (100, 900), (1000, 9000))
    ]
    assert outcomes(pl.concat(pieces)).equals(whole)
    assert whole["CSTDCS"].n_unique() == 4


@given(seed=st.integers(0, 10_000), regime=st.sampled_from(sorted(DAYS)))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_a_fact_more_never_opens_what_was_decided(seed: int, regime: str) -> None:
    assert opened(LAW, seed, regime, people=300) == []


def opened(law: Law, seed: int, regime: str, people: int) -> list[tuple[str, str, str]]:
    """Answers that became less certain as facts were added, one after the other."""
    facts = histories(seed, people)
    before = outcomes(screened(law, facts, regime))
    found: list[tuple[str, str, str]] = []
    for step in range(6):
        facts = with_a_fact_more(facts, seed * 31 + step)
        after = outcomes(screened(law, facts, regime))
        for code in before.columns[1:]:
            pairs = pl.DataFrame({"one": before[code], "two": after[code]})
            worse = pairs.filter(
                (pl.col("one") != "open") & (pl.col("one") != "suspended") & (pl.col("two") != pl.col("one"))
            )
            found += [(code, one, two) for one, two in worse.unique().iter_rows()]
        before = after
    return found


@dataclass(frozen=True)
class LooksAtOthers(Condition):
    """Broken: the answer depends on who else is asked about."""

    fact = "ratings"

    def check(self, chain: Chain | None) -> Check:
        return Check(pl.len() > 1)

    def reads(self, chain: Chain | None) -> tuple[Read, ...]:
        return (Read("ratings"),)


@dataclass(frozen=True)
class TakesUnknownForYes(Condition):
    """Broken: an unknown rating is as good as a fine one."""

    fact = "ratings"

    def check(self, chain: Chain | None) -> Check:
        unknown = (pl.col("rating_unknown") & 0b111) != 0
        return Check(pl.when(unknown).then(True))

    def reads(self, chain: Chain | None) -> tuple[Read, ...]:
        return (Read("ratings"),)


def broken(condition: Condition) -> Law:
    """The law with one rule replaced by a broken one."""
    key = ("CSTDCS", "individual", "merit", "R2")
    old = next(LAW.rules[key].group.criteria())
    criterion: Criterion = replace(old, id="broken", kind=condition, chain=None)
    rules = {**LAW.rules, key: replace(LAW.rules[key], group=Group("all", (criterion,)))}
    return replace(LAW, rules=rules, words=replace(LAW.words, kinds=AnyWords()))


class AnyWords(dict[str, dict[str, str]]):
    """A sentence for conditions nobody knows."""

    def __contains__(self, name: object) -> bool:
        return False

    def __missing__(self, name: str) -> dict[str, str]:
        return {"vi": name, "en": name}


@pytest.fixture
def known_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {LooksAtOthers: "looks_at_others", TakesUnknownForYes: "takes_unknown_for_yes"}
    for kind, name in names.items():
        monkeypatch.setitem(NAMES, kind, name)


@pytest.mark.usefixtures("known_kinds")
def test_condition_that_looks_at_others_is_caught() -> None:
    assert singles_that_differ(broken(LooksAtOthers()), histories(1, 100), "R2", 150, seed=2)


def test_condition_that_takes_unknown_for_yes_is_caught() -> None:
    assert any(
        code == "CSTDCS"
        for seed in range(5)
        for code, _, _ in opened(broken(TakesUnknownForYes()), seed, "R2", 200)
    )
