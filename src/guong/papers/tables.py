"""Spreadsheets in: the first sheet of a stranger's .xlsx as rows of text and numbers.

Read in a child process that limits itself, because one cell at the far corner or a packed bomb must not take
the server along (security G1). Days come out as 24/11/2026, whole numbers without a point.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

Row = list[str | int | float]

SECONDS: Final = 30.0
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 80
MOST_UNPACKED: Final = 400 * 1024 * 1024
MOST_PARTS: Final = 2_000
_PACKAGES = Path(__file__).resolve().parents[2]


class BadTableError(ValueError):
    """The file is no table we can read; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason if reason in REASONS else "broken"


REASONS: Final = (
    "empty",
    "not_xlsx",
    "old_xls",
    "locked",
    "macros",
    "broken",
    "too_big",
    "too_slow",
    "no_rows",
)


def read_rows(data: bytes, seconds: float = SECONDS) -> list[Row]:
    """Rows of the first sheet that has any, from its first line on. Raises BadTableError."""
    _must_be_a_workbook(data)
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(data)
        question.seek(0)
        _run(question.fileno(), answer.fileno(), seconds)
        answer.seek(0)
        try:
            message = json.loads(answer.read())
        except ValueError as unclear:
            raise BadTableError("broken") from unclear
    if not isinstance(message, list):
        raise BadTableError(str(message.get("reason")) if isinstance(message, dict) else "broken")
    return message


def _must_be_a_workbook(data: bytes) -> None:
    """Looks at the directory of the package only. Raises BadTableError."""
    if not data:
        raise BadTableError("empty")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise BadTableError("locked" if locked else "old_xls")
    if not data.startswith(b"PK\x03\x04"):
        raise BadTableError("not_xlsx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise BadTableError("broken") from broken
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise BadTableError("not_xlsx")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadTableError("macros")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadTableError("too_big")


def _run(question: int, answer: int, seconds: float) -> None:
    """The child writes into a file whose size it has limited itself."""
    process = subprocess.Popen(
        [sys.executable, "-B", "-m", "guong.papers.tables_child", str(seconds)],
        stdin=question,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_PACKAGES), "PYTHONUTF8": "1", "PATH": os.defpath},
        cwd="/",
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as slow:
        raise BadTableError("too_slow") from slow
    finally:
        process.kill()
        process.wait()
