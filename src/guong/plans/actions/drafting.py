"""Named writes of a plan's draft: start it, write a page of it, move it along (B-21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guong.base.acting import claim_once, led_to, must
from guong.base.models import Body, LogEntry, User
from guong.base.workflow import Refused, guarded, take
from guong.plans import revising
from guong.plans.access import must_write_drafts
from guong.plans.actions import Changed
from guong.plans.flow import PLAN_DRAFT_STEPS
from guong.plans.models import Plan, PlanDraft
from guong.plans.reading.words import year_of
from guong.plans.writing import start
from guong.plans.writing.pages import Page, pages
from guong.plans.writing.typed import as_draft

MOVED = ("submit", "recall", "approve", "return_draft", "drop")
REHEARSED = ("submit", "approve")  # a revision that could not be issued is told so before its number
OVER = (PlanDraft.State.ISSUED, PlanDraft.State.DROPPED)


def start_draft(
    by: User, body: Body, *, origin: str, plan: Plan | None = None, key: UUID | None = None
) -> PlanDraft:
    """A new draft, filled in by where it starts from. Raises Refused, or AlreadyDone for a form sent twice.

    origin: "nothing"; "parent", "last_year" or "revision" of `plan`.
    """
    draft = PlanDraft(department=body.department_above(), body=body, created_by=by)
    with guarded(by, "start_plan_draft", body) as log:
        must(must_write_drafts(by, draft), _must_fit(draft, origin, plan))
        claim_once(by, key)
        made = start.content(draft, origin, plan)
        draft.content, draft.unseen = made, _filled(made) if origin in ("parent", "last_year") else []
        setattr(draft, {"parent": "parent", "revision": "revises"}.get(origin, "model"), plan)
        draft.symbol, draft.year = made["symbol"], _year(draft)
        if open_one := _open_already(draft):
            raise Refused(
                _("There is an open draft of this already: “%(title)s”. Go on with that one.")
                % {"title": open_one}
            )
        draft.save()
        led_to(by, key, draft)
        log.about(draft, note=str(plan or ""))
    return draft


def _must_fit(draft: PlanDraft, origin: str, plan: Plan | None) -> str | None:
    """A plan to start from that is there, of the same department, and one's own where it has to be."""
    if origin not in start.ORIGINS:
        return _("Choose what the plan starts from.")
    if (plan is None) != (origin == "nothing"):
        return _("Choose the plan to start from.")
    if plan and plan.department_id != draft.department_id:
        return _("This plan belongs to another department.")
    if plan and origin == "revision" and plan.body_id not in (None, draft.body_id):
        return _("Only the body that issued a plan revises it.")
    if plan and plan.state != Plan.State.IN_FORCE and origin != "last_year":
        return _("This plan is closed: only a plan in force is derived from or revised.")
    return None


def _open_already(draft: PlanDraft) -> PlanDraft | None:
    """One open draft for each unit and parent, one open revision of a plan. Another starter waits here."""
    Body.objects.select_for_update(of=("self",)).get(pk=draft.body_id)
    there = PlanDraft.objects.exclude(state__in=OVER)
    if draft.revises_id:
        return there.filter(revises=draft.revises_id).first()
    return there.filter(parent=draft.parent_id, body=draft.body).first() if draft.parent_id else None


def _filled(content: Mapping[str, Any]) -> list[str]:
    return [page.slug for page in pages() if page.filled(content)]


def _year(draft: PlanDraft) -> int:
    """The year of the plan: as somebody wrote it, else as its period or title says."""
    shown = as_draft(draft, draft.content)
    said = draft.content.get("year") or year_of(shown, "")[0]
    return int(said) if said.isdigit() and 1900 < int(said) < 2200 else draft.year


def save_page(by: User, draft: PlanDraft, page: Page, content: Mapping[str, Any], seen: str) -> PlanDraft:
    """Keep what was written on one page. Raises Refused; Changed when somebody saved this page meanwhile.

    Two people may write on two pages of one draft at once. seen: the page's stamp when it was opened.
    """
    with guarded(by, "edit_plan_draft", draft) as log:
        locked = PlanDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        must(must_write_drafts(by, locked), must_be_open(locked))
        if page.stamp(locked.content) != seen:
            raise Changed(
                _("%(who)s saved this page before you. Your text is still in the form.")
                % {"who": _last_hand(locked)}
            )
        fresh = locked.content | page.part(content)
        changed = fresh != locked.content
        if changed or page.slug in locked.unseen:
            locked.content, locked.version = fresh, locked.version + changed
            locked.unseen = [slug for slug in locked.unseen if slug != page.slug]
            locked.symbol, locked.year = fresh.get("symbol") or "", _year(locked)
            locked.save(update_fields=["content", "version", "unseen", "symbol", "year"])
        if changed:
            log.about(locked, note=str(page.label))
    return locked


def must_be_open(draft: PlanDraft) -> str | None:
    """The text is changed only while it is being written."""
    if draft.open:
        return None
    return _("The draft is %(state)s: its text is not changed now. Take it back first.") % {
        "state": draft.get_state_display()
    }


def _last_hand(draft: PlanDraft) -> str:
    last = LogEntry.objects.about(draft).filter(action="edit_plan_draft", refused=False).first()
    return str(last.by) if last and last.by else _("Somebody")


def move(by: User, draft: PlanDraft, name: str, *, version: int, note: str = "") -> PlanDraft:
    """Submit, take back, approve, return or give up the version seen. Raises Refused."""
    step = PLAN_DRAFT_STEPS[name]
    seen = partial(must_be_version, version)
    if draft.revises_id and name in REHEARSED and (why := revising.rehearse(draft, by)):
        raise Refused(why)
    return take(replace(step, when=(seen, *step.when)), draft, by=by, note=note)


def must_be_version(seen: int, _user: User, draft: PlanDraft) -> str | None:
    """What is approved is what was read."""
    if draft.version == seen:
        return None
    return _("Somebody changed this draft after you opened it. Look at it again first.")
