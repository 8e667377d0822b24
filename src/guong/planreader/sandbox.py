"""Reading a stranger's file in a child process that is limited, watched, and killed at its deadline.

The child is a fresh interpreter (no fork of a threaded server). It limits itself before it looks at the file:
CPU time, address space, open files, no writing of files, no core dumps. Programs it calls inherit its limits.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from guong.planreader.formats import MAX_BYTES
from guong.planreader.model import Reading
from guong.planreader.reasons import REASONS, Unreadable

SECONDS = 5.0
# A scan of the most pages allowed, on one slow core.
SECONDS_FOR_SCANS = 600.0
# What the child may answer; a reading of the longest file allowed is far smaller.
MAX_ANSWER = 48 * 1024 * 1024
_PACKAGES = Path(__file__).resolve().parents[2]
Told = Callable[[int, int], None]


def read_limited(
    data: bytes, name: str, seconds: float = SECONDS, *, scans: bool = False, told: Told | None = None
) -> Reading:
    """`reader.read` behind limits; every failure, also the child's death, is an Unreadable (security G1).

    Without `scans` a file that must be recognised is an Unreadable "needs_time"; with them `told` hears how
    many pages are done.
    """
    message = _asked(data, {"name": name, "seconds": seconds, "scans": scans}, told)
    try:
        return Reading.from_json(message["reading"])
    except (ValueError, KeyError, TypeError) as unclear:
        raise Unreadable("reader_failed", name=name) from unclear


def page_limited(data: bytes, name: str, number: int, seconds: float = SECONDS) -> bytes:
    """A page of a PDF or picture as JPEG, drawn behind the same limits. Raises Unreadable."""
    message = _asked(data, {"name": name, "seconds": seconds, "page": number}, None)
    try:
        return base64.b64decode(message["picture"], validate=True)
    except (ValueError, KeyError, TypeError) as unclear:
        raise Unreadable("reader_failed", name=name) from unclear


def _asked(data: bytes, question: Mapping[str, Any], told: Told | None) -> Mapping[str, Any]:
    name, seconds = question["name"], question["seconds"]
    if len(data) > MAX_BYTES:
        raise Unreadable("too_big", name=name, limit_mb=MAX_BYTES // 1024 // 1024)
    deadline = time.monotonic() + seconds
    try:
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            answer, code = _run(file, question, deadline, told)
    except OSError as full:
        raise Unreadable("no_room", name=name) from full
    if answer is None or code == -signal.SIGXCPU:
        raise Unreadable("too_slow", name=name, seconds=round(seconds))
    return _understood(answer, name)


def _run(
    file: IO[bytes], question: Mapping[str, Any], deadline: float, told: Told | None
) -> tuple[bytes | None, int]:
    """The child's answer and exit code; None when it was stopped at the deadline."""
    asked = json.dumps({**question, "parent": os.getpid()})
    process = subprocess.Popen(
        [sys.executable, "-B", "-m", "guong.planreader.child", asked],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_PACKAGES), "PYTHONUTF8": "1", "PATH": os.defpath, "MALLOC_ARENA_MAX": "2"},
        cwd="/",
        start_new_session=True,
    )
    try:
        answer = _collect(process, deadline, told)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        if process.stdout:
            process.stdout.close()
    return answer, code


def _collect(process: subprocess.Popen[bytes], deadline: float, told: Told | None) -> bytes | None:
    """The last line the child writes; None at the deadline or when it writes too much."""
    rest = b""
    for part in _parts(process, deadline):
        if part is None:
            return None
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            if not _is_progress(line, told):
                rest = line
                break
        if len(rest) > MAX_ANSWER:
            return None
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=max(0.0, deadline - time.monotonic()))
    return rest


def _parts(process: subprocess.Popen[bytes], deadline: float) -> Iterator[bytes | None]:
    """What the child writes, as it writes it, until it closes its output; None at the deadline."""
    pipe = process.stdout
    if pipe is None:
        return
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            part = os.read(pipe.fileno(), 1 << 16)
            if not part:
                return
            yield part
    yield None


def _is_progress(line: bytes, told: Told | None) -> bool:
    """Tell how far the child is, when that is what the line says."""
    if len(line) > 100 or not line.startswith(b'{"done"'):
        return False
    try:
        message = json.loads(line)
        done, total = int(message["done"]), int(message["total"])
    except (ValueError, KeyError, TypeError):
        return False
    if told is not None and 0 <= done <= total:
        told(done, total)
    return True


def _understood(answer: bytes, name: str) -> Mapping[str, Any]:
    """What the child says it found. Raises Unreadable for a reason, and for nonsense."""
    try:
        message = json.loads(answer)
        if "code" not in message:
            return dict(message)
        code, params = message["code"], message["params"]
    except (ValueError, KeyError, TypeError) as unclear:
        raise Unreadable("reader_failed", name=name) from unclear
    raise Unreadable(
        code if code in REASONS else "reader_failed", **(params if isinstance(params, dict) else {})
    )
