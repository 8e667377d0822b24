"""Judging what the law leaves to people, and asking the law again (K-16, D-14)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from guong.awards import access, evidence
from guong.awards.assessing import answer_today, freeze, has_changed, questions_of
from guong.awards.models import Assessment, JudgedAnswer, Nomination, Session
from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import User
from guong.base.workflow import Refused, guarded
from guong.law import Assessment as Answer
from guong.law import FactsError, NotInForce, Override
from guong.regulations.here import law_of

State = Nomination.State
BEING_JUDGED = (State.SUBMITTED, State.APPRAISED, State.LISTED, State.TABLED)


@dataclass(frozen=True)
class Judgement:
    """One answer of people, and what shows it."""

    question: str
    answer: bool
    evidence: str
    file: tuple[str, bytes] | None = None  # name and content


def must_judge(user: User, nomination: Nomination) -> str | None:
    """The office asked, the standing office, and once tabled the chair and secretary of its session."""
    if why := access.must_not_judge_oneself(user, nomination):
        return why
    if nomination.state not in BEING_JUDGED:
        return _("This is not possible at the present stage.")
    if not access.must_be_its_appraiser(user, nomination) or not access.must_be_standing_office(
        user, nomination
    ):
        return None
    sessions = Session.objects.filter(items__nomination=nomination)
    if any(not access.must_lead_the_session(user, session) for session in sessions):
        return None
    return _(
        "Only the office asked, the standing office, or the chair and secretary of the council judge this."
    )


def judge(*, by: User, nomination: Nomination, said: Judgement, key: UUID | None = None) -> JudgedAnswer:
    """Keep what people judged; it counts from the next time the law is asked. Raises Refused, AlreadyDone."""
    with guarded(by, "judge_question", nomination) as log:
        nomination = locked(nomination)
        must(must_judge(by, nomination))
        claim_once(by, key)
        asked = {name for name, _finding in questions_of(nomination, _today(nomination)).values()}
        must(
            None if said.question in asked else _("The law asks no such question here."),
            None if said.evidence.strip() else _("Write what shows it."),
        )
        file = evidence.keep(*said.file, by) if said.file else None
        made = nomination.judged.create(
            question=said.question, answer=said.answer, evidence=said.evidence.strip(), file=file, by=by
        )
        led_to(by, key, nomination)
        log.about(nomination)
    return made


def ask_again(*, by: User, nomination: Nomination) -> Assessment:
    """Freeze today's answer beside the earlier ones. Raises Refused when nothing changed."""
    with guarded(by, "ask_law_again", nomination) as log:
        nomination = locked(nomination)
        must(must_judge(by, nomination))
        last = nomination.assessments.first()
        if last and not has_changed(last.full(), _today(nomination)):
            raise Refused(_("Nothing changed since the law was asked last."))
        made = freeze(nomination, by, Assessment.Reason.CHANGED)
        log.about(nomination)
    return made


def _today(nomination: Nomination) -> Answer:
    try:
        return answer_today(nomination)
    except (FactsError, NotInForce) as nothing:
        raise Refused(_("The law in force lays nothing down for this title.")) from nothing


def set_regime(*, by: User, nomination: Nomination, regime: str, reason: str) -> Assessment:
    """The standing office has the dossier judged under another regime, with a reason. Raises Refused."""
    with guarded(by, "ask_law_again", nomination) as log:
        nomination = locked(nomination)
        known = regime in law_of(nomination.department).regimes
        must(
            access.must_be_standing_office(by, nomination),
            must_judge(by, nomination),
            None if reason.strip() else _("Write the reason first."),
            None if known else _("Choose a legal regime."),
        )
        try:
            made = freeze(nomination, by, Assessment.Reason.AGAIN, Override(regime, reason.strip()))
        except NotInForce as nothing:
            raise Refused(_("That regime lays nothing down for this title.")) from nothing
        log.about(nomination, note=f"{regime}: {reason.strip()}")
    return made
