"""What awards tell the page of a movement: places awarded, and how many stand for those left."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from guong.awards.models import Award, Nomination

# Submitted and not yet chosen or refused: those who compete for the places left.
COMPETING = (
    Nomination.State.SUBMITTED,
    Nomination.State.APPRAISED,
    Nomination.State.LISTED,
    Nomination.State.TABLED,
)


def awarded(quota_ids: Iterable[int]) -> dict[int, int]:
    """Awards in force, by quota."""
    counted = Award.objects.valid().filter(quota__in=quota_ids).order_by()
    return dict(counted.values_list("quota").annotate(n=Count("pk")))


def nominated(movement_id: int) -> dict[tuple[int | None, str], int]:
    """Competing nominations, by programme and subject."""
    counted = Nomination.objects.filter(movement_id=movement_id, state__in=COMPETING).order_by()
    rows = counted.values_list("programme", "subject").annotate(n=Count("pk"))
    return {(programme, subject): n for programme, subject, n in rows}
