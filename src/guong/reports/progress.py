"""How far a plan has come: launched, nominated, awarded, per movement and per unit (C-33, H-06, H-13).

Grouped counts only: the number of queries does not grow with movements, units or nominations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, Sum

from guong.awards.models import Award, Nomination
from guong.base.access import SECTOR_READERS
from guong.base.coverage import short_name, units_of
from guong.base.models import Body, Denominator, User
from guong.movements.models import Launch, Movement, Quota
from guong.plans.models import Duty, Plan

STARTED = (
    Nomination.State.DRAFT,
    Nomination.State.WITH_HEAD,
    Nomination.State.WITHDRAWN,
)  # not yet put forward
DUTIES_DONE = (Duty.State.REPORTED, Duty.State.ACCEPTED)
Pair = tuple[int, int]  # movement id, unit id


@dataclass(frozen=True)
class Share:
    """Units that did something, of one denominator, and those missing by name."""

    denominator: str
    done: int
    total: int
    missing: tuple[Body, ...]

    @property
    def label(self) -> str:
        return short_name(self.denominator)


@dataclass(frozen=True)
class MovementLine:
    """One movement: both denominators, nominations and awards."""

    movement: Movement
    launched: tuple[Share, ...]
    nominating_units: int
    nominated: int
    awarded: int
    places: int
    used: int


@dataclass(frozen=True)
class UnitLine:
    """One unit over all movements of the plan."""

    unit: Body
    launched: int
    nominated: int
    awarded: int
    duties: int
    reported: int


class Progress:
    """Counts of one plan, for one reader: people of a unit see the lines of their own units only."""

    def __init__(self, plan: Plan, reader: User) -> None:
        self.plan = plan
        self.reader = reader

    @cached_property
    def movements(self) -> list[Movement]:
        return list(self.plan.movements.to_launch().order_by("order", "pk"))

    @cached_property
    def units(self) -> list[Body]:
        """Units of the whole sector."""
        return units_of(self.plan.department)

    @cached_property
    def sees_all(self) -> bool:
        """Readers of the sector see every unit's line."""
        return self.reader.scope.holds(self.plan.department, *SECTOR_READERS)

    @cached_property
    def _launched(self) -> set[Pair]:
        return set(Launch.objects.filter(movement__plan=self.plan).values_list("movement_id", "body_id"))

    @cached_property
    def _nominated(self) -> Counter[Pair]:
        rows = Nomination.objects.filter(movement__plan=self.plan).exclude(state__in=STARTED).order_by()
        return _pairs(rows.values_list("movement_id", "unit_id").annotate(n=Count("pk")))

    @cached_property
    def _awarded(self) -> Counter[Pair]:
        rows = Award.objects.valid().filter(nomination__movement__plan=self.plan).order_by()
        return _pairs(rows.values_list("nomination__movement_id", "unit_id").annotate(n=Count("pk")))

    @cached_property
    def _places(self) -> dict[int, dict[str, Any]]:
        rows = Quota.objects.filter(movement__plan=self.plan).order_by().values("movement")
        return {row["movement"]: row for row in rows.annotate(size=Sum("size"), used=Sum("used"))}

    @cached_property
    def _duties(self) -> dict[int, tuple[int, int]]:
        rows = Duty.objects.filter(obligation__plan=self.plan).order_by().values_list("body_id")
        counted = rows.annotate(all=Count("pk"), done=Count("pk", filter=Q(state__in=DUTIES_DONE)))
        return {body: (total, done) for body, total, done in counted}

    @cached_property
    def movement_lines(self) -> list[MovementLine]:
        """Every movement of the plan."""
        nominated, nominating = _by_movement(self._nominated)
        awarded, _units = _by_movement(self._awarded)
        return [self._line(movement, nominated, nominating, awarded) for movement in self.movements]

    def _line(
        self, movement: Movement, nominated: Counter[int], nominating: Counter[int], awarded: Counter[int]
    ) -> MovementLine:
        places = self._places.get(movement.pk, {"size": 0, "used": 0})
        launched = {unit for of, unit in self._launched if of == movement.pk}
        return MovementLine(
            movement=movement,
            launched=tuple(self._share(denominator, launched) for denominator in Denominator.values),
            nominating_units=nominating[movement.pk],
            nominated=nominated[movement.pk],
            awarded=awarded[movement.pk],
            places=places["size"],
            used=places["used"],
        )

    def _share(self, denominator: str, done: set[int]) -> Share:
        counted = [unit for unit in self.units if unit.subordinate or denominator == Denominator.SECTOR]
        missing = tuple(unit for unit in counted if unit.pk not in done)
        return Share(denominator, len(counted) - len(missing), len(counted), missing)

    @cached_property
    def overall(self) -> dict[str, tuple[Share, ...]]:
        """Units that launched, nominated, were awarded under any movement; and reported every duty."""
        reported = {unit for unit, (total, done) in self._duties.items() if total == done}
        sets = {
            "launched": {unit for _movement, unit in self._launched},
            "nominated": {unit for _movement, unit in self._nominated},
            "awarded": {unit for _movement, unit in self._awarded},
        } | ({"reported": reported} if self._duties else {})
        return {
            name: tuple(self._share(denominator, done) for denominator in Denominator.values)
            for name, done in sets.items()
        }

    @cached_property
    def unit_lines(self) -> list[UnitLine]:
        """Units the reader may see, in dictionary order."""
        launched = Counter(unit for _movement, unit in self._launched)
        nominated, awarded = _by_unit(self._nominated), _by_unit(self._awarded)
        return [
            UnitLine(
                unit,
                launched[unit.pk],
                nominated[unit.pk],
                awarded[unit.pk],
                *self._duties.get(unit.pk, (0, 0)),
            )
            for unit in self.units
            if self.sees_all or any(unit.path.startswith(held.path) for held in self.reader.scope.holdings)
        ]

    @property
    def totals(self) -> dict[str, int]:
        """Sums over the movements."""
        lines = self.movement_lines
        names = ("nominated", "awarded", "places", "used")
        return {name: sum(getattr(line, name) for line in lines) for name in names}


def _pairs(rows: Any) -> Counter[Pair]:
    return Counter({(movement, unit): n for movement, unit, n in rows})


def _by_movement(pairs: Counter[Pair]) -> tuple[Counter[int], Counter[int]]:
    """Sums, and in how many units, by movement."""
    sums: Counter[int] = Counter()
    units: dict[int, set[int]] = defaultdict(set)
    for (movement, unit), n in pairs.items():
        sums[movement] += n
        units[movement].add(unit)
    return sums, Counter({movement: len(found) for movement, found in units.items()})


def _by_unit(pairs: Counter[Pair]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for (_movement, unit), n in pairs.items():
        sums[unit] += n
    return sums
