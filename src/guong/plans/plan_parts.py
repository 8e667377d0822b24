"""Parts of a plan's page: its family, its checks, its peaks and tags, each with the fewest queries."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from guong.base.models import User
from guong.plans import peaks, register
from guong.plans.models import Obligation, Plan, Target

FEW_TIMES = 2  # times of one obligation shown as rows of their own
FEW = 12  # children shown on the plan's own page
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%|/\s*(\d+))?")


@dataclass(frozen=True)
class Check:
    """A target or requirement with its bar: (reached, wanted), or nothing when there are no two figures."""

    target: Target
    bar: tuple[float, float] | None


def parts_of(plan: Plan, user: User, *, keeps: bool) -> dict[str, Any]:
    """What the templates `_family`, `_checks`, `_peaks` and `_tags` read."""
    bases = register.bases_of(plan, user)
    children = register.children_of(plan.document, user)
    return {
        "family": {
            "bases": bases,
            "faults": register.faults_of(bases, plan.issued_on),
            "citations": plan.citations.select_related("document"),
            "children": list(children[:FEW]),
            "child_count": children.count(),
        },
        "checks": [Check(target, bar_of(target)) for target in plan.targets.all()],
        "peaks": peaks.of_plan(plan),
        "tags": plan.focal_tasks.select_related("focal_list"),
        "tags_url": reverse("plans:plan_tags", args=[plan.pk]),
        "keeps": keeps,
    }


def folded(rows: list[Obligation], today: date) -> list[Obligation]:
    """Obligations in order; of one that recurs only the next is a row, the others are its `others`."""
    series: dict[tuple[str, str], list[Obligation]] = defaultdict(list)
    for row in rows:
        series[row.what, row.by_text].append(row)
    shown = []
    for times in series.values():
        following = (row for row in times if row.due_on >= today)
        heads = [next(following, times[-1])] if len(times) > FEW_TIMES else times
        for head in heads:
            head.others = [row for row in times if row not in heads]
        shown += heads
    return sorted(shown, key=lambda row: (row.due_on, row.order, row.pk))


def bar_of(target: Target) -> tuple[float, float] | None:
    """Reached against wanted: "97 %" of "100%", "58/60" of its own whole, "12" of "15 tin"."""
    reached, wanted = _FIGURE.search(target.reached), _FIGURE.search(target.value)
    if not reached or not wanted:
        return None
    if reached[3]:
        whole = float(reached[3])
    elif (reached[2] == "%") != (wanted[2] == "%"):
        return None
    else:
        whole = _number(wanted[1])
    return (min(_number(reached[1]), whole), whole) if whole else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
