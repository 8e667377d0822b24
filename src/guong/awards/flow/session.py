"""The steps of a council session, from its call to its conclusion (D-05)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.awards import access, sealed
from guong.awards.ballot import write_counts
from guong.awards.models import Session
from guong.awards.recusals import step_back_where_due
from guong.base.models import User
from guong.base.workflow import Step

State = Session.State
LEADS = (access.must_lead_the_session,)
LEADS_SECRETLY = (access.must_lead_the_session, access.must_vote_secretly)


def must_know_who_came(_user: User, session: Session) -> str | None:
    """Votes are cast by members whose presence is on record; written opinions need no meeting."""
    if session.kind == Session.Kind.WRITTEN:
        return None
    unknown = session.seats.filter(present__isnull=True).count()
    if unknown:
        return _("Attendance is not complete: %(n)s members are neither present nor absent.") % {"n": unknown}
    return None


def must_have_items(_user: User, session: Session) -> str | None:
    """A vote needs something to vote on."""
    return None if session.items.exists() else _("There is no nominee on the agenda.")


def must_have_a_key(_user: User, session: Session) -> str | None:
    """Ballots are sealed for a key whose three sheets are printed."""
    if not session.is_sealed or session.box:
        return None
    return _("The box has no key yet: choose the counting board and print the three key sheets first.")


def must_not_be_on_paper(_user: User, session: Session) -> str | None:
    """Paper takes the place of the box once."""
    return _("The ballots are on paper already.") if session.on_paper else None


def must_be_counted_twice(_user: User, session: Session) -> str | None:
    """Totals of paper count once two people have found the same."""
    return None if session.items.filter(yes__isnull=False).exists() else _(
        "Two members must find the same totals first."
    )  # fmt: skip


def must_have_destroyed_the_sheets(_user: User, session: Session) -> str | None:
    """The minutes say that nobody can open the envelopes any more (C8)."""
    if not session.is_sealed or session.box.destroyed_at:
        return None
    return _("The key sheets are not destroyed yet: destroy all three, then record it.")


def begin_again(session: Session, _by: User) -> None:
    """The round is dropped, its envelopes stay sealed; a new key is made before the next one."""
    sealed.drop(session)
    session.paper_counts.all().delete()
    session.on_paper = False
    session.save(update_fields=["on_paper"])


def go_to_paper(session: Session, _by: User) -> None:
    """Whatever was sealed is not counted; the ballots on paper are."""
    sealed.drop(session)
    session.on_paper = True
    session.save(update_fields=["on_paper"])


SESSION_STEPS = {
    step.name: step
    for step in (
        Step(
            name="open_voting",
            label=gettext_lazy("Open the vote"),
            source=(State.CALLED,),
            target=State.VOTING,
            who=LEADS,
            when=(must_know_who_came, must_have_items, must_have_a_key),
            then=step_back_where_due,
        ),
        Step(
            name="close_voting",
            label=gettext_lazy("Close the vote and count"),
            source=(State.VOTING,),
            target=State.CLOSED,
            who=(*LEADS, access.must_vote_openly),
            then=write_counts,
        ),
        Step(
            name="close_box",
            label=gettext_lazy("Close the box"),
            source=(State.VOTING,),
            target=State.BOXED,
            who=LEADS_SECRETLY,
            then=sealed.close,
        ),
        Step(
            name="open_box",
            label=gettext_lazy("Open the box and count"),
            source=(State.BOXED,),
            target=State.CLOSED,
            who=(access.must_count_the_ballots, access.must_vote_secretly),
        ),
        Step(
            name="count_paper",
            label=gettext_lazy("Count the ballots on paper"),
            source=(State.BOXED,),
            target=State.CLOSED,
            who=(access.must_sit_in_the_session, access.must_vote_secretly),
            when=(must_be_counted_twice,),
        ),
        Step(
            name="vote_again",
            label=gettext_lazy("Vote again"),
            source=(State.BOXED,),
            target=State.CALLED,
            who=LEADS_SECRETLY,
            then=begin_again,
            needs_note=True,
        ),
        Step(
            name="vote_on_paper",
            label=gettext_lazy("Vote on paper instead"),
            source=(State.CALLED, State.VOTING, State.BOXED),
            target=State.BOXED,
            who=LEADS_SECRETLY,
            when=(must_know_who_came, must_have_items, must_not_be_on_paper),
            then=go_to_paper,
            needs_note=True,
        ),
        Step(
            name="conclude",
            label=gettext_lazy("Conclude by the result"),
            source=(State.CLOSED,),
            target=State.CONCLUDED,
            who=(access.must_chair_the_session,),
            when=(must_have_destroyed_the_sheets,),
        ),
    )
}
