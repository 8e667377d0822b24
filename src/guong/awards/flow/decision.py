"""The steps of a decision: number, signed copy, issue, and what undoes each (D-17, K-06, K-07, K-17)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.awards import access
from guong.awards.authority import must_decide_here
from guong.awards.models import Decision
from guong.base.models import User
from guong.base.workflow import Step
from guong.regulations.here import law_of

State = Decision.State


def must_have_lines(_user: User, decision: Decision) -> str | None:
    """A decision without an award decides nothing."""
    return None if decision.awards.exists() else _("The decision grants no award yet: add at least one line.")


def must_keep_a_signed_copy(_user: User, decision: Decision) -> str | None:
    """What is issued is what was signed, and the signed file is kept (K-06)."""
    return None if decision.signed_file_id else _("The signed copy has not been uploaded yet.")


def must_decide_its_awards(_user: User, decision: Decision) -> str | None:
    """On its day the head of the department may decide every award on it."""
    law, day = law_of(decision.department), decision.signed_on or timezone.localdate()
    codes = decision.awards.order_by("title_code").values_list("title_code", flat=True).distinct()
    return " ".join(filter(None, (must_decide_here(law, code, day) for code in codes))) or None


def must_name_every_fund(_user: User, decision: Decision) -> str | None:
    """The decision says for all its awards which fund pays, or for none."""
    without = decision.awards.filter(fund__isnull=True)
    if without.exists() and decision.awards.filter(fund__isnull=False).exists():
        return _("Some awards have no fund while others have: choose the fund of every title.")
    return None


DECISION_STEPS = {
    step.name: step
    for step in (
        Step(
            name="number",
            label=gettext_lazy("Give a number"),
            source=(State.DRAFT,),
            target=State.NUMBERED,
            who=(access.must_be_standing_office,),
            when=(must_have_lines, must_decide_its_awards, must_name_every_fund),
        ),
        Step(
            name="keep_signed_copy",
            label=gettext_lazy("Upload the signed copy"),
            source=(State.NUMBERED, State.SIGNED),
            target=State.SIGNED,
            who=(access.must_be_standing_office,),
        ),
        Step(
            name="issue",
            label=gettext_lazy("Issue"),
            source=(State.SIGNED,),
            target=State.ISSUED,
            who=(access.must_be_leader, access.must_not_be_on_the_decision),
            when=(must_have_lines, must_keep_a_signed_copy),
        ),
        Step(
            name="void",
            label=gettext_lazy("Cancel before issue"),
            source=(State.NUMBERED, State.SIGNED),
            target=State.VOID,
            who=(access.must_be_leader,),
            needs_note=True,
        ),
        Step(
            name="revoke",
            label=gettext_lazy("Revoke the decision"),
            source=(State.ISSUED,),
            target=State.REVOKED,
            who=(access.must_be_leader,),
            needs_note=True,
        ),
    )
}
