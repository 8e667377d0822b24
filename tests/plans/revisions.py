"""A plan in force with everything below it, and drafts that revise it, for tests."""

from __future__ import annotations

import copy
from typing import Any

from guong.base.models import Body, User
from guong.base.workflow import act
from guong.plans import actions, revising
from guong.plans.models import LegalDocument, Plan, PlanBasis, PlanDraft, Revision
from tests import factories as make
from tests.plans import readings

RECIPIENTS = [
    {"recipient": "Bộ Y tế", "purpose": "báo cáo"},
    {"recipient": "Các đơn vị trực thuộc", "purpose": "thực hiện"},
    {"recipient": "Văn phòng Sở", "purpose": "phối hợp"},
    {"recipient": "Lưu: VT", "purpose": None},
]


def plan(department: Body, office: User, **fields: Any) -> Plan:
    """The small plan of `readings`, confirmed, with its content and its entry in the register."""
    content = readings.plan(**({"distribution": RECIPIENTS} | fields))
    found = actions.confirm(office, readings.reading(department, office, content))
    if not found.content:
        found.content = content
    if found.body is None:
        found.body = department
    if found.document is None:
        found.document = LegalDocument.objects.create(
            department=department, kind=found.kind, number=found.number, issued_on=found.issued_on
        )
    found.save()
    return found


def derived(parent: Plan, unit: Body) -> Plan:
    """A unit's own plan that stands on another."""
    nothing = {"movements": [], "assignments": [], "deadlines": [], "targets": []}
    content = readings.plan(number=f"{unit.pk}/KH-BV", title="Kế hoạch của đơn vị", **nothing)
    read = readings.reading(parent.department, found=content)
    made = make.plan(parent.department, body=unit, content=content, title=content["title"], reading=read)
    made.document = LegalDocument.objects.create(
        department=parent.department, kind="Kế hoạch", number=f"{made.pk}/KH-BV"
    )
    made.save()
    PlanBasis.objects.create(plan=made, document=parent.document, order=0)
    return made


def draft(plan: Plan, by: User, reason: str = "Theo tình hình dịch", **changed: Any) -> PlanDraft:
    """A draft that revises the plan, numbered and ready to be issued."""
    content = copy.deepcopy(plan.content) | changed
    return PlanDraft.objects.create(
        department=plan.department, body=plan.body or plan.department, revises=plan, reason=reason,
        content=content, symbol="KH-SYT", year=2026, created_by=by,
    )  # fmt: skip


def apply(draft: PlanDraft, by: User) -> Revision:
    """Issue the draft, as far as the plan is concerned."""
    with act(by, "issue") as log:
        made = revising.apply(draft, by, log)
    PlanDraft.objects.filter(pk=draft.pk).update(state="dropped")  # the draft is out of the way
    return made


def revise(plan: Plan, by: User, reason: str = "Theo tình hình dịch", **changed: Any) -> Revision:
    """Write and apply a revision at once."""
    plan.refresh_from_db()
    return apply(draft(plan, by, reason, **changed), by)
