"""The embedded PostgreSQL: a private server under var/ from the pinned wheel, for trying out and for tests.

It listens on a Unix socket only. Root never runs it: the server becomes `nobody`, or root of a user
namespace when the folder is closed to everyone else. An existing data folder decides who runs it.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from guong.site import orphans, trouble
from guong.site.pg_identity import Identity, identity, programs
from guong.site.trouble import Trouble

NAME = "pg18"  # the major version is part of the name: pg_upgrade needs both beside each other
ADMIN, OWNER, WEB, DATABASE = "guong_admin", "guong_owner", "guong_web", "guong"
PATIENCE = 60.0  # seconds for a start; crash recovery of a large database needs them
LOG_LIMIT = 5 * 1024 * 1024
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    "listen_addresses=", "max_connections=60", "shared_buffers=96MB", "unix_socket_permissions=0777",
    "timezone=Asia/Ho_Chi_Minh", "log_timezone=Asia/Ho_Chi_Minh", "jit=off", "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0", "log_min_error_statement=panic",
)  # fmt: skip  # the log never repeats a statement: it could carry a person's data


def start(data: Path, *, unsafe_for_tests: bool = False, die_with_parent: bool = False) -> str:
    """Start the server unless it runs already, and give the address of its administrator.

    The first start makes the data folder, the roles and the database. Raises Trouble.
    """
    cluster = Cluster(data.absolute(), unsafe_for_tests, die_with_parent)
    try:
        with _locked(_beside(data, "lock"), fcntl.LOCK_EX):
            cluster.start()
            _join(data)
    except OSError as error:
        raise trouble.of(error, str(data)) from error
    return url(data, ADMIN, "postgres")


def stop(data: Path) -> None:
    """Leave the server; the last process that leaves it stops it (fast shutdown, waits for the end)."""
    with _locked(_beside(data, "lock"), fcntl.LOCK_EX):
        _leave(data)
        with _beside(data, "users").open("ab") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another process still works on it
            where = socket_dir(data)
            _halt(data)
            _reap(data)
            with contextlib.suppress(OSError):
                where.rmdir()


def is_first(data: Path) -> bool:
    """True while this process is the only one that uses the server."""
    with _beside(data, "users").open("ab") as users:
        mine = _leave(data)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            return True
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            if mine:
                _join(data)


def pid_of(data: Path) -> int | None:
    """Process id of the running server; None when the file is left over from a crash or a reboot."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        name, _, state = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(") ")
    except (OSError, ValueError, IndexError):
        return None
    return pid if name == "postgres" and state[0] not in "ZX" else None


def url(data: Path, role: str, database: str = DATABASE) -> str:
    """Address for a role. The place of the socket follows from the data folder: known before the start."""
    return f"postgresql://{role}@/{database}?host={quote(str(socket_dir(data)), safe='')}"


def web_url(var: Path) -> str:
    """Address for the web and worker processes: may not own, alter or empty tables."""
    return url(var / NAME, WEB)


def owner_url(var: Path) -> str:
    """Address for migrations: owns the tables, is no superuser."""
    return url(var / NAME, OWNER)


def test_url(var: Path) -> str:
    """Address of the test server, which makes and drops databases."""
    return url(var / "pgtest", ADMIN, "postgres")


def socket_dir(data: Path) -> Path:
    """Where the running server listens, else where it will: short, a socket path has 107 bytes at most."""
    listed = ""
    if pid_of(data) is not None:
        with contextlib.suppress(OSError, IndexError):
            listed = (data / "postmaster.pid").read_text().split("\n")[4]
    digest = hashlib.sha256(bytes(data.absolute())).hexdigest()[:12]
    return Path(listed) if listed else Path(tempfile.gettempdir()) / f"guong-{digest}"


