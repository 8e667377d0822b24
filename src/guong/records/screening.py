"""Everybody of a department against the law in one pass, with names, units and what decides (K-16)."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from guong.base.models import Body
from guong.law import Facts, Law, screen
from guong.law.engine import MERIT
from guong.law.model import SubjectKind
from guong.records.facts import everybody, facts_for, names_on
from guong.regulations.here import law_of

COLUMNS = (
    "subject",
    "name",
    "section",
    "unit",
    "unit_name",
    "code",
    "award",
    "outcome",
    "unverified",
    "because",
    "source",
)


@dataclass(frozen=True)
class Screened:
    """The answers as one frame, COLUMNS, a row for each subject and award; how long it took, in seconds."""

    rows: pl.DataFrame
    reading: float
    evaluating: float


def screened(
    department: Body, year: int, received_on: date, *, codes: Collection[str] | None = None
) -> Screened:
    """May they be proposed for merit up to `year`: everybody there on the day, every collective?

    The rows tell what personal lines led to: show them to those who may see these (`reach.sees_personal`).
    Raises KeyError for an unknown award, NotInForce before the first regime.
    """
    law = law_of(department)
    known = {code: law.awards[code] for code in codes or law.awards}
    began = time.perf_counter()
    facts = Facts.of(**facts_for(everybody(department), received_on).frames)
    names = names_on(department, received_on)
    read = time.perf_counter()
    answers = screen(law, facts, year=year, received_on=received_on, codes=known, reasons=True)
    done = time.perf_counter()
    return Screened(_rows(law, answers, names, received_on), read - began, done - read)


def _rows(law: Law, answers: pl.DataFrame, names: pl.DataFrame, day: date) -> pl.DataFrame:
    """One row an answer; who is not there on the day is left out."""
    codes = [column.removesuffix(".because") for column in answers.columns if column.endswith(".because")]
    parts = [
        answers.select(
            "subject", code=pl.lit(code), award=pl.lit(law.awards[code].vi), outcome=code,
            unverified=f"{code}.unverified", id=f"{code}.because",
        ).drop_nulls("outcome")
        for code in codes
    ]  # fmt: skip
    if not parts:
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    kind = pl.when(pl.col("subject") > 0).then(pl.lit("individual")).otherwise(pl.lit("collective"))
    rows = pl.concat(parts).join(names, on="subject").with_columns(kind=kind)
    sentences = _sentences(law, codes, day)
    return rows.join(sentences, on=("code", "kind", "id"), how="left").sort(
        "code", "unit", "section", "name", "subject"
    ).select(COLUMNS)  # fmt: skip


def _sentences(law: Law, codes: list[str], day: date) -> pl.DataFrame:
    """What each condition says, and its article."""
    regime = law.regime_on(day).code
    found = []
    kinds: tuple[SubjectKind, ...] = ("individual", "collective")
    for code in codes:
        for kind in kinds:
            if kind in law.subjects_of(code, MERIT, regime, day):
                for each in law.rule(code, kind, MERIT, regime, day).group.criteria():
                    found.append((code, kind, each.id, law.words.sentence(each, "vi"), each.source))
    schema = ("code", "kind", "id", "because", "source")
    return pl.DataFrame(found, schema=dict.fromkeys(schema, pl.String), orient="row")
