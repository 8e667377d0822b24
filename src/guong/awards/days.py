"""Days of a procedure: the database says what today is, and periods count working days."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import connection

SATURDAY = 5


def database_today() -> date:
    """Today in the province by the clock of the database, the same for every web server (design 14)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (clock_timestamp() AT TIME ZONE %s)::date", [settings.TIME_ZONE])
        return cursor.fetchone()[0]


def after_working_days(start: date, days: int) -> date:
    """The last good day of a period of working days (Monday to Friday) that begins the day after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day
