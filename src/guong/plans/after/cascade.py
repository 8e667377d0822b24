"""Which units have issued their own plan from this one, which write it, which have not begun (B-14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.coverage import Coverage, both, units_of
from guong.base.models import Body
from guong.papers.sheets import Cell, Sheet, to_xlsx
from guong.plans.access import OWN_KEEPERS
from guong.plans.after.copies import reminded
from guong.plans.models import Plan, PlanDraft, Reminder

ISSUED, WRITING, MISSING = "issued", "writing", "missing"
OVER = (PlanDraft.State.ISSUED, PlanDraft.State.DROPPED)


@dataclass(frozen=True)
class Line:
    """One unit: its own plan, or its draft, or nothing yet."""

    unit: Body
    plan: Plan | None
    draft: PlanDraft | None
    reminders: int

    @property
    def state(self) -> str:
        return ISSUED if self.plan else WRITING if self.draft else MISSING

    @property
    def label(self) -> str:
        return states()[self.state]


@dataclass
class Cascade:
    """Units of the department of one plan."""

    plan: Plan

    @cached_property
    def units(self) -> list[Body]:
        return units_of(self.plan.department)

    @cached_property
    def derived(self) -> dict[int, Plan]:
        """The newest plan of each unit that stands on this one."""
        if not self.plan.document_id:
            return {}
        found = Plan.objects.filter(bases=self.plan.document_id, body__in_sector=True).order_by("pk")
        return {one.body_id: one for one in found.only("pk", "body_id", "number", "title", "issued_on")}

    @cached_property
    def drafts(self) -> dict[int, PlanDraft]:
        """Drafts still being written."""
        found = PlanDraft.objects.filter(parent=self.plan, revises=None).exclude(state__in=OVER)
        return {one.body_id: one for one in found.only("pk", "body_id", "state")}

    @cached_property
    def cover(self) -> list[Coverage]:
        return both(self.units, self.derived.keys())

    @cached_property
    def writing(self) -> int:
        """Units that write theirs and have not issued it."""
        return sum(unit.pk in self.drafts and unit.pk not in self.derived for unit in self.units)

    @cached_property
    def missing(self) -> list[Body]:
        """Units without a plan of their own."""
        return [unit for unit in self.units if unit.pk not in self.derived]

    @cached_property
    def lines(self) -> list[Line]:
        told = reminded(self.plan, Reminder.About.DERIVE)
        return [
            Line(unit, self.derived.get(unit.pk), self.drafts.get(unit.pk), told[unit.pk])
            for unit in self.units
        ]


def is_cascaded(plan: Plan) -> bool:
    """Units derive plans of their own from those of the department, not from one another's."""
    return plan.body is not None and plan.body.kind not in OWN_KEEPERS


def states() -> dict[str, str]:
    """States of a unit, in words."""
    return {ISSUED: _("issued its plan"), WRITING: _("is writing it"), MISSING: _("not begun")}


def workbook(cascade: Cascade) -> bytes:
    """Every unit with its plan, for whoever asks the units for it."""
    plan, at = cascade.plan, timezone.localtime()
    rows: Iterator[list[Cell]] = (
        [
            line.unit.name,
            _("yes") if line.unit.subordinate else _("no"),
            line.label,
            line.plan.number if line.plan else "",
            line.plan.issued_on if line.plan else None,
            line.reminders or None,
        ]
        for line in cascade.lines
    )
    counted = "; ".join(f"{one.label}: {one.done}/{one.total}" for one in cascade.cover)
    headings = [_("Unit"), _("Subordinate"), _("State"), _("Number"), _("Issued on"), _("Reminders")]
    notes = [
        f"{plan.kind} {plan.number}. {plan.title}",
        counted,
        _("Counted at %(at)s.") % {"at": f"{at:%d/%m/%Y %H:%M}"},
    ]
    return to_xlsx([Sheet(_("Plans of units"), headings, rows, [48, 12, 20, 18, 14, 10], notes)])
