"""Finding movements by any words of their code, name or content."""

from __future__ import annotations

from guong.base.feed import Hit
from guong.base.models import User
from guong.base.search import having_words
from guong.base.text import fold
from guong.movements.models import Movement


def search(user: User, query: str, limit: int) -> list[Hit]:
    """Movements the user may see, newest first."""
    if not fold(query):
        return []
    visible = Movement.objects.visible_to(user).select_related("plan")
    found = having_words(visible, "search", query).order_by("-plan__year", "-plan", "order")[:limit]
    return [
        Hit(str(movement), " · ".join(filter(None, (movement.plan.number, str(movement.plan.year)))),
            movement.get_absolute_url(), "movement")
        for movement in found
    ]  # fmt: skip
