"""The lunar calendar against facts, and properties every year has."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.plans import lunar

# First day of the lunar year in Việt Nam, month and day, 1955–2100.
TET_DAYS = (
    "0124 0212 0131 0218 0208 0128 0215 0205 0125 0213 0201 0121 0209 0129 0216 0206 0127 0215 0203 0123 "
    "0211 0131 0218 0207 0128 0216 0205 0125 0213 0202 0121 0209 0129 0217 0206 0127 0215 0204 0123 0210 "
    "0131 0219 0207 0128 0216 0205 0124 0212 0201 0122 0209 0129 0217 0207 0126 0214 0203 0123 0210 0131 "
    "0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0202 0123 0211 0131 0219 "
    "0208 0128 0215 0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123 0211 0201 0218 0208 "
    "0128 0215 0204 0124 0212 0202 0121 0209 0129 0217 0205 0126 0214 0203 0123 0211 0131 0219 0207 0127 "
    "0215 0205 0124 0212 0202 0122 0209 0129 0217 0206 0126 0214 0203 0124 0210 0130 0218 0207 0127 0215 "
    "0205 0125 0212 0201 0121 0209"
)
TET = TET_DAYS.split()
YEARS = st.integers(lunar.FIRST_YEAR, lunar.LAST_YEAR - 1)


@pytest.mark.parametrize(("year", "day"), list(enumerate(TET, start=1955)))
def test_tet_of_every_year(year, day):
    assert f"{lunar.solar_day(year, 1, 1):%m%d}" == day


@pytest.mark.parametrize(
    ("year", "month", "day", "on"),
    [
        (2020, 1, 1, "2020-01-25"), (2021, 1, 1, "2021-02-12"), (2022, 1, 1, "2022-02-01"),
        (2023, 1, 1, "2023-01-22"), (2024, 1, 1, "2024-02-10"), (2025, 1, 1, "2025-01-29"),
        (2026, 1, 1, "2026-02-17"), (2027, 1, 1, "2027-02-06"),
        (1985, 1, 1, "1985-01-21"), (2007, 1, 1, "2007-02-17"), (2030, 1, 1, "2030-02-02"),  # not China's
        (2023, 3, 10, "2023-04-29"), (2024, 3, 10, "2024-04-18"),  # the Hùng kings, after a leap month 2
        (2020, 8, 15, "2020-10-01"), (2025, 7, 15, "2025-09-06"),  # after leap months 4 and 6
    ],
)  # fmt: skip
def test_days_known_from_calendars(year, month, day, on):
    assert lunar.solar_day(year, month, day) == date.fromisoformat(on)


@given(YEARS, st.integers(1, 12))
def test_months_follow_one_another_by_29_or_30_days(year, month):
    first = lunar.solar_day(year, month, 1)
    after = lunar.solar_day(year, month + 1, 1) if month < 12 else lunar.solar_day(year + 1, 1, 1)
    assert (after - first).days in (29, 30, 58, 59, 60)  # with a leap month between them two
    assert lunar.solar_day(year, month, 29) == first + timedelta(days=28)
    assert lunar.solar_day(year, month, 30) in (None, first + timedelta(days=29))


@given(YEARS)
def test_a_year_has_twelve_or_thirteen_months_and_begins_between_20_january_and_21_february(year):
    tet = lunar.solar_day(year, 1, 1)
    assert date(year, 1, 20) <= tet <= date(year, 2, 21)
    assert (lunar.solar_day(year + 1, 1, 1) - tet).days in (353, 354, 355, 383, 384, 385)


@pytest.mark.parametrize("year", [1899, 2200])
def test_other_centuries_are_refused(year):
    with pytest.raises(ValueError, match="outside"):
        lunar.solar_day(year, 1, 1)
