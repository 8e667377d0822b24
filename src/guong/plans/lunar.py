"""The Vietnamese lunar calendar: new moons and solar terms of 105° East, after Meeus and Hồ Ngọc Đức.

Pure arithmetic, right for 1900–2199. A month begins on the day of its new moon in Hà Nội; month 11 holds the
winter solstice; between two of them a thirteenth month without a principal term is a leap month (B-08).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import floor, pi, sin

FIRST_YEAR, LAST_YEAR = 1900, 2199
_DAYS_OF_MOON = 29.530588853
_EPOCH = 2415021.076998695  # the first new moon of 1900, as a Julian day
_ORDINAL = 1721425  # Julian day number of the day before 01/01/0001
_HANOI = 7 / 24


def solar_day(year: int, month: int, day: int) -> date | None:
    """The day of our calendar on which a lunar day of a lunar year falls (never one of a leap month).

    None for a thirtieth day in a month that has only 29. Raises ValueError outside 1900–2199.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"lunar year {year} is outside {FIRST_YEAR}-{LAST_YEAR}")
    winter = _month_eleven(year if month >= 11 else year - 1)
    index = _moon_of(winter)
    steps = (month - 11) % 12
    leap = _leap_month(winter)
    if leap is not None and steps >= leap:
        steps += 1
    first, after = _new_moon(index + steps), _new_moon(index + steps + 1)
    return date.fromordinal(first + day - 1 - _ORDINAL) if first + day - 1 < after else None


def _moon_of(day: int) -> int:
    """Number of the new moon on a day."""
    return floor((day - _EPOCH) / _DAYS_OF_MOON + 0.5)


@lru_cache(maxsize=4096)
def _new_moon(index: int) -> int:
    """Julian day number, in Hà Nội, of the new moon so many months after that of 1900."""
    t = index / 1236.85
    mean = 2415020.75933 + 29.53058868 * index + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * _sin(166.56 + 132.87 * t - 0.009173 * t**2)
    sun = 359.2242 + 29.10535608 * index - 0.0000333 * t**2 - 0.00000347 * t**3
    moon = 306.0253 + 385.81691806 * index + 0.0107306 * t**2 + 0.00001236 * t**3
    node = 21.2964 + 390.67050646 * index - 0.0016528 * t**2 - 0.00000239 * t**3
    return floor(mean + _correction(t, sun, moon, node) - _clock_drift(t) + 0.5 + _HANOI)


def _correction(t: float, sun: float, moon: float, node: float) -> float:
    """From the mean to the true new moon, in days."""
    return (
        (0.1734 - 0.000393 * t) * _sin(sun) + 0.0021 * _sin(2 * sun)
        - 0.4068 * _sin(moon) + 0.0161 * _sin(2 * moon) - 0.0004 * _sin(3 * moon)
        + 0.0104 * _sin(2 * node) - 0.0051 * _sin(sun + moon)
        - 0.0074 * _sin(sun - moon) + 0.0004 * _sin(2 * node + sun)
        - 0.0004 * _sin(2 * node - sun) - 0.0006 * _sin(2 * node + moon)
        + 0.0010 * _sin(2 * node - moon) + 0.0005 * _sin(2 * moon + sun)
    )  # fmt: skip


def _clock_drift(t: float) -> float:
    """How far even time is ahead of the clock, in days."""
    return -0.000278 + 0.000265 * t + 0.000262 * t**2


def _sin(degrees: float) -> float:
    return sin(degrees * pi / 180)


def _sector(day: int) -> int:
    """Which twelfth of its way, from the spring equinox, the sun is in at midnight in Hà Nội (0–11)."""
    t = (day - 2451545.5 - _HANOI) / 36525
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    centre = (1.914600 - 0.004817 * t - 0.000014 * t**2) * _sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * _sin(2 * anomaly) + 0.000290 * _sin(3 * anomaly)
    return floor(((mean + centre) % 360) / 30)


@lru_cache(maxsize=1024)
def _month_eleven(year: int) -> int:
    """First day of the lunar month that holds the winter solstice of a year."""
    last = date(year, 12, 31).toordinal() + _ORDINAL
    index = floor((last - 2415021) / _DAYS_OF_MOON)
    first = _new_moon(index)
    return _new_moon(index - 1) if _sector(first) >= 9 else first


@lru_cache(maxsize=1024)
def _leap_month(winter: int) -> int | None:
    """How many months after this month 11 the leap month comes; None in a year of twelve."""
    following = _month_eleven(date.fromordinal(winter - _ORDINAL).year + 1)
    if following - winter < 365:
        return None
    index = _moon_of(winter)
    for place in range(1, 14):
        if _sector(_new_moon(index + place)) == _sector(_new_moon(index + place + 1)):
            return place
    return None
