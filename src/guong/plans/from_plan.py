"""What confirming makes in plans: legal bases, targets, assignments, obligations with duties, recipients."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from guong.base.models import Body
from guong.plans import from_rules, register
from guong.plans.models import (
    Assignment,
    Duty,
    LegalDocument,
    Obligation,
    Plan,
    PlanBasis,
    Recipient,
    Target,
)
from guong.plans.reading import apart, when
from guong.plans.reading.draft import Draft, Group, Record
from guong.plans.reading.kinds import Field


def groups(draft: Draft) -> list[Group]:
    """Groups of the confirm screen."""
    said = apart.PLAN if draft.reading.body_id else (*apart.PLAN, apart.ISSUED_BY)
    plan = draft.record("", draft.text("", apart.PLAN[1]) or _("no number"), said, can_omit=False)
    return [
        Group("plan", _("Plan"), "plan", (plan,)),
        _simple(draft, "legal_bases", _("Legal bases"), "file", apart.BASIS),
        _simple(draft, "targets", _("Targets"), "report", apart.TARGET),
        Group("assignments", _("Assignments"), "people", _assignments(draft), adds="assignments"),
        Group("deadlines", _("Obligations and dates"), "clock", _obligations(draft), adds="deadlines"),
        _simple(draft, "distribution", _("Recipients"), "mail", apart.RECIPIENT),
        _simple(draft, "topics", _("Communication topics"), "bell", apart.TOPIC, keeps=True),
        _simple(draft, "activities", _("Activity table"), "report", apart.ACTIVITY, keeps=True),
        Group("event", _("Event"), "people", _event(draft), keeps=True, adds=_delegations(draft)),
        *from_rules.groups(draft),
    ]


def _simple(
    draft: Draft, name: str, label: str, icon: str, fields: tuple[Field, ...], *, keeps: bool = False
) -> Group:
    made = [
        draft.record(base, str(place), fields, 0 if keeps else 1)
        for place, base in enumerate(draft.bases(name), start=1)
    ]
    return Group(name, label, icon, tuple(made), keeps, adds=name)


def _assignments(draft: Draft) -> tuple[Record, ...]:
    made = []
    for place, base in enumerate(draft.bases("assignments"), start=1):
        tasks = _tasks(draft, base)
        whose = max(1, len(draft.directory.bound(_match(draft, base, apart.ASSIGNED[1]).bodies)))
        record = draft.record(base, str(place), apart.ASSIGNED, len(tasks) * whose)
        values = (*record.values, *(draft.value(task, apart.TASK) for task in tasks))
        made.append(replace(record, values=values, adds=f"{base}.tasks"))
    return tuple(made)


def _tasks(draft: Draft, base: str) -> list[str]:
    """Paths of the tasks; an assignment a person added begins with one."""
    found = draft.bases(f"{base}.tasks")
    return found or ([] if draft.found(base) else [f"{base}.tasks[0]"])


def _match(draft: Draft, base: str, field: Field) -> Any:
    try:
        return draft.read(base, field)
    except ValueError:
        return draft.directory.typed("")


def _obligations(draft: Draft) -> tuple[Record, ...]:
    made = []
    for place, base in enumerate(draft.bases("deadlines"), start=1):
        owing = owners(draft, base)
        why = ""
        if day := _due(draft, base):
            named = {"day": f"{day:%d/%m/%Y}", "n": len(owing)}
            why = _("Until the end of %(day)s; %(n)s units owe a report.") % named
        made.append(draft.record(base, str(place), apart.OBLIGATION, 1 + len(owing), why=why))
    return tuple(made)


def owners(draft: Draft, base: str) -> list[Body]:
    """The units that owe what is due at a place of the reading."""
    return draft.directory.owners(_match(draft, base, apart.OBLIGATION[4]))


def _due(draft: Draft, base: str) -> Any:
    try:
        on: when.When | None = draft.read(base, apart.OBLIGATION[1])
    except ValueError:
        return None
    return on and on.last_good_day(strict=draft.read(base, apart.OBLIGATION[2]))


def _event(draft: Draft) -> tuple[Record, ...]:
    if draft.found("event") is None:
        return ()
    event = draft.record("event", "", apart.EVENT, 0)
    delegations = [
        draft.record(base, _("delegation %(n)s") % {"n": place}, apart.DELEGATION, 0)
        for place, base in enumerate(draft.bases("event.delegations"), start=1)
    ]
    return (event, *delegations)


def _delegations(draft: Draft) -> str:
    return "" if draft.found("event") is None else "event.delegations"


def problems(draft: Draft) -> list[str]:
    """A period that ends before it begins; a plan that is kept already."""
    return [*_period(draft), *_known(draft), *from_rules.problems(draft)]


def warnings(draft: Draft) -> list[str]:
    """Bases that do not hold on the plan's day."""
    return from_rules.warnings(draft)


