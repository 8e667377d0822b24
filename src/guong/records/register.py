"""The list of the whole sector: filters that stay quick at half a million lines."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection, transaction
from django.db.models import QuerySet

from guong.base.models import Body, User
from guong.base.text import fold
from guong.records import catalogue
from guong.records.models import Honour

MOST_COUNTED = 10_000  # lines of a search in words; who has more writes one word more


class Found:
    """The lines of a search, newest year first; counted and sliced as a Paginator does.

    A count by filters alone is exact, read from an index. Words may be borne by half of the book: up to
    MOST_COUNTED lines are found by the index of words and put in order here; when there are `more`, a page of
    them is near in the list itself. The planner is not left to guess which of the two it is.
    """

    ordered = True

    def __init__(self, lines: QuerySet[Honour], *, by_words: bool) -> None:
        self.lines, self._by_words = lines, by_words

    def __getitem__(self, part: slice) -> list[Honour]:
        if not self._by_words:
            return list(self.lines[part])
        if self.more:
            return _walked(self.lines[part])
        wanted = [pk for _year, pk in self._few[part]]
        known = Honour.objects.in_bulk(wanted)
        return [known[pk] for pk in wanted]

    @cached_property
    def _few(self) -> list[tuple[int, int]]:
        """Year and id of the lines with the words, newest first; one more than are counted."""
        rows = self.lines.order_by().values_list("year", "pk")[: MOST_COUNTED + 1]
        return sorted(rows, reverse=True)

    @cached_property
    def _exact(self) -> int:
        return self.lines.order_by().count()

    def count(self) -> int:
        """How many there are, at most MOST_COUNTED of a search in words."""
        return min(len(self._few), MOST_COUNTED) if self._by_words else self._exact

    @property
    def more(self) -> bool:
        """There are more than were counted."""
        return self._by_words and len(self._few) > MOST_COUNTED


def _walked(page: QuerySet[Honour]) -> list[Honour]:
    """A page of many lines, read along the list.

    Words that go together (“lao động”) look rare to the planner, which would gather and sort a quarter of the
    book for fifty lines.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        lines = list(page)
        cursor.execute("SET LOCAL enable_bitmapscan = on; SET LOCAL enable_sort = on")
    return lines


def page_source(user: User, values: dict[str, Any]) -> Found:
    """What the list shows."""
    return Found(found(user, values), by_words=bool(fold(values.get("q") or "")))


def having_words(lines: QuerySet[Honour], query: str) -> QuerySet[Honour]:
    """Lines with words that begin like those of the query, by the index of words."""
    words = fold(query).split()
    if not words:
        return lines
    asked = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    return lines.alias(words=SearchVector("search", config="simple")).filter(words=asked)


def found(user: User, values: dict[str, Any]) -> QuerySet[Honour]:
    """Awards in force that the reader may see and that match q, year, code, level, kind, unit."""
    lines = having_words(Honour.objects.in_force_for(user), values.get("q") or "")
    for name in ("year", "code", "kind", "unit"):
        if values.get(name):
            lines = lines.filter(**{name: values[name]})
    if values.get("level"):
        lines = lines.filter(code__in=[t.code for t in catalogue.TITLES if t.level == values["level"]])
    return lines.order_by("-year", "-pk")


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
    (SELECT year FROM records_honour WHERE withdrawn_on IS NULL AND revoked_on IS NULL
     ORDER BY year DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT h.year FROM records_honour h WHERE h.year < step.year
            AND h.withdrawn_on IS NULL AND h.revoked_on IS NULL ORDER BY h.year DESC LIMIT 1)
    FROM step WHERE step.year IS NOT NULL
)
SELECT year FROM step WHERE year IS NOT NULL
"""


def years() -> list[int]:
    """Years with a line in force, newest first; hops along the index instead of reading every line."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        return [year for (year,) in cursor.fetchall()]
