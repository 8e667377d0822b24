"""What may be proposed: everybody's answers for every award as one wide frame, counted, filtered, paged.

A board has a row for each person and collective (`subject` as in the law's facts) and for every award a
column `CODE` with the answer and `CODE.unverified`. It rests on ratings and disciplines: its reader must see
those of everybody on it.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from guong.base.text import fold
from guong.law import Facts, Law, screen
from guong.law.engine import MERIT
from guong.records.rounds import with_its_round

GIVEN, ELIGIBLE, TO_JUDGE, JUDGED, OPEN, SUSPENDED, NOT_ELIGIBLE = ANSWERS = (
    "given", "eligible", "to_judge", "judged", "open", "suspended", "not_eligible",
)  # fmt: skip
ANSWER = pl.Enum(ANSWERS)
HOPEFUL = (ELIGIBLE, TO_JUDGE, SUSPENDED)
LEVELS = ("none", "commune", "unit", "province", "state")
ABOUT = ("subject", "kind", "name", "fold", "order", "place", "unit", "unit_name", "category")


@dataclass(frozen=True)
class Wish:
    """What a reader wants to see of a board; empty means everything."""

    code: str = ""
    answer: str = ""
    kind: str = ""
    unit: int | None = None
    category: str = ""
    text: str = ""


@dataclass(frozen=True)
class Count:
    """Answers of one award: how many of each, and how many were asked about."""

    code: str
    of: dict[str, int]
    unverified: bool

    @property
    def total(self) -> int:
        """Subjects the award may be asked for."""
        return sum(self.of.values())


def answered(law: Law, facts: Facts, subjects: pl.DataFrame, *, year: int, day: date) -> Board:
    """The board of these subjects (columns ABOUT) for merit up to `year`, as the law stands on `day`."""
    found = screen(law, facts, year=year, received_on=day).with_columns(
        kind=pl.when(pl.col("subject") > 0).then(pl.lit("individual")).otherwise(pl.lit("collective"))
    )
    in_round = screen(law, with_its_round(law, facts, year, day), year=year, received_on=day)
    later = in_round.select("subject", pl.col("^.*\\.checked$").name.suffix(".later"))
    found = found.join(later, on="subject", maintain_order="left")
    by_people = judged_only(law, day)
    codes = _in_order(law, [name for name in found.columns if "." not in name and name in law.awards])
    given = facts.titles.filter(pl.col("year") == year)
    columns = [column for code in codes for column in _columns(code, given, by_people)]
    answers = found.select("subject", *columns)
    rows = subjects.join(answers, on="subject", how="inner").sort("kind", "order", "subject")
    return Board(rows, tuple(codes))


def judged_only(law: Law, day: date) -> set[tuple[str, str]]:
    """Awards, by code and kind of subject, of which the book can tell nothing: people judge everything."""
    rules = law.rules_under(law.regime_on(day).code, day)
    return {
        (rule.code, rule.subject)
        for rule in rules
        if rule.branch == MERIT
        and all(each.kind.by_people or each.suspends for each in rule.group.criteria())
    }


def _columns(code: str, given: pl.DataFrame, by_people: set[tuple[str, str]]) -> tuple[pl.Expr, ...]:
    """The answer a list shows: what is left to people's judgement is said, not passed over."""
    kinds = [kind for award, kind in by_people if award == code]
    holders = given.filter(pl.col("code") == code)["subject"].implode()
    asked = pl.col(code).is_not_null()
    judged = (pl.col(code) == "open") & (pl.col(f"{code}.checked") == "eligible")
    waits = (pl.col(code) == "not_eligible") & (pl.col(f"{code}.checked.later") == "eligible")
    answer = (
        pl.when(asked & pl.col("subject").is_in(holders))
        .then(pl.lit(GIVEN))
        .when(judged & pl.col("kind").is_in(kinds))
        .then(pl.lit(JUDGED))
        .when(judged | waits)
        .then(pl.lit(TO_JUDGE))
        .otherwise(pl.col(code).cast(pl.String))
    )
    return answer.cast(ANSWER).alias(code), pl.col(f"{code}.unverified").alias(f"{code}.unverified")


def _in_order(law: Law, codes: Collection[str]) -> list[str]:
    """Titles before forms, lower levels before higher ones, else as the law lists them."""
    places = {code: place for place, code in enumerate(law.awards)}

    def key(code: str) -> tuple[bool, int, int]:
        award = law.awards[code]
        return award.category != "title", LEVELS.index(award.level), places[code]

    return sorted(codes, key=key)


@dataclass(frozen=True)
class Board:
    """Everybody's answers; `codes` are the awards asked, lowest first."""

    rows: pl.DataFrame
    codes: tuple[str, ...]

    def of(self, wish: Wish) -> Board:
        """The rows a reader wants. With an award chosen, subjects it cannot be given to are left out."""
        codes = (wish.code,) if wish.code in self.codes else self.codes
        kept = self._about(wish)
        if wish.answer in ANSWERS and codes:
            kept = kept.filter(pl.any_horizontal(pl.col(code) == wish.answer for code in codes))
        elif wish.code in self.codes:
            kept = kept.filter(pl.col(wish.code).is_not_null())
        return Board(kept, codes)

    def _about(self, wish: Wish) -> pl.DataFrame:
        kept = self.rows
        for name in ("kind", "unit", "category"):
            if value := getattr(wish, name):
                kept = kept.filter(pl.col(name) == value)
        for word in fold(wish.text).split():
            kept = kept.filter(pl.col("fold").str.contains(word, literal=True))
        return kept

    def counts(self) -> list[Count]:
        """For each award that anybody can be asked for: how often each answer came out."""
        found = []
        for code in self.codes:
            column = self.rows[code].drop_nulls()
            if not column.len():
                continue
            values = dict(column.value_counts().iter_rows())
            unverified = bool(self.rows[f"{code}.unverified"].any())
            found.append(Count(code, {answer: values.get(answer, 0) for answer in ANSWERS}, unverified))
        return found

    def units(self) -> list[tuple[int, str]]:
        """Units that have anybody on the board, by name."""
        found = self.rows.select("unit", "unit_name").unique().drop_nulls().sort("unit_name")
        return list(found.iter_rows())

    def __len__(self) -> int:
        return self.rows.height

    def __getitem__(self, wanted: slice) -> list[dict[str, Any]]:
        """Some rows, for a page."""
        return self.rows[wanted].to_dicts()

    def count(self) -> int:
        """For the paginator."""
        return self.rows.height

    def to_bytes(self) -> bytes:
        """As a file to keep."""
        file = io.BytesIO()
        self.rows.write_parquet(file, metadata={"codes": ",".join(self.codes)})
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Board:
        """Back from `to_bytes`."""
        codes = pl.read_parquet_metadata(io.BytesIO(data))["codes"]
        return cls(pl.read_parquet(io.BytesIO(data)), tuple(filter(None, codes.split(","))))


def shown(row: dict[str, Any], codes: Sequence[str], answer: str = "") -> list[tuple[str, str, bool]]:
    """The answers of a row worth a mark, as code, answer, unverified: those asked for, else the hopeful."""
    wanted = (answer,) if answer else ANSWERS if len(codes) == 1 else HOPEFUL
    return [(code, row[code], bool(row[f"{code}.unverified"])) for code in codes if row[code] in wanted]
