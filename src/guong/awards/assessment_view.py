"""The panel “Điều kiện theo luật” of a nomination: the frozen answers, today's answer, what people judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guong.awards import access
from guong.awards.actions.judging import must_judge
from guong.awards.assessing import (
    Difference,
    answer_today,
    differences,
    has_changed,
    questions_of,
    subject_of,
)
from guong.awards.eligibility import LOOKS, sentences
from guong.awards.models import Assessment, JudgedAnswer, Nomination, Recusal
from guong.awards.reasons import Reason
from guong.base.models import User
from guong.law import FactsError, NotInForce
from guong.law.assessment import Assessment as Answer
from guong.records.reach import sees_personal
from guong.regulations.here import law_of

State = Nomination.State


@dataclass
class Frozen:
    """One frozen line, ready to print."""

    line: Assessment
    look: str
    sentences: list[Reason]


@dataclass
class Panel:
    """What one reader sees of the law's answers."""

    frozen: list[Frozen]
    judged: list[JudgedAnswer]
    today: list[Reason] = field(default_factory=list)
    today_look: str = ""
    today_label: str = ""
    today_unverified: bool = False
    changes: list[dict[str, str]] = field(default_factory=list)
    changed: bool = False
    new_law: bool = False
    questions: list[tuple[str, str]] = field(default_factory=list)
    regimes: list[tuple[str, str]] = field(default_factory=list)
    may_judge: bool = False
    may_set_regime: bool = False

    @property
    def last(self) -> Frozen | None:
        """The line that counts."""
        return self.frozen[0] if self.frozen else None


def sees_the_answer(user: User, nomination: Nomination) -> bool:
    """Who sees the personal lines behind it (D5), and the council the nominee stands before.

    A member judges eligibility and must see it; who stands back from the nominee does not.
    """
    if sees_personal(user, subject_of(nomination)):
        return True
    if not user.person_id:
        return False
    items = nomination.items.filter(session__seats__person_id=user.person_id)
    back = Recusal.objects.filter(item__nomination=nomination, seat__person_id=user.person_id)
    return items.exists() and not back.exists()


def panel_of(nomination: Nomination, user: User) -> Panel | None:
    """The panel for a reader; None for one who may not see it, or before the nomination was sent once."""
    frozen = list(nomination.assessments.select_related("by__person"))
    if not frozen or not sees_the_answer(user, nomination):
        return None
    panel = Panel(
        [Frozen(line, LOOKS[line.outcome], sentences(line.full())) for line in frozen],
        list(nomination.judged.select_related("by__person", "file")),
    )
    if nomination.state not in (State.WITHDRAWN, State.NOT_CHOSEN, State.AWARDED):
        _today(panel, nomination, user)
    return panel


def _today(panel: Panel, nomination: Nomination, user: User) -> None:
    try:
        answer = answer_today(nomination)
    except (FactsError, NotInForce):
        return
    then = panel.frozen[0].line.full()
    panel.changed, panel.new_law = has_changed(then, answer), then.law_version != answer.law_version
    if panel.changed:
        panel.today, panel.today_look = sentences(answer), LOOKS[answer.outcome]
        panel.today_label = str(Assessment.Outcome(answer.outcome).label)
        panel.today_unverified = answer.unverified
        panel.changes = [_change(each) for each in differences(then, answer)]
    if must_judge(user, nomination) is None:
        panel.may_judge = True
        panel.may_set_regime = access.must_be_standing_office(user, nomination) is None
        panel.questions = [(name, leaf.vi) for name, leaf in questions_of(nomination, answer).values()]
        panel.regimes = _regimes(nomination, answer)


def _regimes(nomination: Nomination, answer: Answer) -> list[tuple[str, str]]:
    known = law_of(nomination.department).regimes.values()
    return [
        (each.code, f"{each.code}, {each.since:%d/%m/%Y}") for each in known if each.code != answer.regime
    ]


def _change(found: Difference) -> dict[str, Any]:
    words = {
        "met": pgettext("condition", "met"), "failed": pgettext("condition", "not met"),
        "open": pgettext("condition", "open"), "": _("not asked"),
    }  # fmt: skip
    return {"condition": found.vi, "was": words[found.was], "now": words[found.now]}
