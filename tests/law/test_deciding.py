"""What decides an answer, among all as alone; the warning that an initiative may have been used before."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from bench._law_people import province

from guong.law import Facts, Question, assess, load, reuse, screen
from guong.law.assessment import Assessment
from tests.law.histories import YEAR, histories

LAW = load()
RECEIVED = date(2024, 12, 20)
CODES = ("LDTT", "CSTDCS", "BKT", "BKTTG", "TTUT", "HCLD3")


def first_deciding(answer: Assessment) -> str | None:
    """By the explanation of one subject."""
    state = {"not_eligible": "failed", "open": "open", "suspended": "failed"}.get(answer.outcome)
    if state is None:
        return None
    waits = answer.outcome == "suspended"
    return next(
        each.id for each in answer.deciding(state) if answer.outcome == "open" or each.suspends is waits
    )


def test_the_deciding_condition_among_all_is_that_of_one() -> None:
    facts = histories(5, 400)
    answers = screen(LAW, facts, year=YEAR, received_on=RECEIVED, codes=CODES, reasons=True)
    outcomes = set()
    for row in answers.iter_rows(named=True):
        for code in CODES:
            if row.get(code):
                one = assess(LAW, facts.only(row["subject"]), Question(row["subject"], code, YEAR, RECEIVED))
                assert row[f"{code}.because"] == first_deciding(one), (row["subject"], code)
                outcomes.add(one.outcome)
    assert outcomes == {"eligible", "not_eligible", "open", "suspended"}


# --- one initiative, one award


def fighter(**titles: list[int]) -> Facts:
    """Two outstanding years with an initiative in each."""
    years = (YEAR - 1, YEAR)
    known = {f"{record}_from": 2010 for record in ("career", "titles", "initiatives", "disciplines")}
    given = [{"subject": 7, "code": code, "year": year} for code, found in titles.items() for year in found]
    return Facts.of_rows(
        {
            "subjects": [{"subject": 7, "kind": "individual", "manager": False, **known}],
            "ratings": [{"subject": 7, "year": year, "rating": "HTXS"} for year in years],
            "initiatives": [{"subject": 7, "year": year, "level": "unit"} for year in years],
            "titles": given,
        }
    )


def warned(facts: Facts, code: str = "BKT", received_on: date = RECEIVED) -> tuple[str, ...]:
    return assess(LAW, facts, Question(7, code, YEAR, received_on)).warnings


def test_a_title_of_the_years_may_have_used_the_initiative() -> None:
    [said] = warned(fighter(CSTDCS=[YEAR]))
    assert said.startswith(f"Chiến sĩ thi đua cơ sở năm {YEAR}")
    assert "CV5007" in said
    assert "chưa kiểm chứng" not in said
    later = " ".join(warned(fighter(CSTDCS=[YEAR]), received_on=date(2025, 12, 1)))
    assert "chưa kiểm chứng" in later


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (fighter(CSTDCS=[YEAR - 2]), "BKT"),
        (fighter(LDTT=[YEAR]), "BKT"),
        (fighter(BKB=[YEAR - 2]), "BKT"),
        (fighter(CSTDCS=[YEAR - 1], LDTT=[YEAR]), "CSTDCS"),
    ],
    ids=[
        "before the years counted",
        "a title without initiatives",
        "a form before",
        "a title beside a title",
    ],
)
def test_nothing_was_used(facts: Facts, code: str) -> None:
    assert warned(facts, code) == ()


def test_without_an_initiative_that_counts_there_is_nothing_to_compare() -> None:
    facts = fighter(CSTDCS=[YEAR - 1, YEAR])
    none = Facts(**{**vars(facts), "initiatives": facts.initiatives.clear()})
    assert warned(none) == ()
    assert assess(LAW, none, Question(7, "BKT", YEAR, RECEIVED)).outcome == "eligible"


def test_without_the_difference_of_titles_and_forms_every_title_would_be_warned_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = fighter(CSTDCS=[YEAR], LDTT=[YEAR])
    assert warned(facts, "CSTDCS") == ()
    monkeypatch.setattr(reuse, "_is_other", lambda *_: True)
    assert len(warned(facts, "CSTDCS")) == 1


def test_people_and_collectives_together_get_the_answers_they_get_apart() -> None:
    facts = province(600, 40)
    answers = screen(LAW, facts, year=YEAR, received_on=RECEIVED)
    for mine in (pl.col("subject") > 0, pl.col("subject") < 0):
        apart = Facts(**{name: frame.filter(mine) for name, frame in vars(facts).items()})
        alone = screen(LAW, apart, year=YEAR, received_on=RECEIVED)
        assert answers.filter(mine).select(alone.columns).equals(alone)
