"""Who sees a nomination, a list, a session, a decision; and who may act on them.

`…_seen_by` are the one truth for lists, pages, search, exports and files. `must_…` answer a sentence or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import SECTOR_READERS, Role
from guong.plans.access import plans_seen_by

if TYPE_CHECKING:
    from guong.base.models import User

UNIT_SIDE = (Role.UNIT_HEAD, Role.UNIT_CLERK)
UNIT_ROLES = (*UNIT_SIDE, Role.SECTION_HEAD, Role.APPRAISER)
DRAFTS = ("draft", "with_head")


@dataclass(frozen=True)
class Reach:
    """Bodies, by id, that one user's roles on the road of an award reach down to.

    `whole` means that the departments read are all there are: a list then needs no filter by department.
    """

    departments: frozenset[int] = frozenset()
    whole: bool = False
    kept: frozenset[int] = frozenset()  # departments whose standing office the user is
    led: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    clerked: frozenset[int] = frozenset()
    sections: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()


def nominations_seen_by(user: User, reach: Reach, seated: Q) -> Q:
    """Units see their own; the sector's readers see what was submitted; offices what they appraise;
    council members what is before their session; people what is about themselves once submitted.

    No join multiplies rows, so that the database can answer from its indexes at 100,000 nominations.
    """
    submitted = ~Q(state__in=DRAFTS)
    own = Q(unit__in=reach.units) | Q(section__in=reach.sections)
    if reach.whole:
        return own | submitted
    sector = Q(department__in=reach.departments) & submitted
    appraiser = Q(appraisal__office__in=reach.offices) & submitted
    about_me = Q(person_id=user.person_id) & submitted if user.person_id else Q(pk__in=[])
    return own | sector | appraiser | seated | about_me


def comments_seen_by(user: User) -> Q:
    """Comments on people are read by their author, by the sector's readers and by the council (D-15)."""
    seated = Q(entry__nomination__items__session__seats__person_id=user.person_id) if user.person_id else None
    readers = user.scope.within("entry__listing__department", *SECTOR_READERS)
    return Q(author=user) | readers | (seated or Q(pk__in=[]))


def listings_seen_by(user: User) -> Q:
    """A list posted for comment is for everyone of the department (D-15)."""
    return plans_seen_by(user)


def councils_seen_by(user: User) -> Q:
    """Councils are seen by their members and by the sector's readers."""
    seated = Q(members__person_id=user.scope.person_id) if user.scope.person_id else Q(pk__in=[])
    return seated | user.scope.within("department", *SECTOR_READERS)


def sessions_seen_by(user: User) -> Q:
    """Sessions are seen by those who sit in them and by the sector's readers."""
    seated = Q(seats__person_id=user.scope.person_id) if user.scope.person_id else Q(pk__in=[])
    return seated | user.scope.within("council__department", *SECTOR_READERS)


def decisions_seen_by(user: User, prefix: str = "") -> Q:
    """Issued decisions are for everyone of the department; drafts for those who prepare and sign them.

    `prefix` leads from the filtered record to the decision, such as "decision__".
    """
    out = Q(**{f"{prefix}state__in": ("issued", "revoked")})
    return (plans_seen_by(user, prefix) & out) | user.scope.within(f"{prefix}department", *SECTOR_READERS)


def funds_seen_by(user: User) -> Q:
    """Funds are kept by the standing office and read by the sector's readers (K-14)."""
    return user.scope.within("department", *SECTOR_READERS)


def bonuses_seen_by(user: User) -> Q:
    """Money is read by the sector's readers; a unit sees its own, a person the own, once issued (K-14)."""
    mine = Q(award__person_id=user.person_id) if user.person_id else Q(pk__in=[])
    own = user.scope.within("award__unit", *UNIT_SIDE) | mine
    issued = Q(decision__state__in=("issued", "revoked"))
    return (own & issued) | user.scope.within("decision__department", *SECTOR_READERS)


def concerns_own_unit(user: User, nomination: Any) -> bool:
    """The user works in the nominating unit or in the nominated body, or is the nominee (D-23)."""
    if nomination.person_id and nomination.person_id == user.person_id:
        return True
    own = user.own_unit_ids
    return nomination.unit_id in own or (nomination.body_id is not None and nomination.body_id in own)


def must_be_unit_clerk(user: User, nomination: Any) -> str | None:
    """The unit writes its own nominations."""
    if user.scope.holds(nomination.unit, *UNIT_SIDE):
        return None
    return _("Only the clerk or the head of the nominating unit may do this.")


def must_be_able_to_withdraw(user: User, nomination: Any) -> str | None:
    """The head withdraws; a draft nobody else has seen yet may be given up by its clerk too."""
    if nomination.state == "draft":
        return must_be_unit_clerk(user, nomination)
    return must_be_unit_head(user, nomination)


def must_be_unit_head(user: User, nomination: Any) -> str | None:
    """The head answers for what leaves the unit (A-11)."""
    if user.scope.holds(nomination.unit, Role.UNIT_HEAD):
        return None
    return _("Only the head of the nominating unit may do this.")


