"""Number, signed copy, issue, cancellation and revocation (K-06, K-07, K-17)."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from guong.awards.actions import decisions, issuing
from guong.awards.flow import DECISION_STEPS
from guong.awards.models import Award, Decision, Nomination
from guong.base.access import Role
from guong.base.models import LogEntry, NumberSeries
from guong.base.workflow import Refused, take
from guong.movements.models import Quota, Subject
from tests import factories as make
from tests.awards.house import PDF, House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=3)


def today():
    return timezone.localdate()


def used(at: House) -> int:
    return Quota.objects.get(movement=at.movement, subject=Subject.INDIVIDUAL).used


def test_numbers_follow_each_other_within_a_year(at):
    numbers = [at.numbered().full_number for _ in range(3)]
    assert numbers == ["01/QĐ-SYT", "02/QĐ-SYT", "03/QĐ-SYT"]
    series = NumberSeries.objects.get(body=at.department)
    assert (series.year, series.last) == (today().year, 3)


def test_number_starts_again_with_a_year_and_with_a_department(at):
    last_year = today().replace(month=1, day=1) - timedelta(days=1)
    old = issuing.give_number(by=at.clerk, decision=at.draft(), signed_on=last_year)
    assert (old.number, old.year) == (1, last_year.year)
    assert at.numbered().number == 1
    assert house(members=3).numbered().number == 1


def test_refused_number_is_not_spent(at):
    empty = at.draft()
    decisions.remove_line(by=at.clerk, decision=empty, version=1, award=empty.awards.get())
    with pytest.raises(Refused):
        issuing.give_number(by=at.clerk, decision=empty, signed_on=today())
    with pytest.raises(Refused):
        issuing.give_number(by=at.clerk, decision=at.draft(), signed_on=today() + timedelta(days=1))
    assert at.numbered().number == 1


def test_later_number_does_not_bear_an_earlier_day(at):
    at.numbered()
    if today().timetuple().tm_yday > 1:
        with pytest.raises(Refused):
            issuing.give_number(by=at.clerk, decision=at.draft(), signed_on=today() - timedelta(days=1))


def test_number_by_hand_from_the_registry(at):
    by_hand = issuing.give_number(by=at.clerk, decision=at.draft(), signed_on=today(), by_hand=213)
    assert by_hand.full_number == "213/QĐ-SYT"
    assert at.numbered().number == 214
    with pytest.raises(Refused):
        issuing.give_number(by=at.clerk, decision=at.draft(), signed_on=today(), by_hand=213)
    assert issuing.give_number(by=at.clerk, decision=at.draft(), signed_on=today(), by_hand=200).number == 200
    assert at.numbered().number == 215


def test_second_number_for_one_decision_is_refused(at):
    decision = at.numbered()
    with pytest.raises(Refused):
        issuing.give_number(by=at.clerk, decision=decision, signed_on=today())
    assert Decision.objects.get().number == 1
    assert NumberSeries.objects.get().last == 1


def test_signed_copy_is_kept_with_its_hash(at):
    decision = issuing.keep_signed_copy(by=at.clerk, decision=at.numbered(), name="qd.pdf", data=PDF)
    assert decision.signed_file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert decision.signed_file.content.read() == PDF
    better = issuing.keep_signed_copy(by=at.clerk, decision=decision, name="qd2.pdf", data=PDF + b" ")
    assert better.signed_file.name == "qd2.pdf"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 a zip", b"<html>%PDF-1.7 %%EOF", PDF[:-7], b"%PDF-1.4" + b"0" * 21_000_000]
)
def test_what_is_no_whole_pdf_is_refused(at, data):
    decision = at.numbered()
    with pytest.raises(Refused):
        issuing.keep_signed_copy(by=at.clerk, decision=decision, name="qd.pdf", data=data)
    decision.refresh_from_db()
    assert (decision.state, decision.signed_file) == ("numbered", None)


def test_issue_makes_awards(at):
    decision = at.issued(2)
    assert (decision.state, decision.issued_at is not None) == ("issued", True)
    assert set(Nomination.objects.values_list("state", flat=True)) == {"awarded"}
    assert Award.objects.valid().count() == 2
    assert used(at) == 2


def test_awards_are_invisible_until_issued(at):
    employee = make.user(Role.EMPLOYEE, at.unit)
    decision = at.signed()
    assert not Award.objects.valid().exists()
    assert not Decision.objects.visible_to(employee).exists()
    issuing.issue(by=at.leader, decision=decision)
    assert Award.objects.valid().visible_to(employee).count() == 1


def test_second_issue_is_refused(at):
    decision = at.issued()
    with pytest.raises(Refused):
        issuing.issue(by=at.leader, decision=decision)
    assert LogEntry.objects.about(decision).filter(action="issue", refused=False).count() == 1


def test_leader_named_in_the_decision_does_not_issue_it(at):
    nominations = at.listed(1, who=at.leader.person)
    at.concluded(nominations)
    decision = decisions.draft(by=at.clerk, department=at.department, nominations=nominations)
    decision = issuing.give_number(by=at.clerk, decision=decision, signed_on=today())
    decision = issuing.keep_signed_copy(by=at.clerk, decision=decision, name="qd.pdf", data=PDF)
    with pytest.raises(Refused):
        issuing.issue(by=at.leader, decision=decision)
    assert LogEntry.objects.about(decision).filter(action="issue", refused=True).count() == 1
    assert issuing.issue(by=make.user(Role.LEADER, at.department), decision=decision).state == "issued"


WRITES = {
    "number": ("draft", lambda at, d, by: issuing.give_number(by=by, decision=d, signed_on=today()), "clerk"),
    "keep_signed_copy": (
        "numbered", lambda at, d, by: issuing.keep_signed_copy(by=by, decision=d, name="q.pdf", data=PDF),
        "clerk",
    ),
    "issue": ("signed", lambda at, d, by: issuing.issue(by=by, decision=d), "leader"),
    "void": ("signed", lambda at, d, by: issuing.void(by=by, decision=d, reason="sai tên"), "leader"),
    "revoke": ("issued", lambda at, d, by: issuing.revoke(by=by, decision=d, reason="khai man"), "leader"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITES)
def test_each_step_is_refused_to_each_wrong_role(at, name):
    stage, write, right = WRITES[name]
    decision = getattr(at, stage)()
    allowed = {"clerk": Role.STANDING_OFFICE, "leader": Role.LEADER}[right]
    wrong = [make.user(role, at.department) for role in Role.values if role != allowed]
    wrong += [
        at.chair,
        house(members=3).clerk,
        house(members=3).leader,
        at.leader if right == "clerk" else at.clerk,
    ]
    for user in wrong:
        with pytest.raises(Refused):
            write(at, decision, user)
    decision.refresh_from_db()
    assert decision.state == stage
    assert LogEntry.objects.about(decision).filter(action=name, refused=True).count() == len(wrong)
    assert write(at, decision, getattr(at, right)).state == DECISION_STEPS[name].target


def test_wrong_role_issues_once_the_rule_is_switched_off(at, monkeypatch):
    """The twin: without `who` the clerk would issue."""
    decision = at.signed()
    bare = {name: step.__class__(**{**vars(step), "who": ()}) for name, step in DECISION_STEPS.items()}
    monkeypatch.setattr(issuing, "DECISION_STEPS", bare)
    monkeypatch.setattr(issuing, "_make_award", lambda *_: None)
    assert issuing.issue(by=at.clerk, decision=decision).state == "issued"


def test_cancelled_decision_keeps_its_number_and_frees_its_nominees(at):
    decision = issuing.void(by=at.leader, decision=at.signed(2), reason="Sai căn cứ")
    assert (decision.state, decision.full_number) == ("void", "01/QĐ-SYT")
    assert decision.awards.count() == 2  # what stood on it stays on record
    assert not Award.objects.valid().exists()
    again = decisions.draft(
        by=at.clerk, department=at.department,
        nominations=decisions.waiting_for_a_decision(at.department),
    )  # fmt: skip
    assert issuing.give_number(by=at.clerk, decision=again, signed_on=today()).number == 2
    assert used(at) == 2


def test_cancelling_and_revoking_need_a_reason(at):
    with pytest.raises(Refused):
        issuing.void(by=at.leader, decision=at.numbered(), reason=" ")
    decision = at.issued()
    with pytest.raises(Refused):
        issuing.revoke(by=at.leader, decision=decision, reason="")
    with pytest.raises(Refused):
        issuing.revoke_award(by=at.leader, award=decision.awards.get(), reason="")


def test_issued_decision_is_revoked_not_cancelled(at):
    decision = at.issued()
    with pytest.raises(Refused):
        issuing.void(by=at.leader, decision=decision, reason="x")


def test_revoked_decision_ends_its_awards_at_once_and_keeps_the_places(at):
    decision = issuing.revoke(by=at.leader, decision=at.issued(2), reason="Khai man thành tích")
    assert not Award.objects.valid().exists()
    assert (decision.revoked_on, decision.revocation_reason) == (today(), "Khai man thành tích")
    assert used(at) == 2


def test_places_of_a_revoked_decision_come_back_by_choice(at):
    issuing.revoke(by=at.leader, decision=at.issued(2), reason="Khai man", give_places_back=True)
    assert used(at) == 0
    assert set(Award.objects.values_list("place_returned", flat=True)) == {True}


def test_one_revoked_award_leaves_the_others_in_force(at):
    decision = at.issued(2)
    first, second = decision.awards.all()
    issuing.revoke_award(by=at.leader, award=first, reason="Khai man", give_place_back=True)
    assert list(Award.objects.valid()) == [second]
    assert used(at) == 1
    with pytest.raises(Refused):
        issuing.revoke_award(by=at.leader, award=first, reason="lần nữa", give_place_back=True)
    issuing.revoke(by=at.leader, decision=decision, reason="cả quyết định", give_places_back=True)
    assert used(at) == 0


def test_only_leaders_revoke_one_award(at):
    award = at.issued().awards.get()
    for user in (at.clerk, at.chair, make.user(Role.ADMINISTRATOR, at.department), make.user()):
        with pytest.raises(Refused):
            issuing.revoke_award(by=user, award=award, reason="x")
    award.refresh_from_db()
    assert award.revoked_on is None


def test_place_is_counted_once_from_choice_to_award(at):
    """A3: used = chosen and waiting + awarded, less what was given back."""
    at.issued(2)
    at.draft(1)
    chosen = Nomination.objects.filter(state="chosen").count()
    granted = Award.objects.filter(decision__state="issued", place_returned=False).count()
    assert used(at) == chosen + granted == 3


@pytest.mark.parametrize("state", ["draft", "numbered", "signed", "issued"])
@pytest.mark.parametrize("step", DECISION_STEPS.values(), ids=lambda step: step.name)
def test_step_is_out_of_turn_exactly_outside_its_source(at, step, state):
    decision = getattr(at, state)()
    by = at.clerk if step.name in ("number", "keep_signed_copy") else at.leader
    if state not in step.source:
        with pytest.raises(Refused):
            take(step, decision, by=by, note="lý do")
