"""The steps of a bonus: paid by a document, recovered when the award falls (K-14, K-17)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.awards import access
from guong.awards.models import Bonus, Decision
from guong.base.models import User
from guong.base.workflow import Step

State = Bonus.State


def must_be_issued(_user: User, bonus: Bonus) -> str | None:
    """Nothing is paid before the decision is issued."""
    issued = bonus.decision.state == Decision.State.ISSUED
    return None if issued else _("Money is paid once the decision is issued.")


def must_name_fund_and_document(_user: User, bonus: Bonus) -> str | None:
    """A payment has a fund, a document and a day."""
    if bonus.fund_id and bonus.document_number and bonus.paid_on:
        return None
    return _("Name the fund, the number and the day of the payment document.")


def must_name_recovery(_user: User, bonus: Bonus) -> str | None:
    """A recovery has a document and a day."""
    if bonus.recovery_number and bonus.recovered_on:
        return None
    return _("Name the number and the day of the document of the recovery.")


BONUS_STEPS = {
    step.name: step
    for step in (
        Step(
            name="pay",
            label=gettext_lazy("Record the payment"),
            source=(State.PLANNED,),
            target=State.PAID,
            who=(access.must_be_standing_office,),
            when=(must_be_issued, must_name_fund_and_document),
        ),
        Step(
            name="undo_payment",
            label=gettext_lazy("Take the payment back"),
            source=(State.PAID,),
            target=State.PLANNED,
            who=(access.must_be_standing_office,),
            when=(must_be_issued,),
            needs_note=True,
        ),
        Step(
            name="drop",
            label=gettext_lazy("No longer pay"),
            source=(State.PLANNED, State.UNKNOWN, State.COVERED),
            target=State.DROPPED,
            who=(access.must_be_leader,),
        ),
        Step(
            name="call_back",
            label=gettext_lazy("Ask the money back"),
            source=(State.PAID,),
            target=State.DUE_BACK,
            who=(access.must_be_leader,),
        ),
        Step(
            name="recover",
            label=gettext_lazy("Record the recovery"),
            source=(State.DUE_BACK,),
            target=State.RECOVERED,
            who=(access.must_be_standing_office,),
            when=(must_name_recovery,),
        ),
    )
}
