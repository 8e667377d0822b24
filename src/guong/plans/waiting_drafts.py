"""Drafts of plans that wait for somebody: to be approved, numbered, issued, put right, written on."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from guong.base.feed import Task
from guong.base.models import User
from guong.plans.access import drafts_approved_by, drafts_written_by
from guong.plans.models import PlanDraft

Stage = PlanDraft.State
MOST = 20


def draft_tasks(user: User) -> list[Task]:
    """Drafts the user's approval, number, issue or pen is waited for."""
    open_now = PlanDraft.objects.exclude(state__in=(Stage.ISSUED, Stage.DROPPED)).select_related("body")
    approve = open_now.filter(drafts_approved_by(user), state=Stage.SUBMITTED)
    write = open_now.filter(drafts_written_by(user)).exclude(state=Stage.SUBMITTED)
    found = [*approve.order_by("pk")[:MOST], *write.order_by("-pk")[:MOST]]
    return [_draft(draft) for draft in found]


def _draft(draft: PlanDraft) -> Task:
    plan = Truncator(str(draft)).chars(120)
    title, reason, action = {
        Stage.SUBMITTED: (
            _("Approve “%(plan)s”"), _("%(body)s asks for your approval."), _("Read and approve")
        ),
        Stage.RETURNED: (_("“%(plan)s” was returned"), _("The reason is on its page."), _("Change it")),
        Stage.APPROVED: (
            _("Number “%(plan)s”"), _("Approved; it waits for its number and day."), _("Give number and date")
        ),
        Stage.NUMBERED: (
            _("Issue “%(plan)s”"), _("%(number)s waits to be signed and issued."), _("Issue the plan")
        ),
    }.get(
        Stage(draft.state),
        (_("Go on writing “%(plan)s”"), _("A draft of %(body)s nobody has sent yet."), _("Go on writing")),
    )  # fmt: skip
    said = {"plan": plan, "body": draft.body.label, "number": draft.full_number}
    return Task(title % said, reason % said, draft.get_absolute_url(), action, kind="plan")
