"""A revision of a plan in force: compared, numbered, applied by difference, told to all (B-15, B-16)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guong.base.models import StoredFile, User
from guong.base.workflow import Log, Refused, act, take
from guong.planreader.compare import Changes, compare
from guong.plans.delivering import deliver
from guong.plans.flow_after import DIFFICULTY_STEPS, REVIEW_STEPS
from guong.plans.models import Difficulty, Plan, PlanDraft, Review, Revision
from guong.plans.reading import parts
from guong.plans.reading.edition import Edition, draft_of
from guong.plans.reading.making import facts_of
from guong.plans.writing.prose import without_repeats

# What a revision leaves as the first paper has it; its own paper is on the revision.
PAPER = ("kind", "number", "symbol", "place", "issued_on", "issuer", "signatory")


def content_for(plan: Plan, said: dict[str, Any]) -> dict[str, Any]:
    """What the draft says, under the paper the plan was issued on."""
    without = {name: value for name, value in said.items() if name not in PAPER}
    return without | {name: plan.content[name] for name in PAPER if name in plan.content}


def problems(plan: Plan, content: dict[str, Any]) -> list[str]:
    """What stands against a content of the plan, value by value."""
    draft = draft_of(plan, content)
    wrong = [value for value in parts.values(parts.groups(draft)) if value.error]
    return [*(f"{value.field.label}: {value.error}" for value in wrong), *parts.problems(draft)]


def apply(draft: PlanDraft, by: User, log: Log) -> Revision:
    """Make the draft the plan's next edition. Runs inside the act that issues the draft; all or nothing.

    Raises Refused with one sentence: revised meanwhile, no reason, nothing changed, or what a change would
    take away from others.
    """
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("department", "body")
        .get(pk=draft.revises_id)
    )
    if why := _must_be_next(plan, draft):
        raise Refused(why)
    content = content_for(plan, draft.content)
    changes = compare(without_repeats(plan.content), content)
    if why := " ".join(problems(plan, content)):
        raise Refused(why)
    if not changes:
        raise Refused(_("The draft says what the plan says already. Change something, or give it up."))
    revision = Revision.objects.create(
        plan=plan, number=plan.edition + 1, reason=draft.reason.strip(), before=plan.content, after=content,
        paper_number=f"{draft.number}/{draft.symbol}" if draft.number else "", issued_on=draft.issued_on,
        file=_paper(draft), made_by=by,
    )  # fmt: skip
    try:
        _write(plan, revision, changes)
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    _tell(plan, revision, draft, by)
    log.about(plan, note=f"{revision}: {revision.reason}")
    return revision


def rehearse(draft: PlanDraft, by: User) -> str | None:
    """Apply the draft and undo it: the sentence that would stand against issuing it, or None.

    Asked before a draft goes on to approval, because its text is fixed once it has a number.
    """
    try:
        with transaction.atomic():
            with act(by, "rehearse_revision") as log:
                apply(draft, by, log)
            transaction.set_rollback(True)
    except Refused as refused:
        return str(refused)
    return None


def _must_be_next(plan: Plan, draft: PlanDraft) -> str | None:
    if not draft.reason.strip():
        return _("Write the reason of the revision first.")
    if plan.state != Plan.State.IN_FORCE:
        return _("The plan is closed. Open it again before you revise it.")
    if not plan.content:
        return _("This plan was kept without its content. Read its file again before you revise it.")
    if plan.revisions.filter(made_at__gte=draft.created_at).exists():
        return _(
            "Another revision of this plan was issued after this draft was begun."
            " Start a new draft from the plan as it stands now."
        )
    return None


def _paper(draft: PlanDraft) -> StoredFile | None:
    return draft.pdf_file or draft.word_file


def _write(plan: Plan, revision: Revision, changes: Changes) -> None:
    """The plan first, then the records below it, each by difference."""
    edition = Edition(
        plan, revision, draft_of(plan, revision.before), draft_of(plan, revision.after), changes
    )
    for name, value in facts_of(edition.now).items():
        setattr(plan, name, value)
    plan.content, plan.edition = revision.after, revision.number
    plan.save()
    parts.revise(edition)


def _tell(plan: Plan, revision: Revision, draft: PlanDraft, by: User) -> None:
    """Recipients get the new edition, difficulties their answer, derived plans a review."""
    deliver(plan)
    for difficulty in Difficulty.objects.filter(draft=draft, state__in=DIFFICULTY_STEPS["adjust"].source):
        difficulty.revision = revision
        difficulty.save(update_fields=["revision"])
        take(DIFFICULTY_STEPS["adjust"], difficulty, by=by)
    derived = (
        Plan.objects.filter(bases=plan.document_id, state=Plan.State.IN_FORCE) if plan.document_id else ()
    )
    Review.objects.bulk_create(Review(plan=one, revision=revision) for one in derived)
    own = replace(REVIEW_STEPS["revise"], who=())  # whoever issues the unit's revision settles its reviews
    for review in plan.reviews.filter(state=Review.State.OPEN):
        take(own, review, by=by)
