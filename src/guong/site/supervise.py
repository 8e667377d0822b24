"""Child processes under one roof: none outlives the parent, fallen ones start again, all end."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from guong.site import orphans
from guong.site.trouble import Trouble

GRACE = 8.0  # seconds a child gets to finish what it is doing
CALM = 30.0  # a child that lived so long counts as healthy
FALLS = 5  # in a row, before giving up
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal asked us to end. Not an Exception: nothing may swallow it."""


def listen_to_signals() -> None:
    """Before the first child starts: a signal during the start must still end everything."""
    for number in STOPPING:
        signal.signal(number, _stop)


_told: list[int] = []  # signals that asked us to end


def _stop(number: int, _frame: object) -> None:
    _told.append(number)
    if len(_told) == 1:  # ending takes a moment; a second Ctrl-C must not break it off
        raise Stopped


def heed() -> None:
    """Ask between two steps: a signal's exception is lost when it falls into a fork, its word is not."""
    if _told:
        raise Stopped


@dataclass
class Child:
    """One process in a session of its own, so that Ctrl-C in the terminal reaches only the parent."""

    name: str
    command: list[str]
    environment: dict[str, str]
    files: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0

    def start(self) -> None:
        """Start; killed when the parent is: told to end, it could wait for the lost database."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=self.environment, pass_fds=self.files, stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=functools.partial(orphans.die_with_parent, signal.SIGKILL, os.getpid()),
        )  # fmt: skip

    def has_ended(self) -> bool:
        """True once it was started and is gone."""
        return self.process is not None and self.process.poll() is not None

    def signal(self, number: int) -> None:
        """To the process first asked to end, or to its whole group when it must."""
        if self.process is None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            elif self.process.poll() is None:
                self.process.send_signal(number)
        except ProcessLookupError:
            pass


@dataclass
class House:
    """All children."""

    children: list[Child] = field(default_factory=list)

    def open(self, child: Child) -> None:
        """Add and start."""
        self.children.append(child)
        child.start()
        heed()

    def run_once(self, child: Child) -> int:
        """Start a child that ends by itself and wait for it."""
        self.open(child)
        while not child.has_ended():
            heed()
            time.sleep(0.03)
        self.children.remove(child)
        return child.process.returncode if child.process else 1

    def mend(self) -> None:
        """Start fallen children again. Raises Trouble when one keeps falling."""
        for child in self.children:
            if not child.has_ended():
                continue
            child.falls = 1 if time.monotonic() - child.started > CALM else child.falls + 1
            if child.falls > FALLS:
                raise Trouble("Tiến trình dừng liên tục", "A process keeps ending", child.name)
            sys.stderr.write(f"{child.name}: khởi động lại / started again\n")
            child.start()

    def close(self) -> None:
        """Ask all to end, wait, end by force what is left, with everything it started."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        wait_until(lambda: all(child.process is None or child.has_ended() for child in self.children), GRACE)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Ask every few hundredths of a second; False when the time is over."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True
