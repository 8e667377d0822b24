"""The embedded PostgreSQL comes up, comes back after a kill, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from guong.site import pg
from guong.site.trouble import Trouble


@pytest.fixture
def data(open_folder: Path) -> Iterator[Path]:
    """A folder for a server of one's own."""
    data = open_folder / f"khen thưởng {uuid.uuid4().hex[:8]}" / "pg18"
    yield data
    if data.parent.exists():
        pg.stop(data)


def ask(data: Path, question: str, role: str = pg.WEB) -> object:
    with psycopg.connect(pg.url(data, role)) as server:
        return server.execute(question).fetchone()[0]


@pytest.mark.django_db
def test_case_folding_knows_vietnamese_letters_on_every_machine():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ĐẶNG THỊ ỬNG')")
        assert cursor.fetchone() == ("đặng thị ửng",)


def test_start_makes_a_durable_server_with_a_web_role_that_owns_nothing(data):
    pg.start(data)
    assert ask(data, "SELECT current_user") == "guong_web"
    assert ask(data, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert ask(data, f"SHOW {setting}") == "on"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(data, "CREATE TABLE mine (id int)")


def test_start_again_finds_the_running_server(data):
    pg.start(data)
    before = pg.pid_of(data)
    pg.start(data)
    assert pg.pid_of(data) == before


def test_start_recovers_after_a_kill(data):
    pg.start(data)
    with psycopg.connect(pg.url(data, pg.OWNER)) as server:
        server.execute("CREATE TABLE kept AS SELECT 1 AS id")
    os.kill(pg.pid_of(data), signal.SIGKILL)
    pg.start(data)
    assert ask(data, "SELECT count(*) FROM kept", pg.OWNER) == 1


def test_start_begins_anew_after_a_half_made_folder(data):
    half = data.parent / ".pg18.half"
    half.mkdir(parents=True, mode=0o700)
    (half / "PG_VERSION").write_text("18")
    pg.start(data)
    assert ask(data, "SELECT 1") == 1
    assert not half.exists()


def test_start_does_not_believe_a_process_id_that_is_somebody_else(data):
    pg.start(data)
    pg.stop(data)
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n/nowhere\n")
    assert pg.pid_of(data) is None
    pg.start(data)
    assert ask(data, "SELECT 1") == 1


def test_stop_ends_the_server_unless_another_process_uses_it(data):
    pg.start(data)
    script = (
        f"import sys; from pathlib import Path; from guong.site import pg; pg.start(Path({str(data)!r}));"
    )
    script += "print('in', flush=True); sys.stdin.read()"
    path = {**os.environ, "PYTHONPATH": str(Path(pg.__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=path
    ) as other:
        assert other.stdout.readline() == b"in\n"
        assert not pg.is_first(data)
        pg.stop(data)
        assert pg.pid_of(data) is not None
        other.stdin.close()
        other.wait()
    pg.start(data)
    pg.stop(data)
    assert pg.pid_of(data) is None


def test_start_refuses_a_socket_folder_somebody_else_could_have_laid(data):
    where = pg.socket_dir(data)
    where.mkdir(mode=0o777)
    where.chmod(0o777)
    try:
        with pytest.raises(Trouble, match=str(where)):
            pg.start(data)
    finally:
        where.rmdir()


def test_start_says_what_is_wrong_when_the_folder_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="file"):
        pg.start(tmp_path / "file" / "pg18")


def test_start_says_why_postgres_did_not_start(data):
    pg.start(data)
    pg.stop(data)
    configuration = data / "postgresql.conf"
    configuration.write_text(configuration.read_text() + "\nno_such_setting = 1\n")
    with pytest.raises(Trouble, match="PostgreSQL did not start"):
        pg.start(data)
