"""Invented people for the benchmark of the law: ten years of ratings, titles and initiatives."""

from __future__ import annotations

from datetime import date

import polars as pl

from guong.law import Facts
from guong.law.facts import WORDS

YEAR = 2024
YEARS = range(YEAR - 9, YEAR + 1)
WHOLE_FROM = 2010
# Of a thousand people, so many have the title in a year.
TITLES = {
    "LDTT": 800,
    "CSTDCS": 150,
    "CSTDT": 15,
    "BKT": 30,
    "BKTTG": 5,
    "HCLD3": 1,
    "GKS": 100,
    "TTUT": 1,
    "KNC": 5,
}
RATINGS = (("KHT", 2), ("HT", 12), ("HTT", 80), ("HTXS", 100))


def people(number: int) -> Facts:
    """So many individuals with ten years each, sorted as a database would deliver them."""
    who = pl.DataFrame({"subject": pl.int_range(0, number, eager=True)})
    years = pl.DataFrame({"year": pl.Series(YEARS, dtype=pl.Int32)})
    grid = who.join(years, how="cross", maintain_order="left_right")
    return Facts.of(
        subjects=_subjects(who),
        ratings=_ratings(grid),
        titles=_titles(grid),
        initiatives=_initiatives(grid),
        disciplines=who.filter(pl.col("subject") % 100 == 0).with_columns(
            matter=pl.lit("reprimand"), since=pl.lit(date(2012, 1, 1)), until=pl.lit(date(2013, 1, 1))
        ),
        leave=grid.filter(_dice(3) < 50).with_columns(kind=pl.lit("sick"), days=pl.lit(20)),
        employment=who.with_columns(basis=pl.lit("recruited"), since=pl.date(_first_year(), 3, 1)),
        service=who.with_columns(
            work=pl.lit("direct"),
            since=pl.date(_first_year() - 10, 3, 1),
            difficult=pl.col("subject") % 20 == 0,
            special=pl.col("subject") % 15 == 0,
        ),
        answers=who.with_columns(year=pl.lit(YEAR), question=pl.lit("spirit"), answer=pl.lit(True)),
    )


def _dice(seed: int) -> pl.Expr:
    """0 to 999 for each row, the same at every run."""
    return pl.int_range(0, pl.len()).hash(seed) % 1000


def _first_year() -> pl.Expr:
    return 2010 + (pl.col("subject") % 15)


def _subjects(who: pl.DataFrame) -> pl.DataFrame:
    records = ("career", "titles", "initiatives", "disciplines", "leave")
    return who.with_columns(
        kind=pl.lit("individual"),
        sex=pl.when(pl.col("subject") % 2 == 0).then(pl.lit("female")).otherwise(pl.lit("male")),
        profession=pl.lit("nurse"),
        manager=pl.lit(False),
        in_sector=pl.lit(True),
        service_whole=pl.lit(True),
        **{f"{record}_from": pl.lit(WHOLE_FROM) for record in records},
    )


def _ratings(grid: pl.DataFrame) -> pl.DataFrame:
    rating = pl.lit(None, WORDS["rating"])
    for word, below in reversed(RATINGS):
        rating = pl.when(pl.col("dice") < below * 10).then(pl.lit(word, WORDS["rating"])).otherwise(rating)
    return grid.with_columns(dice=_dice(1)).select("subject", "year", rating=rating)


def _titles(grid: pl.DataFrame) -> pl.DataFrame:
    parts = [
        grid.filter(_dice(50 + place) < share).with_columns(code=pl.lit(code))
        for place, (code, share) in enumerate(TITLES.items())
    ]
    return pl.concat(parts).sort("subject", "year")


def _initiatives(grid: pl.DataFrame) -> pl.DataFrame:
    level = pl.when(pl.col("subject") % 3 == 0).then(pl.lit("province")).otherwise(pl.lit("unit"))
    return grid.filter(_dice(99) < 200).with_columns(level=level)
