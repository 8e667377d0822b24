"""The outcome of a check, kept until it is entered: valid as long as nothing it rests on has changed.

A check and the writing are minutes apart. Reading and checking everything twice costs as much as the writing
itself. So the lines found ready are kept, with the database's own note of which transactions the check had
seen. At the writing the audit trail tells whether any later transaction touched people, employments, units,
rights or the same part of the book. If one did, or the day changed, the sheet is checked again in full.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from guong.records.importing import honours, initiatives, ratings
from guong.records.importing.check import Checked
from guong.records.importing.people import Newcomer
from guong.records.models import CheckedSheet, SheetImport

LINES: dict[str, type[Any]] = {
    "honours": honours.Line,
    "ratings": ratings.Line,
    "initiatives": initiatives.Line,
}
RESTS_ON = ("base_person", "base_employment", "base_body", "base_bodyname", "base_grant")
BOOK = {
    "honours": ("records_honour",),
    "ratings": ("records_rating",),
    "initiatives": ("records_initiative", "records_authorship"),
}
_CHANGED = """
SELECT EXISTS (
    SELECT FROM base_auditentry
    WHERE txid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint AND "table" = ANY (%(tables)s)
      AND NOT pg_visible_in_snapshot(txid::text::xid8, %(seen)s::pg_snapshot)
)
"""


class Ready(NamedTuple):
    """What is to be entered: the lines, and whom the answers call new, by the key the lines use."""

    lines: Sequence[Any]
    newcomers: dict[str, Newcomer]


def ready_of(checked: Checked) -> Ready:
    """What a check found ready."""
    asked = checked.people.newcomers if checked.people else {}
    people = {key: Newcomer(who.name, who.birth, who.unit, who.post) for key, who in asked.items()}
    return Ready(checked.ready, people)


def seen_now() -> str:
    """Which transactions the database shows at this moment; asked before a check reads anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def keep(run: SheetImport, checked: Checked, seen: str) -> None:
    """Keep what is ready; nothing when a line is wrong or a name is open: then nothing may be entered."""
    forget(run)
    if checked.wrong or checked.questions:
        return
    CheckedSheet.objects.create(
        sheet=run, sheet_version=run.version, checked_on=timezone.localdate(), snapshot=seen,
        lines=_packed(run.kind, ready_of(checked)),
    )  # fmt: skip


def forget(run: SheetImport) -> None:
    """The lines are in the book, or will not be: no second copy of personal data stays behind."""
    CheckedSheet.objects.filter(sheet=run).delete()


def still_true(run: SheetImport) -> Ready | None:
    """The kept lines when a check now could only find the same; else None."""
    kept = CheckedSheet.objects.filter(sheet=run, sheet_version=run.version).first()
    if kept is None or kept.checked_on != timezone.localdate() or _changed(run.kind, kept.snapshot):
        return None
    return _unpacked(run.kind, bytes(kept.lines))


def _changed(kind: str, seen: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"seen": seen, "tables": [*RESTS_ON, *BOOK[kind]]})
        return bool(cursor.fetchone()[0])


def _packed(kind: str, ready: Ready) -> bytes:
    """Lines as rows of JSON below the names of their fields; days as 2024-11-20."""
    said = {"fields": LINES[kind]._fields, "newcomers": ready.newcomers, "lines": ready.lines}
    text = json.dumps(said, ensure_ascii=False, default=_day, separators=(",", ":"))
    return zlib.compress(text.encode(), level=1)


def _day(value: date) -> str:
    return value.isoformat()


def _unpacked(kind: str, data: bytes) -> Ready | None:
    """None when the lines were kept by a release whose lines had other fields."""
    said = json.loads(zlib.decompress(data))
    line = LINES[kind]
    if said["fields"] != list(line._fields):
        return None
    at = line._fields.index("decided") if "decided" in line._fields else None
    if at is not None:
        for row in said["lines"]:
            row[at] = date.fromisoformat(row[at]) if row[at] else None
    lines = [line._make(row) for row in said["lines"]]
    return Ready(lines, {key: Newcomer(*who) for key, who in said["newcomers"].items()})
