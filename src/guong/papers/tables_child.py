"""The limited process behind `tables.read_rows`: a workbook comes in, one JSON answer goes out."""

from __future__ import annotations

import datetime
import json
import math
import resource
import sys
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from guong.papers.tables import MOST_COLUMNS, MOST_ROWS, BadTableError

MEMORY = 1024 * 1024 * 1024
MOST_ANSWER = 256 * 1024 * 1024
LETTERS = 2_000  # of one cell


def main() -> None:
    """Limits first, then the file."""
    limit(float(sys.argv[1]))
    try:
        said: object = rows(sys.stdin.buffer.read())
    except BadTableError as reason:
        said = {"reason": reason.reason}
    except CalamineError as reason:
        said = {"reason": "locked" if "password" in str(reason).lower() else "broken"}
    sys.stdout.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")))  # `dump` is slow Python
    sys.stdout.flush()


def limit(seconds: float) -> None:
    """Never to be lifted again in this process."""
    for kind, value in (
        (resource.RLIMIT_CPU, max(1, math.ceil(seconds))),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, MOST_ANSWER),
        (resource.RLIMIT_NOFILE, 24),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def rows(data: bytes) -> list[list[str | int | float]]:
    """The first sheet with anything in it. Raises BadTableError, CalamineError."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if not sheet.height or not sheet.width:
            continue
        if sheet.end and sheet.end[0] >= MOST_ROWS:
            raise BadTableError("too_big")
        return [[_cell(value) for value in row[:MOST_COLUMNS]] for row in sheet.iter_rows()]
    raise BadTableError("no_rows")


def _cell(value: Any) -> str | int | float:
    match value:
        case str():
            return value[:LETTERS]
        case bool():
            return "x" if value else ""
        case int():
            return value
        case float():
            return int(value) if value.is_integer() else value
        case datetime.date():
            return f"{value:%d/%m/%Y}"
        case None:
            return ""
        case _:
            return str(value)[:LETTERS]


if __name__ == "__main__":
    main()
