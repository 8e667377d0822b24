"""What stands against a draft: values and problems that do not hold, pages nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guong.plans.models import PlanDraft
from guong.plans.reading import parts
from guong.plans.reading.draft import Draft
from guong.plans.writing.pages import Page, page_called, page_of
from guong.plans.writing.typed import as_draft

SAYS = (
    "movements", "topics", "activities", "event", "assignments", "deadlines", "targets", "recurring",
    "sections",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One sentence against the draft, and the page where it is put right."""

    text: str
    page: Page | None = None


def faults(draft: PlanDraft, shown: Draft | None = None) -> list[Fault]:
    """Everything that must be put right before the draft goes on."""
    shown = shown or as_draft(draft, draft.content)
    wrong = [
        Fault(f"{value.field.label}: {value.error}", page_of(value.path))
        for value in parts.values(parts.groups(shown))
        if value.error
    ]
    found = [*wrong, *(Fault(text) for text in parts.problems(shown))]
    if not any(draft.content.get(name) for name in SAYS):
        found.append(Fault(_("The plan says nothing yet: write a movement, an activity, a task or a date.")))
    if not draft.symbol:
        found.append(Fault(_("Symbol: write it first, such as KH-SYT."), page_called("chung")))
    return found


def unseen(draft: PlanDraft) -> list[Page]:
    """Pages filled in beforehand that nobody has looked at."""
    return [page for slug in draft.unseen if (page := page_called(slug))]
