"""Drafting a decision: its lines, its words, and who may touch them (D-17)."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from guong.awards.actions import decisions, issuing
from guong.awards.actions.decisions import Line
from guong.awards.flow import NOMINATION_STEPS
from guong.awards.models import Award, Decision, Nomination
from guong.base.access import Role
from guong.base.entry import AlreadyDone
from guong.base.models import LogEntry
from guong.base.workflow import Refused, take
from guong.papers.seal import normal_code
from tests import factories as make
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=3)


def words_of(decision: Decision, **changed) -> dict:
    return {name: getattr(decision, name) for name in decisions.EDITABLE} | changed


def test_draft_names_people_in_vietnamese_order(at):
    people = [make.person(name, gender=gender) for name, gender in (
        ("Nguyễn Thị Xuân", "f"), ("Trần Văn An", "m"), ("Lê Đức Ân", "m"), ("Bùi Thị Đào", ""),
    )]  # fmt: skip
    nominations = [at.listed(1, who=who)[0] for who in people]
    department = make.section(at.unit, "Khoa Nhi")
    nominations += at.listed(1, who=department)
    session = at.concluded(nominations)
    draft = decisions.draft(by=at.clerk, department=at.department, nominations=nominations, session=session)
    assert [award.name_on_paper for award in draft.awards.all()] == [
        "Khoa Nhi", "Ông Trần Văn An", "Ông Lê Đức Ân", "Bùi Thị Đào", "Bà Nguyễn Thị Xuân",
    ]  # fmt: skip
    assert draft.awards.last().post_on_paper == f"Điều dưỡng, {at.unit.name}"


def test_draft_speaks_of_its_movement_session_and_law(at):
    draft = at.draft(2)
    assert draft.movement == at.movement
    assert at.movement.name in draft.merit
    assert draft.bases[1] == "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
    assert draft.bases[-1].startswith("Theo đề nghị của Hội đồng")
    assert (draft.signatory_position, draft.signatory_name) == ("GIÁM ĐỐC", "Lê Minh Khoa")


def test_next_draft_takes_over_the_edited_words_but_not_the_case(at):
    first = at.draft()
    mine = ["Căn cứ Quy chế thi đua, khen thưởng của tỉnh", *first.bases]
    decisions.save_words(by=at.clerk, decision=first, version=1, words=words_of(first, bases=mine))
    second = at.draft()
    assert mine[0] in second.bases
    assert sum(line.startswith("Theo đề nghị") for line in second.bases) == 1
    assert len(second.bases) == len(set(second.bases))


def test_codes_are_random_and_checkable(at):
    codes = list(at.draft(3).awards.values_list("code", flat=True))
    assert len(set(codes)) == 3
    assert all(normal_code(code) == code for code in codes)


def test_only_the_standing_office_drafts(at):
    nominations = at.listed(1)
    at.concluded(nominations)
    for user in (at.leader, at.chair, make.user(Role.UNIT_HEAD, at.unit), make.user()):
        with pytest.raises(Refused):
            decisions.draft(by=user, department=at.department, nominations=nominations)
    assert not Decision.objects.exists()
    assert LogEntry.objects.filter(refused=True, action="draft_decision").count() == 4


def test_nominee_stands_on_one_decision_only(at):
    draft = at.draft()
    nomination = draft.awards.get().nomination
    with pytest.raises(Refused):
        decisions.draft(by=at.clerk, department=at.department, nominations=[nomination])
    with pytest.raises(Refused):
        decisions.draft(by=at.clerk, department=at.department, nominations=[])


def test_nominee_not_chosen_stands_on_none(at):
    with pytest.raises(Refused):
        decisions.draft(by=at.clerk, department=at.department, nominations=at.listed(1))


def test_same_form_sent_twice_makes_one_draft(at, settings):
    nominations = at.listed(1)
    at.concluded(nominations)
    key = uuid.uuid4()
    first = decisions.draft(by=at.clerk, department=at.department, nominations=nominations, key=key)
    with pytest.raises(AlreadyDone) as again:
        decisions.draft(by=at.clerk, department=at.department, nominations=nominations, key=key)
    assert again.value.url == first.get_absolute_url()
    assert Decision.objects.count() == 1


def test_ad_hoc_choice_goes_straight_to_a_decision(at):
    movement = make.movement(at.movement.plan, 10, 20, route="ad_hoc")
    nomination = make.nomination(movement, at.unit, state="appraised")
    take(NOMINATION_STEPS["choose_ad_hoc"], nomination, by=at.leader)
    draft = decisions.draft(by=at.clerk, department=at.department, nominations=[nomination])
    assert draft.session is None
    assert "đột xuất" in draft.merit
    assert draft.awards.get().quota.used == 1


def test_words_change_while_a_draft_and_never_after(at):
    draft = at.draft()
    saved = decisions.save_words(
        by=at.clerk,
        decision=draft,
        version=1,
        words=words_of(draft, title="Về việc khen", form="Giấy khen đột xuất"),
    )
    assert (saved.title, saved.version) == ("Về việc khen", 2)
    assert saved.awards.get().form == "Giấy khen đột xuất"
    numbered = issuing.give_number(by=at.clerk, decision=saved, signed_on=timezone.localdate())
    with pytest.raises(Refused):
        decisions.save_words(
            by=at.clerk, decision=numbered, version=numbered.version, words=words_of(numbered, title="x")
        )


def test_second_editor_is_told_and_nothing_is_lost(at):
    draft = at.draft()
    decisions.save_words(by=at.clerk, decision=draft, version=1, words=words_of(draft, title="Bản một"))
    with pytest.raises(Refused):
        decisions.save_words(by=at.clerk, decision=draft, version=1, words=words_of(draft, title="Bản hai"))
    assert Decision.objects.get().title == "Bản một"


def test_lines_change_and_move(at):
    draft = at.draft(2)
    first, second = draft.awards.all()
    lines = {
        first.pk: Line("Bà Đào", "Trưởng khoa", "Cứu người", 2),
        second.pk: Line(second.name_on_paper, "", "Trực đêm", 1),
    }
    decisions.save_lines(by=at.clerk, decision=draft, version=1, lines=lines)
    assert [award.pk for award in draft.awards.all()] == [second.pk, first.pk]
    assert Award.objects.get(search__contains="truong khoa").pk == first.pk


def test_line_of_another_decision_is_left_alone(at):
    mine, other = at.draft(), at.draft()
    foreign = other.awards.get()
    decisions.save_lines(by=at.clerk, decision=mine, version=1, lines={foreign.pk: Line("x", "x", "x", 1)})
    foreign.refresh_from_db()
    assert foreign.name_on_paper != "x"
    with pytest.raises(Refused):
        decisions.remove_line(by=at.clerk, decision=mine, version=2, award=foreign)


def test_line_taken_off_can_stand_on_another_decision(at):
    draft = at.draft(2)
    line = draft.awards.first()
    nomination = line.nomination
    decisions.remove_line(by=at.clerk, decision=draft, version=1, award=line)
    assert list(decisions.waiting_for_a_decision(at.department)) == [nomination]
    decisions.add_lines(by=at.clerk, decision=draft, version=2, nominations=[nomination])
    assert draft.awards.last().nomination == nomination


def test_discarded_draft_frees_its_nominees(at):
    draft = at.draft(2)
    decisions.discard(by=at.clerk, decision=draft, version=1)
    assert not Decision.objects.exists()
    assert decisions.waiting_for_a_decision(at.department).count() == 2
    assert set(Nomination.objects.values_list("state", flat=True)) == {"chosen"}


def test_numbered_decision_is_not_discarded(at):
    decision = at.numbered()
    with pytest.raises(Refused):
        decisions.discard(by=at.clerk, decision=decision, version=decision.version)


def test_draft_is_seen_by_those_who_prepare_it_only(at):
    draft = at.draft()
    for user, sees in (
        (at.clerk, True), (at.leader, True), (at.chair, False), (make.user(Role.UNIT_CLERK, at.unit), False),
        (make.user(Role.AUDITOR, at.department), True), (house(3).clerk, False),
    ):  # fmt: skip
        assert Decision.objects.visible_to(user).filter(pk=draft.pk).exists() is sees
