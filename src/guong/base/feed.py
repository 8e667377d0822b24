"""What apps tell the home page and the search: work that waits, and things that were found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Task:
    """One thing that waits for one user: what, why in one line, until when, and the one button."""

    title: str
    reason: str
    url: str
    action: str
    due: date | None = None  # last good day
    kind: str = "nomination"  # icon name


@dataclass(frozen=True)
class Hit:
    """One record found by the search."""

    title: str
    detail: str
    url: str
    kind: str  # icon name, and the group it is listed under
