"""Titles and forms of commendation as the book writes them: the law's catalogue, and forms outside it (D-09).

Codes, names, levels and regimes are data of `guong.law`; nothing is typed here a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guong.law import Award, NotInForce
from guong.law.names import key_of, names_of
from guong.regulations.here import national_law

ONE, MANY = ("individual",), ("collective",)
BOTH = ("individual", "collective")
OTHER = "KHAC"


@dataclass(frozen=True)
class Title:
    """One title or form: code, name in full, name in tables, level, whom it honours, all its names."""

    code: str
    name: str
    short: str
    is_title: bool
    level: str
    subjects: tuple[str, ...]
    names: tuple[str, ...] = ()


def _title(award: Award) -> Title:
    subjects = tuple(kind for kind in BOTH if kind in award.subjects)
    is_title = award.category == "title"
    return Title(award.code, award.vi, award.short, is_title, award.level, subjects, names_of(award))


_LAW = national_law()
TITLES = (
    *(title for title in map(_title, _LAW.awards.values()) if title.subjects),  # the book knows no households
    Title(OTHER, "Hình thức khác", "khác", is_title=False, level="unit", subjects=BOTH),
)
BY_CODE = {title.code: title for title in TITLES}
CODES = tuple(BY_CODE)
CHOICES = [(title.code, title.name) for title in TITLES]
REGIMES = tuple(_LAW.regimes)
BEGINNINGS = tuple(sorted(((each.code, each.since) for each in _LAW.regimes.values()), reverse=True))


def regime_on(day: date) -> str:
    """The regime of a decision of that day; empty before the oldest one kept."""
    try:
        return _LAW.regime_on(day).code
    except NotInForce:
        return ""


@lru_cache(maxsize=4096)
def code_of(words: str) -> str | None:
    """The code that a cell or an old paper means; None when it names no award we know."""
    bare = key_of(words).removeprefix("tang ").removeprefix("danh hieu ").strip()
    award = _LAW.award_called(words) or _LAW.award_called(bare)
    return award.code if award and award.code in BY_CODE else None


def short_of(code: str) -> str:
    """The name in tables; the code itself for one the catalogue lost."""
    return BY_CODE[code].short if code in BY_CODE else code


def name_of(code: str) -> str:
    """The name in full; the code itself for one the catalogue lost."""
    return BY_CODE[code].name if code in BY_CODE else code
