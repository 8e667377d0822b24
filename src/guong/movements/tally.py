"""What apps above know about a movement's places, told by their `tally.py`; without them nothing is shown.

`awarded(quota_ids)` gives places already awarded, `nominated(movement_id)` counts nominations by
(programme id, subject).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

Place = tuple[int | None, str]


@cache
def _tellers() -> tuple[ModuleType, ...]:
    return tuple(
        import_module(f"{config.name}.tally")
        for config in apps.get_app_configs()
        if config.name.startswith("guong.") and config.name != "guong.movements"
        if module_has_submodule(config.module, "tally")
    )


def awarded(quota_ids: Iterable[int]) -> Counter[int]:
    """Places awarded, by quota."""
    ids = list(quota_ids)
    found: Counter[int] = Counter()
    for teller in _tellers():
        found.update(teller.awarded(ids))
    return found


def nominated(movement_id: int) -> Counter[Place]:
    """Nominations before the council's choice, by programme and subject."""
    found: Counter[Place] = Counter()
    for teller in _tellers():
        found.update(teller.nominated(movement_id))
    return found
