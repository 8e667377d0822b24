"""Who sees plans, and who may bring one in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import SECTOR_READERS, Role, any_of

if TYPE_CHECKING:
    from guong.base.models import User

KEEPERS = (Role.STANDING_OFFICE, Role.LEADER)
REPORTERS = (Role.UNIT_HEAD, Role.UNIT_CLERK)
DOERS = (*REPORTERS, Role.APPRAISER, Role.UNION_OFFICER, Role.YOUTH_OFFICER, Role.COMMUNICATIONS)
RECEIVERS = (*DOERS, *KEEPERS, Role.SECTION_HEAD)
OWN_KEEPERS = {  # bodies that issue and keep plans of their own, and who does it there
    "unit": REPORTERS,
    "private": REPORTERS,
    "union": (Role.UNION_OFFICER,),
    "youth": (Role.YOUTH_OFFICER,),
}
DRAFTERS = {"department": (Role.STANDING_OFFICE,), **OWN_KEEPERS}
APPROVERS = {
    "department": (Role.LEADER,),
    **OWN_KEEPERS,
    "unit": (Role.UNIT_HEAD,),
    "private": (Role.UNIT_HEAD,),
}


def plans_seen_by(user: User, prefix: str = "") -> Q:
    """A plan in force is for everyone who holds any role in its department.

    `prefix` leads from the filtered record to the plan, such as "movement__plan__".
    """
    roots = sorted({holding.path.split("/")[1] for holding in user.scope.holdings})
    return any_of(Q(**{f"{prefix}department__path__startswith": f"/{root}/"}) for root in roots)


def readings_seen_by(user: User) -> Q:
    """Readings are seen by the department's readers, and by the body whose own plan was read."""
    return user.scope.within("department", *SECTOR_READERS) | _own(user, "body")


def drafts_seen_by(user: User) -> Q:
    """A draft is seen where it is written and approved, and by the readers of the sector."""
    return user.scope.within("body", *SECTOR_READERS) | _own(user, "body")


def difficulties_seen_by(user: User) -> Q:
    """A difficulty is seen by the unit that reports it and by those who keep the plan."""
    return user.scope.within("body", *REPORTERS) | user.scope.within("plan__department", *SECTOR_READERS)


def deliveries_seen_by(user: User) -> Q:
    """A copy is seen by the body it was sent to, by its unit, and by those who issued the plan."""
    issued = user.scope.within("plan__department", *SECTOR_READERS) | _own(user, "plan__body")
    return user.scope.within("body", *RECEIVERS) | issued


def reviews_seen_by(user: User) -> Q:
    """The review of a derived plan is the unit's business, and its department's."""
    return user.scope.within("plan__department", *SECTOR_READERS) | _own(user, "plan__body")


def must_receive(user: User, delivery: Any) -> str | None:
    """A plan was read when somebody who acts for the very body it was sent to says so (B-20)."""
    roles = {holding.role for holding in user.scope.holdings if holding.body_id == delivery.body_id}
    if roles.intersection(RECEIVERS):
        return None
    return _("Only the head or the clerk of %(body)s confirms that it has read the plan.") % {
        "body": delivery.body
    }


def must_pass_on(user: User, delivery: Any) -> str | None:
    """A unit's copy is passed on to its sections by its head or its clerk."""
    if user.scope.holds(delivery.body, *REPORTERS):
        return None
    return _("Only the head or the clerk of %(body)s passes its copy on.") % {"body": delivery.body}


def must_report_difficulty(user: User, difficulty: Any) -> str | None:
    """A difficulty is the word of the unit: its head or its clerk reports it, and takes it back."""
    if user.scope.holds(difficulty.body, *REPORTERS):
        return None
    return _("Only the head or the clerk of the unit reports its difficulties.")


def must_review(user: User, review: Any) -> str | None:
    """A derived plan is reviewed by those who keep it."""
    return must_keep_plans(user, review.plan)


def _own(user: User, body_field: str) -> Q:
    """Filter: the body behind the field issues plans of its own, and the user keeps them."""
    return _by_kind(user, OWN_KEEPERS, body_field)


def _by_kind(user: User, holders: Mapping[str, tuple[Any, ...]], body_field: str = "body") -> Q:
    """Filter: the user holds, on the body behind the field, one of the roles that count for its kind."""
    return any_of(
        user.scope.within(body_field, *roles) & Q(**{f"{body_field}__kind": kind})
        for kind, roles in holders.items()
    )


def plans_kept_by(user: User, prefix: str = "") -> Q:
    """Filter: plans the user keeps; `prefix` leads from the filtered record to the plan or reading."""
    own = Q(**{f"{prefix}body__kind__in": list(OWN_KEEPERS)})
    return (user.scope.within(f"{prefix}department", *KEEPERS) & ~own) | _own(user, f"{prefix}body")


def must_keep_plans(user: User, record: Any) -> str | None:
    """Plans are kept by the standing office and the leaders; a unit's own by its head and its clerk."""
    body = record.kept_by
    if user.scope.holds(body, *OWN_KEEPERS.get(body.kind, KEEPERS)):
        return None
    if body.kind in OWN_KEEPERS:
        return _("Only the people of %(body)s who keep its plans may do this.") % {"body": body.label}
    return _("Only the standing office and the department's leaders may do this.")


def drafts_written_by(user: User) -> Q:
    """Filter: drafts of bodies whose plans the user writes."""
    return _by_kind(user, DRAFTERS)


def drafts_approved_by(user: User) -> Q:
    """Filter: drafts of bodies whose plans the user approves."""
    return _by_kind(user, APPROVERS)


def must_keep_lists(user: User) -> str | None:
    """Register and lists of a department are kept by its standing office and its leaders."""
    if user.scope.has(*KEEPERS):
        return None
    return _("Only the standing office and the department's leaders may do this.")


def must_write_drafts(user: User, draft: Any) -> str | None:
    """Plans are written where they are issued: in the standing office, in the unit, in the union."""
    if user.scope.holds(draft.body, *DRAFTERS.get(draft.body.kind, ())):
        return None
    return _("Only those who write the plans of %(body)s may do this.") % {"body": draft.body.label}


def must_approve_drafts(user: User, draft: Any) -> str | None:
    """A plan is approved by the leader of the department or the head of the unit that issues it."""
    if user.scope.holds(draft.body, *APPROVERS.get(draft.body.kind, ())):
        return None
    return _("Only the head of %(body)s approves its plans.") % {"body": draft.body.label}


def must_be_able_to_issue(user: User, draft: Any) -> str | None:
    """Issued by whoever writes or approves the plans of the body."""
    if must_write_drafts(user, draft) is None or must_approve_drafts(user, draft) is None:
        return None
    return _("Only those who write or approve the plans of %(body)s issue them.") % {"body": draft.body.label}


def must_be_able_to_drop(user: User, draft: Any) -> str | None:
    """A draft is given up by its writers; once it has a number, only by who approved it."""
    return must_approve_drafts(user, draft) if draft.number else must_write_drafts(user, draft)


def must_report_for_own_unit(user: User, duty: Any) -> str | None:
    """A unit's report is written by its clerk and its head."""
    if user.scope.holds(duty.body, *REPORTERS):
        return None
    return _("Only the head or the clerk of the unit sends its report.")


def must_do_assignment(user: User, assignment: Any) -> str | None:
    """The body given the task says it is done; the standing office may say it for anyone."""
    if user.scope.holds(assignment.body, *DOERS) or must_keep_plans(user, assignment) is None:
        return None
    return _("Only the body given this task, or the standing office, may say whether it is done.")
