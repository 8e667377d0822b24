"""A department with a unit, an office asked and the people around one nomination, up to any stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from guong.awards.actions import listings, nominations
from guong.awards.days import database_today
from guong.awards.models import Appraisal, Listing, Nomination
from guong.base.access import Role
from guong.base.models import Body, User
from guong.movements.models import Movement
from tests import factories as make

LONG = (
    "Tổ chức khám sàng lọc cho 1.240 người cao tuổi, giảm thời gian chờ từ 90 xuống 35 phút trong năm 2026."
)


@dataclass
class Road:
    """Who is who."""

    department: Body
    office: Body
    unit: Body
    section: Body
    movement: Movement
    clerk: User
    head: User
    appraiser: User
    standing: User
    leader: User

    def draft(self, movement: Movement | None = None, **fields) -> Nomination:
        """A complete draft: text and a link."""
        fields = {"achievement": LONG, "created_by": self.clerk} | fields
        made = make.nomination(movement or self.movement, self.unit, **fields)
        made.evidence.create(caption="Bài báo", url="https://example.org/bai", added_by=self.clerk)
        return made

    def submitted(self, **fields) -> Nomination:
        """With the office asked."""
        return nominations.step(by=self.head, nomination=self.draft(**fields), name="submit")

    def appraised(self, opinion: str = "agree", **fields) -> Nomination:
        """With an opinion."""
        return nominations.give_opinion(
            by=self.appraiser, nomination=self.submitted(**fields), opinion=opinion, text="Đúng lĩnh vực."
        )

    def listing(self, *made: Nomination) -> Listing:
        """A list that is open for comment."""
        found, _results = listings.post(
            by=self.standing, department=self.department, title="Danh sách số 1",
            closes_on=database_today() + timedelta(days=5), nominations=made or [self.appraised()],
        )  # fmt: skip
        return found

    def over(self, listing: Listing) -> Listing:
        """The same list, its last day gone by."""
        Listing.objects.filter(pk=listing.pk).update(
            opens_on=date(2026, 1, 5), closes_on=database_today() - timedelta(days=1)
        )
        listing.refresh_from_db()
        return listing


def road(places: int | None = 2, **movement) -> Road:
    """A department, ready."""
    department = make.department()
    office = make.office("Phòng Nghiệp vụ Y", department)
    unit = make.unit(department, "Bệnh viện An Bình")
    theme = make.movement(make.plan(department, year=2026), places, places, **movement)
    make.lead(theme, office)
    return Road(
        department, office, unit, make.section(unit, "Khoa Nội"), theme,
        clerk=make.user(Role.UNIT_CLERK, unit),
        head=make.user(Role.UNIT_HEAD, unit),
        appraiser=make.user(Role.APPRAISER, office),
        standing=make.standing_officer(department),
        leader=make.user(Role.LEADER, department),
    )  # fmt: skip


def in_state(at: Road, state: str) -> Nomination:
    """A nomination put into a state by hand, with an opinion asked."""
    made = at.draft(state=state, submitted_at=timezone.now())
    Appraisal.objects.create(nomination=made, office=at.office, due_on=date(2026, 12, 1))
    return made


def everyone(at: Road) -> dict[str, User]:
    """An account of every role at the place where it is usually held, and some from elsewhere."""
    elsewhere = make.unit(at.department, "Trung tâm Y tế khác")
    places = {
        Role.STANDING_OFFICE: at.department.department.standing_office, Role.APPRAISER: at.office,
        Role.UNIT_HEAD: at.unit, Role.UNIT_CLERK: at.unit, Role.SECTION_HEAD: at.section,
        Role.EMPLOYEE: at.unit,
    }  # fmt: skip
    found = {role: make.user(role, places.get(role, at.department)) for role in Role.values}
    found["other head"] = make.user(Role.UNIT_HEAD, elsewhere)
    found["other clerk"] = make.user(Role.UNIT_CLERK, elsewhere)
    found["other appraiser"] = make.user(Role.APPRAISER, make.office("Phòng Kế hoạch", at.department))
    found["nobody"] = make.user()
    return found
