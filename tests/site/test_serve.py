"""A real `guong serve`: answers as the web role, says plainly why it cannot start, leaves no orphan."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from guong.site import env, pg

pytestmark = pytest.mark.server
GUONG = [sys.executable, "-m", "guong.site.commands"]
MEMORY_LIMIT = 400  # MiB, web and worker together


class Site:
    """One folder to serve from, and the commands run on it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def environment(self) -> dict[str, str]:
        ours = {"GUONG_VAR": str(self.var), "GUONG_PORT": str(self.port), "PYTHONPATH": str(env.ROOT / "src")}
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("GUONG_", "DJANGO_"))
        }
        return kept | ours

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*GUONG, "serve"],
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*GUONG, *words], env=self.environment(), capture_output=True, text=True, timeout=60, check=False
        )

    def processes(self) -> set[int]:
        """Every process that was started for this folder: it is in their environment, or where they are."""
        return {pid for pid in map(int, (p.name for p in Path("/proc").glob("[0-9]*"))) if self.owns(pid)}

    def owns(self, pid: int) -> bool:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
            told = Path(f"/proc/{pid}/environ").read_bytes()
            place = Path(f"/proc/{pid}/cwd").readlink()
        except OSError:
            return False
        if pid == os.getpid() or state in "ZX":
            return False
        return f"GUONG_VAR={self.var}\0".encode() in told or place == self.var / pg.NAME

    def get(self, path: str = "/") -> tuple[int, str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            asked.close()


@pytest.fixture(scope="module")
def site(open_folder: Path) -> Iterator[Site]:
    """Prepared once (tables, static files); every test starts the server on it anew."""
    site = Site(open_folder / "phục vụ")
    yield site
    wait_for(lambda: not site.processes())


def wait_for(done, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def wait_for_address(process: subprocess.Popen[str]) -> str:
    """Read what the server says until it names its address. Fails with all of it when the server ends."""
    said = ""
    for line in process.stdout:
        said += line
        if "http://localhost" in line:
            return said
    pytest.fail(said)


@contextlib.contextmanager
def started(site: Site) -> Iterator[subprocess.Popen[str]]:
    """A server that must have ended by itself, or been told to, within half a minute."""
    with site.start() as process:
        try:
            yield process
            process.wait(30)
        finally:
            process.kill()


@contextlib.contextmanager
def serving(site: Site) -> Iterator[subprocess.Popen[str]]:
    """A server that answers, for as long as the test needs it."""
    with started(site) as process:
        wait_for_address(process)
        yield process
        process.send_signal(signal.SIGINT)


def test_first_start_prepares_and_answers_as_the_web_role_in_little_memory(site):
    with serving(site):
        status, page = site.get()
        assert status == 200
        assert "Gương" in page
        with psycopg.connect(pg.url(site.var / pg.NAME, pg.ADMIN, pg.DATABASE)) as server:
            rows = server.execute(
                "SELECT DISTINCT usename FROM pg_stat_activity"
                " WHERE datname = 'guong' AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            ).fetchall()
        assert rows == [("guong_web",)]
        for _ in range(40):
            site.get()
        assert memory(site) <= MEMORY_LIMIT
    wait_for(lambda: not site.processes())


def memory(site: Site) -> float:
    """MiB of all our Python processes, shared pages counted once."""
    kib = 0
    for pid in site.processes():
        if b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
            continue
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kib / 1024


def test_warm_start_does_nothing_twice_and_takes_less_than_five_seconds(site):
    """The best of three, on an idle machine; each process waiting for a core lengthens it."""
    taken = []
    for _ in range(3):
        began = time.monotonic()
        with started(site) as process:
            said = wait_for_address(process)
            taken.append(time.monotonic() - began)
            process.send_signal(signal.SIGINT)
        assert "Preparing" not in said
    assert min(taken) < 5 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.0, 0.3, 0.8, 1.3])
def test_signal_at_any_moment_of_the_start_leaves_no_orphan(site, number, after):
    with started(site) as process:
        wait_for(lambda: signals_are_listened_to(process.pid))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after)
        process.send_signal(number)
    wait_for(lambda: not site.processes())


def signals_are_listened_to(pid: int) -> bool:
    """SIGHUP is caught: the program has come far enough to have children."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("SigCgt:"):
            return bool(int(line.split()[1], 16) & (1 << (signal.SIGHUP - 1)))
    return False


def test_killed_parent_takes_its_children_along_and_the_next_start_works(site):
    with started(site) as process:
        wait_for_address(process)
        process.kill()
    wait_for(lambda: not site.processes())
    with serving(site):
        assert site.get()[0] == 200


def test_fallen_children_are_started_again(site):
    with serving(site):
        masters = [pid for pid in site.processes() if b"gunicorn" in command_of(pid)]
        os.kill(min(masters), signal.SIGKILL)
        database = pg.pid_of(site.var / pg.NAME)
        os.kill(database, signal.SIGKILL)
        wait_for(lambda: pg.pid_of(site.var / pg.NAME) not in (None, database))
        wait_for(lambda: answers(site), 30)


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def answers(site: Site) -> bool:
    try:
        return site.get()[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def test_second_server_from_the_same_folder_is_refused(site):
    with serving(site):
        second = Site(site.var).run("serve")
    assert second.returncode == 1
    assert "Gương đang chạy từ thư mục này rồi" in second.stderr


def test_taken_port_is_one_clear_line_and_nothing_is_started(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        site_there = Site(site.var)
        site_there.port = other.getsockname()[1]
        refused = site_there.run("serve")
    assert refused.returncode == 1
    assert "Cổng đang bị chương trình khác dùng" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not site.processes()


def test_folder_that_cannot_be_used_is_one_clear_line(tmp_path):
    (tmp_path / "tệp").write_text("")
    refused = Site(tmp_path / "tệp" / "var").run("serve")
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "tệp" in refused.stderr


def test_unsafe_database_is_refused(site):
    """The broken twin of the first test: the same server, with one durable setting off."""
    with serving(site), psycopg.connect(pg.url(site.var / pg.NAME, pg.ADMIN), autocommit=True) as server:
        server.execute(f"ALTER ROLE {pg.WEB} SET synchronous_commit = off")
    refused = site.run("serve")
    assert refused.returncode == 1
    assert "synchronous_commit = off" in refused.stderr
    pg.start(site.var / pg.NAME)
    with psycopg.connect(pg.url(site.var / pg.NAME, pg.ADMIN), autocommit=True) as server:
        server.execute(f"ALTER ROLE {pg.WEB} RESET synchronous_commit")
    pg.stop(site.var / pg.NAME)


def test_check_is_content_with_a_prepared_site_and_sees_a_broken_chain(site):
    with serving(site):
        assert site.run("check").returncode == 0, site.run("check").stdout
        with psycopg.connect(pg.url(site.var / pg.NAME, pg.OWNER)) as server:
            server.execute("ALTER TABLE base_body DISABLE TRIGGER guong_audit_update")
        broken = site.run("check")
        with psycopg.connect(pg.url(site.var / pg.NAME, pg.OWNER)) as server:
            server.execute("ALTER TABLE base_body ENABLE TRIGGER guong_audit_update")
    assert broken.returncode == 1
    assert "base_body" in broken.stdout
