"""The steps of a nomination: from where, by whom, and what each guard holds back (D-01 … D-07, D-23)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from guong.awards import completeness, flow
from guong.awards.actions import nominations as actions
from guong.awards.flow import LISTING_STEPS, NOMINATION_STEPS
from guong.awards.models import Appraisal, Award, Council, Decision, Item, Listing, Nomination, Session
from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused, refusals, take
from guong.movements.models import Movement
from tests import factories as make
from tests.awards.road import Road, everyone, in_state, road

pytestmark = pytest.mark.django_db

UNIT = {Role.UNIT_CLERK, Role.UNIT_HEAD}
RIGHT_HANDS = {
    "hand_in": UNIT,
    "submit": {Role.UNIT_HEAD},
    "return_to_clerk": {Role.UNIT_HEAD},
    "recall": {Role.UNIT_HEAD},
    "withdraw": {Role.UNIT_HEAD},
    "appraise": {Role.APPRAISER},
    "ask_for_more": {Role.APPRAISER},
    "return_to_unit": {Role.STANDING_OFFICE},
    "list": {Role.STANDING_OFFICE},
    "table": {Role.STANDING_OFFICE},
    "choose": set(),
    "pass_over": set(),
    "choose_ad_hoc": {Role.LEADER},
    "free": {Role.LEADER},
    "award": {Role.LEADER},
}
OUT_OF_TURN = "This is not possible at the present stage."


@pytest.fixture
def at() -> Road:
    return road()


def test_every_step_has_its_hands_in_this_file():
    assert set(RIGHT_HANDS) == set(NOMINATION_STEPS)


@pytest.mark.parametrize("name", NOMINATION_STEPS)
def test_step_is_refused_to_every_wrong_role(at, name):
    step = NOMINATION_STEPS[name]
    nomination = in_state(at, step.source[-1])
    allowed = {
        who for who, user in everyone(at).items() if not any(rule(user, nomination) for rule in step.who)
    }
    assert allowed == RIGHT_HANDS[name]


@pytest.mark.parametrize("name", NOMINATION_STEPS)
def test_refusal_to_a_wrong_role_is_recorded(at, name):
    step = NOMINATION_STEPS[name]
    nomination = in_state(at, step.source[-1])
    stranger = make.user(Role.EMPLOYEE, at.unit)
    with pytest.raises(Refused):
        take(step, nomination, by=stranger, note="x")
    nomination.refresh_from_db()
    assert nomination.state == step.source[-1]
    entry = LogEntry.objects.about(nomination).get()
    assert (entry.refused, entry.by, entry.action) == (True, stranger, name)


@pytest.mark.parametrize("state", Nomination.State.values)
def test_step_is_out_of_turn_exactly_outside_its_sources(at, state):
    nomination = in_state(at, state)
    late = {
        name for name, step in NOMINATION_STEPS.items()
        if gettext(OUT_OF_TURN) in refusals(step, nomination, at.head, "x")
    }  # fmt: skip
    assert late == {name for name, step in NOMINATION_STEPS.items() if state not in step.source}


@pytest.mark.parametrize("name", [name for name, step in NOMINATION_STEPS.items() if step.needs_note])
def test_step_that_needs_a_reason_is_refused_without(at, name):
    step = NOMINATION_STEPS[name]
    nomination = in_state(at, step.source[-1])
    assert gettext("Write the reason first.") in refusals(step, nomination, at.head, "  ")


def test_clerk_hands_in_and_head_sends(at):
    nomination = take(NOMINATION_STEPS["hand_in"], at.draft(), by=at.clerk)
    nomination = take(NOMINATION_STEPS["submit"], nomination, by=at.head)
    assert nomination.state == "submitted"
    nomination.refresh_from_db()
    assert nomination.submitted_at is not None
    assert nomination.appraisal.office == at.office


def test_incomplete_nomination_cannot_be_sent(at):
    nomination = make.nomination(at.movement, at.unit, achievement="")
    with pytest.raises(Refused) as refused:
        take(NOMINATION_STEPS["submit"], nomination, by=at.head)
    assert "Chưa viết thành tích." in str(refused.value)
    assert "Chưa có minh chứng" in str(refused.value)


def test_incomplete_nomination_would_be_sent_without_the_guard(at):
    nomination = make.nomination(at.movement, at.unit, achievement="")
    unguarded = replace(NOMINATION_STEPS["submit"], when=())
    assert take(unguarded, nomination, by=at.head).state == "submitted"


def test_judging_oneself_is_refused_and_recorded(at):
    work = make.employ(at.appraiser.person, at.unit, "Bác sĩ")
    nomination = in_state(at, "submitted")
    Nomination.objects.filter(pk=nomination.pk).update(person=at.appraiser.person, employment=work)
    with pytest.raises(Refused, match="chính mình"):
        actions.give_opinion(by=at.appraiser, nomination=nomination, opinion="agree", text="Tốt")
    nomination.refresh_from_db()
    assert nomination.state == "submitted"
    entry = LogEntry.objects.about(nomination).get()
    assert entry.refused
    assert entry.action == "appraise"
    assert nomination.appraisal.opinion == ""


def test_judging_ones_own_unit_is_refused(at):
    make.employ(at.appraiser.person, at.section, "Bác sĩ")
    nomination = in_state(at, "submitted")
    with pytest.raises(Refused, match="đơn vị mình"):
        actions.give_opinion(by=at.appraiser, nomination=nomination, opinion="agree", text="Tốt")


def test_judging_oneself_would_pass_without_the_guard(at, monkeypatch):
    make.employ(at.appraiser.person, at.unit, "Bác sĩ")
    nomination = in_state(at, "submitted")
    step = NOMINATION_STEPS["appraise"]
    unguarded = replace(step, who=tuple(rule for rule in step.who if "oneself" not in rule.__name__))
    monkeypatch.setitem(NOMINATION_STEPS, "appraise", unguarded)
    made = actions.give_opinion(by=at.appraiser, nomination=nomination, opinion="agree", text="Tốt")
    assert made.state == "appraised"


def test_standing_office_cannot_return_the_nomination_of_its_own(at):
    make.employ(at.standing.person, at.unit, "Chuyên viên")
    with pytest.raises(Refused, match="đơn vị mình"):
        take(NOMINATION_STEPS["return_to_unit"], in_state(at, "appraised"), by=at.standing, note="Thiếu")


def test_recall_is_refused_once_an_opinion_is_given(at):
    nomination = at.submitted()
    Appraisal.objects.filter(nomination=nomination).update(
        opinion="agree", text="Tốt", given_by=at.appraiser, given_at=timezone.now()
    )
    with pytest.raises(Refused, match="không rút lại"):
        take(NOMINATION_STEPS["recall"], nomination, by=at.head, note="Sửa số liệu")


def test_recall_takes_the_question_back(at):
    nomination = take(NOMINATION_STEPS["recall"], at.submitted(), by=at.head, note="Sửa số liệu")
    assert nomination.state == "with_head"
    assert not Appraisal.objects.filter(nomination=nomination).exists()
    again = take(NOMINATION_STEPS["submit"], nomination, by=at.head)
    assert Appraisal.objects.get(nomination=again).opinion == ""


def test_resubmitting_asks_afresh(at):
    back = actions.give_opinion(
        by=at.appraiser, nomination=at.submitted(), opinion="more", text="Thiếu số liệu quý III."
    )
    assert back.state == "returned"
    again = take(NOMINATION_STEPS["submit"], back, by=at.head)
    asked = Appraisal.objects.get(nomination=again)
    assert (asked.opinion, asked.text, asked.given_by) == ("", "", None)
    assert "Thiếu số liệu quý III." in LogEntry.objects.about(again).values_list("note", flat=True)


def test_appraise_without_an_opinion_is_refused(at):
    with pytest.raises(Refused, match="ý kiến của phòng"):
        take(NOMINATION_STEPS["appraise"], at.submitted(), by=at.appraiser)


def test_list_needs_an_open_list(at):
    with pytest.raises(Refused, match="danh sách đang lấy ý kiến"):
        take(NOMINATION_STEPS["list"], at.appraised(), by=at.standing)


def test_table_waits_for_the_list_and_for_answers(at):
    nomination = at.appraised()
    listing = at.listing(nomination)
    comment = listing.entries.get().comments.create(author=at.clerk, text="Xem lại số liệu")
    nomination.refresh_from_db()
    with pytest.raises(Refused, match="còn đang lấy ý kiến"):
        take(NOMINATION_STEPS["table"], nomination, by=at.standing)
    take(LISTING_STEPS["close"], at.over(listing), by=at.standing)
    with pytest.raises(Refused, match="chưa trả lời"):
        take(NOMINATION_STEPS["table"], nomination, by=at.standing)
    comment.answer, comment.answered_by, comment.answered_at = "Đã xem", at.standing, timezone.now()
    comment.save()
    assert take(NOMINATION_STEPS["table"], nomination, by=at.standing).state == "tabled"


def before_the_council(at: Road, yes: int, nomination: Nomination | None = None) -> Nomination:
    """A nominee with counted votes of ten members, the chair being `at.leader`."""
    nomination = nomination or in_state(at, "tabled")
    council = Council.objects.create(
        department=at.department, name="Hội đồng", established_by="Quyết định 1", established_on="2026-01-05"
    )
    session = Session.objects.create(
        council=council, title="Họp", held_at=timezone.now(), vote_percent=80, state="closed"
    )
    session.seats.create(person=at.leader.person, role="chair", present=True)
    Item.objects.create(session=session, nomination=nomination, yes=yes, no=10 - yes, members=10)
    return nomination


def test_choice_needs_enough_votes_of_all_members(at):
    with pytest.raises(Refused, match="không đủ số phiếu"):
        take(NOMINATION_STEPS["choose"], before_the_council(at, yes=7), by=at.leader)
    chosen = take(NOMINATION_STEPS["choose"], before_the_council(at, yes=8), by=at.leader)
    assert chosen.state == "chosen"


def test_choice_is_the_chairs(at):
    with pytest.raises(Refused, match="chủ trì"):
        take(NOMINATION_STEPS["choose"], before_the_council(at, yes=10), by=at.standing)


def used(at: Road) -> int:
    return at.movement.quotas.get(subject="individual").used


def test_choice_holds_a_place_and_never_one_too_many():
    at = road(places=1)
    take(NOMINATION_STEPS["choose"], before_the_council(at, yes=10), by=at.leader)
    assert used(at) == 1
    second = before_the_council(at, yes=10)
    with pytest.raises(Refused, match="Không còn chỗ"):
        take(NOMINATION_STEPS["choose"], second, by=at.leader)
    second.refresh_from_db()
    assert (second.state, used(at)) == ("tabled", 1)


def test_choice_would_overrun_the_plan_without_the_counter():
    at = road(places=1)
    unguarded = replace(NOMINATION_STEPS["choose"], then=None)
    made = [take(unguarded, before_the_council(at, yes=10), by=at.leader) for _ in range(2)]
    assert [nomination.state for nomination in made] == ["chosen", "chosen"]


def test_choice_in_a_movement_without_places_of_that_kind_is_refused():
    at = road(places=None)
    with pytest.raises(Refused, match="không dành chỗ cho cá nhân"):
        take(NOMINATION_STEPS["choose"], before_the_council(at, yes=10), by=at.leader)


def test_choice_in_an_open_movement_needs_no_place():
    at = road(places=None, quota_kind=Movement.QuotaKind.OPEN)
    assert take(NOMINATION_STEPS["choose"], before_the_council(at, yes=10), by=at.leader).state == "chosen"


def test_free_gives_the_place_back(at):
    chosen = take(NOMINATION_STEPS["choose"], before_the_council(at, yes=10), by=at.leader)
    assert used(at) == 1
    freed = take(NOMINATION_STEPS["free"], chosen, by=at.leader, note="Vi phạm kỷ luật")
    assert (freed.state, used(at)) == ("not_chosen", 0)


def test_free_waits_until_the_line_is_off_the_decision(at):
    chosen = take(NOMINATION_STEPS["choose"], before_the_council(at, yes=10), by=at.leader)
    on_a_decision(at, chosen, "draft")
    with pytest.raises(Refused, match="bỏ dòng đó"):
        take(NOMINATION_STEPS["free"], chosen, by=at.leader, note="Vi phạm kỷ luật")


def on_a_decision(at: Road, nomination: Nomination, state: str) -> Award:
    numbered = {} if state == "draft" else {"number": 7, "year": 2026, "signed_on": "2026-11-20"}
    decision = Decision.objects.create(
        department=at.department, title="Tặng Giấy khen", symbol="QĐ-SYT", authority_line="GIÁM ĐỐC",
        signatory_position="GIÁM ĐỐC", signatory_name="Lê Minh Khoa", state=state, **numbered,
    )  # fmt: skip
    return Award.objects.create(
        decision=decision, nomination=nomination, subject=nomination.subject, person=nomination.person,
        unit=at.unit, form="Giấy khen", name_on_paper=nomination.name, achievement="Vì thành tích",
        code=f"AB-{decision.pk}",
    )  # fmt: skip


@pytest.mark.parametrize(("state", "fits"), [("draft", False), ("numbered", False), ("signed", True)])
def test_award_stands_on_a_signed_decision(at, state, fits):
    chosen = in_state(at, "chosen")
    on_a_decision(at, chosen, state)
    assert (not refusals(NOMINATION_STEPS["award"], chosen, at.leader)) is fits


def test_ad_hoc_achievement_takes_the_short_road():
    at = road(places=1, route=Movement.Route.AD_HOC)
    nomination = at.appraised(achieved_on="2026-11-20")
    chosen = take(NOMINATION_STEPS["choose_ad_hoc"], nomination, by=at.leader)
    assert (chosen.state, used(at)) == ("chosen", 1)


def test_thematic_award_does_not_take_the_short_road(at):
    with pytest.raises(Refused, match="Chỉ khen thưởng đột xuất"):
        take(NOMINATION_STEPS["choose_ad_hoc"], at.appraised(), by=at.leader)


def test_clerk_gives_up_a_draft_but_not_what_the_head_has(at):
    assert take(NOMINATION_STEPS["withdraw"], at.draft(), by=at.clerk, note="Nhầm người").state == "withdrawn"
    with pytest.raises(Refused, match="thủ trưởng"):
        take(NOMINATION_STEPS["withdraw"], in_state(at, "with_head"), by=at.clerk, note="Nhầm người")


def test_list_is_closed_only_after_its_last_day(at):
    listing = at.listing()
    with pytest.raises(Refused, match="đến hết ngày"):
        take(LISTING_STEPS["close"], listing, by=at.standing)
    assert take(LISTING_STEPS["close"], at.over(listing), by=at.standing).state == Listing.State.CLOSED


def test_list_would_be_closed_early_without_the_guard(at):
    unguarded = replace(LISTING_STEPS["close"], when=())
    assert take(unguarded, at.listing(), by=at.standing).state == Listing.State.CLOSED


def test_completeness_is_what_the_flow_asks(at):
    assert flow.nomination.missing is completeness.missing
