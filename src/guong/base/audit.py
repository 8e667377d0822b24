"""The audit chain: triggers on every table, and the proof that nobody rewrote it (H1-H3, H5)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection

SQL = (Path(__file__).parent / "audit.sql").read_text(encoding="utf-8")
PERSONAL = {  # column names only, see audit.sql
    "base_person", "base_user", "base_employment", "records_rating", "records_circumstance",
    "records_sheetimport",
}  # fmt: skip
UNAUDITED = {
    "base_auditentry", "base_auditseal", "base_oncetoken", "base_job",  # the trail; tokens, progress
    "records_checkedsheet",  # lines that are audited when they are entered
    "awards_fingerprint", "awards_likeness",  # reckoned from texts that are audited
}  # fmt: skip
APPEND_ONLY = ("base_auditentry", "base_auditseal", "base_audithead", "base_logentry")

_VERIFY = """
WITH link AS (
    SELECT s.id, s.number, s.txid, s.hash, s.previous, s.entries,
           lag(s.hash, 1, repeat('0', 64)) OVER (ORDER BY s.number) AS expected_previous,
           row_number() OVER (ORDER BY s.number) AS expected_number
    FROM base_auditseal s
), entry AS (
    SELECT txid, count(*) AS entries, string_agg(hash, '' ORDER BY id) AS hashes,
           min(id) FILTER (
               WHERE hash <> guong_entry_hash(txid, at, actor, "table", row, operation, detail)
           ) AS broken
    FROM base_auditentry GROUP BY txid
)
SELECT coalesce(l.number, -1), e.broken
FROM link l FULL JOIN entry e USING (txid)
WHERE l.id IS NULL OR l.number IS NULL OR e.broken IS NOT NULL
   OR l.number <> l.expected_number OR l.previous <> l.expected_previous
   OR l.entries <> coalesce(e.entries, 0)
   OR l.hash <> encode(
       sha256(convert_to(l.previous || '|' || l.number || '|' || coalesce(e.hashes, ''), 'UTF8')), 'hex'
   )
ORDER BY 1
"""


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: number of the seal (-1: changes without a seal), entry id if known."""

    seal: int
    entry: int | None


def audited_tables() -> list[str]:
    """Every table of our own apps except the trail itself. A new model is in the list by itself."""
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("guong.") and model._meta.managed
    }
    return sorted(ours - UNAUDITED)


def install(**_kwargs: object) -> None:
    """Create functions and triggers; runs after every migrate, as the owner of the tables."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if "base_auditentry" not in present:
            return
        cursor.execute(SQL)
        for table in audited_tables():
            if table in present:
                _attach(cursor, table)


def _attach(cursor, table: str) -> None:
    mode = "names" if table in PERSONAL else "values"
    for event, rows in (
        ("insert", "NEW TABLE AS new_rows"),
        ("update", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        ("delete", "OLD TABLE AS old_rows"),
    ):
        cursor.execute(
            f'CREATE OR REPLACE TRIGGER guong_audit_{event} AFTER {event} ON "{table}"'
            f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION guong_audit('{mode}')"
        )


def unguarded_tables() -> list[str]:
    """Tables whose three triggers are not all in place and enabled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid"
            " WHERE t.tgname LIKE 'guong_audit_%%' AND t.tgenabled = 'O'"
            " GROUP BY c.relname HAVING count(*) = 3"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    return [table for table in audited_tables() if table not in guarded]


def verify() -> list[Break]:
    """Recompute the whole chain inside the database. An empty list: nobody changed, cut or moved anything."""
    with connection.cursor() as cursor:
        cursor.execute(_VERIFY)
        broken = [Break(seal, entry) for seal, entry in cursor.fetchall()]
        cursor.execute("SELECT number, hash FROM base_audithead")
        head = cursor.fetchone()
        cursor.execute("SELECT number, hash FROM base_auditseal ORDER BY number DESC NULLS LAST LIMIT 1")
        last = cursor.fetchone() or (0, "0" * 64)
    return broken if tuple(head) == tuple(last) else [*broken, Break(head[0], None)]


def head() -> tuple[int, str]:
    """Number and hash of the last link: printed in minutes and decisions as an anchor outside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM base_audithead")
        number, digest = cursor.fetchone()
    return number, digest
