"""Reading one cell: a day, a year, a rating, an award, as offices write them. None: not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from guong.base.text import clean, fold
from guong.records import catalogue
from guong.records.models.kept import YEARS

_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_WORDS = re.compile(r"ng[àa]y\s*(\d{1,2})\s*th[áa]ng\s*(\d{1,2})\s*n[ăa]m\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")
_NUMBER = re.compile(r"\d+[A-Za-z]?(?:\s*/\s*\d{4})?\s*/\s*[\wĐđ&\-–.]+")
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000  # 1927 … 2119 as Excel counts days
_ZERO = date(1899, 12, 30)
Cell = str | int | float


@lru_cache(maxsize=20_000)
def day_of(cell: Cell) -> date | None:
    """A day written 24/11/2026, 24-11-26, 2026-11-24, in words, or as Excel's count of days."""
    if isinstance(cell, int | float):
        return _ZERO + timedelta(days=int(cell)) if _FIRST_SERIAL <= cell <= _LAST_SERIAL else None
    text = clean(cell)
    if text.isdigit() and len(text) == 5:
        return day_of(int(text))
    if found := _ISO.search(text):
        return _date(found[1], found[2], found[3])
    if found := (_WORDS.search(text) or _DAY.search(text)):
        year = found[3] if len(found[3]) == 4 else f"{'19' if int(found[3]) > 50 else '20'}{found[3]}"
        return _date(year, found[2], found[1])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=5_000)
def year_of(cell: Cell) -> int | None:
    """A year alone, or the only year in a few words such as “Năm 2024”."""
    if isinstance(cell, int | float):
        return int(cell) if YEARS[0] <= cell <= YEARS[1] and int(cell) == cell else None
    found = set(_YEAR.findall(clean(cell)))
    return int(found.pop()) if len(found) == 1 else None


@lru_cache(maxsize=20_000)
def birth_year_of(cell: Cell) -> int | None:
    """The year of birth; the day is read over and not kept."""
    day = day_of(cell)
    return day.year if day and (isinstance(cell, str) or cell > YEARS[1]) else year_of(cell)


@dataclass(frozen=True)
class DecisionCell:
    """What one cell says about a decision."""

    number: str
    day: date | None
    authority: str


@lru_cache(maxsize=50_000)
def decision_of(cell: Cell) -> DecisionCell:
    """“213/QĐ-SYT ngày 20/11/2024 của Giám đốc Sở Y tế” taken apart."""
    text = clean(str(cell))
    number = _NUMBER.search(text)
    own = re.sub(r"\s+", "", number.group()) if number else ""
    rest = text[number.end() :] if number else text
    by = re.search(r"(?:của|do)\s+(.+)$", rest, re.IGNORECASE)
    return DecisionCell(own, day_of(rest), by.group(1).strip(" .;)") if by else "")


_LEVELS = {
    "HTXS": ("htxs", "htxsnv", "xuat sac", "hoan thanh xuat sac", "hoan thanh xuat sac nhiem vu", "a1"),
    "HTT": ("htt", "httnv", "tot", "hoan thanh tot", "hoan thanh tot nhiem vu"),
    "HT": ("ht", "htnv", "hoan thanh", "hoan thanh nhiem vu"),
    "KHT": ("kht", "khtnv", "khong hoan thanh", "khong hoan thanh nhiem vu", "chua hoan thanh",
            "chua hoan thanh nhiem vu"),
}  # fmt: skip
_LEVEL_OF = {words: level for level, all_words in _LEVELS.items() for words in all_words}
_KIND_OF = {
    "cong trang": "merit", "thuong xuyen": "merit", "cong trang va thanh tich dat duoc": "merit",
    "theo cong trang": "merit", "dot xuat": "sudden", "phong trao": "movement",
    "phong trao thi dua": "movement",
    "chuyen de": "movement", "theo dot": "movement", "thi dua theo chuyen de": "movement",
    "cong hien": "devotion", "qua trinh cong hien": "devotion", "qua trinh": "devotion",
    "nien han": "service", "doi ngoai": "foreign", "khang chien": "resistance",
}  # fmt: skip
_RECOGNISED = {
    "co so": "unit", "cap co so": "unit", "don vi": "unit", "cap don vi": "unit", "so": "unit",
    "cap so": "unit",
    "tinh": "province", "cap tinh": "province", "bo": "province", "cap bo": "province", "nganh": "province",
    "toan quoc": "nation", "cap toan quoc": "nation", "nha nuoc": "nation", "cap nha nuoc": "nation",
    "quoc gia": "nation",
}  # fmt: skip
_SUBJECT_OF = {
    "ca nhan": "person", "canhan": "person", "cn": "person",
    "tap the": "body", "tapthe": "body", "tt": "body", "don vi": "body",
}  # fmt: skip


@lru_cache(maxsize=2_000)
def level_of(words: str) -> str | None:
    """The rating a cell means."""
    return _LEVEL_OF.get(fold(words))


@lru_cache(maxsize=2_000)
def kind_of(words: str) -> str | None:
    """The type of commendation a cell means; “theo chuyên đề” and “khen đột xuất” too."""
    bare = re.sub(r"^(khen( thuong)?|theo)\s+", "", fold(words))
    return _KIND_OF.get(bare) or _KIND_OF.get(re.sub(r"^theo\s+", "", bare))


@lru_cache(maxsize=2_000)
def recognised_of(words: str) -> str | None:
    """The level at which an initiative was recognised."""
    return _RECOGNISED.get(fold(words))


@lru_cache(maxsize=2_000)
def subject_of(words: str) -> str | None:
    """Person or collective."""
    return _SUBJECT_OF.get(fold(words))


def award_of(*cells: str) -> str | None:
    """The code of the award the cells mean, the first that is known."""
    for cell in cells:
        if cell and cell.upper().strip() in catalogue.BY_CODE:
            return cell.upper().strip()
        if cell and (code := catalogue.code_of(cell)):
            return code
    return None
