"""Number and date by the registry, then issue: the draft becomes a plan by the road of a file read in (B-21).

The Word file is made and read back before the transaction. The plan's content is the draft's, word for word;
what the reading back sees differently is told to the office in the log and changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guong.base import numbering
from guong.base.acting import locked, must
from guong.base.models import StoredFile, User
from guong.base.signed_copy import must_be_a_pdf, store_pdf
from guong.base.workflow import Refused, guarded, refusals, take
from guong.planreader import sandbox
from guong.planreader.reasons import Unreadable
from guong.plans import revising, uploads
from guong.plans.access import must_keep_plans
from guong.plans.flow import PLAN_DRAFT_STEPS, READING_STEPS
from guong.plans.models import Plan, PlanDraft, Reading
from guong.plans.reading.content import canonical
from guong.plans.unreadable import sentence
from guong.plans.writing.papers import file_name, file_of
from guong.plans.writing.readback import agreed

SECONDS = 20
_NUMBER = re.compile(r"\s*(\d{1,6})\s*/\s*(.+?)\s*$")


def give_number(
    by: User, draft: PlanDraft, *, on: date, version: int | None = None, by_hand: int | None = None
) -> PlanDraft:
    """The next number of the issuer's year, or the one given by hand (K-07). Raises Refused."""
    step = PLAN_DRAFT_STEPS["number"]
    with guarded(by, step.name, draft):
        draft = locked(draft, version)
        must(*refusals(step, draft, by))
        series = numbering.locked_series(draft.body, draft.symbol, on.year)
        numbered = PlanDraft.objects.filter(
            body=draft.body, symbol=draft.symbol, year=on.year, number__isnull=False
        )
        number = numbering.give(
            series, numbered, on=on, day_field="issued_on", by_hand=by_hand,
            elsewhere=_numbers_on_paper(draft, on.year),
        )  # fmt: skip
        draft.number, draft.year, draft.issued_on = number, on.year, on
        draft.version += 1
        dated = {"number": draft.full_number, "issued_on": on.isoformat()}
        draft.content = canonical(draft.content | dated)
        draft.save()
        return take(step, draft, by=by, note=draft.full_number)


def _numbers_on_paper(draft: PlanDraft, year: int) -> set[int]:
    """Numbers of this symbol and year on plans of the body that were brought in as files."""
    plans = Plan.objects.filter(body=draft.body, issued_on__year=year).exclude(draft__isnull=False)
    found = (_NUMBER.match(text) for text in plans.values_list("number", flat=True))
    return {int(match[1]) for match in found if match and match[2] == draft.symbol}


@dataclass(frozen=True)
class _Made:
    """The files of a draft and what reading its Word file back gave."""

    word: bytes
    pdf: bytes
    found: dict[str, Any]
    lines: list[dict[str, Any]]
    different: list[str]


def issue(by: User, draft: PlanDraft, *, version: int | None = None) -> PlanDraft:
    """From now on the plan is in force and its text is fixed. Raises Refused; then nothing was written."""
    step = PLAN_DRAFT_STEPS["issue"]
    fresh = PlanDraft.objects.select_related("body", "department").get(pk=draft.pk)
    made = None if refusals(step, fresh, by) else _files(fresh)
    with guarded(by, step.name, draft) as log:
        draft = locked(draft, fresh.version if version is None else version)
        must(*refusals(step, draft, by))
        if made is None or draft.version != fresh.version:
            raise Refused(_("Somebody changed this draft after you opened it. Look at it again first."))
        draft.word_file = uploads.keep(made.word, file_name(draft, "docx"), by)
        draft.pdf_file = uploads.keep(made.pdf, file_name(draft, "pdf"), by)
        if draft.revises_id:
            revising.apply(draft, by, log)
        else:
            draft.plan = _plan(by, draft, made, draft.word_file)
        draft.save(update_fields=["word_file", "pdf_file", "plan"])
        if made.different:
            log.about(draft, note=_("read back differently: %(paths)s") % {"paths": _few(made.different)})
        settled = replace(step, when=())  # asked above, before the plan was there
        return take(settled, draft, by=by, note=draft.full_number)


def _files(draft: PlanDraft) -> _Made:
    word, pdf = file_of(draft, "docx"), file_of(draft, "pdf")
    name = file_name(draft, "docx")
    try:
        read = sandbox.read_limited(word, name, seconds=SECONDS).to_json()
    except Unreadable as reason:
        raise Refused(
            _("The Word file of this plan cannot be read back: %(why)s") % {"why": sentence(reason)}
        ) from reason
    sources, different = agreed(draft.content, read)
    found = {"plan": draft.content, "sources": sources, "defects": []}
    return _Made(word, pdf, found, read["lines"], different)


def _few(paths: list[str]) -> str:
    more = f" … ({len(paths)})" if len(paths) > 12 else ""
    return ", ".join(paths[:12]) + more


def _plan(by: User, draft: PlanDraft, made: _Made, file: StoredFile) -> Plan:
    """The one road: a reading that is confirmed makes the plan."""
    reading = Reading.objects.create(
        department=draft.department,
        body=draft.body,
        file=file,
        found=made.found,
        lines=made.lines,
        read_by=by,
    )
    take(READING_STEPS["confirm"], reading, by=by, note=draft.full_number)
    return Plan.objects.get(reading=reading)


def keep_signed_copy(by: User, plan: Plan, name: str, data: bytes) -> Plan:
    """Keep the signed PDF of a plan with its hash; the hash of one it replaces stays in the log (K-06)."""
    with guarded(by, "keep_signed_plan", plan) as log:
        plan = locked(plan)
        must(must_keep_plans(by, plan), must_be_a_pdf(data))
        before = plan.signed_file.sha256 if plan.signed_file else ""
        plan.signed_file = store_pdf(by, uploads.plain_name(name), data)
        plan.save(update_fields=["signed_file"])
        now = plan.signed_file.sha256
        log.about(plan, note=f"SHA-256 {now}" + (f" ← {before}" if before else ""))
    return plan
