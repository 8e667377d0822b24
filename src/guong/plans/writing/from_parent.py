"""A unit's own plan, filled in from the plan above: what concerns the unit, and days of its own (B-14).

Movements above become launches here: their places to award are not the unit's. A date owed to the issuer
above stays, and one some days earlier is set for the unit's own sections.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from guong.base.models import Body, Department
from guong.plans.models import Plan, PlanDraft
from guong.plans.reading import when
from guong.plans.reading.bodies import Directory, group_of

SECTIONS = "Các khoa, phòng"
_LAUNCH = re.compile(r"^(phát động\s+)?(phong trào\s+)?", re.IGNORECASE)
_CARRIED = ("theme", "period", "topics", "targets", "purposes", "requirements", "peaks", "year", "citations")


def derived(draft: PlanDraft, plan: Plan) -> dict[str, Any]:
    """What the unit's plan says first, beside the frame of the body."""
    said, unit = copy.deepcopy(plan.content), draft.body
    directory = Directory(draft.department)
    settings = Department.objects.filter(body=draft.department).first()
    return {name: said[name] for name in _CARRIED if name in said} | {
        "title": _title(plan, unit),
        "legal_bases": [_basis(plan), *(said.get("legal_bases") or ())],
        "activities": [
            *(_launch(movement, unit) for movement in said.get("movements") or ()),
            *(row for row in said.get("activities") or () if _concerns(row, unit, directory)),
        ],
        "assignments": list(_tasks(said, unit, directory)),
        "deadlines": list(_deadlines(said, unit, directory, settings.inner_days if settings else 0)),
        "recurring": [
            item | {"by": unit.name, "bodies": ""}
            for item in said.get("recurring") or ()
            if _means(_by(item), unit, directory)
        ],
        "distribution": list(_recipients(plan, unit)),
    }


def _title(plan: Plan, unit: Body) -> str:
    bare = re.sub(r"^(về việc|v/v|về)\s+", "", plan.title, flags=re.IGNORECASE)
    opening = bare if bare[:2].isupper() else bare[:1].lower() + bare[1:]
    return f"Triển khai {opening} tại {unit.name}"[:600]


def _basis(plan: Plan) -> dict[str, Any]:
    """The plan above, as a preamble names it."""
    return {
        "kind": plan.kind,
        "number": plan.number or None,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else plan.content.get("issued_on"),
        "issuer": plan.issuer or plan.department.name,
        "subject": re.sub(r"^(về việc|v/v|về)\s+", "", plan.title, flags=re.IGNORECASE)[:500],
    }


def _launch(movement: dict[str, Any], unit: Body) -> dict[str, Any]:
    name = _LAUNCH.sub("", movement.get("name") or "")
    return {
        "when": None,
        "name": f"Phát động phong trào {name[:1].lower() + name[1:] if name[:2].istitle() else name}",
        "lead_units": [unit.name],
        "related_units": [SECTIONS],
        "outputs": ["Bản đăng ký thi đua của các khoa, phòng"],
    }


def _means(text: str, unit: Body, directory: Directory) -> bool:
    """The words name the unit, alone, among others, or as one of all units."""
    match = directory.match(text)
    return any(body.pk == unit.pk for body in directory.owners(match)) or (
        bool(match.group or group_of(text)) and unit.in_sector
    )


def _concerns(row: dict[str, Any], unit: Body, directory: Directory) -> bool:
    named = [*(row.get("lead_units") or ()), *(row.get("related_units") or ())]
    return any(_means(text, unit, directory) for text in named)


def _tasks(said: dict[str, Any], unit: Body, directory: Directory) -> Iterator[dict[str, Any]]:
    """What the plan above gives the unit, for its own sections to do."""
    given = [
        item for item in said.get("assignments") or () if _means(item.get("unit") or "", unit, directory)
    ]
    tasks = [task for item in given for task in item.get("tasks") or ()]
    if tasks:
        yield {"unit": SECTIONS, "tasks": tasks}


def _deadlines(said: dict[str, Any], unit: Body, directory: Directory, days: int) -> Iterator[dict[str, Any]]:
    """Each date the unit owes above, and before it the day its sections hand in."""
    for item in said.get("deadlines") or ():
        if not _means(_by(item), unit, directory):
            continue
        if inner := _inner_day(item, days):
            yield {"on": inner, "what": item.get("what"), "by": SECTIONS, "to": unit.name, "strict": False}
        yield item | {"by": unit.name, "bodies": ""}  # the duty itself is kept under the plan above


def _by(item: dict[str, Any]) -> str:
    """Who owes it: the bodies a person chose, else the words of the paper."""
    chosen = item.get("bodies")
    return chosen if isinstance(chosen, str) else item.get("by") or ""


def _inner_day(item: dict[str, Any], days: int) -> str | None:
    try:
        on = when.of_iso(item.get("on") or "")
    except ValueError:
        return None
    return (on.last_good_day(strict=bool(item.get("strict"))) - timedelta(days=days)).isoformat()


def _recipients(plan: Plan, unit: Body) -> Iterator[dict[str, Any]]:
    yield {"recipient": plan.issuer or plan.department.name, "purpose": "báo cáo"}
    yield {"recipient": f"{SECTIONS} thuộc {unit.label}", "purpose": "thực hiện"}
    yield {"recipient": "Lưu: VT", "purpose": None}
