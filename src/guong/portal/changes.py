"""When public pages must be made anew: a counter moved by triggers in the writing transaction."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

SQL = (Path(__file__).parent / "changes.sql").read_text(encoding="utf-8")
SHOWN = (
    "awards_decision",
    "awards_award",
    "awards_signingkey",
    "plans_plan",
    "plans_target",
    "plans_obligation",
    "plans_peak",
    "plans_occasion",
    "plans_legaldocument",
    "movements_movement",
    "movements_quota",
    "base_department",
)


def install(**_kwargs: object) -> None:
    """Put the counter and its triggers in place; runs after every migrate, as the owner of the tables."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if not present.issuperset(SHOWN):
            return
        cursor.execute(SQL)
        for table in SHOWN:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER guong_portal AFTER INSERT OR UPDATE OR DELETE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION guong_portal_changed()"
            )


def number() -> int:
    """How many changes the public side has seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM portal_version")
        return cursor.fetchone()[0]
