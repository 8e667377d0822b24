"""The facts as frames: what the record book knows of many subjects, or of one.

`subject` is a whole number, the same in every frame. Unknown is null, or a missing row in a time for which
the record is not whole: `titles_from`, `initiatives_from`, `disciplines_from`, `leave_from` of a subject name
the first year from which that record is whole (null: it is not), `career_from` the first year in which there
can be anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import polars as pl

from guong.law.conditions import DISCIPLINES

RATINGS = ("KHT", "HT", "HTT", "HTXS")
LEVELS = ("unit", "province", "nation")
LEAVES = ("sick", "unpaid", "other", "maternity", "brave_act", "study")
KINDS = ("individual", "collective", "household")
MATTERS = ("pending", *DISCIPLINES)
BASES = ("recruited", "contract")
WORKS = ("direct", "sector")

WORDS: dict[str, pl.Enum] = {
    "kind": pl.Enum(KINDS),
    "rating": pl.Enum(RATINGS),
    "initiative_level": pl.Enum(LEVELS),
    "leave_kind": pl.Enum(LEAVES),
    "matter": pl.Enum(MATTERS),
    "basis": pl.Enum(BASES),
    "work": pl.Enum(WORKS),
    "sex": pl.Enum(("female", "male")),
}
SCHEMAS: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    "subjects": {
        "subject": pl.Int64,
        "kind": WORDS["kind"],
        "sex": WORDS["sex"],
        "category": pl.String,
        "profession": pl.String,
        "manager": pl.Boolean,
        "in_sector": pl.Boolean,
        "flag_eligible": pl.Boolean,
        "founded": pl.Date,
        "dissolved": pl.Date,
        "career_from": pl.Int32,
        "titles_from": pl.Int32,
        "initiatives_from": pl.Int32,
        "disciplines_from": pl.Int32,
        "leave_from": pl.Int32,
        "service_whole": pl.Boolean,
    },
    "ratings": {"subject": pl.Int64, "year": pl.Int32, "rating": WORDS["rating"]},
    "titles": {"subject": pl.Int64, "code": pl.Categorical, "year": pl.Int32},
    "initiatives": {"subject": pl.Int64, "year": pl.Int32, "level": WORDS["initiative_level"]},
    "disciplines": {
        "subject": pl.Int64,
        "matter": WORDS["matter"],
        "since": pl.Date,
        "until": pl.Date,
    },
    "leave": {
        "subject": pl.Int64,
        "year": pl.Int32,
        "kind": WORDS["leave_kind"],
        "days": pl.Int32,
        "months": pl.Int32,
        "good_result": pl.Boolean,
    },
    "employment": {
        "subject": pl.Int64,
        "basis": WORDS["basis"],
        "since": pl.Date,
        "until": pl.Date,
        "contract_months": pl.Int32,
    },
    "service": {
        "subject": pl.Int64,
        "work": WORDS["work"],
        "since": pl.Date,
        "until": pl.Date,
        "difficult": pl.Boolean,
        "special": pl.Boolean,
        "post": pl.String,
    },
    "members": {
        "subject": pl.Int64,
        "year": pl.Int32,
        "members": pl.Int64,
        "members_HT": pl.Int64,
        "members_LDTT": pl.Int64,
        "members_CSTDCS": pl.Int64,
        "members_disciplined": pl.Int64,
    },
    "answers": {"subject": pl.Int64, "year": pl.Int32, "question": pl.String, "answer": pl.Boolean},
}
PLAIN: dict[object, type] = {
    pl.Boolean: bool,
    pl.Int32: int,
    pl.Int64: int,
    pl.Date: date,
    pl.String: str,
    pl.Categorical: str,
}


class FactsError(ValueError):
    """What is wrong with the facts given. The message is one sentence."""


@dataclass(frozen=True)
class Facts:
    """What is known, one frame for each kind of record; see SCHEMAS for the columns.

    ratings: one row for a subject and year. titles: any award by its code, `year` being the last year whose
    merit it closes. initiatives: one row each, `year` of recognition. disciplines: `matter` pending or a
    discipline, `until` when cleared or served. leave: working days absent, or months of study with its
    result. employment: recruited or on contract, dates inclusive. service: work of a period, its place and
    field, and the leading post. members: of a collective in a year. answers: what people have judged.
    """

    subjects: pl.DataFrame
    ratings: pl.DataFrame
    titles: pl.DataFrame
    initiatives: pl.DataFrame
    disciplines: pl.DataFrame
    leave: pl.DataFrame
    employment: pl.DataFrame
    service: pl.DataFrame
    members: pl.DataFrame
    answers: pl.DataFrame

    @classmethod
    def of(cls, **frames: pl.DataFrame) -> Facts:
        """From the frames at hand; a missing one is empty, a missing column null.

        Raises FactsError for an unknown frame or column, a wrong type, a subject given twice or a year rated
        twice.
        """
        for name in frames:
            if name not in SCHEMAS:
                raise FactsError(f"unknown frame {name!r}; known: {', '.join(SCHEMAS)}")
        made = cls(**{name: _shaped(name, frames.get(name)) for name in SCHEMAS})
        _refuse_doubles(made)
        return made

    @classmethod
    def of_rows(cls, rows: Mapping[str, list[dict[str, object]]]) -> Facts:
        """From lists of records. Raises FactsError as `of` does, and for a word the record does not know."""
        return cls.of(**{name: _frame(name, found) for name, found in rows.items()})

    def plus(self, **more: list[dict[str, Any]]) -> Facts:
        """These facts and further rows of some records, every column given."""
        grown = {
            name: pl.concat([getattr(self, name), pl.DataFrame(rows, schema=SCHEMAS[name])])
            for name, rows in more.items()
        }
        return replace(self, **grown)

    def only(self, subject: int) -> Facts:
        """The facts of one subject."""
        mine = pl.col("subject") == subject
        return Facts(**{each.name: getattr(self, each.name).filter(mine) for each in fields(self)})


def _frame(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    if name not in SCHEMAS:
        raise FactsError(f"unknown frame {name!r}; known: {', '.join(SCHEMAS)}")
    for row in rows:
        for column, value in row.items():
            _refuse_unknown(name, column, value)
    try:
        return pl.DataFrame(rows, schema=SCHEMAS[name])
    except (pl.exceptions.PolarsError, TypeError) as problem:
        raise FactsError(f"{name}: {problem}".splitlines()[0]) from problem


def _refuse_unknown(name: str, column: str, value: object) -> None:
    """Polars would take an unknown word for a missing one, and 7 for yes."""
    schema = SCHEMAS[name]
    if column not in schema:
        raise FactsError(f"{name}: unknown column {column!r}; known: {', '.join(schema)}")
    type_ = schema[column]
    if value is None:
        return
    if isinstance(type_, pl.Enum):
        if value not in type_.categories.to_list():
            raise FactsError(f"{name}: unknown word {value!r}; known: {', '.join(type_.categories)}")
    elif type(value) is not PLAIN[type_]:
        raise FactsError(f"{name}: {column} cannot be {value!r}")


def _shaped(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    schema = SCHEMAS[name]
    if frame is None:
        return pl.DataFrame(schema=schema)
    if unknown := set(frame.columns) - set(schema):
        raise FactsError(f"{name}: unknown column {min(unknown)!r}; known: {', '.join(schema)}")
    if frame.schema == schema:
        return frame
    try:
        columns = [
            (pl.col(column) if column in frame.columns else pl.lit(None)).cast(type_).alias(column)
            for column, type_ in schema.items()
        ]
        return frame.select(columns)
    except pl.exceptions.PolarsError as problem:
        raise FactsError(f"{name}: {problem}".splitlines()[0]) from problem


def _refuse_doubles(facts: Facts) -> None:
    for name, key in (
        ("subjects", ["subject"]),
        ("ratings", ["subject", "year"]),
        ("members", ["subject", "year"]),
    ):
        frame: pl.DataFrame = getattr(facts, name)
        if frame.height > 1 and _has_doubles(frame, key):
            raise FactsError(f"{name}: {' and '.join(key)} must be given once")


def _has_doubles(frame: pl.DataFrame, key: list[str]) -> bool:
    """Sorted frames, as a database delivers them, are checked by neighbours; others by counting."""
    wide = frame.select(
        pl.sum_horizontal(
            pl.col(part).cast(pl.Int64) * 10 ** (4 * at) for at, part in enumerate(reversed(key))
        ).alias("key")
    )
    column = wide["key"]
    if column.is_sorted():
        return bool((column == column.shift(1)).any())
    return column.n_unique() < frame.height
