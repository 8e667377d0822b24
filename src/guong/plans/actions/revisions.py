"""Named writes of a revision while it is a draft: begin it, say why, tie difficulties to it (B-16)."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import User
from guong.base.workflow import Refused, guarded
from guong.plans.access import must_write_drafts
from guong.plans.actions.drafting import must_be_open, start_draft
from guong.plans.difficulties import answer_with, open_revision
from guong.plans.models import Difficulty, Plan, PlanDraft


def begin(by: User, plan: Plan, reason: str, key: UUID | None = None) -> PlanDraft:
    """A draft that revises the plan, from the plan as it stands. Raises Refused, AlreadyDone."""
    with guarded(by, "begin_revision", plan) as log:
        claim_once(by, key)
        if not reason.strip():
            raise Refused(_("Write the reason of the revision first."))
        draft = start_draft(by, plan.kept_by, origin="revision", plan=plan)
        draft.reason = reason.strip()
        draft.save(update_fields=["reason"])
        led_to(by, key, draft)
        log.about(plan, note=draft.reason)
    return draft


def explain(by: User, draft: PlanDraft, reason: str, *, version: int) -> PlanDraft:
    """Write the reason anew while the draft is open. Raises Refused."""
    with guarded(by, "explain_revision", draft) as log:
        found = locked(draft, version)
        must(must_write_drafts(by, found), must_be_open(found))
        if not reason.strip():
            raise Refused(_("Write the reason of the revision first."))
        if found.reason != reason.strip():
            found.reason, found.version = reason.strip(), found.version + 1
            found.save(update_fields=["reason", "version"])
            log.about(found, note=found.reason)
    return found


def answer_by_revision(by: User, difficulty: Difficulty) -> PlanDraft:
    """Answer a difficulty by a revision: the one being written, or a new one. Raises Refused."""
    reason = _("Difficulty of %(body)s: %(text)s") % {
        "body": difficulty.body.label,
        "text": difficulty.text[:300],
    }
    draft = open_revision(difficulty.plan) or begin(by, difficulty.plan, reason)
    answer_with(by, difficulty, draft)
    return draft
