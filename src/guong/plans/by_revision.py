"""A revision in the records of plans, by difference: new ones made, changed ones changed, others left alone.

Nothing done is lost: a record that work hangs on is kept and marked as ended by the revision.
"""

from __future__ import annotations

from typing import Any

from guong.base.models import Body
from guong.planreader.compare import match
from guong.plans import by_revision_rules, from_plan
from guong.plans.from_rules import FIRST_OF_RULES
from guong.plans.models import Assignment, Obligation, PlanBasis, Recipient, Target
from guong.plans.reading import apart
from guong.plans.reading.draft import Draft
from guong.plans.reading.edition import UNCHECKED, Edition, owe, said, update


def revise(edition: Edition) -> None:
    """Bases, targets, assignments, obligations with duties, recipients. Raises ValueError."""
    _bases(edition)
    _targets(edition)
    _assignments(edition)
    _obligations(edition)
    _recipients(edition)
    by_revision_rules.revise(edition)


def _bases(edition: Edition) -> None:
    """The preamble anew, in its order; documents themselves are never deleted."""
    if not edition.changes.of("legal_bases"):
        return
    wanted = dict.fromkeys(
        from_plan.document_of(edition.now, base) for base in edition.now.bases("legal_bases")
    )
    PlanBasis.objects.filter(plan=edition.plan).exclude(document__in=list(wanted)).delete()
    for order, document in enumerate(wanted):
        PlanBasis.objects.update_or_create(plan=edition.plan, document=document, defaults={"order": order})


def _targets(edition: Edition) -> None:
    rows = edition.rows(
        "targets",
        edition.plan.targets.filter(ended_by=None, kind=Target.Kind.TARGET),
        lambda row: (said(row.metric), said(row.value)),
        ("metric", "value"),
    )
    for was in edition.removed("targets"):
        for target in rows[was]:
            edition.end(target, done=target.met is not None)
    changed = edition.changed("targets")
    for at, was in enumerate(edition.changes.order["targets"]):
        base = f"targets[{at}]"
        if was is None:
            Target.objects.create(plan=edition.plan, order=at, **from_plan.target_values(edition.now, base))
            continue
        for target in rows[was]:
            values = from_plan.target_values(edition.now, base) if at in changed else {}
            if "value" in values and values["value"] != target.value:
                values |= UNCHECKED
            update(target, values | {"order": at})


def _recipients(edition: Edition) -> None:
    rows = edition.rows(
        "distribution", edition.plan.recipients.all(), lambda row: (said(row.text),), ("recipient",)
    )
    for was in edition.removed("distribution"):
        for recipient in rows[was]:
            recipient.delete()
    changed = edition.changed("distribution")
    for at, was in enumerate(edition.changes.order["distribution"]):
        base = f"distribution[{at}]"
        if was is None:
            Recipient.objects.create(
                plan=edition.plan, order=at, **from_plan.recipient_values(edition.now, base)
            )
            continue
        for recipient in rows[was]:
            values = from_plan.recipient_values(edition.now, base) if at in changed else {}
            update(recipient, values | {"order": at})


def _obligations(edition: Edition) -> None:
    rows = edition.rows(
        "deadlines",
        edition.plan.obligations.filter(ended_by=None, order__lt=FIRST_OF_RULES).order_by("order", "pk"),
        lambda row: (said(row.what), said(row.by_text), said(row.to_text)),
        ("what", "by", "to"),
    )
    for was in edition.removed("deadlines"):
        for obligation in rows[was]:
            edition.end_obligation(obligation)
    changed = edition.changed("deadlines")
    for at, was in enumerate(edition.changes.order["deadlines"]):
        if was is None:
            from_plan.make_obligation(edition.plan, edition.now, f"deadlines[{at}]", at)
            continue
        for obligation in rows[was]:
            if at in changed:
                _change_obligation(edition, obligation, was, at)
            update(obligation, {"order": at})


def _change_obligation(edition: Edition, obligation: Obligation, was: int, at: int) -> None:
    """New words and date; units that came in owe it too, those that left no more, unless they reported."""
    update(obligation, from_plan.obligation_values(edition.now, f"deadlines[{at}]"))
    before = {body.pk for body in from_plan.owners(edition.was, f"deadlines[{was}]")}
    after = {body.pk for body in from_plan.owners(edition.now, f"deadlines[{at}]")}
    owe(obligation, before, after)


def _assignments(edition: Edition) -> None:
    """Task by task, wherever it stands: a task that goes to another body ends for the first."""
    if not edition.changes.of("assignments"):
        return
    old, new = _tasks(edition.was), _tasks(edition.now)
    pairs = match(old, new, "task")
    rows = _rows_of(edition, old)
    for was in sorted(set(range(len(old))) - set(pairs.values())):
        for row in rows[was]:
            edition.end(row, done=row.state == Assignment.State.DONE)
    order = 0
    for at, task in enumerate(new):
        was = pairs.get(at)
        mine, before = ([], None) if was is None else (rows[was], old[was])
        order = _assign(edition, mine, before, task, order)


def _rows_of(edition: Edition, tasks: list[dict[str, Any]]) -> list[list[Assignment]]:
    """The records of each task, one for each body; of two tasks in the same words each has its own."""
    waiting = list(edition.plan.assignments.filter(ended_by=None).order_by("order", "pk"))
    found = []
    for task in tasks:
        mine: dict[int | None, Assignment] = {}
        for row in waiting:
            if (said(row.unit_text), said(row.text)) == (said(task["unit"]), said(task["task"])):
                mine.setdefault(row.body_id, row)
        found.append(list(mine.values()))
        waiting = [row for row in waiting if row not in found[-1]]
    return found


def _tasks(draft: Draft) -> list[dict[str, Any]]:
    """One item for each task of each assignment, with the place of both."""
    return [
        {"unit": draft.found(f"{base}.unit"), "task": draft.found(task), "base": base, "path": task}
        for base in draft.bases("assignments")
        for task in draft.bases(f"{base}.tasks")
    ]


def _assign(
    edition: Edition, rows: list[Assignment], old: dict[str, Any] | None, new: dict[str, Any], order: int
) -> int:
    """One task of the new edition: its records changed, made for bodies that came in. The next order."""
    before = _bodies(edition.was, old) if old else {}
    after = _bodies(edition.now, new)
    words = {"unit_text": new["unit"], "text": edition.now.read(new["path"], apart.TASK)}
    for row in rows:
        if row.body_id in before and row.body_id not in after:
            edition.end(row, done=row.state == Assignment.State.DONE)
            continue
        update(row, words | {"order": order})
        order += 1
    for body_id, body in after.items():
        if body_id not in before:
            Assignment.objects.create(plan=edition.plan, body=body, order=order, **words)
            order += 1
    return order


def _bodies(draft: Draft, item: dict[str, Any]) -> dict[int | None, Body | None]:
    meant = draft.read(item["base"], apart.ASSIGNED[1]).bodies
    return {body.pk: body for body in meant} or {None: None}
