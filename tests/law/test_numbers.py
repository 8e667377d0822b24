"""Votes, caps, bonuses, yearly ratings and publication: traps 2, 11, 14, 15, 16 of the law note."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from guong.law import (
    Line,
    NotInForce,
    bonus,
    check_caps,
    check_publication,
    check_ratings,
    check_votes,
    decision_bonus,
    dossier,
    load,
    rating_rule,
    vote_rule,
)
from guong.law.caps import LINES
from guong.law.yearly_ratings import COLUMNS

LAW = load()
R1, R2, R3, R4 = date(2022, 12, 20), date(2024, 12, 20), date(2025, 12, 20), date(2026, 12, 20)


@pytest.mark.parametrize(
    ("votes", "members", "passed"),
    [
        (10, 13, False),
        (11, 13, True),
        (13, 17, False),
        (14, 17, True),
        (11, 15, False),
        (12, 15, True),
        (799, 1000, False),
        (800, 1000, True),
    ],
)
def test_trap_11_eighty_percent_in_whole_votes(votes: int, members: int, passed: bool) -> None:
    assert check_votes(vote_rule(LAW, "CSTDCS", R2), votes, members).passed is passed


@pytest.mark.parametrize(
    ("votes", "members", "passed"),
    [(9, 10, True), (13, 15, False), (14, 15, True), (15, 17, False), (16, 17, True)],
)
@pytest.mark.parametrize("code", ["CSTDT", "CSTDB", "CSTDTQ", "AHLD"])
def test_ninety_percent(code: str, votes: int, members: int, passed: bool) -> None:
    for day in (R1, R2):
        assert check_votes(vote_rule(LAW, code, day), votes, members).passed is passed


def test_share_is_of_all_members_and_absent_write() -> None:
    rule = vote_rule(LAW, "CSTDCS", R2)
    assert (rule.secret, rule.share, rule.denominator, rule.absent) == (
        True,
        80,
        "all_members",
        "written_opinion",
    )
    assert check_votes(rule, 12, 15).needed == 12


def test_vote_shares_of_r3_carry_the_mark() -> None:
    assert not vote_rule(LAW, "CSTDCS", R2).unverified
    assert vote_rule(LAW, "CSTDCS", R3).unverified
    assert check_votes(vote_rule(LAW, "CSTDCS", R3), 14, 17).unverified


def test_no_share_no_verdict() -> None:
    assert vote_rule(LAW, "CSTDCS", R1).share is None
    assert check_votes(vote_rule(LAW, "LDTT", R2), 5, 9).passed is None


@pytest.mark.parametrize(("votes", "members"), [(5, 4), (-1, 4), (0, 0)])
def test_impossible_votes_are_refused(votes: int, members: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        check_votes(vote_rule(LAW, "CSTDCS", R2), votes, members)


def listed(ldtt: int, cstdcs: int, unit: str = "a") -> pl.DataFrame:
    """So many with Lao động tiên tiến, the first of them also put forward as fighters."""
    rows = [(each, unit, "sở", "LDTT") for each in range(ldtt)]
    rows += [(each, unit, "sở", "CSTDCS") for each in range(cstdcs)]
    return pl.DataFrame(rows, schema=LINES, orient="row")


@pytest.mark.parametrize(
    ("ldtt", "cstdcs", "over"), [(100, 15, 0), (100, 16, 1), (20, 3, 0), (20, 4, 1), (6, 1, 1), (7, 1, 0)]
)
def test_trap_2_fifteen_percent_in_r1(ldtt: int, cstdcs: int, over: int) -> None:
    assert {each.over for each in check_caps(LAW, listed(ldtt, cstdcs), R1)} == {over}


def test_trap_2_no_cap_from_r2() -> None:
    for day in (R2, R3):
        assert [each.over for each in check_caps(LAW, listed(100, 100), day)] == [0, 0]


def test_caps_hold_for_each_unit_and_for_the_whole_list() -> None:
    small = listed(4, 1, "b").with_columns(pl.col("subject") + 1000)
    found = check_caps(LAW, pl.concat([listed(96, 12), small]), R1)
    assert [(each.scope, each.place, each.count, each.allowed, each.over) for each in found] == [
        ("unit", "a", 12, 14, 0),
        ("unit", "b", 1, 0, 1),
        ("proposer", "sở", 13, 15, 0),
    ]


def test_base_holds_who_is_listed_only_for_the_higher_title() -> None:
    lines = pl.DataFrame([(1, "a", "sở", "CSTDCS")], schema=LINES, orient="row")
    assert [each.base for each in check_caps(LAW, lines, R2)] == [1, 1]


def test_unknown_cap_allows_nothing_to_be_said() -> None:
    rows = [(each, f"u{each}", "tỉnh", "COT") for each in range(10)] + [(0, "u0", "tỉnh", "COCP")]
    lines = pl.DataFrame(rows, schema=LINES, orient="row")
    assert {each.allowed for each in check_caps(LAW, lines, R2)} == {None}
    whole = [each for each in check_caps(LAW, lines, R1) if each.scope == "proposer"]
    assert [(each.base, each.allowed, each.over) for each in whole] == [(10, 2, 0)]


@pytest.mark.parametrize(
    ("code", "kind", "day", "amount"),
    [
        ("LDTT", "individual", "2023-12-01", 540_000),
        ("LDTT", "individual", "2025-12-01", 710_000),
        ("LDTT", "individual", "2026-12-01", 760_000),
        ("TTLDTT", "collective", "2026-12-01", 2_030_000),
        ("BKT", "individual", "2023-12-31", 1_800_000),
        ("BKT", "individual", "2024-01-01", 2_700_000),
        ("BKT", "individual", "2024-06-30", 2_700_000),
        ("BKT", "individual", "2024-07-01", 3_510_000),
        ("BKT", "individual", "2026-06-30", 3_510_000),
        ("BKT", "individual", "2026-07-01", 3_800_000),
        ("CSTDCS", "individual", "2026-12-01", 2_530_000),
        # 1.0 × 1 490 000: the planned 1 600 000 of July 2020 never applied
        ("CSTDCS", "individual", "2020-08-01", 1_490_000),
        ("CSTDCS", "individual", "2019-06-30", 1_390_000),
        # 1.5 × 1.5 × 2 340 000 = 5 265 000 → 5 270 000
        ("BKT", "household", "2025-12-01", 5_270_000),
        ("HCLD3", "collective", "2025-12-01", 21_060_000),
    ],
)
def test_bonus_of_one_award(code: str, kind: str, day: str, amount: int) -> None:
    found = bonus(LAW, Line(1, kind, code, (2024, 2024)), date.fromisoformat(day))
    assert found.amount == amount


def test_bonus_nobody_knows_is_no_sum() -> None:
    for code, day in (("LDTT", date(2016, 1, 1)), ("KNC", R2), ("LDTT", date(2017, 6, 1))):
        found = bonus(LAW, Line(1, "individual", code, (2016, 2016)), day)
        assert (found.amount, found.paid, found.unverified) == (None, None, True)


def paid(lines: list[Line], day: date) -> list[bool | None]:
    return [each.paid for each in decision_bonus(LAW, lines, day).bonuses]


@pytest.mark.parametrize("day", [R1, R2, R3])
def test_trap_14_titles_of_the_same_year(day: date) -> None:
    lines = [Line(1, "individual", "LDTT", (2025, 2025)), Line(1, "individual", "CSTDCS", (2025, 2025))]
    assert paid(lines, day) == [False, True]
    assert paid(lines[::-1], day) == [True, False]


@pytest.mark.parametrize("day", [R1, R2, R3])
def test_trap_14_titles_of_different_years(day: date) -> None:
    lines = [Line(1, "individual", "CSTDCS", (2025, 2025)), Line(1, "individual", "CSTDT", (2023, 2025))]
    assert paid(lines, day) == [True, True]


@pytest.mark.parametrize("day", [R1, R2, R3])
def test_trap_14_title_and_form(day: date) -> None:
    lines = [Line(1, "individual", "CSTDCS", (2025, 2025)), Line(1, "individual", "BKT", (2025, 2025))]
    assert paid(lines, day) == [True, True]


def test_other_people_do_not_matter_and_funds_are_added() -> None:
    lines = [
        Line(1, "individual", "LDTT", (2025, 2025), "sở"),
        Line(1, "individual", "CSTDCS", (2025, 2025), "sở"),
        Line(2, "individual", "LDTT", (2025, 2025), "sở"),
        Line(1, "individual", "BKT", (2024, 2025), "tỉnh"),
    ]
    payment = decision_bonus(LAW, lines, R3)
    # 2 340 000 + 710 000, and 3 510 000; the lower title of the first person is not paid
    assert payment.per_fund == {"sở": 3_050_000, "tỉnh": 3_510_000}
    assert not payment.unverified
    assert decision_bonus(LAW, lines, R4).unverified


@pytest.mark.parametrize(
    ("rated_on", "instrument"), [("2026-06-30", "N90"), ("2026-07-01", "N233"), ("2026-12-10", "N233")]
)
def test_trap_15_decree_of_the_day_of_rating(rated_on: str, instrument: str) -> None:
    assert rating_rule(LAW, "public_employee", date.fromisoformat(rated_on)).instrument == instrument


def test_trap_15_the_old_rule_only_with_a_recorded_reason() -> None:
    kept = rating_rule(LAW, "public_employee", date(2026, 12, 10), "quy chế cũ của đơn vị")
    assert (kept.instrument, kept.reason, kept.cited.is_unverified) == ("N90", "quy chế cũ của đơn vị", True)
    with pytest.raises(NotInForce):
        rating_rule(LAW, "public_employee", date(2027, 12, 10), "quy chế cũ của đơn vị")
    assert rating_rule(LAW, "official", date(2025, 12, 31)).instrument == "N90"
    assert rating_rule(LAW, "official", date(2026, 1, 1)).instrument == "N335"


def rated(best: int, good: int, head: str = "HTT") -> pl.DataFrame:
    rows = [(n, "a", "public_employee", "HTXS", False) for n in range(best)]
    rows += [(100 + n, "a", "public_employee", "HTT", False) for n in range(good - 1)]
    rows.append((999, "a", "public_employee", head, True))
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def test_trap_15_head_above_his_unit_is_warned() -> None:
    day = date(2026, 12, 10)
    told = check_ratings(LAW, rated(0, 10, "HTXS"), {"a": "HTT"}, day)
    assert [(each.kind, each.subject) for each in told] == [("head_above_unit", 999)]
    assert check_ratings(LAW, rated(0, 10, "HTXS"), {"a": "HTXS"}, day) == []
    assert check_ratings(LAW, rated(0, 10), {"a": "HTT"}, day) == []


@pytest.mark.parametrize(
    ("best", "good", "outstanding", "warned"),
    [(2, 8, False, 0), (3, 8, False, 1), (5, 15, True, 0), (6, 14, True, 1)],
)
def test_share_of_outstanding_ratings(best: int, good: int, outstanding: bool, warned: int) -> None:
    units = frozenset({"a"}) if outstanding else frozenset()
    told = check_ratings(LAW, rated(best, good), {}, date(2026, 12, 10), units)
    assert len(told) == warned


@pytest.mark.parametrize(("days", "enough"), [(9, False), (10, True)])
def test_trap_16_ten_working_days(days: int, enough: bool) -> None:
    for day in (R2, R3):
        assert check_publication(LAW, "HCLD3", days, day).enough is enough


def test_publication_of_others() -> None:
    assert check_publication(LAW, "CSTDCS", 0, R2).enough is True
    assert check_publication(LAW, "HCLD3", 30, date(2016, 1, 1)).enough is None
    assert not check_publication(LAW, "TTUT", 9, R2).enough
    assert check_publication(LAW, "TTUT", 10, R2).unverified


def test_dossiers() -> None:
    assert "vote_record" in dossier(LAW, "CSTDCS", R2).value
    assert "vote_record" not in dossier(LAW, "LDTT", R2).value
    assert dossier(LAW, "GKS", R2).name == "dossier.form"
    assert dossier(LAW, "TTLDTT", R2).name == "dossier.title"
