"""Reading a stranger's file in a child process that is limited, watched, and killed at its deadline.

The child is a fresh interpreter (no fork of a threaded server). It limits itself before it looks at the file:
CPU time, address space, open files, no writing of files, no core dumps.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from guong.planreader.formats import MAX_BYTES
from guong.planreader.model import Reading
from guong.planreader.reasons import REASONS, Unreadable

SECONDS = 5.0
# What the child may answer; a reading of the longest file allowed is far smaller.
MAX_ANSWER = 32 * 1024 * 1024
_PACKAGES = Path(__file__).resolve().parents[2]


def read_limited(data: bytes, name: str, seconds: float = SECONDS) -> Reading:
    """`reader.read` behind limits; every failure, also the child's death, is an Unreadable (security G1)."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_big", name=name, limit_mb=MAX_BYTES // 1024 // 1024)
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryFile() as question:
        question.write(json.dumps({"name": name, "seconds": seconds}).encode() + b"\n")
        question.write(data)
        question.seek(0)
        answer, code = _run(question, deadline)
    if answer is None or code == -signal.SIGXCPU:
        raise Unreadable("too_slow", name=name, seconds=round(seconds))
    return _understood(answer, name)


def _run(question: IO[bytes], deadline: float) -> tuple[bytes | None, int]:
    """The child's answer and exit code; None when it was stopped at the deadline."""
    process = subprocess.Popen(
        [sys.executable, "-B", "-m", "guong.planreader.child"],
        stdin=question,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_PACKAGES), "PYTHONUTF8": "1", "PATH": os.defpath},
        cwd="/",
        start_new_session=True,
    )
    try:
        answer = _collect(process, deadline)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        if process.stdout:
            process.stdout.close()
    return answer, code


def _collect(process: subprocess.Popen[bytes], deadline: float) -> bytes | None:
    """All the child writes until it closes its output; None at the deadline or when it is too much."""
    pipe = process.stdout
    if pipe is None:
        return None
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            part = os.read(pipe.fileno(), 1 << 16)
            if not part:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=max(0.0, deadline - time.monotonic()))
                return b"".join(parts)
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER:
                return None
    return None


def _understood(answer: bytes, name: str) -> Reading:
    try:
        message = json.loads(answer)
        if "reading" in message:
            return Reading.from_json(message["reading"])
        code, params = message["code"], message["params"]
    except (ValueError, KeyError, TypeError) as unclear:
        raise Unreadable("reader_failed", name=name) from unclear
    raise Unreadable(
        code if code in REASONS else "reader_failed", **(params if isinstance(params, dict) else {})
    )
