"""Awards and the record book: the triggers that enter them, and who needs the book for appraising (D-18).

Installs the trigger that holds the money of numbered decisions, too (K-14).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection

from guong.awards.models import Nomination
from guong.base.access import Role
from guong.base.models import Body, User
from guong.records import catalogue

SQL = (Path(__file__).parent / "record.sql").read_text(encoding="utf-8")
MONEY = (Path(__file__).parent / "money.sql").read_text(encoding="utf-8")
_FUNCTION = "CREATE OR REPLACE FUNCTION guong_{} RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT"
AT_WORK = ("submitted", "appraised", "listed", "tabled", "chosen")  # asked, and not yet decided
NEEDED = ("awards_award", "awards_decision", "records_honour", "movements_movement", "plans_plan")


def install(**_kwargs: object) -> None:
    """Create functions, view and triggers; runs after every migrate, as the owner of the tables."""
    with connection.cursor() as cursor:
        if "awards_bonus" in connection.introspection.table_names(cursor):
            cursor.execute(MONEY)
        if not set(NEEDED) <= set(connection.introspection.table_names(cursor)):
            return
        cursor.execute(_regime_function())
        cursor.execute(SQL)


def _regime_function() -> str:
    """The regime of a day, for the database."""
    cases = " ".join(
        f"WHEN day >= DATE '{since:%Y-%m-%d}' THEN '{code}'" for code, since in catalogue.BEGINNINGS
    )
    return f"{_FUNCTION.format('regime_on(day date)')} CASE {cases} ELSE '' END $$"


def appraised_by(user: User) -> tuple[Any, Any]:
    """People and collectives the user's office appraises, as long as nothing is decided (D5)."""
    offices = Body.objects.held_by(user, Role.APPRAISER)
    asked = Nomination.objects.filter(appraisal__office__in=offices, state__in=AT_WORK)
    return (
        asked.filter(person__isnull=False).values("person"),
        asked.filter(body__isnull=False).values("body"),
    )
