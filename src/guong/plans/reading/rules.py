"""Values plans give as rules: requirements to check, peaks by occasion, what recurs (B-05, B-08, B-19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from guong.plans import peaks
from guong.plans.models import Precision
from guong.plans.reading import apart, kinds, when
from guong.plans.reading.kinds import Field
from guong.plans.reading.words import bodies_of, denominator_of

if TYPE_CHECKING:
    from guong.plans.reading.draft import Draft

YEAR, HALF, QUARTER, MONTH = "year", "six_months", "quarter", "month"
EVERY = (
    (YEAR, _("every year")),
    (HALF, _("every half year")),
    (QUARTER, _("every quarter")),
    (MONTH, _("every month")),
)
MONTHS = {YEAR: 12, HALF: 6, QUARTER: 3, MONTH: 1}
PRECISION = {
    YEAR: Precision.YEAR, HALF: Precision.MONTH, QUARTER: Precision.QUARTER, MONTH: Precision.MONTH,
}  # fmt: skip
MOST_YEARS = 12


def year_at(end: str):
    """The first or the last year of what recurs: as read, else of the period, else the plan's year."""

    def derive(draft: Draft, base: str) -> tuple[str, float | None]:
        found = draft.found(f"{base}.{end}_year")
        if found:
            return str(found), 0.9
        try:
            period = draft.read("", apart.PERIOD["start" if end == "first" else "end"])
            year = draft.read("", apart.YEAR)
        except ValueError:
            return "", None
        return (str(period.first.year), 0.7) if period else (str(year or ""), 0.5)

    return derive


def every_of(draft: Draft, base: str) -> tuple[str, float | None]:
    """How often: a year, unless the reader says otherwise."""
    found = draft.found(f"{base}.every")
    return (found, 0.9) if found in MONTHS else (YEAR, 0.5)


def occasion_of(draft: Draft, base: str) -> tuple[str, float | None]:
    """The department's occasion behind the rule the reader found."""
    found = peaks.occasion_for(draft.found(f"{base}.rule") or "", draft.occasions)
    return (str(found.pk), 0.9) if found else ("", None)


PURPOSE = Field("", _("Purpose"), kinds.LONG, required=True)
REQUIREMENT = (
    Field("text", _("Requirement"), kinds.LONG, required=True),
    Field("metric", _("What is checked"), kinds.LONG, longest=400),
    Field("value", _("Value"), longest=80),
    Field(
        "denominator",
        _("Share of"),
        kinds.CHOICE,
        choices=apart.TARGET[2].choices,
        derive=denominator_of,
        of="metric",
    ),
)
RECURRING = (
    Field("what", _("What"), kinds.LONG, required=True),
    Field("by", _("By whom"), longest=400),
    Field("bodies", _("Owed by"), kinds.BODIES, wanted=True, derive=bodies_of("by"), of="by"),
    Field("every", _("How often"), kinds.CHOICE, required=True, choices=EVERY, derive=every_of, of="what"),
    Field("on", _("Day and month of each year"), kinds.YEARLY),
    Field("collectives", _("Collectives owed by each"), kinds.WHOLE),
    Field("individuals", _("Individuals owed by each"), kinds.WHOLE),
    Field("first_year", _("First year"), kinds.WHOLE, required=True, derive=year_at("first"), of="what"),
    Field("last_year", _("Last year"), kinds.WHOLE, required=True, derive=year_at("last"), of="what"),
)


def peak_fields(draft: Draft) -> tuple[Field, ...]:
    """A peak: its words, and the occasion of the department's list that computes its days."""
    choices = (apart.NO_CHOICE, *((str(one.pk), one.name) for one in draft.occasions))
    return (
        Field("text", _("As written"), kinds.LONG, required=True, longest=400),
        Field("occasion", _("Occasion"), kinds.CHOICE, choices=choices, derive=occasion_of, of="text"),
    )


@dataclass(frozen=True)
class Period:
    """One time something recurring is due: last good day, how it reads, how exact it is."""

    due_on: date
    text: str
    precision: str


def periods(said: dict[str, Any]) -> Iterator[Period]:
    """Every time of what recurs, in order; without a day, the end of each year, quarter or month."""
    for year in range(said["first_year"], said["last_year"] + 1):
        if said["on"] and said["every"] == YEAR:
            month, day = said["on"]
            on = when.day_of_year(year, month, day)
            yield Period(on, f"{on:%d/%m/%Y}", Precision.DAY)
            continue
        for month in range(MONTHS[said["every"]], 13, MONTHS[said["every"]]):
            yield _end_of(said["every"], year, month)


def _end_of(every: str, year: int, month: int) -> Period:
    iso = {YEAR: str(year), QUARTER: f"{year}-Q{month // 3}"}.get(every, f"{year}-{month:02d}")
    on = when.of_iso(iso)
    return Period(on.last, on.shown(), PRECISION[every])
