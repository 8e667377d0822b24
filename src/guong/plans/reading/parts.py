"""Every app that makes records of a plan says so in its `from_plan.py`; confirming runs them all at once.

`groups(draft)` shows the records, `make(plan, draft)` makes them, `problems(draft)` names what no single
value shows. Plans comes first, then the apps above it in the order they are installed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from guong.plans.models import Plan
from guong.plans.reading.draft import Draft, Group, Record, Value

ORDER = ("plan", "legal_bases", "movements", "targets", "assignments", "deadlines", "distribution")


@cache
def makers() -> tuple[ModuleType, ...]:
    """The `from_plan` modules of the installed apps, in order."""
    return tuple(
        import_module(f"{config.name}.from_plan")
        for config in apps.get_app_configs()
        if config.name.startswith("guong.") and module_has_submodule(config.module, "from_plan")
    )


def groups(draft: Draft) -> list[Group]:
    """Everything that will be created or kept, group by group; what is merely kept comes last."""
    found = [group for maker in makers() for group in maker.groups(draft) if group.records]
    return sorted(found, key=lambda group: (group.keeps, _place(group)))


def _place(group: Group) -> int:
    return ORDER.index(group.name) if group.name in ORDER else len(ORDER)


def problems(draft: Draft) -> list[str]:
    """Sentences against confirming that concern more than one value."""
    return [sentence for maker in makers() for sentence in maker.problems(draft)]


def make(plan: Plan, draft: Draft) -> None:
    """Make the records below the plan."""
    for maker in makers():
        maker.make(plan, draft)


def records(found: list[Group]) -> Iterator[Record]:
    """Records nobody left out."""
    return (record for group in found for record in group.records if not record.omitted)


def not_compared(draft: Draft) -> list[Group]:
    """Groups with values from recognised pages nobody said to have compared with the scan."""
    scanned = frozenset(draft.reading.scanned)
    if not scanned:
        return []
    return [
        group for group in groups(draft) if group.name not in draft.compared and from_scan(group, scanned)
    ]


def from_scan(group: Group, scanned: Collection[int]) -> bool:
    """Some value of the group was read from one of these pages."""
    return any(
        value.source is not None and value.source["page"] in scanned and bool(value.text)
        for value in values([group])
    )


def values(found: list[Group]) -> Iterator[Value]:
    """Values of records nobody left out."""
    return (value for record in records(found) for value in record.values)
