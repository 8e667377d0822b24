"""An unsafe database is named; the web role cannot rewrite the trail nor get around it (B4, H3, D10)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.sql import SQL, Identifier
from tests import factories

from guong.base.audit import APPEND_ONLY
from guong.site import env, grants, guard, pg

ROLE = "guong_web_in_test"


@pytest.fixture
def web_role(db: None) -> Iterator[str]:
    """A role with exactly the rights a migration gives to the web role."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")  # falls with the test's transaction
    grants.apply(ROLE)
    return ROLE


def try_as(role: str, statement: str) -> None:
    """Run one statement as the role; what it did is undone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL("SET LOCAL ROLE {}").format(Identifier(role)))
        cursor.execute(statement)
        cursor.execute("RESET ROLE")
        transaction.set_rollback(True)


FORBIDDEN = [
    *(f"{verb} {table}" for table in APPEND_ONLY for verb in ("DELETE FROM", "TRUNCATE")),
    *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in (*APPEND_ONLY, "base_body")),
    "UPDATE base_auditentry SET hash = ''",
    "UPDATE base_auditseal SET hash = ''",
    "UPDATE base_audithead SET number = 0",
    "UPDATE base_logentry SET note = ''",
    "INSERT INTO base_audithead (single, number, hash) VALUES (true, 9, '')",
    "DELETE FROM django_migrations",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE base_auditseal (id int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP TABLE base_logentry",
    "TRUNCATE base_body CASCADE",
    "SET session_replication_role = replica",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_web_role_cannot(web_role, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        try_as(web_role, statement)


@pytest.mark.parametrize("statement", [s for s in FORBIDDEN if "mine" not in s and "audithead (" not in s])
def test_the_same_statement_works_for_the_owner_so_that_the_refusal_is_the_guard(web_role, statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        transaction.set_rollback(True)


def test_web_role_writes_records_and_the_trail_follows(web_role):
    with connection.cursor() as cursor:
        cursor.execute(SQL("SET LOCAL ROLE {}").format(Identifier(web_role)))
    body = factories.unit(factories.department())
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT count(*) FROM base_auditentry WHERE \"table\" = 'base_body' AND row = %s", [body.pk]
        )
        assert cursor.fetchone()[0] >= 1


def test_rights_are_taken_back_at_the_next_migration(web_role):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON base_auditentry TO {web_role}")
    try_as(web_role, "UPDATE base_auditentry SET hash = ''")
    grants.apply(web_role)
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_as(web_role, "UPDATE base_auditentry SET hash = ''")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the administrator on the test server: switches off what a real server must have on."""
    yield env.TEST_DATABASE_URL.get() or pg.test_url(env.var())


def address_of(role: str, password: str, database: str) -> str:
    """The test server's address for another role."""
    if not env.TEST_DATABASE_URL.get():
        return pg.url(env.var() / "pgtest", role, database)
    parts = urlsplit(env.TEST_DATABASE_URL.get())
    return f"postgresql://{role}:{password}@{parts.hostname}:{parts.port}/{database}"


def findings(url: str) -> str:
    return "\n".join(guard.unsafe(url))


def test_settings_of_the_test_server_are_called_unsafe_one_by_one(server):
    if env.TEST_DATABASE_URL.get():
        with psycopg.connect(server) as connected:
            assert connected.execute("SHOW fsync").fetchone()
    else:
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            assert setting in findings(server)


@pytest.mark.parametrize("value", ["off", "on"])
def test_a_lazy_commit_is_found_and_a_true_one_is_not(server, value):
    url = server + ("&" if "?" in server else "?") + f"options=-csynchronous_commit%3D{value}"
    assert ("synchronous_commit" in findings(url)) is (value == "off")


def test_superuser_and_owner_are_not_fit_for_the_web(server):
    found = findings(server)
    assert "SUPERUSER" in found
    assert "owns the data" in found


@pytest.mark.django_db(transaction=True)
def test_web_role_is_fit_after_a_migration_and_unfit_before(server):
    """On the database of the tests, with a role that signs in by itself."""
    here = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'guong'")
    url = address_of(ROLE, "guong", here)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT UPDATE ON base_logentry TO {ROLE}")
        assert "TRUNCATE base_logentry" in findings(url)
        assert "TEMPORARY" in findings(url)
        grants.apply(ROLE)
        ours = [line for line in guard.unsafe(url) if line.startswith(ROLE)]
        assert ours == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")
