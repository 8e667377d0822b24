"""Who has launched a movement and who has not, of both denominators (A-06, C-33, H-06)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guong.base.models import Body, Denominator
from guong.movements.models import Launch, Movement


@dataclass(frozen=True)
class Coverage:
    """One denominator: units counted, those that launched, those missing by name."""

    denominator: str
    units: tuple[Body, ...]
    done: int
    missing: tuple[Body, ...]

    @property
    def label(self) -> str:
        """The denominator's name; never a figure without it."""
        return short_name(self.denominator)

    @property
    def total(self) -> int:
        return len(self.units)


def short_name(denominator: str) -> str:
    """A denominator in a word or two, for beside a bar."""
    return _("Subordinate") if denominator == Denominator.SUBORDINATE else _("Whole sector")


def units_of(department: Body) -> list[Body]:
    """Units of the whole sector that exist today, in dictionary order."""
    units = Body.objects.under(department).current().counted_in(Denominator.SECTOR)
    return list(units.by_name())


def coverage_of(movement: Movement) -> list[Coverage]:
    """Both denominators of one movement, in two queries."""
    units = units_of(movement.plan.department)
    launched = set(Launch.objects.filter(movement=movement).values_list("body_id", flat=True))
    return [_of(denominator, units, launched) for denominator in Denominator.values]


def _of(denominator: str, units: list[Body], launched: set[int]) -> Coverage:
    counted = tuple(unit for unit in units if unit.subordinate or denominator == Denominator.SECTOR)
    missing = tuple(unit for unit in counted if unit.pk not in launched)
    return Coverage(denominator, counted, len(counted) - len(missing), missing)
