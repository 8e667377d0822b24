"""One road through the whole house: a plan's file becomes a name in the honour book, and leaves it again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from guong.awards.actions import conclusions, councils, decisions, issuing, listings, nominations, sessions
from guong.awards.flow import NOMINATION_STEPS, SESSION_STEPS
from guong.awards.models import Appraisal, Award, Listing, Nomination
from guong.awards.models.council import CouncilRole
from guong.awards.papers import decision_paper
from guong.base import audit
from guong.base.access import Role
from guong.base.models import User
from guong.base.workflow import Refused, take
from guong.movements.models import Movement, Quota
from guong.papers.pdf import to_pdf
from guong.plans import actions as plans
from guong.site import demo
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PLAN = Path(demo.__file__).parent / "plans" / "an-binh-yearly.txt"
NAME = "Vàng Thị Sương"


class House:
    """A department with everybody the road needs."""

    def __init__(self) -> None:
        self.root = factories.department("Sở Y tế tỉnh An Bình")
        self.office = factories.office("Phòng Nghiệp vụ Y", self.root)
        self.unit = factories.unit(self.root, "Trạm Y tế xã Suối Lành")
        self.clerk = factories.user(Role.UNIT_CLERK, self.unit)
        self.head = factories.user(Role.UNIT_HEAD, self.unit)
        self.officer = factories.standing_officer(self.root)
        self.appraiser = factories.user(Role.APPRAISER, self.office)
        self.leader = factories.user(Role.LEADER, self.root)
        self.members = [factories.user(Role.COUNCIL_MEMBER, self.root) for _ in range(5)]


def read_plan(house: House) -> Movement:
    reading = plans.read_file(house.officer, house.root, PLAN.read_bytes(), PLAN.name)
    assert not Movement.objects.exists(), "nothing is created before confirmation"
    return plans.confirm(house.officer, reading).movements.get(code="2.4")


def nominate(house: House, movement: Movement) -> Nomination:
    work = factories.employ(factories.person(NAME), house.unit, "Hộ sinh")
    text = nominations.Text("Đỡ đẻ an toàn 214 ca tại năm bản xa, không để bà mẹ nào đẻ một mình.")
    made = nominations.draft(by=house.clerk, movement=movement, nominee=work, text=text)
    nominations.add_link(by=house.clerk, nomination=made, caption="Sổ sinh", url="https://tram.example/so")
    take(NOMINATION_STEPS["hand_in"], made, by=house.clerk)
    sent = take(NOMINATION_STEPS["submit"], made, by=house.head)
    return nominations.give_opinion(
        by=house.appraiser, nomination=sent, opinion=Appraisal.Opinion.AGREE, text="Số liệu đối chiếu được."
    )


def post_for_comment(house: House, made: Nomination) -> None:
    today = timezone.localdate()
    listing, _results = listings.post(
        by=house.officer, department=house.root, title="Danh sách", closes_on=today + timedelta(days=10),
        nominations=[made],
    )  # fmt: skip
    entry = listing.entries.get()
    said = listings.comment(by=house.head, entry=entry, text="Xin nêu rõ số bản đã đến.")
    Listing.objects.update(opens_on=today - timedelta(days=12), closes_on=today - timedelta(days=1))
    listings.close(by=house.officer, listing=listing)
    with pytest.raises(Refused):
        take(NOMINATION_STEPS["table"], made, by=house.officer)
    listings.answer(by=house.officer, comment=said, text="Năm bản, có danh sách trong hồ sơ.")


def decide(house: House, made: Nomination) -> None:
    roles = [CouncilRole.CHAIR, CouncilRole.SECRETARY, *[CouncilRole.MEMBER] * 3]
    council = councils.set_up(
        by=house.officer, department=house.root, name="Hội đồng", established_by="12/QĐ-SYT",
        established_on=timezone.localdate(),
    )  # fmt: skip
    for member, role in zip(house.members, roles, strict=True):
        councils.add_member(by=house.officer, council=council, person=member.person, role=role)
    session = sessions.call(
        by=house.officer, council=council, title="Phiên xét", held_at=timezone.now() + timedelta(hours=1),
        place="Phòng họp số 1", nominations=[made],
    )  # fmt: skip
    chair, secretary = house.members[:2]
    came = {seat.pk: (True, "") for seat in session.seats.all()}
    sessions.record_attendance(by=secretary, session=session, came=came)
    session = take(SESSION_STEPS["open_voting"], session, by=secretary)
    for member in house.members[:4]:
        sessions.vote(by=member, session=session, choices={session.items.get().pk: "yes"})
    session = take(SESSION_STEPS["close_voting"], session, by=secretary)
    conclusions.conclude(by=chair, session=session)


def issue(house: House, made: Nomination) -> Award:
    drafted = decisions.draft(by=house.officer, department=house.root, nominations=[made])
    numbered = issuing.give_number(by=house.officer, decision=drafted, signed_on=timezone.localdate())
    signed = issuing.keep_signed_copy(
        by=house.officer, decision=numbered, name="qd.pdf", data=to_pdf(decision_paper(numbered))
    )
    return issuing.issue(by=house.leader, decision=signed).awards.get()


def public(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_plan_becomes_a_name_in_the_honour_book_and_revocation_takes_it_out(
    client: Client, chain: None
) -> None:
    house = House()
    movement = read_plan(house)
    made = nominate(house, movement)
    post_for_comment(house, made)
    decide(house, made)
    quota = Quota.objects.get(movement=movement, subject="individual")
    assert (quota.size, quota.used) == (12, 1), "the choice holds a place"
    assert NAME not in public(client, "/so-vang/"), "nothing is public before the issue"
    award = issue(house, Nomination.objects.get(pk=made.pk))
    assert NAME in public(client, "/so-vang/")
    assert "còn hiệu lực" in public(client, f"/kiem-chung/{award.code}/")
    issuing.revoke_award(by=house.leader, award=award, reason="Số liệu không đúng")
    assert NAME not in public(client, "/so-vang/")
    assert "đã bị thu hồi" in public(client, f"/kiem-chung/{award.code}/")
    assert audit.verify() == []


@pytest.mark.parametrize("who", ["clerk", "head", "appraiser", "leader"])
def test_only_the_standing_office_brings_the_plan_in(who: str) -> None:
    house = House()
    user: User = getattr(house, who)
    if who == "leader":
        assert plans.read_file(user, house.root, PLAN.read_bytes(), PLAN.name)
        return
    with pytest.raises(Refused):
        plans.read_file(user, house.root, PLAN.read_bytes(), PLAN.name)


def test_post_rule_of_the_plan_stops_a_doctor(client: Client) -> None:
    """Movement 2.4 is for nurses, midwives and heads of stations only."""
    house = House()
    movement = read_plan(house)
    doctor = factories.employ(factories.person("Lò Văn Phong"), house.unit, "Bác sĩ")
    text = nominations.Text("Khám 4.200 lượt tại bản, không bỏ sót hộ nào trong danh sách theo dõi.")
    made = nominations.draft(by=house.clerk, movement=movement, nominee=doctor, text=text)
    nominations.add_link(by=house.clerk, nomination=made, caption="Sổ khám", url="https://tram.example/so")
    with pytest.raises(Refused, match="Bác sĩ"):
        take(NOMINATION_STEPS["hand_in"], made, by=house.clerk)
