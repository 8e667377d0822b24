"""Settings of a database that could lose or forge what was acknowledged (B4, H3)."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from guong.base.audit import APPEND_ONLY

DURABLE = {  # setting: values that keep what was acknowledged
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    "data_checksums": ("on",),
}
OLDEST = 150000

_ROLE = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
_OWNED = """
SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
        AND pg_has_role(current_user, c.relowner, 'MEMBER')),
       (SELECT pg_has_role(current_user, datdba, 'MEMBER')
        FROM pg_database WHERE datname = current_database()),
       has_database_privilege(current_database(), 'TEMPORARY'), has_schema_privilege('public', 'CREATE')
"""
_REWRITE = """
SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NOT NULL AND (
    has_table_privilege(name, 'UPDATE') OR has_table_privilege(name, 'DELETE')
    OR has_table_privilege(name, 'TRUNCATE'))
"""


def unsafe(url: str) -> list[str]:
    """Everything wrong with server and role, each a line each. Raises psycopg.OperationalError."""
    with psycopg.connect(url, connect_timeout=10) as server:
        return [*_server(server), *_role(server)]


def _server(server: psycopg.Connection) -> Iterator[str]:
    for setting, good in DURABLE.items():
        value = str(server.execute("SELECT current_setting(%s)", [setting]).fetchone()[0])  # type: ignore[index]
        if value not in good:
            yield f"{setting} = {value} (phải là / must be: {', '.join(good)})"
    if server.info.server_version < OLDEST:
        yield f"PostgreSQL {server.info.server_version // 10000} (cần / needs: >= {OLDEST // 10000})"
    if server.info.parameter_status("server_encoding") != "UTF8":
        yield "server_encoding (phải là / must be: UTF8)"


def _role(server: psycopg.Connection) -> Iterator[str]:
    role = server.info.user
    powers = ("SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB")
    for power, held in zip(powers, server.execute(_ROLE).fetchone() or (), strict=False):
        if held:
            yield f"{role}: {power} (phải bỏ / must not have it)"
    tables, owns, temporary, create = server.execute(_OWNED).fetchone() or (0, False, False, False)
    if tables or owns:
        yield f"{role} sở hữu dữ liệu (web cần vai trò khác) / owns the data (the web needs another role)"
    if temporary or create:
        yield f"{role}: TEMPORARY, CREATE (chạy / run: guong migrate)"
    for (table,) in server.execute(_REWRITE, [list(APPEND_ONLY)]):
        yield f"{role}: UPDATE, DELETE, TRUNCATE {table} (chạy / run: guong migrate)"
