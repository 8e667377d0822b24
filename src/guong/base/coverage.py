"""How many units did something, of both denominators, and who is missing by name (A-06)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guong.base.models import Body, Denominator


@dataclass(frozen=True)
class Coverage:
    """One denominator: units counted, how many did it, those missing by name."""

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


def both(units: list[Body], done: Collection[int]) -> list[Coverage]:
    """Both denominators: `units` of the whole sector, `done` the ids of those that did it."""
    return [_of(denominator, units, done) for denominator in Denominator.values]


def _of(denominator: str, units: list[Body], done: Collection[int]) -> Coverage:
    counted = tuple(unit for unit in units if unit.subordinate or denominator == Denominator.SECTOR)
    missing = tuple(unit for unit in counted if unit.pk not in done)
    return Coverage(denominator, counted, len(counted) - len(missing), missing)
