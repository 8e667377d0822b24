"""Dates as Vietnamese documents write them, kept at the precision they are written with."""

from __future__ import annotations

import re
from datetime import date

from guong.planreader.model import IsoDate, Period

DAY = r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}|(?:ngày\s*)?\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FULL = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})\b")
_LONG = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_LONG_NO_YEAR = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})\b", re.IGNORECASE)
_MONTH = re.compile(r"(?<![\d/])(\d{1,2})\s?(?:/|năm\s+)\s?(\d{4})\b", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,2})\s?/\s?(\d{1,2})(?![\d/])")
_QUARTER = re.compile(r"quý\s+(IV|I{1,3}|[1-4])(?:\s*(?:/|năm)\s*(\d{4}))?", re.IGNORECASE)
_TWO_MONTHS = re.compile(r"tháng\s+(\d{1,2})\s*(?:,|và)\s*(\d{1,2})\s?/\s?(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.])(?:19|20)\d{2}(?![\d/])")
_LONE = re.compile(r"(?<![\d/])(\d{1,2})(?![\d/])")
_ANY = re.compile(
    rf"{DAY}|ngày\s*\d{{1,2}}\s+tháng\s+\d{{1,2}}(?!\s+năm)|quý\s+(?:IV|I{{1,3}}|[1-4])(?:\s*(?:/"
    rf"|năm)\s*\d{{4}})?"
    r"|(?:tháng\s*)?\d{1,2}\s?(?:/|năm\s+)\s?\d{4}|(?:năm\s*)?(?<![\d/.])(?:19|20)\d{2}(?![\d/])"
    r"|\d{1,2}/\d{1,2}(?![\d/])"
    r"|(?:tháng|ngày)\s*\d{1,2}\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:từ\s+|kể\s+từ\s+)?(?P<a>(?:(?:ngày|tháng|năm|quý)\s*)?(?:\d{1,2}-\d{1,2}(?:-\d{4})?|[\dIV][\dIV/.\s]{0,11}?)(?:\s*(?:tháng"
    r"|năm)\s+\d{1,4}){0,2})"
    r"\s*(?:(?:cho\s+)?đến|tới|-|–|—)\s*(?:hết\s+)?(?P<b>(?:ngày|tháng|năm|quý)?\s*(?:\d{1,2}-\d{1,2}-\d{4}|[\dIV][\dIV/.]{0,9})"
    r"(?:\s+(?:tháng|năm)\s+\d{1,4}){0,2})",
    re.IGNORECASE,
)


def iso(year: str | int, month: str | int | None = None, day: str | int | None = None) -> IsoDate | None:
    """ISO text, or None for a date the calendar does not have."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else whole.strftime("%Y-%m") if month else f"{int(year):04d}"


def day_of(text: str, year: str | None = None) -> IsoDate | None:
    """The first full day in `text`; a day without its year takes `year`."""
    for whole in (_LONG, _FULL):
        if full := whole.search(text):
            return iso(full.group(3), full.group(2), full.group(1))
    if year is not None:
        for pattern in (_LONG_NO_YEAR, _DAY_MONTH):
            if found := pattern.search(text):
                return iso(year, found.group(2), found.group(1))
    return None


def point_of(text: str, like: IsoDate | None = None) -> IsoDate | None:
    """The first date of any precision; what it lacks (year, or year and month) is taken from `like`."""
    year = like[:4] if like else None
    if exact := day_of(text, year):
        return exact
    if found := _MONTH.search(text):
        return iso(found.group(2), found.group(1))
    if found := _YEAR.search(text):
        return found.group()
    if year and (found := _LONE.search(text)):
        number = found.group(1)
        if "ngày" in text.casefold() and like and len(like) == 10:
            return iso(year, like[5:7], number)
        return iso(year, number)
    return None


def period_of(text: str, like: IsoDate | None = None) -> Period | None:
    """The span of time a text gives: a range, a quarter, or one date as both ends."""
    for found in _RANGE.finditer(text):
        if span := _range(found["a"], found["b"], like):
            return span
    if quarter := _QUARTER.search(text):
        return _quarter(quarter, like)
    if months := _TWO_MONTHS.search(text):
        return Period(iso(months.group(3), months.group(1)), iso(months.group(3), months.group(2)))
    point = point_of(text, like if re.search(r"tháng|ngày|/", text, re.IGNORECASE) else None)
    return Period(point, point) if point else None


def range_in(text: str) -> re.Match[str] | None:
    """The place of the first range of dates ("từ ngày … đến ngày …")."""
    return next((found for found in _RANGE.finditer(text) if _range(found["a"], found["b"], None)), None)


def place_of(text: str) -> tuple[int, int] | None:
    """Where the first date of any precision stands."""
    found = _ANY.search(text)
    return found.span() if found else None


def _range(first: str, last: str, like: IsoDate | None) -> Period | None:
    if "quý" in first.casefold() or "quý" in last.casefold():
        return _quarters(first, last)
    end = point_of(last, like)
    if end is None:
        return None
    start = point_of(first, end)
    if start is None or (len(start) == 4) != (len(end) == 4):
        return None
    if "ngày" not in first.casefold() and len(end) == 7 and len(start) == 10:
        return None
    return Period(start, end)


def _quarters(first: str, last: str) -> Period | None:
    end = _QUARTER.search(last)
    start = _QUARTER.search(first)
    if start is None or end is None or end.group(2) is None:
        return None
    final, begin = _quarter(end, None), _quarter(start, end.group(2))
    return Period(begin.start, final.end) if begin and final else None


def _quarter(found: re.Match[str], like: IsoDate | None) -> Period | None:
    year = found.group(2) or (like[:4] if like else None)
    number = _QUARTERS[found.group(1).upper()]
    if year is None:
        return None
    return Period(iso(year, number * 3 - 2), iso(year, number * 3))
