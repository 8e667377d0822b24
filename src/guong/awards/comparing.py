"""Dossiers whose texts repeat another dossier's: one against all when it is sent, all against all at night.

Every dossier of a department that was ever sent is compared, whatever its year (J-04, D-14).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.db.models import F, QuerySet
from procrastinate.contrib.django import app

from guong.awards import likeness
from guong.awards.models import Fingerprint, Likeness, Nomination

TASK = "awards.compare_dossier"
SHOWN_FROM = 15  # percent; less is the language of offices
CANDIDATES = 20
HOLDERS = 200  # of one number that are looked at; what more texts hold is a common phrase
EARLIEST = 20  # holders of one number that every later text is paired with
PARTS = 8  # so many passes over the numbers, so that memory stays small
BATCH = 2_000
NEVER_SENT = ("draft", "with_head")


def ask_for_comparison(nomination: Nomination) -> None:
    """Compare it in the background once the write that asks is committed."""
    app.configure_task(TASK, allow_unknown=True).defer(nomination_id=nomination.pk)


def compare(nomination_id: int) -> int:
    """Compare one dossier with all others of its department; how many repeats are shown. May run again."""
    nomination = Nomination.objects.get(pk=nomination_id)
    found = likeness.prints(nomination.achievement)
    with transaction.atomic():
        Fingerprint.objects.update_or_create(
            pk=nomination.pk, defaults={"of_version": nomination.version, "prints": found}
        )
        others = Nomination.objects.in_bulk(_candidates(nomination, found))
        lines = [line for other in others.values() if (line := _line(nomination, other))]
        about = Likeness.objects.filter(nomination=nomination) | Likeness.objects.filter(other=nomination)
        about.delete()
        Likeness.objects.bulk_create(lines, ignore_conflicts=True)
    return len(lines)


_NEAREST = """
SELECT n.id FROM unnest(%(prints)s::bigint[]) AS number,
LATERAL (SELECT nomination_id FROM awards_fingerprint WHERE prints @> ARRAY[number] LIMIT %(holders)s) AS held
JOIN awards_nomination n ON n.id = held.nomination_id
WHERE n.department_id = %(department)s AND n.id <> %(id)s
GROUP BY n.id ORDER BY count(*) DESC, n.id LIMIT %(most)s
"""


def _candidates(nomination: Nomination, found: list[int]) -> list[int]:
    """The dossiers with the most numbers in common."""
    values = {
        "prints": found, "department": nomination.department_id, "id": nomination.pk, "most": CANDIDATES,
        "holders": HOLDERS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, values)
        return [pk for (pk,) in cursor.fetchall()]


def _line(one: Nomination, other: Nomination) -> Likeness | None:
    """The repeat as it is shown: of the later dossier, in the earlier one."""
    earlier, later = sorted((one, other), key=lambda nomination: nomination.pk)
    shared = likeness.overlap(later.achievement, earlier.achievement)
    if shared.percent < SHOWN_FROM:
        return None
    return Likeness(nomination=later, other=earlier, percent=shared.percent, words=shared.words)


def compare_all() -> int:
    """Compare all dossiers ever sent, department by department; how many repeats are shown."""
    refresh_fingerprints()
    departments = _sent().order_by().values_list("department", flat=True).distinct()
    return sum(_compare_department(department) for department in departments)


def _sent() -> QuerySet[Nomination]:
    return Nomination.objects.exclude(state__in=NEVER_SENT)


def refresh_fingerprints() -> int:
    """Take the fingerprints that are missing or older than the text; how many were taken."""
    fresh = Fingerprint.objects.filter(of_version=F("nomination__version")).values("pk")
    stale = _sent().exclude(pk__in=fresh).values_list("pk", "version", "achievement")
    count = 0
    for batch in _batches(stale.iterator(chunk_size=BATCH)):
        made = [
            Fingerprint(pk=pk, of_version=version, prints=likeness.prints(text))
            for pk, version, text in batch
        ]
        Fingerprint.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["nomination"], update_fields=["of_version", "prints"]
        )
        count += len(made)
    return count


def _compare_department(department: int) -> int:
    """A dossier that is sent while this runs keeps what was found when it was sent."""
    numbers = _numbers(department)
    lines: list[Likeness] = []
    for batch in _batches(_pairs(numbers).iter_rows()):
        wanted = Nomination.objects.in_bulk({pk for pair in batch for pk in pair})
        lines += [line for later, earlier in batch if (line := _line(wanted[later], wanted[earlier]))]
    compared = numbers["dossier"].unique().to_list()
    with transaction.atomic():
        Likeness.objects.filter(nomination__in=compared).delete()
        Likeness.objects.bulk_create(lines, batch_size=BATCH, ignore_conflicts=True)
    return len(lines)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _numbers(department: int) -> pl.DataFrame:
    """One row a dossier and number: `dossier`, `number`."""
    statement = (
        "COPY (SELECT f.nomination_id AS dossier, array_to_string(f.prints, ' ') AS number "
        "FROM awards_fingerprint f JOIN awards_nomination n ON n.id = f.nomination_id "
        "WHERE n.department_id = %s) TO STDOUT (FORMAT csv, HEADER)"
    )
    with connection.cursor() as cursor, cursor.cursor.copy(statement, [department]) as copy:
        data = io.BytesIO(b"".join(copy))
    frame = pl.read_csv(data, schema={"dossier": pl.Int64, "number": pl.String})
    split = frame.with_columns(pl.col("number").str.split(" ")).explode("number", empty_as_null=False)
    return split.with_columns(pl.col("number").cast(pl.Int64, strict=False)).drop_nulls()


def _pairs(numbers: pl.DataFrame) -> pl.DataFrame:
    """Rows (later, earlier) worth a closer look: the texts may share SHOWN_FROM percent.

    A number that many texts hold pairs each of them with its EARLIEST holders only: the work stays in
    proportion to the texts, and whoever copied is still shown beside what was there first.
    """
    counted = pl.concat(_counts(numbers.filter(pl.col("number") % PARTS == part)) for part in range(PARTS))
    common = counted.group_by("later", "earlier").agg(pl.col("common").sum())
    sizes = numbers.group_by("dossier").agg(pl.len().alias("size"))
    enough = common.join(sizes, left_on="later", right_on="dossier").filter(
        pl.col("common") * 100 >= pl.col("size") * SHOWN_FROM // 2
    )
    nearest = enough.sort("later", "common", "earlier", descending=[False, True, False])
    return nearest.group_by("later", maintain_order=True).head(CANDIDATES).select("later", "earlier")


def _counts(part: pl.DataFrame) -> pl.DataFrame:
    first = part.sort("dossier").group_by("number", maintain_order=True).head(EARLIEST)
    return (
        part.lazy()
        .join(first.lazy().rename({"dossier": "earlier"}), on="number")
        .filter(pl.col("earlier") < pl.col("dossier"))
        .group_by(pl.col("dossier").alias("later"), "earlier")
        .agg(pl.len().alias("common"))
        .collect()
    )
