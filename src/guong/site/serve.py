"""`guong serve`: database, web and worker under one roof, until a signal.

Order matters: signals are listened to before the first child; the port is taken before anything is changed;
the database ends last. Web and worker run as the web role, never as owner of the tables.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import http.client
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from guong.site import database, env, guard, pg, stamps, trouble
from guong.site.supervise import Child, House, Stopped, heed, listen_to_signals, wait_until
from guong.site.trouble import Trouble

START_PATIENCE = 60.0
PROBE = 64 * 1024  # bytes that must fit on the disk


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT, SIGTERM or SIGHUP. Raises Trouble or OSError when it cannot start."""
    began = time.monotonic()
    listen_to_signals()
    house = House()
    try:
        with _only_one(env.var()), _listening() as door, _database():
            try:
                _prepare(house, demo=arguments.demo)
                _open(house, door)
                _announce(arguments.demo, time.monotonic() - began)
                _watch(house)
            finally:
                house.close()
    except Stopped:
        _say("Đã dừng / Stopped")
    return 0


@contextlib.contextmanager
def _only_one(var: Path) -> Iterator[None]:
    """The folder must be writable, and nobody else may serve from it."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var) as probe:
            probe.write(bytes(PROBE))
        lock = (var / ".serve.lock").open("ab")
    except OSError as error:
        raise trouble.of(error, str(var)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Trouble(
                "Gương đang chạy từ thư mục này rồi", "Gương runs from this folder already", str(var)
            ) from error
        yield


@contextlib.contextmanager
def _listening() -> Iterator[socket.socket]:
    """Take the port first: whoever has it, we say so before touching anything."""
    host, port = env.BIND.get(), env.PORT.get()
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Trouble(
            "GUONG_PORT phải là số từ 1 đến 65535", "GUONG_PORT must be a number from 1 to 65535", port
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, int(port)))
        except OSError as error:
            raise trouble.of(error, f"{host}:{port} (GUONG_PORT)") from error
        yield door


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """The embedded server, which ends with us however we end; nothing when an address is given."""
    if not database.is_embedded():
        yield
        return
    data = env.var() / pg.NAME
    try:
        pg.start(data, die_with_parent=True)
        heed()
        yield
    finally:
        pg.stop(data)


def _prepare(house: House, *, demo: bool) -> None:
    """Bring the database to this checkout's state when its marks say it is not."""
    marks = stamps.of_database(database.web_url())
    if marks.get("migrations") != stamps.migrations() or not stamps.static_is_fresh(env.var() / "static"):
        _may_migrate()
        _say("Chuẩn bị cơ sở dữ liệu / Preparing the database")
        _step(house, "migrate")
    if demo and "demo" not in marks:
        _say("Nạp dữ liệu mẫu / Loading the demo")
        _step(house, "demo")
    if unsafe := guard.unsafe(database.web_url()):
        raise Trouble("Cơ sở dữ liệu chưa an toàn", "The database is not safe", "; ".join(unsafe))


def _may_migrate() -> None:
    if not database.is_embedded() and not env.OWNER_DATABASE_URL.get():
        raise Trouble(
            "Cơ sở dữ liệu cần cập nhật: đặt GUONG_OWNER_DATABASE_URL rồi chạy lại",
            "The database needs an update: set GUONG_OWNER_DATABASE_URL and run again",
        )


def _step(house: House, command: str) -> None:
    if house.run_once(Child(command, _guong(command), env.for_child())):
        raise Trouble("Bước chuẩn bị không thành", "A step of the preparation failed", f"guong {command}")


def _guong(*words: str) -> list[str]:
    return [sys.executable, "-m", "guong.site.commands", *words]


def _open(house: House, door: socket.socket) -> None:
    """Start web and worker and wait for the first answer."""
    web = [sys.executable, "-m", "gunicorn", "-c", "python:guong.site.gunicorn_settings"]
    bind = ["--bind", f"fd://{door.fileno()}"]
    house.open(Child("web", [*web, *bind], env.for_child(), files=(door.fileno(),)))
    house.open(Child("worker", _guong("worker"), env.for_child()))
    if not wait_until(lambda: _is_decided(house.children[0]), START_PATIENCE):
        raise Trouble("Trang web chưa trả lời", "The site does not answer")
    if house.children[0].has_ended() or _answer() >= 500:
        raise Trouble("Trang web không khởi động được", "The site did not start")


def _is_decided(web: Child) -> bool:
    """The first page came, or never will. Raises Stopped when a signal came meanwhile."""
    heed()
    return web.has_ended() or bool(_answer())


def _answer() -> int:
    """Status of the first page; 0 while nobody answers."""
    host = "127.0.0.1" if env.BIND.get() in {"0.0.0.0", "::"} else env.BIND.get()  # noqa: S104  # compared only
    asked = http.client.HTTPConnection(host, int(env.PORT.get()), timeout=20)
    try:
        asked.request("GET", "/", headers={"Host": env.HOSTS.words()[0]})
        return asked.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        asked.close()


def _announce(demo: bool, seconds: float) -> None:
    _say(f"Gương: http://localhost:{env.PORT.get()}  ({seconds:.1f} s, Ctrl-C để dừng / to stop)")
    logins = env.var() / "demo-logins.txt"
    if demo and logins.exists():
        _say(logins.read_text(encoding="utf-8"))


def _watch(house: House) -> None:
    """Until a signal: fallen processes are started again, the database too."""
    while True:
        heed()
        time.sleep(0.5)
        house.mend()
        if database.is_embedded() and pg.pid_of(env.var() / pg.NAME) is None:
            pg.start(env.var() / pg.NAME, die_with_parent=True)


def _say(line: str) -> None:
    with contextlib.suppress(OSError):  # a closed terminal is no reason to fall
        os.write(sys.stdout.fileno(), f"{line.rstrip()}\n".encode())
