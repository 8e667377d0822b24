"""What the book knows, as frames for the law: one scan a table, read by Polars, nothing a row at a time.

Frames and columns are those of the law's facts. A subject is a person's id, or minus a body's. Ratings that
are not there are unknown. Titles, initiatives, disciplines and leave that are not there are known not to be,
from the year on since which the units of the subject vouch for it (`frames.people`).

Nothing here asks who reads: the caller shows an assessment to those who may see the personal lines behind it
(`reach.sees_personal`).
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl
from django.db import connection

from guong.base.models import Body
from guong.law.facts import SCHEMAS, WORDS
from guong.records import frames

YEARS_BACK = 40
A_SUBJECT: dict[str, pl.DataType | type[pl.DataType]] = {"subject": pl.Int64, "year": pl.Int32}
READ: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    "bodies": {
        "id": pl.Int64, "path": pl.String, "kind": pl.String, "in_sector": pl.Boolean, "valid_from": pl.Date,
        "valid_to": pl.Date, **{f"{record}_from": pl.Int32 for record in frames.RECORDS},
        "made_of_others": pl.Boolean, "asked": pl.Boolean,
    },
    "work": {
        "id": pl.Int64, "person": pl.Int64, "body": pl.Int64, "gender": pl.String, "category": pl.String,
        "profession": pl.String, "manager": pl.Boolean, "direct": pl.Boolean, "since": pl.Date,
        "until": pl.Date,
    },
    "ratings": {**A_SUBJECT, "rating": WORDS["rating"]},
    "titles": {"subject": pl.Int64, "code": pl.Categorical, "year": pl.Int32},
    "initiatives": {**A_SUBJECT, "level": WORDS["initiative_level"]},
    "circumstances": {
        "subject": pl.Int64, "nature": pl.String, "kind": pl.String, "since": pl.Date, "until": pl.Date,
    },
    "names": {"subject": pl.Int64, "name": pl.String, "place": pl.Int64},
    "places": {
        "place": pl.Int64, "section": pl.String, "kind": pl.String, "unit": pl.String, "unit_name": pl.String,
    },
}  # fmt: skip
# Numbers, codes and dates, no words of people: all rows come as one text, because a row at a time costs the
# reader more than PostgreSQL. A text ends at 1 GB, some fifty million rows.
PACKED = ("ratings", "titles", "initiatives", "circumstances")
MADE_OF = {
    "ratings": {"ratings", "members"}, "titles": {"titles", "members"}, "initiatives": {"initiatives"},
    "circumstances": {"disciplines", "leave", "members"},
}  # fmt: skip
EVERYTHING = frozenset(SCHEMAS)


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
    """All people ever employed below a department, and all its units and sections."""
    return Subjects(department=department)


def facts_for(subjects: Subjects, as_of: date, wanted: Collection[str] = EVERYTHING) -> Facts:
    """The facts known about the subjects on a day; what began later is left out.

    wanted: the frames to make, all the law can read unless told. A person's lines count whoever wrote them
    down. For everybody the frames may hold lines of others too; for a few subjects they hold theirs only.
    """
    whole = subjects.department is not None
    values = _values(subjects, as_of)
    read = {"bodies": _read("bodies", values, whole=whole)}
    if subjects.bodies and "members" in wanted:
        values["places"] = frames.places_below(read["bodies"])
    read["work"] = _read("work", values, whole=whole)
    if subjects.bodies and not whole and "members" in wanted:
        values["members"] = read["work"]["person"].unique().to_list()
    for name in PACKED:
        needed = not MADE_OF[name].isdisjoint(wanted)
        read[name] = _read(name, values, whole=whole) if needed else pl.DataFrame(schema=READ[name])
    only = [*subjects.people, *(-body for body in subjects.bodies)] if subjects.bodies and not whole else None
    return Facts(frames.of_the_law(read, as_of, wanted, only))


def names_on(department: Body, day: date) -> pl.DataFrame:
    """Who is there on a day: `subject`, `name`, `section`, `unit` (its code) and `unit_name`, a row each."""
    values = _values(everybody(department), day)
    places = _read("places", values, whole=True)
    people = _read("names", values, whole=True).join(places, on="place").drop("place", "kind")
    bodies = places.filter(pl.col("kind").is_in(frames.COLLECTIVES)).select(
        subject=-pl.col("place"), name="section", section="section", unit="unit", unit_name="unit_name"
    )
    return pl.concat([people.select(bodies.columns), bodies])


def plan_of(name: str, subjects: Subjects, as_of: date) -> list[str]:
    """How the database would read one table for a few subjects: its plan, line by line."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + _QUERIES[name].format(**_SOME), _values(subjects, as_of))
        return [row[0] for row in cursor.fetchall()]


