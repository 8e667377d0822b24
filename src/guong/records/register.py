"""The list of the whole sector: filters that stay quick at half a million lines."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from guong.base.models import Body, User
from guong.base.search import having_words
from guong.records import catalogue
from guong.records.models import Honour


def found(user: User, values: dict[str, Any]) -> QuerySet[Honour]:
    """Awards in force that the reader may see and that match q, year, code, level, kind, unit."""
    lines = Honour.objects.visible_to(user).valid()
    if values.get("q"):
        lines = having_words(lines, "search", values["q"])
    for name in ("year", "code", "kind", "unit"):
        if values.get(name):
            lines = lines.filter(**{name: values[name]})
    if values.get("level"):
        lines = lines.filter(code__in=[t.code for t in catalogue.TITLES if t.level == values["level"]])
    return lines.order_by("-year", "-pk")


def count(lines: QuerySet[Honour]) -> int:
    """How many there are, without the order that only a page needs."""
    return lines.order_by().count()


def with_subjects(page: Any) -> list[Honour]:
    """The lines of one page with the names of their units, one more query."""
    lines = list(page)
    units = Body.objects.in_bulk({line.unit_id for line in lines})
    for line in lines:
        line.unit = units[line.unit_id]
    return lines


def units(user: User) -> QuerySet[Body]:
    """Units of the sector to choose from."""
    return Body.objects.visible_to(user).filter(kind__in=("unit", "private", "office")).by_name()


_YEARS = """
WITH RECURSIVE step AS (
    (SELECT year FROM records_honour ORDER BY year DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT h.year FROM records_honour h WHERE h.year < step.year ORDER BY h.year DESC LIMIT 1)
    FROM step WHERE step.year IS NOT NULL
)
SELECT year FROM step WHERE year IS NOT NULL
"""


def years() -> list[int]:
    """Years with a line, newest first; hops along the index instead of reading every line."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        return [year for (year,) in cursor.fetchall()]
