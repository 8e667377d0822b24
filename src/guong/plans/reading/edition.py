"""A new edition of a plan while it is applied: what it says, what the one before said, and the difference."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from guong.planreader.compare import Changes
from guong.plans.models import Duty, Obligation, Plan, Reading, Revision
from guong.plans.reading.draft import Draft

UNTOUCHED = Q(state=Duty.State.DUE, report="", file=None, reported_at=None)
UNCHECKED = {"met": None, "checked_by": None, "checked_at": None}  # it was checked against another figure


def draft_of(plan: Plan, content: dict[str, Any]) -> Draft:
    """Any content of a plan, to be read as a reading of a file is."""
    reading = Reading(pk=plan.reading_id, department=plan.department, body=plan.body, found={"plan": content})
    return Draft(reading)


@dataclass(frozen=True)
class Edition:
    """One revision, and both editions of the plan it leads from and to."""

    plan: Plan
    revision: Revision
    was: Draft
    now: Draft
    changes: Changes

    def rows(
        self, part: str, rows: Iterable[Any], of_row: Callable[[Any], Hashable], fields: tuple[str, ...]
    ) -> dict[int, list[Any]]:
        """Records by the place in the old list that made them: those whose words are that item's words.

        Of several items with the same words each gets one record, the last of them what is left.
        """
        waiting = list(rows)
        places = [(at, self._words(part, at, fields)) for at in range(self.was.count(part))]
        found: dict[int, list[Any]] = {}
        for at, words in places:
            mine = [row for row in waiting if of_row(row) == words]
            again = any(other == words for later, other in places if later > at)
            found[at] = mine[:1] if again else mine
            waiting = [row for row in waiting if row not in found[at]]
        return found

    def _words(self, part: str, at: int, fields: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(said(self.was.found(f"{part}[{at}].{name}")) for name in fields)

    def changed(self, part: str) -> set[int]:
        """Places of the new list whose item is said otherwise than before."""
        return {
            change.is_at for change in self.changes.of(part) if change.fields and change.is_at is not None
        }

    def end(self, record: Any, *, done: bool) -> None:
        """Delete what nobody has worked on; keep the rest, ended by this revision."""
        if done:
            update(record, {"ended_by": self.revision})
        else:
            record.delete()

    def end_obligation(self, obligation: Obligation) -> None:
        """End what is due: duties nobody has touched go, the others keep it."""
        obligation.duties.filter(UNTOUCHED).delete()
        self.end(obligation, done=obligation.duties.exists())

    def removed(self, part: str) -> list[int]:
        """Places of the old list whose item is gone."""
        gone = [one.was_at for one in self.changes.of(part) if one.is_at is None]
        return [place for place in gone if place is not None]


def said(value: Any) -> str:
    """Words as records keep them: blanks joined, nothing for nothing."""
    return " ".join(str(value).split()) if value is not None else ""


def update(record: Any, values: dict[str, Any]) -> None:
    """Write the values that differ."""
    differing = [name for name, value in values.items() if getattr(record, name) != value]
    for name in differing:
        setattr(record, name, values[name])
    if differing:
        record.save(update_fields=differing)


def owe(obligation: Obligation, before: set[int], after: set[int]) -> None:
    """Units that came in owe it too; those that left owe it no more, unless they have reported."""
    obligation.duties.filter(UNTOUCHED, body__in=before - after).delete()
    owing = set(obligation.duties.values_list("body_id", flat=True))
    Duty.objects.bulk_create(Duty(obligation=obligation, body_id=pk) for pk in sorted(after - before - owing))
