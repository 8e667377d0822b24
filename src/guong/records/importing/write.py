"""Writing what was checked: newcomers first, then all lines with COPY, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from guong.base.models import Employment, Person
from guong.base.text import fold
from guong.records import catalogue
from guong.records.importing import honours, initiatives, ratings
from guong.records.importing.people import Newcomer
from guong.records.importing.staged import Ready
from guong.records.models import SheetImport

Ids = dict[str, int]
_folded = lru_cache(maxsize=50_000)(fold)


def write(run: SheetImport, ready: Ready) -> int:
    """Number of lines entered. Raises IntegrityError when somebody entered one of them meanwhile."""
    if not ready.lines:
        return 0
    people = _newcomers(ready)
    {"honours": _honours, "ratings": _ratings, "initiatives": _initiatives}[run.kind](
        run, ready.lines, people
    )
    return len(ready.lines)


def _newcomers(ready: Ready) -> Ids:
    """People the answers call new: in the unit of their rows, over the years of their lines."""
    years = _years_of(ready)
    asked = {key: ready.newcomers[key] for key in years}
    people = [Person(name=found.name, birth_year=found.birth) for found in asked.values()]
    for person in people:
        person.fill_keys()
    Person.objects.bulk_create(people, batch_size=5000)
    made = dict(zip(asked, people, strict=True))
    works = [_work(made[key], found, years[key]) for key, found in asked.items()]
    Employment.objects.bulk_create(works, batch_size=5000)
    return {key: person.pk for key, person in made.items()}


def _years_of(ready: Ready) -> dict[str, list[int]]:
    """Years of the lines of everybody new."""
    years: dict[str, list[int]] = {}
    if ready.newcomers:
        for line in ready.lines:
            for who in getattr(line, "authors", ()) or (line.person,):
                if who in ready.newcomers:
                    years.setdefault(who, []).append(line.year)
    return years


def _work(person: Person, found: Newcomer, years: list[int]) -> Employment:
    return Employment(
        person=person, body_id=found.unit, post=found.post[:120] or "—",
        category=Employment.Category.PUBLIC_EMPLOYEE,
        valid_from=date(min(years), 1, 1), valid_to=date(max(years), 12, 31),
    )  # fmt: skip


def _id(who: int | str | None, people: Ids) -> int | None:
    return people[who] if isinstance(who, str) else who


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """One COPY: the audit triggers see it as one statement."""
    fields = SQL(", ").join(map(Identifier, columns))
    with connection.cursor() as cursor:
        statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), fields).as_string(cursor.cursor)
        with connection.wrap_database_errors, cursor.cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


_KEPT = ("department_id", "source", "sheet_id", "withdrawn_because", "version", "created_by_id", "created_at")


def _kept(run: SheetImport) -> tuple[Any, ...]:
    return run.department_id, "import", run.pk, "", 1, run.created_by_id, timezone.now()


def _honours(run: SheetImport, lines: Sequence[honours.Line], people: Ids) -> None:
    columns = (
        *_KEPT, "unit_id", "person_id", "body_id", "code", "year", "kind", "regime", "decision_number",
        "decided_on", "authority", "form", "name_on_paper", "post_on_paper", "achievement", "decision_key",
        "search",
    )  # fmt: skip
    kept = _kept(run)
    _copy("records_honour", columns, (_honour(line, kept, people) for line in lines))


def _honour(line: honours.Line, kept: tuple[Any, ...], people: Ids) -> tuple[Any, ...]:
    words = (line.name, line.post, catalogue.name_of(line.code), line.number)
    search = " ".join(filter(None, map(_folded, words)))[:900]
    regime = catalogue.regime_on(line.decided) if line.decided else ""
    return (
        *kept, line.unit, _id(line.person, people), line.body, line.code, line.year, line.kind, regime,
        line.number, line.decided, line.authority, line.form, line.name, line.post, line.achievement,
        line.key, search,
    )  # fmt: skip


def _ratings(run: SheetImport, lines: Sequence[ratings.Line], people: Ids) -> None:
    kept = _kept(run)
    _copy(
        "records_rating",
        (*_KEPT, "unit_id", "person_id", "body_id", "year", "level", "decision_number"),
        (
            (*kept, line.unit, _id(line.person, people), line.body, line.year, line.level, line.number)
            for line in lines
        ),
    )


def _initiatives(run: SheetImport, lines: Sequence[initiatives.Line], people: Ids) -> None:
    kept = _kept(run)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('records_initiative', 'id')) FROM generate_series(1, %s)",
            [len(lines)],
        )
        ids = [pk for (pk,) in cursor.fetchall()]
    columns = (
        *_KEPT, "id", "unit_id", "title", "title_key", "kind", "level", "year", "decision_number",
        "decision_key", "decided_on", "authority", "scope", "effect",
    )  # fmt: skip
    _copy("records_initiative", columns, (
        (*kept, pk, line.unit, line.title, line.key, "initiative", line.level, line.year, line.number,
         honours.decision_key(line.number), line.decided, line.authority, line.scope, line.effect)
        for pk, line in zip(ids, lines, strict=True)
    ))  # fmt: skip
    _copy("records_authorship", ("initiative_id", "person_id"), (
        (pk, _id(author, people)) for pk, line in zip(ids, lines, strict=True) for author in line.authors
    ))  # fmt: skip
