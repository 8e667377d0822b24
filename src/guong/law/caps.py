"""Caps over a whole list: how many of one award for so many of another, per unit and per proposing level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import polars as pl

from guong.law.book import Law
from guong.law.model import Cited, NotKnown

# Capped award, the awards it is counted on, the value that says how much.
CAPS = (
    ("CSTDCS", "LDTT", "caps.CSTDCS.of_LDTT"),
    ("COCP", "COT", "caps.COCP.of_flag_standard"),
    ("COCP", "COB", "caps.COCP.of_flag_standard"),
)
Scope = Literal["unit", "proposer"]
LINES = {"subject": pl.Int64, "unit": pl.String, "proposer": pl.String, "code": pl.String}


@dataclass(frozen=True)
class CapFinding:
    """One cap at one place of the list. `allowed` is None where the share is not known."""

    code: str
    base_code: str
    scope: Scope
    place: str
    count: int
    base: int
    allowed: int | None
    cited: Cited | None

    @property
    def over(self) -> int:
        """How many too many; 0 when within the cap or the cap is not known."""
        return max(0, self.count - self.allowed) if self.allowed is not None else 0

    @property
    def unverified(self) -> bool:
        """Whether the share is not verified."""
        return self.cited is None or self.cited.is_unverified


def check_caps(law: Law, lines: pl.DataFrame, day: date, regime: str | None = None) -> list[CapFinding]:
    """Every cap of the day over a list of LINES, quick enough to ask again at each change of the list.

    Who is put forward for the capped award counts in the base, whether or not the lower title stands on the
    list too.
    """
    found = []
    for code, base_code, name in CAPS:
        capped = lines.filter(pl.col("code") == code)
        if capped.is_empty() or not _is_base(lines, code, base_code):
            continue
        cited = _share(law, name, day, regime)
        based = lines.filter(pl.col("code").is_in([code, base_code]))
        for scope in get_args(Scope):
            found += [
                CapFinding(code, base_code, scope, place, count, base, _allowed(base, cited), cited)
                for place, count, base in _counts(capped, based, scope)
            ]
    return found


def _is_base(lines: pl.DataFrame, code: str, base_code: str) -> bool:
    """Flags have two bases, of the province and of the ministry; the one on the list counts."""
    return code != "COCP" or base_code in lines["code"]


def _counts(capped: pl.DataFrame, based: pl.DataFrame, scope: str) -> list[tuple[str, int, int]]:
    counts = capped.group_by(scope).agg(pl.col("subject").n_unique().alias("count"))
    bases = based.group_by(scope).agg(pl.col("subject").n_unique().alias("base"))
    return [
        (place, count, base) for place, count, base in counts.join(bases, on=scope).sort(scope).iter_rows()
    ]


def _share(law: Law, name: str, day: date, regime: str | None) -> Cited | None:
    try:
        return law.value(name, day, regime)
    except NotKnown:
        return None


def _allowed(base: int, cited: Cited | None) -> int | None:
    return base * cited.value // 100 if cited is not None and isinstance(cited.value, int) else None
