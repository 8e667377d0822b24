"""What the book knows, as frames for the law: one COPY a frame, read by Polars, nothing a row at a time.

Frames and columns are those of the law's facts. A subject is a person's id, or minus a body's. Ratings that
are not there are unknown. Titles, initiatives, disciplines and leave that are not there are known not to be,
from the year on since which every unit of the subject has said that its book is whole (`Whole`).

Nothing here asks who reads: the caller shows an assessment to those who may see the personal lines behind it
(`reach.sees_personal`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
from django.db import connection

from guong.base.models import Body

YEARS_BACK = 40
_TYPES = {
    "subject": pl.Int64, "year": pl.Int32, "founded": pl.Date, "since": pl.Date, "until": pl.Date,
    "days": pl.Int32, "months": pl.Int32,
    "career_from": pl.Int32, "titles_from": pl.Int32, "initiatives_from": pl.Int32,
    "disciplines_from": pl.Int32, "leave_from": pl.Int32,
    "members": pl.Int64, "members_HT": pl.Int64, "members_LDTT": pl.Int64,
    "members_CSTDCS": pl.Int64, "members_disciplined": pl.Int64,
}  # fmt: skip

_YES_OR_NO = ("manager", "in_sector", "service_whole")  # t and f in a COPY


@dataclass(frozen=True)
class Subjects:
    """Whom the facts are about: so many people and bodies, or everybody of a department."""

    people: Sequence[int] = ()
    bodies: Sequence[int] = ()
    department: Body | None = None


@dataclass(frozen=True)
class Facts:
    """Frames by name, as `guong.law.Facts.of` takes them."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows of all frames together."""
        return sum(frame.height for frame in self.frames.values())


def everybody(department: Body) -> Subjects:
    """All people employed below a department, and all its units and sections."""
    return Subjects(department=department)


def facts_for(subjects: Subjects, as_of: date) -> Facts:
    """The facts known about the subjects on a day; what began later is left out."""
    values = {
        "people": list(subjects.people), "bodies": list(subjects.bodies), "day": as_of, "year": as_of.year,
        "first": as_of.year - YEARS_BACK,
        "department": subjects.department.pk if subjects.department else None,
        "path": f"{subjects.department.path}%" if subjects.department else "",
    }  # fmt: skip
    whole = subjects.department is not None
    return Facts({name: _read(sql, values, whole=whole) for name, sql in _QUERIES.items()})


def _read(sql: str, values: dict[str, object], *, whole: bool) -> pl.DataFrame:
    """One query as a frame. The places of its filter are filled for a department or for a few subjects."""
    lines = _WHOLE_DEPARTMENT if whole else _SOME
    statement = sql.format(**lines)
    with connection.cursor() as cursor:
        copied = cursor.cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv, HEADER)", values)
        with copied as copy:
            data = io.BytesIO(b"".join(copy))
    frame = pl.read_csv(data, schema_overrides=_TYPES, infer_schema_length=0)
    return frame.with_columns(pl.col(name) == "t" for name in _YES_OR_NO if name in frame.columns)


_WHOLE_DEPARTMENT = {
    "line": "l.department_id = %(department)s AND l.withdrawn_on IS NULL",
    "work": "e.body_id IN (SELECT id FROM base_body WHERE path LIKE %(path)s)",
    "body": "b.path LIKE %(path)s",
}
_SOME = {
    "line": "(l.person_id = ANY (%(people)s) OR l.body_id = ANY (%(bodies)s)) AND l.withdrawn_on IS NULL",
    "work": "e.person_id = ANY (%(people)s)",
    "body": "b.id = ANY (%(bodies)s)",
}


def _queries() -> dict[str, str]:
    """The statements of facts.sql by the frame they make."""
    text = (Path(__file__).parent / "facts.sql").read_text(encoding="utf-8")
    _head, *parts = text.split("-- frame: ")
    return dict(part.split("\n", 1) for part in parts)


_QUERIES = _queries()
