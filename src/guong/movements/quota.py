"""The guarded counter: places are taken and given back here and nowhere else (security.md §3.2, A1)."""

from __future__ import annotations

from django.db.models import F

from guong.movements.models import Quota


def take_place(quota_id: int) -> bool:
    """Hold one place. False when none is left. One statement, so two hands never take the same place."""
    return Quota.objects.filter(pk=quota_id, used__lt=F("size")).update(used=F("used") + 1) == 1


def resize(quota_id: int, size: int) -> bool:
    """Give the quota another number of places. False when more are used already. One statement, as above."""
    return Quota.objects.filter(pk=quota_id, used__lte=size).update(size=size) == 1


def free_place(quota_id: int) -> None:
    """Give one place back. Raises ValueError when none was held: that would be a fault of ours."""
    if Quota.objects.filter(pk=quota_id, used__gt=0).update(used=F("used") - 1) != 1:
        raise ValueError(f"quota {quota_id} has no place to give back")