def _values(subjects: Subjects, as_of: date) -> dict[str, object]:
    return {
        "people": list(subjects.people), "bodies": list(subjects.bodies), "members": [], "places": [],
        "path": subjects.department.path if subjects.department else "",
        "day": as_of, "year": as_of.year, "first": as_of.year - YEARS_BACK,
    }  # fmt: skip


def _read(name: str, values: Mapping[str, object], *, whole: bool) -> pl.DataFrame:
    """One query as a frame. Few rows come faster one by one, many as text."""
    statement = _QUERIES[name].format(**(_EVERYBODY if whole else _SOME))
    if not whole:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return pl.DataFrame(cursor.fetchall(), schema=READ[name], orient="row")
    if name not in PACKED:
        return _frame(name, _copied(statement, values), "\n")
    packed = _copied(f"SELECT string_agg(q::text, ';') FROM ({statement}) q", values)  # noqa: S608  # our own query
    frame = _frame(name, packed.translate(None, b'()"\n'), ";")
    return frame.sort("subject")  # the law's sums are twice as fast then


def _frame(name: str, data: bytes, end: str) -> pl.DataFrame:
    if not data:
        return pl.DataFrame(schema=READ[name])
    yes_or_no = [column for column, type_ in READ[name].items() if type_ == pl.Boolean]
    schema = READ[name] | dict.fromkeys(yes_or_no, pl.String)
    frame = pl.read_csv(data, schema=schema, has_header=False, eol_char=end)
    return frame.with_columns(pl.col(column) == "t" for column in yes_or_no)


def _copied(statement: str, values: Mapping[str, object]) -> bytes:
    data = io.BytesIO()
    command = f"COPY ({statement}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.cursor.copy(command, values) as copy:
        for block in copy:
            data.write(block)
    return data.getvalue()


_EVERYBODY = {
    "place": "true",
    "asked": "starts_with(b.path, %(path)s)",
    "work": "e.person_id IN (SELECT m.person_id FROM base_employment m JOIN base_body o ON o.id = m.body_id"
    " WHERE starts_with(o.path, %(path)s))",
    "line": "true",
    "author": "true",
}
_SOME = {
    "place": "b.id IN (SELECT e.body_id FROM base_employment e WHERE e.person_id = ANY (%(people)s) UNION ALL"
    " SELECT o.id FROM base_body a JOIN base_body o ON o.path >= a.path AND o.path < a.path || ':'"
    " WHERE a.id = ANY (%(bodies)s))",
    "asked": "b.id = ANY (%(bodies)s)",
    "work": "(e.person_id = ANY (%(people)s) OR e.body_id = ANY (%(places)s))",
    "line": "(l.person_id = ANY (%(people)s) OR l.body_id = ANY (%(bodies)s))",
    "author": "a.person_id = ANY (%(people)s)",
}


def _queries() -> dict[str, str]:
    """The statements of facts.sql by what they read."""
    text = (Path(__file__).parent / "facts.sql").read_text(encoding="utf-8")
    _head, *parts = text.split("-- read: ")
    return dict(part.split("\n", 1) for part in parts)


_QUERIES = _queries()
