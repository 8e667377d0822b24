"""A web server of our own for one benchmark, and a signed-in reader with one open connection."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from guong.site import env

PATIENCE = 40.0  # seconds until the server must answer


@contextmanager
def server() -> Iterator[int]:
    """The product's own web processes on a free port, on the database of the settings. Yields the port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:guong.site.gunicorn_settings"]
    bind = ["--bind", f"127.0.0.1:{port}"]
    child = subprocess.Popen([*command, *bind], env=env.for_child(), cwd=env.ROOT)
    try:
        _wait_for(port, child)
        yield port
    finally:
        child.terminate()
        child.wait(timeout=30)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, child: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and child.poll() is None:
        try:
            if Reader(port).get("/dang-nhap/")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server of the benchmark did not answer")


class Reader:
    """One browser: cookies, and a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and whole body."""
        return self._ask("GET", path)

    def post(self, path: str, values: Mapping[str, str]) -> tuple[int, bytes]:
        """A form with its token; redirects are not followed."""
        token = next((value for name, value in self.cookies.items() if "csrf" in name), "")
        return self._ask("POST", path, urlencode({**values, "csrfmiddlewaretoken": token}))

    def log_in(self, name: str, password: str) -> Reader:
        """Raises RuntimeError when the account is not there: load the demo first."""
        self.get("/dang-nhap/")
        status, body = self.post("/dang-nhap/", {"username": name, "password": password})
        if status != 302:
            raise RuntimeError(f"cannot log in as {name}: {status} {re.sub(rb'<[^>]+>', b'', body)[:200]!r}")
        return self

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Host": f"localhost:{self.port}", "Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: found.value for name, found in SimpleCookie(line).items()}
        return answer.status, content
