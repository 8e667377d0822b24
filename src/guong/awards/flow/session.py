"""The steps of a council session, from its call to its conclusion (D-05)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.awards import access
from guong.awards.ballot import write_counts
from guong.awards.models import Session
from guong.awards.recusals import step_back_where_due
from guong.base.models import User
from guong.base.workflow import Step

State = Session.State


def must_know_who_came(_user: User, session: Session) -> str | None:
    """Votes are cast by members whose presence is on record."""
    unknown = session.seats.filter(present__isnull=True).count()
    if unknown:
        return _("Attendance is not complete: %(n)s members are neither present nor absent.") % {"n": unknown}
    return None


def must_have_items(_user: User, session: Session) -> str | None:
    """A vote needs something to vote on."""
    return None if session.items.exists() else _("There is no nominee on the agenda.")


SESSION_STEPS = {
    step.name: step
    for step in (
        Step(
            name="open_voting",
            label=gettext_lazy("Open the vote"),
            source=(State.CALLED,),
            target=State.VOTING,
            who=(access.must_lead_the_session,),
            when=(must_know_who_came, must_have_items),
            then=step_back_where_due,
        ),
        Step(
            name="close_voting",
            label=gettext_lazy("Close the vote and count"),
            source=(State.VOTING,),
            target=State.CLOSED,
            who=(access.must_lead_the_session,),
            then=write_counts,
        ),
        Step(
            name="conclude",
            label=gettext_lazy("Conclude by the result"),
            source=(State.CLOSED,),
            target=State.CONCLUDED,
            who=(access.must_chair_the_session,),
        ),
    )
}
