"""Dates as plans give them: a day, a month, a quarter or a year; shown, typed and turned into days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from guong.plans.models import Precision

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ISO = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{1,2})(?:-(\d{1,2}))?))?$")
_DAY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$")
_LONG_DAY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$")
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(\d{4})$")
_QUARTER = re.compile(r"(?:quý|quy|q)\s*([1-4]|iv|i{1,3})\s*(?:[/.-]|năm|\s)\s*(\d{4})$")
_YEARLY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(\d{1,2})$")
_ISO_YEARLY = re.compile(r"--(\d{2})-(\d{2})$")
_YEAR = re.compile(r"(?:năm\s+)?(\d{4})$")


@dataclass(frozen=True)
class When:
    """A time with the precision it was given with."""

    first: date
    last: date
    precision: str

    @property
    def day(self) -> date | None:
        """The day, when it is one."""
        return self.first if self.precision == Precision.DAY else None

    def last_good_day(self, *, strict: bool) -> date:
        """ "trước ngày D" ends with D−1; "trong tháng M" ends with the month (design.md decision 14)."""
        return self.first - timedelta(days=1) if strict else self.last

    def shown(self) -> str:
        """10/04/2020, 6/2020, quý I/2026 or 2023."""
        if self.precision == Precision.DAY:
            return f"{self.first:%d/%m/%Y}"
        if self.precision == Precision.MONTH:
            return f"{self.first.month}/{self.first.year}"
        if self.precision == Precision.QUARTER:
            roman = ("I", "II", "III", "IV")[self.first.month // 3]
            return f"quý {roman}/{self.first.year}"
        return str(self.first.year)

    def iso(self) -> str:
        """The form plans are stored in: 2020-04-10, 2020-06, 2026-Q1 or 2023."""
        if self.precision == Precision.DAY:
            return self.first.isoformat()
        if self.precision == Precision.MONTH:
            return f"{self.first:%Y-%m}"
        if self.precision == Precision.QUARTER:
            return f"{self.first.year}-Q{self.first.month // 3 + 1}"
        return str(self.first.year)


def of_iso(text: str) -> When:
    """Raises ValueError with a sentence for what is no date."""
    found = _ISO.match(text.strip())
    if not found:
        raise ValueError(_no_date(text))
    year, quarter, month, day = (int(part) if part else 0 for part in found.groups())
    return _when(text, year, month=month, day=day, quarter=quarter)


def of_text(text: str) -> When:
    """What a person typed, in any of the shapes offices use. Raises ValueError with a sentence."""
    typed = " ".join(text.lower().split())
    if found := _DAY.match(typed) or _LONG_DAY.match(typed):
        day, month, year = (int(part) for part in found.groups())
        return _when(text, year, month=month, day=day)
    if found := _QUARTER.match(typed):
        quarter = _ROMAN.get(found[1]) or int(found[1])
        return _when(text, int(found[2]), quarter=quarter)
    if found := _MONTH.match(typed):
        return _when(text, int(found[2]), month=int(found[1]))
    if found := _YEAR.match(typed):
        return _when(text, int(found[1]))
    return of_iso(text)


def yearly(text: str) -> tuple[int, int]:
    """(month, day) of every year, typed 10/12. Raises ValueError with a sentence."""
    found = _YEARLY.match(" ".join(text.lower().split()))
    if found:
        day, month = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]:
            return month, day
    raise ValueError(_("“%(text)s” is no day of the year. Write it like 10/12.") % {"text": text[:40]})


def shown_yearly(text: str) -> str:
    """The reader's --12-10 as people write it: 10/12."""
    found = _ISO_YEARLY.match(text)
    return f"{found[2]}/{found[1]}" if found else text


def day_of_year(year: int, month: int, day: int) -> date:
    """The day in one year; 29/02 is 28/02 in most of them."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _when(text: str, year: int, *, month: int = 0, day: int = 0, quarter: int = 0) -> When:
    if not 1900 <= year <= 2100:
        raise ValueError(_no_date(text))
    try:
        if day:
            only = date(year, month, day)
            return When(only, only, Precision.DAY)
        if month:
            return When(date(year, month, 1), _end(year, month), Precision.MONTH)
    except ValueError:
        raise ValueError(_no_date(text)) from None
    if quarter:
        return When(date(year, quarter * 3 - 2, 1), _end(year, quarter * 3), Precision.QUARTER)
    return When(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def _end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def _no_date(text: str) -> str:
    return _("“%(text)s” is not a date. Write it like 10/04/2026, 6/2026 or 2026.") % {"text": text[:40]}
