"""Everything the page of one nomination shows to one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from guong.awards import access
from guong.awards.assessing import answer_today, read_together
from guong.awards.assessment_view import Panel, panel_of
from guong.awards.ballot import votes_needed
from guong.awards.completeness import reasons_of
from guong.awards.consolidation import LOOKS
from guong.awards.flow import NOMINATION_STEPS
from guong.awards.models import Appraisal, Comment, Evidence, Item, ListingEntry, Nomination, Session
from guong.awards.places import quota_of
from guong.awards.reasons import Reason
from guong.awards.repeats import Repeat, repeats_of
from guong.base.models import LogEntry, User
from guong.base.templatetags.gui_format import vi_date
from guong.base.workflow import Step, offered, refusals
from guong.movements.models import Movement, Quota

State = Nomination.State
UNIT_STATES = (State.DRAFT, State.RETURNED, State.WITH_HEAD)
EDITABLE = (State.DRAFT, State.RETURNED)
PLACE_ON_THE_ROAD = {
    State.DRAFT: 0, State.RETURNED: 0, State.WITH_HEAD: 1, State.SUBMITTED: 2, State.APPRAISED: 3,
    State.LISTED: 3, State.TABLED: 4, State.NOT_CHOSEN: 4, State.CHOSEN: 5, State.AWARDED: 6,
}  # fmt: skip
BACK_ACTIONS = ("return_to_clerk", "return_to_unit", "ask_for_more")
NOT_ON_THE_PAGE = ("appraise", "ask_for_more", "list", "table", "choose", "pass_over", "award")


@dataclass
class Sight:
    """One reader's page."""

    nomination: Nomination
    look: str
    road: list[dict[str, Any]]
    evidence: list[Evidence]
    appraisal: Appraisal | None
    steps: list[Step]
    blocked: dict[str, str]
    history: Sequence[LogEntry]
    quota: Quota | None
    reasons: list[Reason] = field(default_factory=list)
    missing: int = 0
    returned: LogEntry | None = None
    may_edit: bool = False
    may_judge: bool = False
    why_not_judge: str = ""
    entries: list[ListingEntry] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    law: Panel | None = None
    may_insist: bool = False
    repeats: list[Repeat] = field(default_factory=list)


def sight(nomination: Nomination, user: User) -> Sight:
    """Gather the page; nothing in it is beyond what the reader may see. The law is asked once."""
    with read_together([nomination]):
        return _sight(nomination, user)


def _sight(nomination: Nomination, user: User) -> Sight:
    entries = list(nomination.listing_entries.select_related("listing").order_by("-pk"))
    asked = _appraisal(nomination)
    steps, blocked = _steps(nomination, user)
    found = Sight(
        nomination=nomination,
        look=LOOKS[nomination.state],
        road=_road(nomination, asked, entries),
        evidence=list(nomination.evidence.select_related("file")),
        appraisal=asked,
        steps=steps,
        blocked=blocked,
        history=list(LogEntry.objects.about(nomination)[:200]),
        quota=quota_of(nomination),
        entries=entries,
        comments=_comments(entries, user),
        items=_items(nomination),
        law=panel_of(nomination, user),
        repeats=repeats_of(nomination, user),
    )
    found.returned = _returned(nomination, found.history)
    _writing(found, user)
    _judging(found, user)
    return found


def _appraisal(nomination: Nomination) -> Appraisal | None:
    found = Appraisal.objects.filter(nomination=nomination)
    return found.select_related("office", "given_by__person").first()


def _writing(found: Sight, user: User) -> None:
    """What the unit still has to do, while the nomination is with it."""
    nomination = found.nomination
    if nomination.state not in UNIT_STATES or access.must_be_unit_clerk(user, nomination):
        return
    found.reasons = reasons_of(nomination)
    found.missing = sum(reason.kind == "must" for reason in found.reasons)
    found.may_edit = nomination.state in EDITABLE
    failed = any(reason.kind == "must" and reason.personal for reason in found.reasons)
    found.may_insist = (
        failed and answer_today(nomination).unverified and not access.must_be_unit_head(user, nomination)
    )


def _steps(nomination: Nomination, user: User) -> tuple[list[Step], dict[str, str]]:
    """Buttons this reader gets, and why some of them cannot be pressed yet."""
    names = [step.name for step in offered(NOMINATION_STEPS, nomination, user)]
    hidden = {*NOT_ON_THE_PAGE, *(("hand_in",) if "submit" in names else ())}
    if nomination.movement.route != Movement.Route.AD_HOC:
        hidden.add("choose_ad_hoc")
    steps = [NOMINATION_STEPS[name] for name in names if name not in hidden]
    why = {step.name: refusals(step, nomination, user, note="?") for step in steps}
    return steps, {name: _blocked(name, sentences) for name, sentences in why.items() if sentences}


def _blocked(name: str, sentences: list[str]) -> str:
    """What is missing stands in the list beside; the button only points there."""
    if name in ("hand_in", "submit"):
        return _("The button opens once everything under “Must be done first” is done.")
    return " ".join(sentences)


def _judging(found: Sight, user: User) -> None:
    nomination = found.nomination
    if nomination.state == State.SUBMITTED and not access.must_be_its_appraiser(user, nomination):
        found.why_not_judge = access.must_not_judge_oneself(user, nomination) or ""
        found.may_judge = not found.why_not_judge


def _returned(nomination: Nomination, history: Sequence[LogEntry]) -> LogEntry | None:
    """Why it came back, while the unit has it."""
    if nomination.state not in EDITABLE:
        return None
    moves = (entry for entry in history if entry.after and not entry.refused)
    latest = next(moves, None)
    return latest if latest and latest.action in BACK_ACTIONS else None


def _road(
    nomination: Nomination, asked: Appraisal | None, entries: list[ListingEntry]
) -> list[dict[str, Any]]:
    listed = vi_date(entries[0].listing.closes_on) if entries else ""
    due = _("%(office)s, due %(day)s") if nomination.state == State.SUBMITTED else "%(office)s"
    office = due % {"office": asked.office.label, "day": vi_date(asked.due_on)} if asked else ""
    stages = [
        (_("Unit writes"), vi_date(nomination.created_at)),
        (_("Unit head sends"), vi_date(nomination.submitted_at)),
        (_("Appraisal"), office),
        (_("Comment"), _("until %(day)s") % {"day": listed} if listed else ""),
        (_("Council"), ""),
        (_("Decision"), ""),
    ]
    at = PLACE_ON_THE_ROAD.get(nomination.state, -1)
    if nomination.movement.route == Movement.Route.AD_HOC:
        stages[3:5] = [(_("Leader chooses"), "")]
        at = at if at < 4 else at - 1
    return [
        {"label": label, "note": note, "status": _status(place, at, nomination.state)}
        for place, (label, note) in enumerate(stages)
    ]


def _status(place: int, at: int, state: str) -> str:
    if place == at:
        return "back" if state in (State.RETURNED, State.NOT_CHOSEN) else "now"
    return "done" if place < at else "later"


def _comments(entries: list[ListingEntry], user: User) -> list[Comment]:
    if not entries:
        return []
    found = Comment.objects.visible_to(user).filter(entry__in=entries)
    return list(found.select_related("author__person", "answered_by__person"))


def _items(nomination: Nomination) -> list[dict[str, Any]]:
    """Votes of sessions that are concluded; before that nobody reads a count here."""
    items = Item.objects.filter(
        nomination=nomination, session__state=Session.State.CONCLUDED, yes__isnull=False
    ).select_related("session")
    return [{"item": item, "needed": votes_needed(item.members or 0, item.percent)} for item in items]
