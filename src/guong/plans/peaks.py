"""Peaks of a plan as days: computed from its occasions for every year of its period, never typed (B-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from guong.plans.models import Occasion, Peak, Plan
from guong.plans.standard_lists import DOCTORS_DAY, TET

RULES = {"doctors_day": DOCTORS_DAY, "tet": TET}  # what the reader calls them
MOST_YEARS = 12


@dataclass(frozen=True)
class Days:
    """One peak in one year: the occasion's day, its first and last day, whether it touches the period."""

    occasion: Occasion
    year: int
    on: date
    first: date
    last: date
    inside: bool

    @property
    def count(self) -> int | None:
        """Which anniversary it is."""
        return self.occasion.count(self.year)

    @property
    def shown(self) -> str:
        """17/02–08/03/2020 (27/02/2020, the 65th)."""
        day = f"{self.on:%d/%m/%Y}"
        if self.count:
            day = _("%(day)s, anniversary no. %(n)s") % {"day": day, "n": self.count}
        return f"{self.first:%d/%m}–{self.last:%d/%m/%Y} ({day})"


def days_of(occasion: Occasion, start: date | None, end: date | None, year: int) -> list[Days]:
    """Every time the occasion's peak touches a period; when none does, those of its years all the same.

    Without a period it is the plan's year.
    """
    first, last = start or date(year, 1, 1), end or date(max(year, start.year if start else year), 12, 31)
    found = []
    for one in range(first.year, min(last.year, first.year + MOST_YEARS - 1) + 1):
        on, peak = occasion.on(one), occasion.peak(one)
        if on and peak:
            found.append(Days(occasion, one, on, *peak, inside=peak[0] <= last and peak[1] >= first))
    return [day for day in found if day.inside] or found


def occasion_for(rule: str, occasions: Iterable[Occasion]) -> Occasion | None:
    """The department's occasion behind a rule of the reader: by its day, whatever it is called."""
    asked = RULES.get(rule)
    if asked is None:
        return None
    names = ("calendar", "day", "month")
    return next((one for one in occasions if all(getattr(one, name) == asked[name] for name in names)), None)


def of_plan(plan: Plan) -> list[tuple[Peak, list[Days]]]:
    """The peaks of a plan in order, each with its days."""
    return [
        (peak, days_of(peak.occasion, plan.period_start, plan.period_end, plan.year) if peak.occasion else [])
        for peak in plan.peaks.select_related("occasion")
    ]
