"""What stands in a unit's way under a plan: reported, answered, answered by a revision, noted (B-15)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import Body, User
from guong.base.workflow import Refused, guarded, refusals, take
from guong.plans import uploads
from guong.plans.access import REPORTERS, must_keep_plans, must_report_difficulty
from guong.plans.flow_after import DIFFICULTY_STEPS
from guong.plans.models import Difficulty, Plan, PlanDraft

OVER = (PlanDraft.State.ISSUED, PlanDraft.State.DROPPED)
ANSWERED = (Difficulty.State.ANSWERED, Difficulty.State.ADJUSTED)


def report(
    by: User, plan: Plan, body: Body, text: str, upload: UploadedFile | None = None, key: UUID | None = None
) -> Difficulty:
    """Tell the issuer what stands in the way. Raises Refused, or AlreadyDone for a form sent twice."""
    made = Difficulty(plan=plan, body=body, text=text, by=by)
    with guarded(by, "report_difficulty", plan) as log:
        must(must_report_difficulty(by, made), must_be_in_period(plan), _must_concern(plan, body))
        if not text.strip():
            raise Refused(_("Write what stands in the way first."))
        claim_once(by, key)
        made.file = uploads.keep_upload(upload, by)
        made.save()
        led_to(by, key, made)
        log.about(made)
    return made


def must_be_in_period(plan: Plan) -> str | None:
    """Difficulties are reported from the issue of a plan to the end of its period."""
    if plan.state != Plan.State.IN_FORCE:
        return _("The plan is closed; write to the standing office about what is left to settle.")
    if plan.period_end and plan.period_end < timezone.localdate():
        return _("The period of the plan ended on %(day)s; difficulties are reported within it.") % {
            "day": f"{plan.period_end:%d/%m/%Y}"
        }
    return None


def _must_concern(plan: Plan, body: Body) -> str | None:
    if body.path.startswith(plan.department.path):
        return None
    return _("This unit does not belong to the department of the plan.")


def reporting_units(user: User, plan: Plan) -> Any:
    """Units of the plan's department whose word the user gives."""
    held = [holding.body_id for holding in user.scope.holdings if holding.role in REPORTERS]
    return Body.objects.under(plan.department).current().filter(pk__in=held).by_name()


def answer(by: User, difficulty: Difficulty, text: str) -> Difficulty:
    """Answer with guidance. Raises Refused: not the issuer, no words, answered before."""
    step = DIFFICULTY_STEPS["answer"]
    with guarded(by, step.name, difficulty):
        found = locked(difficulty)
        found.answer = text
        must(*refusals(step, found, by))
        found.save(update_fields=["answer"])
        return take(step, found, by=by)


def note_answer(by: User, difficulty: Difficulty) -> Difficulty:
    """The unit has seen the answer. Raises Refused."""
    with guarded(by, "note_answer", difficulty) as log:
        found = locked(difficulty)
        must(must_report_difficulty(by, found))
        if found.state not in ANSWERED:
            raise Refused(_("There is no answer yet."))
        if not found.noted_at:
            found.noted_at = timezone.now()
            found.save(update_fields=["noted_at"])
            log.about(found)
    return found


def answer_with(by: User, difficulty: Difficulty, draft: PlanDraft) -> None:
    """Tie a difficulty to the draft of the revision that will answer it. Raises Refused."""
    with guarded(by, "answer_with_revision", difficulty) as log:
        found = locked(difficulty)
        must(must_keep_plans(by, found))
        if found.state not in DIFFICULTY_STEPS["adjust"].source:
            raise Refused(_("This difficulty is settled already."))
        if draft.revises_id != found.plan_id or draft.state in OVER:
            raise Refused(_("Choose an open revision of the same plan."))
        found.draft = draft
        found.save(update_fields=["draft"])
        log.about(found, note=str(draft))


def open_revision(plan: Plan) -> PlanDraft | None:
    """The draft of a revision somebody is writing."""
    return PlanDraft.objects.filter(revises=plan).exclude(state__in=OVER).first()