@dataclass
class Cluster:
    """One data folder and how to run it."""

    data: Path
    unsafe: bool
    die_with_parent: bool

    def start(self) -> None:
        """Bring the server up and make sure of roles and database."""
        if self.ready():
            return
        if pid_of(self.data) is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)  # from a crash: nobody runs it
        who = identity(self.data)
        _private(socket_dir(self.data), who)
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            self._initdb(who)
        self._wait(who)
        if fresh or not self.unsafe:
            _roles(url(self.data, ADMIN, "postgres"))

    def ready(self) -> bool:
        """Whether it answers. One whose folder was deleted answers for a while: ask for its file too."""
        if pid_of(self.data) is None:
            return False
        try:
            psycopg.connect(url(self.data, ADMIN, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _initdb(self, who: Identity) -> None:
        """Made beside and renamed, so that a killed start leaves nothing that looks finished.

        Collation by the builtin provider: the same on every machine, whatever its locales.
        """
        half = _beside(self.data, "half")
        shutil.rmtree(half, ignore_errors=True)
        _private(half, who)
        command = [
            *who.prefix, programs() / "initdb", "-D", half, "-U", ADMIN, "-A", "trust",
            "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--lc-collate=C", "--lc-ctype=C", "--lc-messages=C", "--no-instructions", "--data-checksums",
            *(["--no-sync"] if self.unsafe else []),
        ]  # fmt: skip
        made = subprocess.run(list(map(str, command)), capture_output=True, text=True, **who.options())
        if made.returncode:
            shutil.rmtree(half, ignore_errors=True)
            raise trouble.of_postgres(made.stderr)
        if self.data.exists():
            self.data.rmdir()  # an empty folder, or an error that names it
        half.rename(self.data)

    def _wait(self, who: Identity) -> None:
        """Start and wait; one that is starting, recovering or still stopping is waited for."""
        deadline = time.monotonic() + PATIENCE
        child: subprocess.Popen[bytes] | None = None
        while time.monotonic() < deadline:
            if self.ready():
                return
            if child is not None and child.poll() is not None and not _may_retry(self.data):
                raise trouble.of_postgres(_tail(self.data))
            if pid_of(self.data) is None and (child is None or child.poll() is not None):
                child = self._spawn(who)
            time.sleep(0.03)
        raise trouble.of_postgres(f"> {PATIENCE:.0f} s, {_log(self.data)}")

    def _spawn(self, who: Identity) -> subprocess.Popen[bytes]:
        """In a session of its own: Ctrl-C must not stop it before the web processes have finished."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # pid_of() said: nobody runs it
        options = [part for setting in SETTINGS + (UNSAFE if self.unsafe else ()) for part in ("-c", setting)]
        die = ["setpriv", "--pdeathsig", "INT"] if self.die_with_parent and who.prefix else []
        where = ["-D", self.data, "-k", socket_dir(self.data)]
        command = [*who.prefix, *die, programs() / "postgres", *where, *options]
        before: Callable[[], None] | None = None
        if self.die_with_parent:
            before = functools.partial(orphans.die_with_parent, signal.SIGINT, os.getpid())
        _reap(self.data)
        with _fresh_log(self.data).open("ab") as log:
            child = subprocess.Popen(
                list(map(str, command)), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True, preexec_fn=before, **who.options(),
            )  # fmt: skip
        _children[self.data] = child
        return child


def _roles(admin: str) -> None:
    """Owner, web role and database, each made when missing: a half-finished start is no harm."""
    with psycopg.connect(admin, autocommit=True) as server:
        for role in (OWNER, WEB):
            if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                server.execute(f"CREATE ROLE {role} LOGIN")  # names are constants above
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def _halt(data: Path) -> None:
    pid = pid_of(data)
    if pid is None:
        return
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE
    while pid_of(data) is not None and time.monotonic() < deadline:
        _reap(data)
        time.sleep(0.02)


# Servers started here. Held for good: a server may outlive the process that started it.
_children: dict[Path, subprocess.Popen[bytes]] = {}


def _reap(data: Path) -> None:
    child = _children.get(data.absolute())
    if child is not None and child.poll() is not None:
        del _children[data.absolute()]


@atexit.register
def _release() -> None:
    for child in _children.values():
        child.returncode = child.poll() or 0  # the warning about running children is not meant for these


# One shared lock per server this process uses; the kernel drops it when the process dies.
_members: dict[Path, IO[bytes]] = {}


def _leave(data: Path) -> bool:
    users = _members.pop(data.absolute(), None)
    if users is not None:
        fcntl.flock(users, fcntl.LOCK_UN)  # also for copies that forked children hold
        users.close()
    return users is not None


def _join(data: Path) -> None:
    if data.absolute() not in _members:
        users = _beside(data, "users").open("ab")  # stays open: the lock is the membership
        fcntl.flock(users, fcntl.LOCK_SH)
        _members[data.absolute()] = users


@contextlib.contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as handle:
        fcntl.flock(handle, kind)
        yield


def _beside(data: Path, kind: str) -> Path:
    return data.parent / f".{data.name}.{kind}"


def _private(folder: Path, who: Identity) -> None:
    """Make a folder only the server's user can enter; refuse one that somebody else laid there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if who.uid is not None and folder.stat().st_uid == 0:
        os.chown(folder, who.uid, who.gid or -1)
    expected = os.geteuid() if who.uid is None else who.uid
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != expected or stat.S_IMODE(found.st_mode) & 0o077:
        raise Trouble(
            "Thư mục thuộc về người khác hoặc mở cho người khác, hãy xoá nó hoặc đặt TMPDIR",
            "The folder belongs to somebody else or is open to others, remove it or set TMPDIR",
            str(folder),
        )


def _log(data: Path) -> Path:
    return data.parent / f"{data.name}.log"


def _fresh_log(data: Path) -> Path:
    log = _log(data)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return log


def _may_retry(data: Path) -> bool:
    """Processes of a killed server live for a moment and hold its memory: try until they are gone."""
    last = trouble.last_complaint(_tail(data))
    return "shared memory block" in last or "lock file" in last


def _tail(data: Path) -> str:
    """The end of the server's log."""
    return _log(data).read_text(errors="replace")[-4000:]
