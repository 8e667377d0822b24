"""Every app that makes records of a plan says so in its `from_plan.py`; confirming runs them all at once.

`groups(draft)` shows the records, `make(plan, draft)` makes them, `problems(draft)` names what no single
value shows, `warnings(draft)`, where there is one, what a person should know. `revise(edition)` of its
`by_revision.py` changes the records when the plan is revised. Plans comes first, then the apps above it in
the order they are installed.
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
from guong.plans.reading.edition import Edition

ORDER = (
    "plan", "legal_bases", "citations", "movements", "targets", "requirements", "peaks", "assignments",
    "deadlines", "recurring", "distribution",
)  # fmt: skip


@cache
def makers(name: str = "from_plan") -> tuple[ModuleType, ...]:
    """The modules of one name of the installed apps, in order."""
    return tuple(
        import_module(f"{config.name}.{name}")
        for config in apps.get_app_configs()
        if config.name.startswith("guong.") and module_has_submodule(config.module, name)
    )


def groups(draft: Draft) -> list[Group]:
    """Everything that will be created or kept, group by group; what is merely kept comes last."""
    found = [group for maker in makers() for group in maker.groups(draft) if group.records or group.adds]
    return sorted(found, key=lambda group: (group.keeps, _place(group)))


def _place(group: Group) -> int:
    return ORDER.index(group.name) if group.name in ORDER else len(ORDER)


def addable(found: list[Group]) -> set[str]:
    """Lists of the screen to which a person may add."""
    inside = {record.adds for group in found for record in group.records}
    return ({group.adds for group in found} | inside) - {""}


def problems(draft: Draft) -> list[str]:
    """Sentences against confirming that concern more than one value."""
    return [sentence for maker in makers() for sentence in maker.problems(draft)]


def warnings(draft: Draft) -> list[str]:
    """Sentences a person should read before confirming; they stand against nothing."""
    return [text for maker in makers() if hasattr(maker, "warnings") for text in maker.warnings(draft)]


def make(plan: Plan, draft: Draft) -> None:
    """Make the records below the plan."""
    for maker in makers():
        maker.make(plan, draft)


def revise(edition: Edition) -> None:
    """Bring the records below the plan to what the new edition says. Raises Refused, ValueError."""
    for maker in makers("by_revision"):
        maker.revise(edition)


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
