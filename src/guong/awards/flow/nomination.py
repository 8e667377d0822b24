"""The steps of a nomination, from the unit's draft to the award (D-01 … D-07, D-15, D-23)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.awards import access
from guong.awards.appraising import ask_for_an_opinion, forget_the_question
from guong.awards.assessing import freeze
from guong.awards.ballot import is_enough
from guong.awards.caps import must_keep_the_caps
from guong.awards.comparing import ask_for_comparison
from guong.awards.completeness import missing, no_such_award
from guong.awards.models import Appraisal, Assessment, Award, Comment, Decision, Item, Listing, Nomination
from guong.awards.places import quota_of
from guong.base.models import User
from guong.base.workflow import Refused, Step
from guong.movements.models import Movement
from guong.movements.quota import free_place, take_place

State = Nomination.State


def must_be_complete(_user: User, nomination: Nomination) -> str | None:
    """Nothing that must be done is left on the list the page shows (D-14).

    A condition of the law that fails tells of ratings and disciplines: only the list names it, never a log.
    """
    found = missing(nomination)
    plain = [reason.text for reason in found if not reason.personal]
    if len(plain) < len(found):
        plain.append(
            _("%(name)s does not meet the law for %(title)s: the dossier's list says which condition.")
            % {"name": nomination.name, "title": nomination.title}
        )
    return " ".join(plain) or None


def must_have_no_opinion(_user: User, nomination: Nomination) -> str | None:
    """A nomination can be taken back only while nobody has judged it."""
    if Appraisal.objects.filter(nomination=nomination).exclude(opinion="").exists():
        return _("The office asked has already given its opinion: the nomination can no longer be recalled.")
    return None


def must_have_an_opinion(_user: User, nomination: Nomination) -> str | None:
    """The office asked has said whether it agrees, and why (D-03)."""
    given = Appraisal.objects.filter(nomination=nomination).exclude(opinion="").exclude(text="")
    return None if given.exists() else _("Write the opinion of your office and its reasons first.")


def must_be_on_an_open_list(_user: User, nomination: Nomination) -> str | None:
    """Comment is possible only on a list that is open (D-15)."""
    if nomination.listing_entries.filter(listing__state=Listing.State.OPEN).exists():
        return None
    return _("Put the nomination on a list that is open for comment first.")


def must_have_a_closed_list(_user: User, nomination: Nomination) -> str | None:
    """The council sees a nominee only after the time for comment (D-15)."""
    if nomination.listing_entries.filter(listing__state=Listing.State.OPEN).exists():
        return _("The list with %(name)s is still open for comment.") % {"name": nomination.name}
    return None


def must_have_answered_comments(_user: User, nomination: Nomination) -> str | None:
    """Every comment has its answer before the council meets (D-15)."""
    waiting = Comment.objects.filter(entry__nomination=nomination, answer="").count()
    if waiting:
        return _("Comments on %(name)s that wait for an answer: %(n)s.") % {
            "name": nomination.name,
            "n": waiting,
        }
    return None


def must_be_chosen_by_its_session(user: User, nomination: Nomination) -> str | None:
    """Who chairs the session the nominee is before turns its votes into a choice (D-05)."""
    item = last_item(nomination)
    if item is None:
        return _("This nominee is before no council session.")
    return access.must_chair_the_session(user, item.session)


def must_have_enough_votes(_user: User, nomination: Nomination) -> str | None:
    """The share is counted on all members, in whole numbers (C5)."""
    item = last_item(nomination)
    if item is None or item.yes is None or not item.members:
        return _("The votes on %(name)s are not counted yet.") % {"name": nomination.name}
    if is_enough(item.yes, item.members, item.percent):
        return None
    return _("%(name)s does not have enough votes.") % {"name": nomination.name}


def last_item(nomination: Nomination) -> Item | None:
    """The nominee's place on the agenda of the latest session."""
    return (
        Item.objects.filter(nomination=nomination).select_related("session__council").order_by("-pk").first()
    )


def must_be_ad_hoc(_user: User, nomination: Nomination) -> str | None:
    """Only achievements of the moment take the short road (D-07)."""
    if nomination.movement.route == Movement.Route.AD_HOC:
        return None
    return _("Only ad hoc awards are chosen without a council session.")


def must_stand_on_a_signed_decision(_user: User, nomination: Nomination) -> str | None:
    """An award is made by the decision that names it."""
    ready = (Decision.State.SIGNED, Decision.State.ISSUED)
    if Award.objects.filter(nomination=nomination, decision__state__in=ready).exists():
        return None
    return _("%(name)s stands on no signed decision.") % {"name": nomination.name}


def must_stand_on_no_decision(_user: User, nomination: Nomination) -> str | None:
    """A place named in a decision falls only with the line of the decision."""
    award = Award.objects.filter(nomination=nomination).select_related("decision").first()
    if award is None:
        return None
    return _("%(name)s stands on the decision “%(decision)s”: take the line off it first.") % {
        "name": nomination.name, "decision": award.decision,
    }  # fmt: skip


def send_to_an_office(nomination: Nomination, by: User) -> None:
    """On submit: caps hold, the time is kept, the law's answer is frozen, the office in charge is asked,
    texts are compared.

    Requirements D-03, D-16, K-16, J-04. Raises Refused over a cap.
    """
    if nomination.movement.route == Movement.Route.ANNUAL:
        must_keep_the_caps(nomination)
    nomination.submitted_at = timezone.now()
    nomination.save(update_fields=["submitted_at"])
    freeze(nomination, by, Assessment.Reason.SUBMIT)
    ask_for_an_opinion(nomination)
    ask_for_comparison(nomination)


