"""What every test stands on: a PostgreSQL of their own, and a Chromium that speaks Vietnamese."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_django
from django.db import connection

from guong.site import env, pg
from tests.browser import page_of

__all__ = ["page_of"]  # a fixture for every test

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the tests
CLUSTER = env.var() / "pgtest"


def pytest_configure(config: pytest.Config) -> None:
    """Start the test server once, before Django connects; workers of pytest-xdist use the same one."""
    if _is_controller(config) and not env.TEST_DATABASE_URL.get():
        pg.start(CLUSTER, unsafe_for_tests=True)
        if pg.is_first(CLUSTER):
            _drop_leftovers()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the server; the last of several simultaneous test runs stops it."""
    if _is_controller(config) and not env.TEST_DATABASE_URL.get():
        pg.stop(CLUSTER)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Servers of browser tests may still hold a connection when the database is dropped: end it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def _drop_leftovers() -> None:
    """Databases of test runs that were killed."""
    with psycopg.connect(pg.test_url(env.var()), autocommit=True) as server:
        for (name,) in server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'"
        ).fetchall():
            server.execute(psycopg.sql.SQL("DROP DATABASE {}").format(psycopg.sql.Identifier(name)))


@pytest.fixture
def chain(transactional_db: None) -> None:
    """An empty chain, for tests that commit."""
    empty_the_chain()


def empty_the_chain() -> None:
    """Tests that commit empty the tables behind them, but not the head of the chain."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM base_auditentry")
        cursor.execute("DELETE FROM base_auditseal")
        cursor.execute("UPDATE base_audithead SET number = 0, hash = repeat('0', 64)")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's Chromium; it refuses its sandbox to root only."""
    quiet = [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": _chromium(), "args": [*quiet, *root]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """Our readers' language and clock."""
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


def _chromium() -> str:
    carried = Path(__file__).resolve().parents[1] / ".venv" / "chromium" / "chromium"
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found or carried.exists():
        return found or str(carried)
    pytest.fail("No Chromium found: `make test` installs one")
