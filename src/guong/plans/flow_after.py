"""Processes after issue: difficulties answered, derived plans reviewed. `flow` shows them with the others."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.base.models import User
from guong.base.workflow import Step
from guong.plans.access import must_keep_plans, must_report_difficulty, must_review
from guong.plans.models import Difficulty, Review


def must_have_answer(_user: User, difficulty: Difficulty) -> str | None:
    """An answer has words."""
    return None if difficulty.answer.strip() else _("Write the guidance first.")


def must_have_revision(_user: User, difficulty: Difficulty) -> str | None:
    """Only the issue of a revision answers a difficulty by a revision."""
    if difficulty.revision_id:
        return None
    return _("The difficulty is answered by a revision when the revision is issued.")


def stamp_answer(difficulty: Difficulty, by: User) -> None:
    """Who answered, and when."""
    difficulty.answered_by, difficulty.answered_at = by, timezone.now()
    difficulty.save(update_fields=["answered_by", "answered_at"])


def stamp_review(review: Review, _by: User) -> None:
    """When the unit looked at its plan again."""
    review.settled_at = timezone.now()
    review.save(update_fields=["settled_at"])


def table(*steps: Step) -> dict[str, Step]:
    """Steps by name."""
    return {step.name: step for step in steps}


DIFFICULTY_STEPS = table(
    Step(
        name="answer",
        label=gettext_lazy("Answer with guidance"),
        source=(Difficulty.State.OPEN,),
        target=Difficulty.State.ANSWERED,
        who=(must_keep_plans,),
        when=(must_have_answer,),
        then=stamp_answer,
    ),
    Step(
        name="adjust",
        label=gettext_lazy("Answer by a revision"),
        source=(Difficulty.State.OPEN, Difficulty.State.ANSWERED),
        target=Difficulty.State.ADJUSTED,
        who=(must_keep_plans,),
        when=(must_have_revision,),
        then=stamp_answer,
    ),
    Step(
        name="withdraw",
        label=gettext_lazy("Take the difficulty back"),
        source=(Difficulty.State.OPEN,),
        target=Difficulty.State.WITHDRAWN,
        who=(must_report_difficulty,),
        needs_note=True,
    ),
)
REVIEW_STEPS = table(
    Step(
        name="keep",
        label=gettext_lazy("Our plan stays as it is"),
        source=(Review.State.OPEN,),
        target=Review.State.KEPT,
        who=(must_review,),
        needs_note=True,
        then=stamp_review,
    ),
    Step(
        name="revise",
        label=gettext_lazy("Our plan was revised"),
        source=(Review.State.OPEN,),
        target=Review.State.REVISED,
        who=(must_review,),
        then=stamp_review,
    ),
)
