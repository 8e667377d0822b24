"""Writing many records at once, with ids known beforehand so that they can point at each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Model

BATCH = 2000


def ids(model: type[Model], count: int) -> Iterator[int]:
    """Take so many ids from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return iter([number for (number,) in cursor.fetchall()])


def write(records: Iterable[Model]) -> list[Model]:
    """Insert records of one model with their search and order keys filled."""
    made = list(records)
    if not made:
        return made
    for record in made:
        if hasattr(record, "fill_keys"):
            record.fill_keys()
    type(made[0]).objects.bulk_create(made, batch_size=BATCH)
    return made


def refresh_statistics() -> None:
    """After so many rows at once the planner must not wait for the nightly look at the tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
