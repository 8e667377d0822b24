"""Children under one roof, and signals that are never lost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from guong.site import supervise
from guong.site.supervise import Child, House, Stopped
from guong.site.trouble import Trouble


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    yield house
    house.close()


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """The handlers of the tests come back afterwards."""
    kept = {number: signal.getsignal(number) for number in supervise.STOPPING}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
    supervise._told.clear()


def python(code: str) -> Child:
    return Child("thử", [sys.executable, "-c", code], dict(os.environ))


SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"


def test_signal_raises_once_and_a_second_one_does_not_break_off_the_ending():
    supervise.listen_to_signals()
    with pytest.raises(Stopped):
        os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGINT)


def test_signal_whose_exception_was_swallowed_is_heeded_at_the_next_step(house):
    supervise.listen_to_signals()
    with contextlib.suppress(Stopped):  # the interpreter does so when it falls into the moment after a fork
        os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(Stopped):
        house.open(python(SLEEP))
    house.close()
    assert all(child.has_ended() for child in house.children)


def test_step_that_ends_gives_its_code(house):
    assert house.run_once(python("import sys; sys.exit(3)")) == 3
    assert house.children == []


def test_close_ends_a_child_that_does_not_listen(house, monkeypatch):
    monkeypatch.setattr(supervise, "GRACE", 0.3)
    child = python(DEAF)
    house.open(child)
    supervise.wait_until(lambda: is_deaf(child), 5)
    house.close()
    assert child.process.returncode == -signal.SIGKILL


def is_deaf(child: Child) -> bool:
    text = Path(f"/proc/{child.process.pid}/status").read_text()
    mask = int(next(line for line in text.splitlines() if line.startswith("SigIgn:")).split()[1], 16)
    return bool(mask & (1 << (signal.SIGTERM - 1)))


def test_fallen_child_is_started_again_and_one_that_keeps_falling_is_given_up(house):
    child = python("")
    house.open(child)
    for _ in range(supervise.FALLS):
        child.process.wait()
        house.mend()
    child.process.wait()
    with pytest.raises(Trouble, match="thử"):
        house.mend()


def test_child_dies_with_its_parent():
    code = (
        "import os, sys, time; from guong.site.supervise import Child;"
        f"child = Child('c', [sys.executable, '-c', {SLEEP!r}], dict(os.environ)); child.start();"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    path = {**os.environ, "PYTHONPATH": str(Path(supervise.__file__).parents[2])}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=path) as parent:
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    assert supervise.wait_until(lambda: not is_alive(child), 5)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except FileNotFoundError:
        return False


def test_waiting_gives_up_in_time():
    began = time.monotonic()
    assert not supervise.wait_until(lambda: False, 0.1)
    assert time.monotonic() - began < 2
