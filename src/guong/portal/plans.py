"""What the public may read of plans: published ones, their text and file, nobody's personal task (B-13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from guong.base.models import StoredFile
from guong.base.search import having_words
from guong.plans import peaks
from guong.plans.models import Plan, PlanBasis
from guong.plans.reading.paper import Line, paper_of

FILES = ("reading__file", "signed_file", "draft__pdf_file")
HEAVY = ("topics", "activities", "event", "content")
PERSON = re.compile(r"(?:các\s+)?(?:ông|bà|đồng chí|đ/c|bác sĩ|bs|ths|ts|cn)\b[.\s]", re.IGNORECASE)


def found(words: str, year: int | None) -> QuerySet[Plan]:
    """Published plans that fit, newest first."""
    plans = Plan.objects.published().defer(*HEAVY)
    if year:
        plans = plans.filter(year=year)
    return having_words(plans, "search", words[:200])


def years() -> list[int]:
    """Years with a published plan, newest first."""
    return list(Plan.objects.published().order_by("-year").values_list("year", flat=True).distinct())


def seen(plan: Plan) -> dict[str, Any]:
    """Everything the page of one plan shows."""
    hidden = personal_lines(plan)
    return {
        "plan": plan,
        "movements": plan.movements.prefetch_related("quotas"),
        "targets": plan.targets.all(),
        "obligations": plan.obligations.all(),
        "bases": [row.document for row in PlanBasis.objects.filter(plan=plan).select_related("document")],
        "peaks": peaks.of_plan(plan),
        "text": list(_text(plan, hidden)),
        "hides": bool(hidden),
        "file": file_of(plan),
    }


def file_of(plan: Plan) -> StoredFile | None:
    """The file anyone may have: the signed copy, the PDF made here, or the file that was read.

    None when the text gives a task to a person by name.
    """
    if personal_lines(plan):
        return None
    draft = getattr(plan, "draft", None)
    return plan.signed_file or (draft and draft.pdf_file) or (plan.reading and plan.reading.file)


def personal_lines(plan: Plan) -> set[int]:
    """Numbers of the lines that give a task to a named person."""
    if plan.reading is None:
        return set()
    tasks = plan.reading.found["plan"].get("assignments") or ()
    personal = {place for place, task in enumerate(tasks) if PERSON.match((task.get("unit") or "").strip())}
    lines: set[int] = set()
    for path, source in plan.reading.found.get("sources", {}).items():
        at = re.match(r"assignments\[(\d+)\]", path)
        if at and int(at[1]) in personal:
            lines.update(range(source["line"], source["last_line"] + 1))
    return lines


def _text(plan: Plan, hidden: set[int]) -> Iterator[Line]:
    if plan.reading is None:
        return
    yield from (line for line in paper_of(plan.reading.lines, {}).lines if line.number not in hidden)
