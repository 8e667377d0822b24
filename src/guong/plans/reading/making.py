"""A confirmed reading becomes a plan with everything below it: all of it, or nothing."""

from __future__ import annotations

from typing import Any

from guong.base.models import Body
from guong.plans.delivering import deliver
from guong.plans.models import LegalDocument, Plan, Reading
from guong.plans.reading import apart, parts
from guong.plans.reading.content import content_of, plain, put
from guong.plans.reading.draft import Draft
from guong.plans.reading.kinds import Field
from guong.plans.reading.when import When


def make_plan(reading: Reading) -> Plan:
    """Everything the reading says, as records. Runs inside the step that confirms it.

    Raises ValueError when a value does not hold; the caller's transaction then leaves nothing behind.
    """
    draft = Draft(reading)
    said = draft.values("", apart.PLAN)
    plan = Plan.objects.create(
        department=reading.department,
        body=reading.body or _issuing_body(draft),
        reading=reading,
        content=content_of(draft),
        **_plain(said),
        **_period(said),
        **_issue(said),
        **tables_of(draft),
    )
    plan.document = document_of(plan)
    plan.save(update_fields=["document"])
    parts.make(plan, draft)
    deliver(plan)
    return plan


def tables_of(draft: Draft) -> dict[str, Any]:
    """What a plan keeps as it is said: topics, the activity table, the event."""
    return {
        "topics": _kept(draft, "topics", apart.TOPIC),
        "activities": _kept(draft, "activities", apart.ACTIVITY),
        "event": _event(draft),
    }


def facts_of(draft: Draft) -> dict[str, Any]:
    """What a revision may change of the plan itself; number, day and issuer stay those of the first paper."""
    said = draft.values("", apart.PLAN)
    return {"title": said["title"], "theme": said["theme"] or ""} | _period(said) | tables_of(draft)


def _issuing_body(draft: Draft) -> Body | None:
    chosen = [body for body in draft.read("", apart.ISSUED_BY).bodies if body.inside]
    return chosen[0] if len(chosen) == 1 else None


def document_of(plan: Plan) -> LegalDocument | None:
    """The plan's own entry in the register (B-02): the one others cite already, or a new one.

    None when the entry of the same kind, number and day belongs to another plan.
    """
    said = {
        "department": plan.department, "kind": plan.kind[:60], "number": plan.number,
        "issued_on": plan.issued_on,
    }  # fmt: skip
    if plan.number and (known := LegalDocument.objects.select_for_update().filter(**said).first()):
        if Plan.objects.filter(document=known).exists():
            return None
        known.issuer, known.subject = plan.issuer or known.issuer, plan.title[:500]
        known.version += 1
        known.save()
        return known
    return LegalDocument.objects.create(
        **said, issuer=plan.issuer, subject=plan.title[:500], in_force_from=plan.issued_on
    )


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    names = ("kind", "number", "place", "issuer", "title", "theme")
    return {name: said[name] or "" for name in names} | {
        "year": said["year"],
        "signatory_position": said["signatory.position"] or "",
        "signatory_name": said["signatory.name"] or "",
    }


def _issue(said: dict[str, Any]) -> dict[str, Any]:
    on: When | None = said["issued_on"]
    return {"issued_on": on.day if on else None, "issued_text": on.shown() if on else ""}


def _period(said: dict[str, Any]) -> dict[str, Any]:
    start, end = said["period.start"], said["period.end"]
    shown = " – ".join(side.shown() for side in (start, end) if side)
    return {
        "period_start": start.first if start else None,
        "period_end": end.last if end else None,
        "period_text": shown,
    }


def _kept(draft: Draft, name: str, fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    return [_json(draft, base, fields) for base in draft.kept(name)]


def _event(draft: Draft) -> dict[str, Any] | None:
    if draft.found("event") is None or "event" in draft.omitted:
        return None
    delegations = _kept(draft, "event.delegations", apart.DELEGATION)
    return _json(draft, "event", apart.EVENT) | {"delegations": delegations}


def _json(draft: Draft, base: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Values as plan-schema.md writes them."""
    made: dict[str, Any] = {}
    for name, value in draft.values(base, fields).items():
        put(made, name, plain(value))
    return made
