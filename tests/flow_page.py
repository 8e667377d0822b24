"""Writes the tables of docs/flow.md from the step tables of the code: `python -m tests.flow_page`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import django
from django.utils.module_loading import import_string

PAGE = Path(__file__).resolve().parents[1] / "docs" / "flow.md"
MARK = re.compile(r"(<!-- steps: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


PROCESSES = {
    "reading": "guong.plans.flow.READING_STEPS",
    "plan_draft": "guong.plans.flow.PLAN_DRAFT_STEPS",
    "plan": "guong.plans.flow.PLAN_STEPS",
    "assignment": "guong.plans.flow.ASSIGNMENT_STEPS",
    "duty": "guong.plans.flow.DUTY_STEPS",
    "difficulty": "guong.plans.flow.DIFFICULTY_STEPS",
    "review": "guong.plans.flow.REVIEW_STEPS",
    "nomination": "guong.awards.flow.NOMINATION_STEPS",
    "listing": "guong.awards.flow.LISTING_STEPS",
    "session": "guong.awards.flow.SESSION_STEPS",
    "decision": "guong.awards.flow.DECISION_STEPS",
    "bonus": "guong.awards.flow.BONUS_STEPS",
    "layer": "guong.regulations.flow.LAYER_STEPS",
    "sheet": "guong.records.flow.SHEET_STEPS",
}


def table(steps: dict) -> str:
    rows = ["| step | from | to | who | when | what follows |", "|---|---|---|---|---|---|"]
    rows += [
        f"| `{step.name}` | {', '.join(map(str, step.source))} | {step.target} | {said(step.who)} |"
        f" {said(step.when)}{' A reason is written.' if step.needs_note else ''} |"
        f" {said([step.then]) if step.then else ''} |"
        for step in steps.values()
    ]
    return "\n".join(rows) + "\n"


def said(rules: object) -> str:
    """First lines of the rules' docstrings."""
    return " ".join((rule.__doc__ or rule.__name__).strip().splitlines()[0] for rule in rules)


def page() -> str:
    """The whole page with fresh tables."""

    def fresh(found: re.Match[str]) -> str:
        return found[1] + table(import_string(PROCESSES[found[2]])) + found[3]

    return MARK.sub(fresh, PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guong.site.settings_test")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