def take_back(nomination: Nomination, _by: User) -> None:
    """On recall: nobody is asked any more."""
    nomination.submitted_at = None
    nomination.save(update_fields=["submitted_at"])
    forget_the_question(nomination)


def hold_a_place(nomination: Nomination, _by: User) -> None:
    """A choice holds a place from this moment (design 8, A1). Raises Refused when none is left."""
    quota = quota_of(nomination)
    if quota is None:
        if nomination.movement.quota_kind != Movement.QuotaKind.OPEN:
            raise Refused(no_such_award(nomination.subject))
    elif not take_place(quota.pk):
        raise Refused(_("No place is left for %(name)s: all %(n)s are held or awarded.") % {
            "name": nomination.name, "n": quota.size,
        })  # fmt: skip


def give_the_place_back(nomination: Nomination, _by: User) -> None:
    """A choice that falls frees its place for the next."""
    quota = quota_of(nomination)
    if quota is not None:
        free_place(quota.pk)


_UNIT_STEPS = (
    Step(
        name="hand_in",
        label=gettext_lazy("Hand to the unit head"),
        source=(State.DRAFT, State.RETURNED),
        target=State.WITH_HEAD,
        who=(access.must_be_unit_clerk,),
        when=(must_be_complete,),
    ),
    Step(
        name="submit",
        label=gettext_lazy("Send to the department"),
        source=(State.WITH_HEAD, State.DRAFT, State.RETURNED),
        target=State.SUBMITTED,
        who=(access.must_be_unit_head,),
        when=(must_be_complete,),
        then=send_to_an_office,
    ),
    Step(
        name="return_to_clerk",
        label=gettext_lazy("Return to the clerk"),
        source=(State.WITH_HEAD,),
        target=State.DRAFT,
        who=(access.must_be_unit_head,),
        needs_note=True,
    ),
    Step(
        name="recall",
        label=gettext_lazy("Recall"),
        source=(State.SUBMITTED,),
        target=State.WITH_HEAD,
        who=(access.must_be_unit_head,),
        when=(must_have_no_opinion,),
        then=take_back,
        needs_note=True,
    ),
    Step(
        name="withdraw",
        label=gettext_lazy("Withdraw the nomination"),
        source=(
            State.DRAFT, State.WITH_HEAD, State.RETURNED, State.SUBMITTED, State.APPRAISED, State.LISTED,
        ),
        target=State.WITHDRAWN,
        who=(access.must_be_able_to_withdraw,),
        needs_note=True,
    ),
)  # fmt: skip

_OFFICE_STEPS = (
    Step(
        name="appraise",
        label=gettext_lazy("Give the opinion"),
        source=(State.SUBMITTED,),
        target=State.APPRAISED,
        who=(access.must_be_its_appraiser, access.must_not_judge_oneself),
        when=(must_have_an_opinion,),
    ),
    Step(
        name="ask_for_more",
        label=gettext_lazy("Ask the unit for more"),
        source=(State.SUBMITTED,),
        target=State.RETURNED,
        who=(access.must_be_its_appraiser, access.must_not_judge_oneself),
        when=(must_have_an_opinion,),
        needs_note=True,
    ),
    Step(
        name="return_to_unit",
        label=gettext_lazy("Return to the unit"),
        source=(State.SUBMITTED, State.APPRAISED),
        target=State.RETURNED,
        who=(access.must_be_standing_office, access.must_not_judge_oneself),
        needs_note=True,
    ),
    Step(
        name="list",
        label=gettext_lazy("Put on a list for comment"),
        source=(State.APPRAISED,),
        target=State.LISTED,
        who=(access.must_be_standing_office,),
        when=(must_be_on_an_open_list,),
    ),
)

_COUNCIL_STEPS = (
    Step(
        name="table",
        label=gettext_lazy("Put before the council"),
        source=(State.LISTED,),
        target=State.TABLED,
        who=(access.must_be_standing_office,),
        when=(must_have_a_closed_list, must_have_answered_comments),
    ),
    Step(
        name="choose",
        label=gettext_lazy("Choose"),
        source=(State.TABLED,),
        target=State.CHOSEN,
        who=(must_be_chosen_by_its_session,),
        when=(must_have_enough_votes,),
        then=hold_a_place,
    ),
    Step(
        name="pass_over",
        label=gettext_lazy("Do not choose"),
        source=(State.TABLED,),
        target=State.NOT_CHOSEN,
        who=(must_be_chosen_by_its_session,),
    ),
)

_LEADER_STEPS = (
    Step(
        name="choose_ad_hoc",
        label=gettext_lazy("Choose for an ad hoc award"),
        source=(State.APPRAISED,),
        target=State.CHOSEN,
        who=(access.must_be_leader, access.must_not_judge_oneself),
        when=(must_be_ad_hoc,),
        then=hold_a_place,
    ),
    Step(
        name="free",
        label=gettext_lazy("Take the choice back"),
        source=(State.CHOSEN,),
        target=State.NOT_CHOSEN,
        who=(access.must_be_leader,),
        when=(must_stand_on_no_decision,),
        then=give_the_place_back,
        needs_note=True,
    ),
    Step(
        name="award",
        label=gettext_lazy("Award"),
        source=(State.CHOSEN,),
        target=State.AWARDED,
        who=(access.must_be_leader,),
        when=(must_stand_on_a_signed_decision,),
    ),
)

NOMINATION_STEPS = {
    step.name: step for step in (*_UNIT_STEPS, *_OFFICE_STEPS, *_COUNCIL_STEPS, *_LEADER_STEPS)
}
