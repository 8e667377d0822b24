"""The board of a unit, a section or a department: who is there, what the book knows, what the law answers.

Nothing here asks who reads: see `reach.must_see_everybody_of`.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import polars as pl
from django.db import connection

from guong.base.models import Body
from guong.base.models.organisation import BodyKind
from guong.law import Facts
from guong.records.facts import Subjects, everybody, facts_for
from guong.records.proposing import ABOUT, Board, answered
from guong.regulations.here import law_of

_WHO = (Path(__file__).parent / "boards.sql").read_text(encoding="utf-8")
_TYPES = {"subject": pl.Int64, "unit": pl.Int64}


def board_of(body: Body, year: int, day: date) -> Board:
    """The answers for everybody in force on `day` in the body and below, for merit up to `year`."""
    who = who_is_in(body, day)
    facts = Facts.of(**facts_for(_subjects(body, who), day).frames)
    return answered(law_of(body.department_above()), facts, who, year=year, day=day)


def who_is_in(body: Body, day: date) -> pl.DataFrame:
    """People and collectives of a body on a day, with the columns of a board."""
    with connection.cursor() as cursor:
        values = {"path": f"{body.path}%", "day": day}
        with cursor.cursor.copy(f"COPY ({_WHO}) TO STDOUT (FORMAT csv, HEADER)", values) as copy:
            data = io.BytesIO(b"".join(copy))
    return pl.read_csv(data, schema_overrides=_TYPES, infer_schema_length=0).select(ABOUT)


def _subjects(body: Body, who: pl.DataFrame) -> Subjects:
    if body.kind == BodyKind.DEPARTMENT:
        return everybody(body)
    ids = who["subject"].to_list()
    return Subjects(people=[key for key in ids if key > 0], bodies=[-key for key in ids if key < 0])
