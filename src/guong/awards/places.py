"""Which limit of the plan an award is counted against (C-07, D-07)."""

from __future__ import annotations

from collections.abc import Iterable

from guong.awards.models import Nomination
from guong.movements.models import Movement, Quota

Key = tuple[int, int | None, str]


def key_of(nomination: Nomination) -> Key:
    """What a quota row is found by."""
    return nomination.movement_id, nomination.programme_id, nomination.subject


def quota_of(nomination: Nomination) -> Quota | None:
    """The limit this nominee would use a place of; None when the plan sets no number for it."""
    movement, programme, subject = key_of(nomination)
    return Quota.objects.filter(movement_id=movement, programme_id=programme, subject=subject).first()


def quotas_of(nominations: Iterable[Nomination], *, lock: bool = False) -> dict[Key, Quota]:
    """The limits of many nominees in one query; locked in the order of their ids so that two hands never
    wait for each other (A6)."""
    movements = {nomination.movement_id for nomination in nominations}
    quotas = Quota.objects.filter(movement_id__in=movements).order_by("pk")
    if lock:
        quotas = quotas.select_for_update(of=("self",))
    return {(quota.movement_id, quota.programme_id, quota.subject): quota for quota in quotas}


def places_left(nomination: Nomination, quotas: dict[Key, Quota]) -> int | None:
    """Places left for this kind of nominee. None: the plan sets no number; 0 also where it gives none."""
    quota = quotas.get(key_of(nomination))
    if quota is not None:
        return quota.left
    return None if nomination.movement.quota_kind == Movement.QuotaKind.OPEN else 0
