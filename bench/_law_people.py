"""Invented people and collectives for the benchmarks of the law: ten years of ratings, titles, initiatives.

People have the numbers 1, 2, …; collectives, as in the record book, minus their own. A tenth of the
collectives are units, the others sections of them; everybody works in a section.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from guong.law import Facts
from guong.law.facts import WORDS

YEAR = 2024
YEARS = range(YEAR - 9, YEAR + 1)
WHOLE_FROM = 2010
FOUNDED = date(2000, 1, 1)
SECTIONS_OF_A_UNIT = 9
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
# Of a thousand collectives.
OF_COLLECTIVES = {"TTLDTT": 600, "TTLDXS": 300, "COT": 60, "COCP": 10, "BKT": 100, "BKTTG": 20, "HCLD3": 5}
RATINGS = (("KHT", 2), ("HT", 12), ("HTT", 80), ("HTXS", 100))


def people(number: int) -> Facts:
    """So many individuals with ten years each, sorted."""
    who = pl.DataFrame({"subject": pl.int_range(1, number + 1, eager=True)})
    grid = _years_of(who)
    return Facts.of(
        subjects=_subjects(who),
        ratings=_ratings(grid),
        titles=_titles(grid, TITLES),
        initiatives=_initiatives(grid),
        disciplines=who.filter(pl.col("subject") % 100 == 0).with_columns(
            matter=pl.lit("reprimand"), since=pl.lit(date(2012, 1, 1)), until=pl.lit(date(2013, 1, 1))
        ),
        leave=grid.filter(_dice(3) < 50).with_columns(kind=pl.lit("other"), days=pl.lit(20)),
        employment=who.with_columns(basis=pl.lit("recruited"), since=pl.date(first_year(), 3, 1)),
        service=who.with_columns(
            work=pl.lit("direct"),
            since=pl.date(first_year() - 10, 3, 1),
            difficult=pl.col("subject") % 20 == 0,
            special=pl.col("subject") % 15 == 0,
        ),
        answers=who.with_columns(year=pl.lit(YEAR), question=pl.lit("spirit"), answer=pl.lit(True)),
    )


def province(number: int, bodies: int) -> Facts:
    """So many people and so many collectives they are members of."""
    single, many = people(number), collectives(bodies)
    frames = {
        name: pl.concat([getattr(many, name), getattr(single, name)])
        for name in ("subjects", "ratings", "titles")
    }
    return Facts(**{**vars(single), **frames, "members": members(single, bodies)})


def collectives(number: int) -> Facts:
    """So many units and sections, without their members."""
    who = pl.DataFrame({"subject": pl.int_range(-number, 0, eager=True)})
    grid = _years_of(who)
    return Facts.of(subjects=_collective(who), ratings=_ratings(grid), titles=_titles(grid, OF_COLLECTIVES))


def members(single: Facts, bodies: int) -> pl.DataFrame:
    """What the members of every section and unit have in the last two years."""
    last = pl.col("year") >= YEAR - 1
    counted = single.ratings.filter(last).select(
        "subject", "year", members_HT=pl.col("rating").is_in(["HT", "HTT", "HTXS"])
    )
    for code in ("LDTT", "CSTDCS"):
        mine = single.titles.filter(last & (pl.col("code") == code)).select("subject", "year").unique()
        mine = mine.with_columns(pl.lit(True).alias(f"members_{code}"))
        counted = counted.join(mine, on=("subject", "year"), how="left")
    counted = counted.with_columns(section=section_of(bodies), unit=_unit(section_of(bodies), bodies))
    flags = ("members_HT", "members_LDTT", "members_CSTDCS")
    parts = [
        counted.group_by(subject=-pl.col(place), year="year").agg(
            pl.col(flags).fill_null(False).sum().cast(pl.Int64),
            members=pl.len().cast(pl.Int64),
            members_disciplined=pl.lit(0, pl.Int64),
        )
        for place in ("section", "unit")
    ]
    return Facts.of(members=pl.concat(parts).sort("subject", "year")).members


def units(bodies: int) -> int:
    """How many of the collectives are units; they have the first numbers."""
    return bodies // (SECTIONS_OF_A_UNIT + 1)


def section_of(bodies: int) -> pl.Expr:
    """The number of the section a person works in."""
    return units(bodies) + 1 + pl.col("subject") % (bodies - units(bodies))


def _unit(section: pl.Expr, bodies: int) -> pl.Expr:
    return 1 + section % units(bodies)


def unit_of(bodies: int) -> pl.Expr:
    """The number of the unit a collective belongs to: itself, or that of the section."""
    own = -pl.col("subject")
    return pl.when(own <= units(bodies)).then(own).otherwise(_unit(own, bodies))


def first_year() -> pl.Expr:
    """The year in which a person began to work."""
    return 2010 + (pl.col("subject") % 15)


def _years_of(who: pl.DataFrame) -> pl.DataFrame:
    years = pl.DataFrame({"year": pl.Series(YEARS, dtype=pl.Int32)})
    return who.join(years, how="cross", maintain_order="left_right")


def _dice(seed: int) -> pl.Expr:
    """0 to 999 for each row, the same at every run."""
    return pl.int_range(0, pl.len()).hash(seed) % 1000


def _whole() -> dict[str, pl.Expr]:
    records = ("career", "titles", "initiatives", "disciplines", "leave")
    return {f"{record}_from": pl.lit(WHOLE_FROM) for record in records}


def _subjects(who: pl.DataFrame) -> pl.DataFrame:
    return who.with_columns(
        kind=pl.lit("individual"),
        sex=pl.when(pl.col("subject") % 2 == 0).then(pl.lit("female")).otherwise(pl.lit("male")),
        profession=pl.lit("nurse"),
        manager=pl.lit(False),
        in_sector=pl.lit(True),
        service_whole=pl.lit(True),
        **_whole(),
    )


def _collective(who: pl.DataFrame) -> pl.DataFrame:
    return who.with_columns(
        kind=pl.lit("collective"), in_sector=pl.lit(True), founded=pl.lit(FOUNDED), **_whole()
    )


def _ratings(grid: pl.DataFrame) -> pl.DataFrame:
    rating = pl.lit(None, WORDS["rating"])
    for word, below in reversed(RATINGS):
        rating = pl.when(pl.col("dice") < below * 10).then(pl.lit(word, WORDS["rating"])).otherwise(rating)
    return grid.with_columns(dice=_dice(1)).select("subject", "year", rating=rating)


def _titles(grid: pl.DataFrame, shares: dict[str, int]) -> pl.DataFrame:
    parts = [
        grid.filter(_dice(50 + place) < share).with_columns(code=pl.lit(code))
        for place, (code, share) in enumerate(shares.items())
    ]
    return pl.concat(parts).sort("subject", "year")


def _initiatives(grid: pl.DataFrame) -> pl.DataFrame:
    level = pl.when(pl.col("subject") % 3 == 0).then(pl.lit("province")).otherwise(pl.lit("unit"))
    return grid.filter(_dice(99) < 200).with_columns(level=level)