def _known(draft: Draft) -> list[str]:
    """Two files of one plan, such as its Word and its PDF, are one plan (B-21)."""
    try:
        kind, number, on = (draft.read("", field) for field in apart.PLAN[:3])
    except ValueError:
        return []
    if not number or not on:
        return []
    same = Plan.objects.filter(department=draft.reading.department, number=number, issued_on=on.day)
    if not same.filter(kind=kind).exclude(reading=draft.reading.pk or 0).exists():
        return []
    return [_("%(kind)s %(number)s of %(day)s is kept already. Open it, and discard this reading.") % {
        "kind": kind, "number": number, "day": on.shown(),
    }]  # fmt: skip


def _period(draft: Draft) -> list[str]:
    try:
        start, end = (draft.read("", field) for field in apart.PLAN[8:10])
    except ValueError:
        return []
    if start and end and end.last < start.first:
        return [_("The plan ends (%(end)s) before it begins (%(start)s).") % {
            "end": end.shown(), "start": start.shown(),
        }]  # fmt: skip
    return []


def make(plan: Plan, draft: Draft) -> None:
    """Everything below the plan itself. Raises ValueError for a value that does not hold."""
    _make_bases(plan, draft)
    for order, base in enumerate(draft.kept("targets")):
        Target.objects.create(plan=plan, order=order, **target_values(draft, base))
    _make_assignments(plan, draft)
    for order, base in enumerate(draft.kept("deadlines")):
        make_obligation(plan, draft, base, order)
    for order, base in enumerate(draft.kept("distribution")):
        Recipient.objects.create(plan=plan, order=order, **recipient_values(draft, base))
    from_rules.make(plan, draft)


def target_values(draft: Draft, base: str) -> dict[str, Any]:
    """Fields of the target at a place of the reading."""
    values = draft.values(base, apart.TARGET)
    return values | {"denominator": values["denominator"] or ""}


def recipient_values(draft: Draft, base: str) -> dict[str, Any]:
    """Fields of a line of "Nơi nhận": one body, a whole group of units, or words that mean neither."""
    values = draft.values(base, apart.RECIPIENT)
    meant = values["bodies"]
    return {
        "text": values["recipient"],
        "purpose": values["purpose"] or "",
        "body": meant.bodies[0] if len(meant.bodies) == 1 else None,
        "group": meant.group,
    }


def _make_bases(plan: Plan, draft: Draft) -> None:
    for order, base in enumerate(draft.kept("legal_bases")):
        document = document_of(draft, base)
        PlanBasis.objects.get_or_create(plan=plan, document=document, defaults={"order": order})


def document_of(draft: Draft, base: str) -> LegalDocument:
    """The document a legal basis names, known before or new."""
    values = draft.values(base, apart.BASIS)
    on = values.pop("issued_on")
    said = {name: text or "" for name, text in values.items()} | {"issued_on": on.day if on else None}
    return register.find_or_add(draft.reading.department, said)


def _make_assignments(plan: Plan, draft: Draft) -> None:
    order = 0
    for base in draft.kept("assignments"):
        values = draft.values(base, apart.ASSIGNED)
        for task in _tasks(draft, base):
            text = draft.read(task, apart.TASK)
            for body in draft.directory.bound(values["bodies"].bodies) or (None,):
                Assignment.objects.create(
                    plan=plan, unit_text=values["unit"], body=body, text=text, order=order
                )
                order += 1


def make_obligation(plan: Plan, draft: Draft, base: str, order: int) -> None:
    """What is due at a place of the reading, with a duty for every unit that owes it."""
    made = Obligation.objects.create(plan=plan, order=order, **obligation_values(draft, base))
    Duty.objects.bulk_create(Duty(obligation=made, body=body) for body in owners(draft, base))


def obligation_values(draft: Draft, base: str) -> dict[str, Any]:
    """Fields of what is due at a place of the reading."""
    values = draft.values(base, apart.OBLIGATION)
    on, strict = values["on"], values["strict"]
    return {
        "what": values["what"],
        "by_text": values["by"] or "",
        "to_text": values["to"] or "",
        "on_text": (_("before %(day)s") if strict else "%(day)s") % {"day": on.shown()},
        "due_on": on.last_good_day(strict=strict),
        "precision": on.precision,
    }
