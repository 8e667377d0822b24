"""What a reading may use: time for scans, a path of the file, somebody to tell how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


def _nobody(_done: int, _total: int) -> None:
    """Nobody waits to be told."""


@dataclass(frozen=True)
class Means:
    """`scans`: recognise scans now, or say that the file needs it. `path`: where the bytes may be opened by
    a program, for a process that may write no file. `told` hears pages done and pages in all."""

    scans: bool = True
    path: str = ""
    told: Callable[[int, int], None] = _nobody


class Piece(NamedTuple):
    """A stretch of text on a page; `doubts` are the words of a scan that were recognised badly."""

    page: int
    text: str
    scanned: bool = False
    doubts: tuple[str, ...] = ()
