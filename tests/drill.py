"""Two sizes of one test: small in every run, the full number of docs/security.md by `make drill`."""

from __future__ import annotations

import os

FULL = bool(os.environ.get("GUONG_DRILL"))


def size(small: int, full: int) -> int:
    """How many rounds this run makes."""
    return full if FULL else small
