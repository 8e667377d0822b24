"""Who has launched a movement and who has not, of both denominators (C-33, H-06)."""

from __future__ import annotations

from guong.base.coverage import Coverage, both, units_of
from guong.movements.models import Launch, Movement


def coverage_of(movement: Movement) -> list[Coverage]:
    """Both denominators of one movement, in two queries."""
    launched = set(Launch.objects.filter(movement=movement).values_list("body_id", flat=True))
    return both(units_of(movement.plan.department), launched)
