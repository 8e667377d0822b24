"""What waits after a plan was issued: copies to read, reminders, difficulties, answers, reviews."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from guong.base.access import any_of
from guong.base.feed import Task
from guong.base.models import User
from guong.plans.access import RECEIVERS, REPORTERS, plans_kept_by
from guong.plans.models import Delivery, Difficulty, Plan, Reminder, Review

MOST = 50


def tasks_of(user: User) -> list[Task]:
    """Work that follows from plans issued, for one user."""
    return [*_reviews(user), *_copies(user), *_derive(user), *_difficulties(user), *_answers(user)]


def _running(prefix: str = "plan__") -> Q:
    """Plans in force whose period is not over: of others nobody is asked anything."""
    open_end = Q(**{f"{prefix}period_end__isnull": True}) | Q(
        **{f"{prefix}period_end__gte": timezone.localdate()}
    )
    return Q(**{f"{prefix}state": Plan.State.IN_FORCE}) & open_end


def _bodies(user: User, *roles: str) -> list[int]:
    """Bodies the user acts for: those a role is held on, not those below."""
    return sorted({holding.body_id for holding in user.scope.holdings if holding.role in roles})


def _copies(user: User) -> list[Task]:
    reminded = Reminder.objects.filter(plan=OuterRef("plan"), body=OuterRef("body"), about="read")
    found = (
        Delivery.objects.filter(_running(), body__in=_bodies(user, *RECEIVERS))
        .unread()
        .current()
        .annotate(told=reminded.values("body").annotate(day=Max("day")).values("day"))
        .select_related("plan", "body")
        .order_by(F("told").asc(nulls_last=True), "-pk")
    )
    return [
        Task(
            title=_("Read plan %(plan)s") % {"plan": _name(copy.plan)},
            reason=_told(copy.told)
            or _("%(body)s received it %(purpose)s.")
            % {"body": copy.body.label, "purpose": copy.get_purpose_display()},
            url=copy.get_absolute_url(),
            action=_("Open our copy"),
            kind="mail",
        )
        for copy in found[:MOST]
    ]


def _derive(user: User) -> list[Task]:
    """Units that were reminded to issue a plan of their own, until they have."""
    issued = Plan.objects.filter(body=OuterRef("body"), bases=OuterRef("plan__document"))
    found = (
        Reminder.objects.filter(_running(), body__in=_bodies(user, *REPORTERS), about="derive")
        .filter(~Exists(issued))
        .values("plan", "body")
        .annotate(last=Max("day"))
        .order_by("-last")[:MOST]
    )
    last = {(row["plan"], row["body"]): row["last"] for row in found}
    pairs = any_of(Q(plan=plan, body=body, day=day) for (plan, body), day in last.items())
    told = Reminder.objects.filter(pairs, about="derive").select_related("plan", "body") if last else ()
    return [
        Task(
            title=_("Issue the plan of %(body)s under %(plan)s")
            % {"body": reminder.body.label, "plan": reminder.plan},
            reason=_told(reminder.day),
            url=reminder.plan.get_absolute_url(),
            action=_("Open the plan"),
            kind="plan",
        )
        for reminder in told
    ]


def _difficulties(user: User) -> list[Task]:
    """Difficulties nobody has answered yet, for those who keep the plan."""
    found = Difficulty.objects.filter(plans_kept_by(user, "plan__"), state=Difficulty.State.OPEN)
    return [
        Task(
            title=_("Answer the difficulty of %(body)s") % {"body": one.body.label},
            reason=_("A revision is being written for it.")
            if one.draft_id
            else Truncator(one.text).chars(140),
            url=one.get_absolute_url(),
            action=_("Open the difficulty"),
            kind="question",
        )
        for one in found.select_related("body").order_by("at", "pk")[:MOST]
    ]


def _answers(user: User) -> list[Task]:
    """Answers the unit has not noted."""
    found = Difficulty.objects.filter(
        body__in=_bodies(user, *REPORTERS), state__in=["answered", "adjusted"], noted_at=None
    )
    return [
        Task(
            title=_("Read the answer to our difficulty"),
            reason=Truncator(one.answer or (one.revision.reason if one.revision else "")).chars(140),
            url=one.get_absolute_url(),
            action=_("Open the answer"),
            kind="question",
        )
        for one in found.select_related("revision").order_by("answered_at", "pk")[:MOST]
    ]


def _reviews(user: User) -> list[Task]:
    """Plans of one's own that stand on a plan revised meanwhile."""
    found = Review.objects.filter(plans_kept_by(user, "plan__"), state=Review.State.OPEN)
    return [
        Task(
            title=_("Review plan %(plan)s") % {"plan": _name(review.plan)},
            reason=_("%(parent)s, on which it stands, was revised: %(reason)s")
            % {"parent": review.revision.plan, "reason": Truncator(review.revision.reason).chars(100)},
            url=review.get_absolute_url(),
            action=_("See what changed"),
            kind="warn",
        )
        for review in found.select_related("plan", "revision__plan").order_by("pk")[:MOST]
    ]


def _name(plan: Plan) -> str:
    return Truncator(f"{plan.number}: {plan.title}" if plan.number else plan.title).chars(110)


def _told(day: date | None) -> str:
    return _("You were reminded on %(day)s.") % {"day": f"{day:%d/%m/%Y}"} if day else ""
