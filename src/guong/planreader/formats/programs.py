"""Programs of the machine that reading may use, run with fixed arguments, limits and no environment.

antiword reads old Word files, Tesseract recognises scans. Both are optional: `missing` says what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache

_PATH = os.pathsep.join(("/usr/local/bin", os.defpath))
LANGUAGE = "vie"
# What Debian calls the packages that bring each program.
PACKAGES: Mapping[str, str] = {"antiword": "antiword", "tesseract": "tesseract-ocr tesseract-ocr-vie"}


class Failed(Exception):
    """The program ended with an error, was killed or took too long."""


@cache
def place_of(name: str) -> str | None:
    """Where the program is, None when it is missing."""
    return shutil.which(name, path=_PATH)


def run(name: str, arguments: Sequence[str], data: bytes = b"", seconds: float = 60.0) -> bytes:
    """What the program writes when it reads `data`. Raises Failed."""
    command = [place_of(name) or name, *arguments]
    env = {"PATH": _PATH, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=env, timeout=seconds, cwd="/")
    except (OSError, subprocess.SubprocessError) as wrong:
        raise Failed(name) from wrong
    if done.returncode:
        raise Failed(f"{name}: {done.returncode}")
    return done.stdout


@cache
def reads_scans() -> bool:
    """Tesseract is there and knows Vietnamese."""
    if place_of("tesseract") is None:
        return False
    try:
        listed = run("tesseract", ["--list-langs"]).decode("utf-8", "replace").split()
    except Failed:
        return False
    return LANGUAGE in listed


def reads_old_word() -> bool:
    """antiword is there."""
    return place_of("antiword") is not None


def missing() -> list[str]:
    """Debian packages that would let more kinds of file be read."""
    there = {"antiword": reads_old_word(), "tesseract": reads_scans()}
    return [packages for name, packages in PACKAGES.items() if not there[name]]
