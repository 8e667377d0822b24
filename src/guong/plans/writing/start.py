"""What a draft says before anybody writes: its frame, and the plan it starts from."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from guong import planreader
from guong.base.models import Body, BodyKind, Department, Employment
from guong.planreader import codec
from guong.plans.models import Plan, PlanDraft
from guong.plans.writing import from_last_year, from_parent
from guong.plans.writing.prose import without_repeats


def content(draft: PlanDraft, origin: str, plan: Plan | None) -> dict[str, Any]:
    """The first content of a draft of `draft.body`; sets the draft's year."""
    return ORIGINS[origin](draft, plan)


def _nothing(draft: PlanDraft, _plan: Plan | None) -> dict[str, Any]:
    draft.year = timezone.localdate().year
    return frame(draft)


def _parent(draft: PlanDraft, plan: Plan) -> dict[str, Any]:
    draft.year = plan.year
    return frame(draft) | from_parent.derived(draft, plan)


def _last_year(draft: PlanDraft, plan: Plan) -> dict[str, Any]:
    draft.year = plan.year + 1
    moved = without_repeats(from_last_year.moved_on(plan))
    kept = frame(draft)
    return kept | {name: value for name, value in moved.items() if value or name not in kept}


def _revision(draft: PlanDraft, plan: Plan) -> dict[str, Any]:
    draft.year = plan.year
    paper = {"number": None, "issued_on": None}  # the revision's own paper has yet to get them
    return {"symbol": frame(draft)["symbol"]} | without_repeats(copy.deepcopy(plan.content)) | paper


ORIGINS: dict[str, Callable[..., dict[str, Any]]] = {
    "nothing": _nothing,
    "parent": _parent,
    "last_year": _last_year,
    "revision": _revision,
}


def frame(draft: PlanDraft) -> dict[str, Any]:
    """Kind, place, issuer, signatory and the copy to keep, as the body's papers always say them."""
    whole = codec.dump(planreader.Plan())
    settings = Department.objects.select_related("standing_office").filter(body=draft.department).first()
    return whole | {
        "kind": "Kế hoạch",
        "place": settings.place if settings else "",
        "issuer": draft.body.name,
        "signatory": _signatory(draft, settings),
        "distribution": [{"recipient": f"Lưu: VT, {_keeps(draft, settings)}".rstrip(", "), "purpose": None}],
        "symbol": symbol_of(draft.body, settings),
    }


def _keeps(draft: PlanDraft, settings: Department | None) -> str:
    of_department = settings and draft.body_id == draft.department_id
    return settings.standing_office.label if settings and of_department else ""


def _signatory(draft: PlanDraft, settings: Department | None) -> dict[str, str]:
    if settings and draft.body_id == draft.department_id:
        return {"position": settings.signatory_position, "name": settings.signatory_name}
    heads = Employment.objects.in_force().filter(body=draft.body, is_leader=True).select_related("person")
    head = heads.order_by("valid_from", "pk").first()
    return {"position": head.post.upper(), "name": head.person.name} if head else {"position": "", "name": ""}


def symbol_of(body: Body, settings: Department | None) -> str:
    """The symbol of the body's last plan written here; else "KH-" and its short code."""
    last = PlanDraft.objects.filter(body=body).exclude(symbol="").order_by("-pk").first()
    if last:
        return last.symbol
    if settings and body.kind == BodyKind.DEPARTMENT:
        return f"KH-{settings.decision_symbol.partition('-')[2] or body.code}"
    return f"KH-{body.code}"
