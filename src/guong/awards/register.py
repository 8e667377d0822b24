"""The register of awards: what is in force, filtered, newest decision first, for one reader."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from guong.awards.models import Award, Decision
from guong.base.models import Body, User
from guong.base.search import having_words


def found(user: User, values: dict[str, Any]) -> QuerySet[Award]:
    """Awards in force that the reader may see and that match the filters q, year, unit, form."""
    awards = Award.objects.valid().visible_to(user)
    if values.get("q"):
        awards = having_words(awards, "search", values["q"])
    if values.get("year"):
        awards = awards.filter(decision__year=values["year"])
    if values.get("unit"):
        awards = awards.filter(unit=values["unit"])
    if values.get("form"):
        awards = awards.filter(form=values["form"])
    return awards.select_related("decision", "unit").order_by("-decision_id", "order", "pk")


def years(user: User) -> list[int]:
    """Years with an issued decision, newest first."""
    issued = Decision.objects.visible_to(user).filter(state=Decision.State.ISSUED)
    return list(issued.order_by("-year").values_list("year", flat=True).distinct())


def units(user: User) -> QuerySet[Body]:
    """Units of the sector to choose from."""
    return Body.objects.visible_to(user).filter(kind__in=("unit", "private", "office")).only("name").by_name()


_FORMS = """
WITH RECURSIVE step AS (
    (SELECT form FROM awards_award ORDER BY form LIMIT 1)
    UNION ALL
    SELECT (SELECT a.form FROM awards_award a WHERE a.form > step.form ORDER BY a.form LIMIT 1)
    FROM step WHERE step.form IS NOT NULL
)
SELECT form FROM step WHERE form IS NOT NULL
"""


def forms() -> list[str]:
    """Forms of commendation that were granted; hops along the index instead of reading every award."""
    with connection.cursor() as cursor:
        cursor.execute(_FORMS)
        return [form for (form,) in cursor.fetchall()]