def must_be_standing_office(user: User, record: Any) -> str | None:
    """The standing office consolidates and prepares (A-12, D-04)."""
    if user.scope.holds(record.department, Role.STANDING_OFFICE):
        return None
    return _("Only the standing office may do this.")


def must_see_the_listing(user: User, listing: Any) -> str | None:
    """Whoever holds a role in the department may comment on its lists (D-15)."""
    root = listing.department.path.split("/")[1]
    if any(holding.path.startswith(f"/{root}/") for holding in user.scope.holdings):
        return None
    return _("Only people of the department comment on its lists.")


def must_be_leader(user: User, record: Any) -> str | None:
    """The department's leaders decide."""
    if user.scope.holds(record.department, Role.LEADER):
        return None
    return _("Only the department's leaders may do this.")


def must_be_its_appraiser(user: User, nomination: Any) -> str | None:
    """The office asked for an opinion gives it (D-03)."""
    appraisal = getattr(nomination, "appraisal", None)
    if appraisal is not None:
        standing = nomination.department.department.standing_office_id
        if appraisal.office_id == standing and user.scope.holds(nomination.department, Role.STANDING_OFFICE):
            return None
        if user.scope.holds(appraisal.office, Role.APPRAISER):
            return None
    return _("Only an appraiser of the office asked may give this opinion.")


def must_not_judge_oneself(user: User, nomination: Any) -> str | None:
    """Nobody judges oneself or one's own unit (D-23)."""
    if concerns_own_unit(user, nomination):
        return _("You cannot judge a nomination of yourself or of your own unit.")
    return None


def must_judge_the_text(user: User, nomination: Any) -> str | None:
    """Repeated texts are for who judges: the office asked, the council, the sector's readers (J-04).

    The nominating unit and the nominee would read other people's dossiers there.
    """
    if user.scope.holds(nomination.department, *SECTOR_READERS):
        return None
    appraisal = getattr(nomination, "appraisal", None)
    if appraisal is not None and user.scope.holds(appraisal.office, Role.APPRAISER):
        return None
    seats = nomination.items.filter(session__seats__person_id=user.person_id) if user.person_id else None
    if seats is not None and seats.exists():
        return None
    return _("Only those who appraise and judge this nomination compare its text with others.")


def must_keep_councils(user: User, council: Any) -> str | None:
    """Councils and their sessions are set up by the standing office under the establishing decision."""
    return must_be_standing_office(user, council)


def seat_of(user: User, session: Any) -> Any:
    """The user's seat in a session, or None."""
    return session.seats.filter(person_id=user.person_id).first() if user.person_id else None


def must_sit_in_the_session(user: User, session: Any) -> str | None:
    """Only the members fixed when the session was called vote (C4)."""
    if seat_of(user, session):
        return None
    return _("Only members on the list of this session may vote.")


def must_keep_the_record(user: User, session: Any) -> str | None:
    """Attendance and recusals are recorded by the session's secretary."""
    seat = seat_of(user, session)
    if seat and seat.role == "secretary":
        return None
    return _("Only the secretary of the session may do this.")


def must_chair_the_session(user: User, session: Any) -> str | None:
    """The chair concludes. A vice chair does so when the chair is absent or stands back from an item."""
    seat = seat_of(user, session)
    if seat and seat.role == "chair":
        return None
    if seat and seat.role == "vice":
        away = Q(present=False) | Q(recusals__isnull=False)
        if session.seats.filter(away, role="chair").exists():
            return None
    return _("Only the chair of the session may do this.")


def must_lead_the_session(user: User, session: Any) -> str | None:
    """The vote is opened and closed by the secretary or the chair."""
    if not must_keep_the_record(user, session) or not must_chair_the_session(user, session):
        return None
    return _("Only the chair or the secretary of the session may do this.")


def must_vote_openly(_user: User, session: Any) -> str | None:
    """Open votes and written opinions are counted when the vote closes."""
    return (
        _("This session votes by secret ballot: the box is closed, then opened.")
        if session.is_secret
        else None
    )


def must_vote_secretly(_user: User, session: Any) -> str | None:
    """Only a secret vote has a box."""
    return None if session.is_secret else _("This session votes openly: there is no box.")


def must_count_the_ballots(user: User, session: Any) -> str | None:
    """The box is opened by who leads the session or holds a key sheet."""
    seat, box = seat_of(user, session), session.box
    if box and seat and seat.pk in (box.counting_chair_id, box.counting_secretary_id, box.counting_member_id):
        return None
    return must_lead_the_session(user, session)


def must_not_be_on_the_decision(user: User, decision: Any) -> str | None:
    """Nobody issues an award to oneself (D-23)."""
    if user.person_id and decision.awards.filter(person_id=user.person_id).exists():
        return _("You are named in this decision: another leader must issue it.")
    return None


def must_print_certificates(user: User, decision: Any) -> str | None:
    """Certificates are printed by the standing office or for a leader of the department."""
    if user.scope.holds(decision.department, Role.STANDING_OFFICE, Role.LEADER):
        return None
    return _("Only the standing office and the department's leaders print certificates.")
