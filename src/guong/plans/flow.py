"""Processes of plans: readings confirmed, drafts approved and issued, plans closed, duties reported."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.base.models import User
from guong.base.workflow import Step
from guong.plans.access import (
    must_approve_drafts,
    must_be_able_to_drop,
    must_be_able_to_issue,
    must_do_assignment,
    must_keep_plans,
    must_report_for_own_unit,
    must_write_drafts,
)
from guong.plans.flow_after import DIFFICULTY_STEPS, REVIEW_STEPS, table
from guong.plans.models import Assignment, Duty, Plan, PlanDraft, Reading
from guong.plans.reading import parts
from guong.plans.reading.draft import Draft
from guong.plans.reading.making import make_plan
from guong.plans.writing import checks

__all__ = [
    "ASSIGNMENT_STEPS",
    "DIFFICULTY_STEPS",
    "DUTY_STEPS",
    "PLAN_DRAFT_STEPS",
    "PLAN_STEPS",
    "READING_STEPS",
    "REVIEW_STEPS",
]


def must_hold(_user: User, reading: Reading) -> str | None:
    """Every value of the reading can become a record."""
    draft = Draft(reading)
    found = parts.groups(draft)
    wrong = [value for value in parts.values(found) if value.error]
    if wrong:
        return _("%(n)s values must be filled in or corrected first: %(names)s.") % {
            "n": len(wrong),
            "names": ", ".join(str(value.field.label) for value in wrong[:5]),
        }
    return " ".join(parts.problems(draft)) or None


def must_be_compared(_user: User, reading: Reading) -> str | None:
    """Names, numbers and dates a machine recognised were compared with the scan, group by group."""
    missing = parts.not_compared(Draft(reading))
    if not missing:
        return None
    return _("Compare names, numbers and dates with the scan first, and tick it: %(names)s.") % {
        "names": ", ".join(str(group.label) for group in missing)
    }


def must_be_whole(_user: User, draft: PlanDraft) -> str | None:
    """Every value of the draft can become a record, and there is something in it."""
    found = checks.faults(draft)
    if not found:
        return None
    return _("%(n)s things must be put right first: %(first)s") % {
        "n": len(found), "first": " ".join(fault.text for fault in found[:3]),
    }  # fmt: skip


def must_be_looked_at(_user: User, draft: PlanDraft) -> str | None:
    """What was filled in beforehand is looked at by a person, page by page."""
    pages = checks.unseen(draft)
    if not pages:
        return None
    return _("Look at what was filled in beforehand and save it: %(pages)s.") % {
        "pages": ", ".join(str(page.label) for page in pages)
    }


def must_say_something(_user: User, duty: Duty) -> str | None:
    """A report has words or a file."""
    return None if duty.report.strip() or duty.file_id else _("Write the report or attach its file first.")


def make_records(reading: Reading, _by: User) -> None:
    """What confirming a reading creates."""
    make_plan(reading)


def stamp_report(duty: Duty, _by: User) -> None:
    """The moment the report came in."""
    duty.reported_at = timezone.now()
    duty.save(update_fields=["reported_at"])


READING_STEPS = table(
    Step(
        name="recognised",
        label=gettext_lazy("The file was read"),
        source=(Reading.State.READING,),
        target=Reading.State.READ,
        who=(),
    ),
    Step(
        name="unreadable",
        label=gettext_lazy("The file could not be read"),
        source=(Reading.State.READING,),
        target=Reading.State.FAILED,
        who=(),
        needs_note=True,
    ),
    Step(
        name="read_again",
        label=gettext_lazy("Read the file again"),
        source=(Reading.State.FAILED,),
        target=Reading.State.READING,
        who=(must_keep_plans,),
    ),
    Step(
        name="confirm",
        label=gettext_lazy("Confirm and create the records"),
        source=(Reading.State.READ,),
        target=Reading.State.CONFIRMED,
        who=(must_keep_plans,),
        when=(must_hold, must_be_compared),
        then=make_records,
    ),
    Step(
        name="discard",
        label=gettext_lazy("Discard this reading"),
        source=(Reading.State.READ, Reading.State.READING, Reading.State.FAILED),
        target=Reading.State.DISCARDED,
        who=(must_keep_plans,),
        needs_note=True,
    ),
)
PLAN_DRAFT_STEPS = table(
    Step(
        name="submit",
        label=gettext_lazy("Send for approval"),
        source=(PlanDraft.State.DRAFT, PlanDraft.State.RETURNED),
        target=PlanDraft.State.SUBMITTED,
        who=(must_write_drafts,),
        when=(must_be_looked_at, must_be_whole),
    ),
    Step(
        name="recall",
        label=gettext_lazy("Take it back to change it"),
        source=(PlanDraft.State.SUBMITTED,),
        target=PlanDraft.State.DRAFT,
        who=(must_write_drafts,),
    ),
    Step(
        name="approve",
        label=gettext_lazy("Approve the plan"),
        source=(PlanDraft.State.SUBMITTED,),
        target=PlanDraft.State.APPROVED,
        who=(must_approve_drafts,),
        when=(must_be_whole,),
    ),
    Step(
        name="return_draft",
        label=gettext_lazy("Return with reason"),
        source=(PlanDraft.State.SUBMITTED, PlanDraft.State.APPROVED),
        target=PlanDraft.State.RETURNED,
        who=(must_approve_drafts,),
        needs_note=True,
    ),
    Step(
        name="number",
        label=gettext_lazy("Give number and date"),
        source=(PlanDraft.State.APPROVED,),
        target=PlanDraft.State.NUMBERED,
        who=(must_write_drafts,),
        when=(must_be_whole,),
    ),
    Step(
        name="issue",
        label=gettext_lazy("Issue the plan"),
        source=(PlanDraft.State.NUMBERED,),
        target=PlanDraft.State.ISSUED,
        who=(must_be_able_to_issue,),
        when=(must_be_whole,),
    ),
    Step(
        name="drop",
        label=gettext_lazy("Give the draft up"),
        source=(PlanDraft.State.DRAFT, PlanDraft.State.RETURNED, PlanDraft.State.NUMBERED),
        target=PlanDraft.State.DROPPED,
        who=(must_be_able_to_drop,),
        needs_note=True,
    ),
)
PLAN_STEPS = table(
    Step(
        name="close",
        label=gettext_lazy("Close the plan"),
        source=(Plan.State.IN_FORCE,),
        target=Plan.State.CLOSED,
        who=(must_keep_plans,),
        needs_note=True,
    ),
    Step(
        name="reopen",
        label=gettext_lazy("Open the plan again"),
        source=(Plan.State.CLOSED,),
        target=Plan.State.IN_FORCE,
        who=(must_keep_plans,),
        needs_note=True,
    ),
)
DUTY_STEPS = table(
    Step(
        name="report",
        label=gettext_lazy("Send the report"),
        source=(Duty.State.DUE, Duty.State.RETURNED),
        target=Duty.State.REPORTED,
        who=(must_report_for_own_unit,),
        when=(must_say_something,),
        then=stamp_report,
    ),
    Step(
        name="accept",
        label=gettext_lazy("Accept the report"),
        source=(Duty.State.REPORTED,),
        target=Duty.State.ACCEPTED,
        who=(must_keep_plans,),
    ),
    Step(
        name="return",
        label=gettext_lazy("Return with reason"),
        source=(Duty.State.REPORTED,),
        target=Duty.State.RETURNED,
        who=(must_keep_plans,),
        needs_note=True,
    ),
)
ASSIGNMENT_STEPS = table(
    Step(
        name="done",
        label=gettext_lazy("Mark as done"),
        source=(Assignment.State.OPEN,),
        target=Assignment.State.DONE,
        who=(must_do_assignment,),
    ),
    Step(
        name="undo",
        label=gettext_lazy("Not done yet"),
        source=(Assignment.State.DONE,),
        target=Assignment.State.OPEN,
        who=(must_do_assignment,),
    ),
)
