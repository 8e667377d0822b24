"""What the data must always say: sources, marks, authorities over time, regimes by the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guong.law import (
    Facts,
    FactsError,
    NotInForce,
    NotKnown,
    Override,
    Question,
    assess,
    load,
)

LAW = load()
FIGHTER = Facts.of_rows(
    {
        "subjects": [
            {
                "subject": 7,
                "kind": "individual",
                "manager": False,
                "career_from": 2000,
                "titles_from": 2000,
                "initiatives_from": 2000,
                "disciplines_from": 2000,
            }
        ],
        "ratings": [{"subject": 7, "year": 2023, "rating": "HTXS"}],
        "titles": [{"subject": 7, "code": "LDTT", "year": 2023}],
    }
)


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        ("2014-08-20", "R0"),
        ("2017-09-30", "R0"),
        ("2017-10-01", "R1"),
        ("2023-12-31", "R1"),
        ("2024-01-01", "R2"),
        ("2025-06-30", "R2"),
        ("2025-07-01", "R3"),
        ("2026-09-30", "R3"),
        ("2026-10-01", "R4"),
        ("2040-01-01", "R4"),
    ],
)
def test_regime_of_the_day(day: str, regime: str) -> None:
    assert LAW.regime_on(date.fromisoformat(day)).code == regime


def test_no_regime_before_the_first() -> None:
    with pytest.raises(NotInForce, match="2014-08-19"):
        LAW.regime_on(date(2014, 8, 19))


def test_day_of_receipt_chooses_the_criteria() -> None:
    """The same merit of 2023: rejected when received on the last day of R1, accepted a day later."""
    asked = Question(7, "CSTDCS", 2023, date(2023, 12, 31))
    assert assess(LAW, FIGHTER, asked).outcome == "not_eligible"
    later = Question(7, "CSTDCS", 2023, date(2024, 1, 1))
    assert assess(LAW, FIGHTER, later).outcome == "eligible"


def test_another_regime_needs_a_reason_and_keeps_it() -> None:
    asked = Question(7, "CSTDCS", 2023, date(2024, 1, 10), override=Override("R1", "hướng dẫn của tỉnh"))
    answer = assess(LAW, FIGHTER, asked)
    assert (answer.regime, answer.regime_reason, answer.outcome) == (
        "R1",
        "hướng dẫn của tỉnh",
        "not_eligible",
    )
    with pytest.raises(FactsError, match="reason"):
        assess(LAW, FIGHTER, Question(7, "CSTDCS", 2023, date(2024, 1, 10), override=Override("R1", " ")))
    with pytest.raises(FactsError, match="unknown regime"):
        assess(LAW, FIGHTER, Question(7, "CSTDCS", 2023, date(2024, 1, 10), override=Override("R7", "x")))


def test_day_of_decision_chooses_the_authority() -> None:
    asked = Question(7, "CSTDCS", 2024, date(2025, 6, 15), decided_on=date(2025, 7, 2))
    answer = assess(LAW, FIGHTER, asked)
    assert answer.regime == "R2"
    assert answer.authority.offices == ("department_director", "commune_chairman")


@pytest.mark.parametrize(
    ("day", "office"), [("2025-06-30", "district_chairman"), ("2025-07-01", "commune_chairman")]
)
@pytest.mark.parametrize("code", ["LDTT", "CSTDCS", "TTLDTT", "THONVH"])
def test_communes_took_over_from_districts(code: str, day: str, office: str) -> None:
    offices = LAW.value(f"authority.{code}", date.fromisoformat(day)).value
    assert {"district_chairman", "commune_chairman"} & set(offices) == {office}


def test_no_district_certificate_after_the_districts() -> None:
    with pytest.raises(NotKnown):
        LAW.value("authority.GKH", date(2025, 7, 1))


def test_every_award_has_an_authority() -> None:
    assert [code for code in LAW.awards if f"authority.{code}" not in LAW.values] == []


def test_everything_of_r4_is_unverified() -> None:
    day = date(2026, 10, 1)
    sure = [
        each.name
        for timeline in LAW.values.values()
        if (each := timeline.by_regime.get("R4")) and not each.is_unverified
    ]
    sure += [
        each.id
        for rule in LAW.rules_under("R4", day)
        for each in rule.group.criteria()
        if not each.is_unverified
    ]
    assert sure == []


def test_r4_asks_what_r3_asks_and_no_less() -> None:
    for key, rule in LAW.rules.items():
        if key[3] == "R3":
            after = [each.kind for each in LAW.rules[(*key[:3], "R4")].group.criteria()]
            assert after[: len(list(rule.group.criteria()))] == [each.kind for each in rule.group.criteria()]


def test_holes_between_papers_are_told() -> None:
    assert assess(LAW, FIGHTER, Question(7, "CSTDCS", 2023, date(2024, 2, 14))).warnings
    assert not assess(LAW, FIGHTER, Question(7, "CSTDCS", 2023, date(2024, 2, 15))).warnings


def test_retention_and_deadlines_are_dated() -> None:
    assert LAW.value("retention.award_head", date(2022, 1, 1)).value == 10
    assert LAW.value("retention.award_head", date(2024, 1, 1)).is_unverified
    assert LAW.value("deadline.CSTDTQ", date(2022, 1, 1)).value == "31/10"
    assert LAW.value("deadline.CSTDTQ", date(2024, 5, 1)).value == "31/12"
    assert LAW.value("processing.central", date(2022, 1, 1)).value == 25
    assert LAW.value("processing.central", date(2024, 5, 1)).value == 20
    with pytest.raises(NotKnown):
        LAW.value("deadline.yearly", date(2025, 1, 1))


def test_form_numbers_belong_to_their_regime() -> None:
    """The number 05: a hero's report in R1, a collective hero's in R2, an individual's merit in R3."""
    assert LAW.value("forms.report_hero_individual", date(2020, 1, 1)).value == "05"
    assert LAW.value("forms.report_hero_collective", date(2024, 6, 1)).value == "05"
    assert LAW.value("forms.report_individual_merit", date(2025, 8, 1)).value == "05"


def test_every_value_names_where_it_stands() -> None:
    cited = [each for timeline in LAW.values.values() for each in timeline.all()]
    assert len(cited) > 800
    assert [each.name for each in cited if not each.source or not each.where.line] == []


def test_first_and_last_days_leave_no_day_without_value() -> None:
    for timeline in LAW.values.values():
        for before, after in zip(timeline.by_day, timeline.by_day[1:], strict=False):
            assert before.until + timedelta(days=1) == after.since
