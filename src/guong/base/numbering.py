"""Giving the next number of a series, without gap or double, whoever asks at the same time (K-07).

The row of the series is locked first, and the number is given in the transaction of the step it belongs to:
what is refused gives its number back.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.acting import must
from guong.base.models import Body, NumberSeries


def locked_series(body: Body, symbol: str, year: int) -> NumberSeries:
    """The series of an issuer, a symbol and a year, locked until the transaction ends."""
    which = {"body": body, "symbol": symbol, "year": year}
    NumberSeries.objects.get_or_create(**which)
    return NumberSeries.objects.select_for_update(of=("self",)).get(**which)


def give(
    series: NumberSeries,
    numbered: QuerySet,
    *,
    on: date,
    day_field: str,
    by_hand: int | None = None,
    elsewhere: Collection[int] = (),
) -> int:
    """The next number, or the one the registry wrote down by hand. Raises Refused.

    numbered: papers of the series that bear a number; day_field: their field with the day.
    elsewhere: numbers used by papers that were not written here.
    """
    must(_in_the_future(on))
    if by_hand is not None:
        must(_taken(series, numbered, by_hand, elsewhere))
    else:
        must(_before_the_last(numbered.aggregate(latest=Max(day_field))["latest"], on))
    number = max([series.last, *elsewhere]) + 1 if by_hand is None else by_hand
    series.last = max(series.last, number)
    series.save(update_fields=["last"])
    return number


def give_many(series: NumberSeries, count: int) -> range:
    """The next numbers of a locked series, for papers that need neither a day nor a choice by hand."""
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return range(first, first + count)


def _in_the_future(on: date) -> str | None:
    if on <= timezone.localdate():
        return None
    return _("A paper cannot be dated in the future: write today or an earlier day.")


def _before_the_last(latest: date | None, on: date) -> str | None:
    if latest is None or on >= latest:
        return None
    return _("The last number is dated %(day)s: a later number cannot bear an earlier day.") % {
        "day": f"{latest:%d/%m/%Y}"
    }


def _taken(series: NumberSeries, numbered: QuerySet, number: int, elsewhere: Collection[int]) -> str | None:
    if number >= 1 and number not in elsewhere and not numbered.filter(number=number).exists():
        return None
    return _("Number %(number)s of %(year)s is in use: ask the registry for the right one.") % {
        "number": number, "year": series.year,
    }  # fmt: skip
