"""Random histories of many people, with much left unknown, made from a seed; and facts added to them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from guong.law import Facts
from guong.law.facts import BASES, LEVELS, MATTERS, RATINGS, SCHEMAS

YEAR = 2024
FIRST = 2010
CODES = {
    "LDTT": 8,
    "CSTDCS": 4,
    "CSTDT": 2,
    "CSTDB": 1,
    "BKT": 2,
    "BKB": 1,
    "BKTTG": 1,
    "HCLD3": 1,
    "HCLD2": 1,
    "TTUT": 1,
    "KNC": 1,
    "CSTT": 1,
}
QUESTIONS = ("spirit", "province_rule", "science_tasks_unit", "ten_years_creative", "honoured_by_peers")
RECORDS = ("titles", "initiatives", "disciplines", "leave")


def histories(seed: int, people: int) -> Facts:
    """So many people's facts."""
    dice = random.Random(seed)
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in SCHEMAS if name != "members"}
    for subject in range(people):
        for name, row in _person(dice):
            rows[name].append({"subject": subject, **row})
    return Facts.of_rows(rows)


def _person(dice: random.Random) -> list[tuple[str, dict[str, object]]]:
    rows: list[tuple[str, dict[str, object]]] = [("subjects", _subject(dice))]
    good = dice.random()
    for year in range(FIRST, YEAR + 1):
        if dice.random() < 0.92:
            rating = dice.choices(RATINGS, [1, 2, 12, 4 + 40 * good])[0]
            rows.append(("ratings", {"year": year, "rating": rating}))
        rows += [
            ("titles", {"code": code, "year": year})
            for code, weight in CODES.items()
            if dice.random() * 9 < weight
        ]
        for _ in range(dice.choice((0, 0, 0, 1, 1, 2))):
            rows.append(("initiatives", {"year": year, "level": dice.choice(LEVELS)}))
    return rows + _work(dice) + _conduct(dice)


def _subject(dice: random.Random) -> dict[str, object]:
    whole = {f"{name}_from": dice.choice((None, FIRST, FIRST, YEAR - 4, YEAR)) for name in RECORDS}
    return {
        "kind": "individual",
        "sex": dice.choice((None, "female", "male")),
        "profession": dice.choice((None, "doctor", "driver")),
        "manager": dice.choice((None, True, False)),
        "in_sector": dice.choice((None, True, True, False)),
        "career_from": dice.choice((None, FIRST, FIRST, FIRST)),
        "service_whole": dice.choice((None, True, False)),
        **whole,
    }


def _day(dice: random.Random, first: int = YEAR - 3) -> date:
    return date(first, 1, 1) + timedelta(days=dice.randrange(365 * (YEAR - first + 1)))


def _work(dice: random.Random) -> list[tuple[str, dict[str, object]]]:
    rows: list[tuple[str, dict[str, object]]] = []
    if dice.random() < 0.8:
        rows.append(
            (
                "employment",
                {
                    "basis": dice.choice(BASES),
                    "since": _day(dice),
                    "contract_months": dice.choice((None, 11, 12)),
                },
            )
        )
    for _ in range(dice.randrange(3)):
        since = _day(dice, 1995)
        until = dice.choice((None, since + timedelta(days=dice.randrange(4000))))
        row = {"work": dice.choice(("direct", "sector")), "since": since, "until": until}
        rows.append(("service", {**row, "difficult": dice.random() < 0.3, "special": dice.random() < 0.3}))
    return rows


def _conduct(dice: random.Random) -> list[tuple[str, dict[str, object]]]:
    rows: list[tuple[str, dict[str, object]]] = []
    if dice.random() < 0.2:
        since = _day(dice)
        until = dice.choice((None, since + timedelta(days=dice.randrange(400))))
        rows.append(("disciplines", {"matter": dice.choice(MATTERS), "since": since, "until": until}))
    for question in QUESTIONS:
        if dice.random() < 0.6:
            rows.append(("answers", {"year": YEAR, "question": question, "answer": dice.random() < 0.8}))
    return rows


def with_a_fact_more(facts: Facts, seed: int) -> Facts:
    """Every person gets one fact that was unknown, of a random kind; what was known stays."""
    dice = random.Random(seed)
    kind = dice.choice(("ratings", "answers", "records", "titles", "initiatives", "subject"))
    return {
        "ratings": _more_ratings,
        "answers": _more_answers,
        "titles": _more_titles,
        "initiatives": _more_initiatives,
    }.get(kind, _more_known)(facts, dice)


def _more_ratings(facts: Facts, dice: random.Random) -> Facts:
    known = set(facts.ratings.select("subject", "year").iter_rows())
    rows = [
        {"subject": subject, "year": year, "rating": dice.choice(RATINGS)}
        for subject in facts.subjects["subject"]
        if (subject, year := dice.randint(FIRST, YEAR)) not in known
    ]
    return _appended(facts, "ratings", rows)


def _more_answers(facts: Facts, dice: random.Random) -> Facts:
    known = set(facts.answers.select("subject", "question").iter_rows())
    rows = [
        {"subject": subject, "year": YEAR, "question": question, "answer": dice.random() < 0.5}
        for subject in facts.subjects["subject"]
        if (subject, question := dice.choice(QUESTIONS)) not in known
    ]
    return _appended(facts, "answers", rows)


def _more_titles(facts: Facts, dice: random.Random) -> Facts:
    rows = [
        {"subject": subject, "year": year, "code": dice.choice(list(CODES))}
        for subject, year in _unknown_years(facts, "titles", dice)
    ]
    return _appended(facts, "titles", rows)


def _more_initiatives(facts: Facts, dice: random.Random) -> Facts:
    rows = [
        {"subject": subject, "year": year, "level": dice.choice(LEVELS)}
        for subject, year in _unknown_years(facts, "initiatives", dice)
    ]
    return _appended(facts, "initiatives", rows)


def _unknown_years(facts: Facts, record: str, dice: random.Random) -> list[tuple[int, int]]:
    """A year for each whose record is not whole then."""
    subjects = facts.subjects.select("subject", "career_from", f"{record}_from").iter_rows()
    drawn = [(subject, dice.randint(career or FIRST, YEAR), whole) for subject, career, whole in subjects]
    return [(subject, year) for subject, year, whole in drawn if whole is None or year < whole]


def _more_known(facts: Facts, dice: random.Random) -> Facts:
    """A record becomes whole from the beginning, or an attribute known."""
    column, value = dice.choice(
        [
            *((f"{name}_from", FIRST) for name in RECORDS),
            ("career_from", FIRST),
            ("sex", "female"),
            ("manager", True),
            ("profession", "nurse"),
            ("in_sector", True),
        ]
    )
    if column.endswith("_from") and column != "career_from":
        earlier = pl.min_horizontal(pl.col(column).fill_null(9999), pl.lit(value)).cast(pl.Int32)
        return replace(facts, subjects=facts.subjects.with_columns(earlier.alias(column)))
    new = pl.col(column).fill_null(pl.lit(value).cast(SCHEMAS["subjects"][column]))
    return replace(facts, subjects=facts.subjects.with_columns(new))


def _appended(facts: Facts, name: str, rows: list[dict[str, object]]) -> Facts:
    old: pl.DataFrame = getattr(facts, name)
    return replace(facts, **{name: pl.concat([old, pl.DataFrame(rows, schema=SCHEMAS[name])])})
