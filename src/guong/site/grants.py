"""What the web role may do in the database; written anew after every migration, by the owner of the tables.

The web role reads and writes rows. It owns nothing, makes no tables, empties none, and cannot change or
delete what is append-only. The audit trail itself it cannot even insert into: triggers of the owner do (H3).
"""

from __future__ import annotations

from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier

from guong.base.audit import APPEND_ONLY

TRAIL = ("base_auditentry", "base_auditseal", "base_audithead")  # written by triggers only
READ_ONLY = (*TRAIL, "django_migrations")


def apply(role: str) -> None:
    """Give the role exactly its rights; none when it is the owner itself, which `guong check` refuses."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        owner, database = cursor.fetchone()
        if role == owner:
            return
        for statement in _on_everything(Identifier(role), Identifier(database)):
            cursor.execute(statement)
        for table in connection.introspection.table_names(cursor):
            cursor.execute(_on_table(table, Identifier(role)))


def _on_everything(role: Identifier, database: Identifier) -> list[Composed]:
    """TEMPORARY goes because a temporary table would shadow the trail inside the owner's triggers."""
    return [
        SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database),
        SQL("REVOKE ALL ON DATABASE {} FROM {}").format(database, role),
        SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role),
        SQL("REVOKE ALL ON SCHEMA public FROM {}").format(role),
        SQL("GRANT USAGE ON SCHEMA public TO {}").format(role),
        SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role),
        SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role),
    ]


def _on_table(table: str, role: Identifier) -> Composed:
    rights = "SELECT, INSERT, UPDATE, DELETE"
    if table in READ_ONLY:
        rights = "SELECT"
    elif table in APPEND_ONLY:
        rights = "SELECT, INSERT"
    return SQL("GRANT {} ON {} TO {}").format(SQL(rights), Identifier(table), role)
