"""The tables that go with a plan: activities, dates to keep, figures to reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from guong.papers.model import Annex, Cell
from guong.planreader import Activity, Deadline, Plan, Target
from guong.plans.paper.body import roman
from guong.plans.paper.prose import Said
from guong.plans.paper.wording import cell_words, deadline_is_said, limit_words, sentences_of, target_is_said


def annexes(plan: Plan, cited: str) -> tuple[Annex, ...]:
    """ "PHỤ LỤC", numbered when there are several; `cited` names the plan they go with."""
    said = sentences_of(plan)
    names = [item.name for item in plan.activities]
    deadlines = [item for item in plan.deadlines if not deadline_is_said(item, said)]
    targets = [item for item in plan.targets if not target_is_said(item, said)]
    found = [
        *([_activities(plan.activities)] if plan.activities and not Said(plan)(*names) else []),
        *([_deadlines(deadlines)] if deadlines else []),
        *([_targets(targets)] if targets else []),
    ]
    return tuple(
        replace(
            annex,
            title=f"Phụ lục {roman(place)}" if len(found) > 1 else "Phụ lục",
            intro=f"(Kèm theo {cited})",
        )
        for place, annex in enumerate(found, start=1)
    )


def _activities(activities: Sequence[Activity]) -> Annex:
    return Annex(
        title="",
        subject="CÁC HOẠT ĐỘNG",
        headings=("TT", "Thời gian", "Nội dung hoạt động", "Đơn vị chủ trì", "Đơn vị phối hợp", "Sản phẩm"),
        rows=tuple(
            (place, cell_words(item.when), item.name or "", item.lead_units, item.related_units, item.outputs)
            for place, item in enumerate(activities, start=1)
        ),
        widths=(12, 36, 62, 45, 50, 52),
    )


def _deadlines(deadlines: Sequence[Deadline]) -> Annex:
    return Annex(
        title="",
        subject="CÁC THỜI HẠN",
        headings=("TT", "Nội dung công việc", "Đơn vị thực hiện", "Gửi về", "Thời hạn"),
        rows=tuple(
            (place, item.what or "", item.by or "", item.to or "", limit_words(item))
            for place, item in enumerate(deadlines, start=1)
        ),
        widths=(12, 55, 38, 35, 38),
    )


def _targets(targets: Sequence[Target]) -> Annex:
    return Annex(
        title="",
        subject="CÁC CHỈ TIÊU",
        headings=("TT", "Chỉ tiêu", "Mức phấn đấu"),
        rows=tuple(_target(place, item) for place, item in enumerate(targets, start=1)),
        widths=(12, 110, 40),
    )


def _target(place: int, item: Target) -> tuple[Cell, ...]:
    return (place, item.metric or "", item.value or "")
