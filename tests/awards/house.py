"""A department with a council, and the road of a nominee up to any stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from guong.awards.actions import conclusions, decisions, issuing, sessions
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import (
    Appraisal,
    Council,
    CouncilMember,
    Decision,
    Listing,
    ListingEntry,
    Nomination,
    Session,
)
from guong.base.access import Role
from guong.base.models import Body, User
from guong.base.workflow import take
from guong.movements.models import Movement
from tests import factories as make

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class House:
    """Who is who in one department."""

    department: Body
    clerk: User  # of the standing office
    leader: User
    council: Council
    chair: User
    secretary: User
    vice: User
    members: list[User]
    movement: Movement
    unit: Body
    users: list[User] = field(default_factory=list)

    def listed(self, count: int = 1, movement: Movement | None = None, **fields) -> list[Nomination]:
        """Nominees whose list is closed."""
        of = movement or self.movement
        listing = Listing.objects.create(
            department=self.department, title="Danh sách", state=Listing.State.CLOSED,
            opens_on=date(2026, 9, 1), closes_on=date(2026, 9, 10),
        )  # fmt: skip
        made = [make.nomination(of, self.unit, state="listed", **fields) for _ in range(count)]
        for nomination in made:
            ListingEntry.objects.create(listing=listing, nomination=nomination)
        return made

    def called(self, nominations: list[Nomination], kind: str = "") -> Session:
        """A session with these on its agenda."""
        return sessions.call(
            by=self.clerk, council=self.council, title="Xét Giấy khen", place="Phòng họp tầng 2",
            held_at=timezone.now() + timedelta(hours=1), nominations=nominations, kind=kind,
        )  # fmt: skip

    def everybody_came(self, session: Session) -> None:
        """Nobody is absent."""
        came = {seat.pk: (True, "") for seat in session.seats.all()}
        sessions.record_attendance(by=self.secretary, session=session, came=came)

    def voting(self, nominations: list[Nomination]) -> Session:
        """A session whose vote is open and everybody present."""
        session = self.called(nominations)
        self.everybody_came(session)
        return take(SESSION_STEPS["open_voting"], session, by=self.secretary)

    def cast(self, session: Session, yes: list[int]) -> None:
        """So many votes in favour of each item, in the order of the agenda; the rest against."""
        items = list(session.items.all())
        for place, user in enumerate(self.users):
            choices = {
                item.pk: "yes" if place < wanted else "no" for item, wanted in zip(items, yes, strict=True)
            }
            sessions.vote(by=user, session=session, choices=choices)

    def closed(self, nominations: list[Nomination], yes: list[int]) -> Session:
        """A session whose votes are counted."""
        session = self.voting(nominations)
        self.cast(session, yes)
        return take(SESSION_STEPS["close_voting"], session, by=self.secretary)

    def concluded(self, nominations: list[Nomination], yes: list[int] | None = None) -> Session:
        """A session that chose by its votes; everybody in favour unless told."""
        session = self.closed(nominations, yes or [len(self.users)] * len(nominations))
        return conclusions.conclude(by=self.chair, session=session)

    def draft(self, count: int = 1) -> Decision:
        """A draft with so many people chosen by a session."""
        nominations = self.listed(count)
        session = self.concluded(nominations)
        return decisions.draft(
            by=self.clerk, department=self.department, session=session, nominations=nominations
        )

    def numbered(self, count: int = 1) -> Decision:
        """A decision with its number."""
        return issuing.give_number(by=self.clerk, decision=self.draft(count), signed_on=timezone.localdate())

    def signed(self, count: int = 1) -> Decision:
        """A decision whose signed copy came back."""
        return issuing.keep_signed_copy(by=self.clerk, decision=self.numbered(count), name="qd.pdf", data=PDF)

    def issued(self, count: int = 1) -> Decision:
        """A decision in force."""
        return issuing.issue(by=self.leader, decision=self.signed(count))


def house(members: int = 5, places: int | None = 10) -> House:
    """A department whose council has a chair, a vice chair, a secretary and others, `members` in all."""
    department = make.department()
    council = Council.objects.create(
        department=department, name="Hội đồng TĐKT ngành Y tế", established_by="Quyết định số 02/QĐ-SYT",
        established_on=date(2026, 1, 5),
    )  # fmt: skip
    roles = ["chair", "vice", "secretary", *["member"] * (members - 3)]
    users = [make.user(Role.COUNCIL_MEMBER, department) for _ in roles]
    for place, (user, role) in enumerate(zip(users, roles, strict=True), start=1):
        make.employ(user.person, make.office(f"Phòng {place}", department), post="Trưởng phòng")
        CouncilMember.objects.create(council=council, person=user.person, role=role, order=place)
    movement = make.movement(make.plan(department), collectives=places, individuals=places)
    leader = make.user(Role.LEADER, department)
    clerk = make.standing_officer(department)
    return House(
        department, clerk, leader, council, users[0], users[2], users[1], users[3:], movement,
        make.unit(department), users,
    )  # fmt: skip


def with_opinion(nomination: Nomination, office: Body) -> Appraisal:
    """The opinion of an office that agrees."""
    return Appraisal.objects.create(
        nomination=nomination, office=office, due_on=date(2026, 9, 1), opinion="agree",
        text="Đúng thành tích.",
        given_by=make.user(Role.APPRAISER, office), given_at=timezone.now(),
    )  # fmt: skip
