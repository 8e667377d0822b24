"""The law's answer: frozen when sent, never changed, asked again beside; who sees it (K-16, K-25, D5)."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from guong.awards.actions import judging, nominations, unit_lists
from guong.awards.actions.judging import Judgement
from guong.awards.assessment_view import panel_of, sees_the_answer
from guong.awards.completeness import reasons_of
from guong.awards.models import Assessment, JudgedAnswer, Nomination
from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from guong.law import load
from guong.movements.models import Movement
from guong.records.models import Rating
from tests import factories as make
from tests.awards.annual import listed, rate, reprimand, review, worker
from tests.awards.house import house
from tests.awards.road import Road


@pytest.fixture
def opened(db) -> tuple[Road, Movement]:
    return review()


def sent(at: Road, movement: Movement, rating: str = "HTT") -> Nomination:
    """One advanced worker on the way."""
    (made,) = listed(at, movement, [worker(at, rating)])
    unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    return Nomination.objects.get(pk=made.pk)


def texts(nomination: Nomination, kind: str) -> list[str]:
    return [reason.text for reason in reasons_of(nomination) if reason.kind == kind]


def test_answer_is_frozen_whole_when_sent(opened):
    made = sent(*opened)
    line = made.assessments.get()
    assert (line.reason, line.regime, line.title_code, line.outcome) == ("submit", "R4", "LDTT", "open")
    assert line.unverified and line.checked == "eligible" and line.law_version == load().version
    full = line.full()
    assert json.loads(json.dumps(full.to_json())) == line.answer
    assert [leaf.source for leaf in full.finding.leaves()]


def test_nobody_changes_or_deletes_a_frozen_line(opened):
    line = sent(*opened).assessments.get()
    for write in (
        lambda: Assessment.objects.filter(pk=line.pk).update(outcome="eligible"),
        lambda: Assessment.objects.filter(pk=line.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            write()
    line.refresh_from_db()
    assert line.outcome == "open"


def test_without_the_trigger_a_frozen_line_is_rewritten(opened):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER guong_assessment_stays ON awards_assessment")
    line = sent(*opened).assessments.get()
    assert Assessment.objects.filter(pk=line.pk).update(outcome="eligible") == 1


def test_judged_answers_stay_too(opened):
    at, movement = opened
    made = sent(at, movement)
    said = judging.judge(by=at.standing, nomination=made, said=Judgement("spirit", True, "Biên bản 12"))
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        JudgedAnswer.objects.filter(pk=said.pk).update(answer=False)


def test_not_eligible_is_named_with_its_article_and_stays_with_the_unit(opened):
    at, movement = opened
    (made,) = listed(at, movement, [worker(at, "HT")])
    (text,) = texts(made, "must")
    assert text.startswith("Chưa đạt: Xếp loại của năm từ hoàn thành tốt nhiệm vụ trở lên")
    source = next(reason.source for reason in reasons_of(made) if reason.kind == "must")
    assert "Đ.24(1)" in source and "chưa kiểm chứng" in source
    with pytest.raises(Refused, match="chưa đủ điều kiện"):
        nominations.step(by=at.head, nomination=made, name="submit")
    assert not Assessment.objects.exists()


def test_head_insists_with_a_reason_where_the_text_is_not_verified(opened):
    at, movement = opened
    (made,) = listed(at, movement, [worker(at, "HT")])
    with pytest.raises(Refused, match="Chỉ thủ trưởng"):
        nominations.insist(by=at.clerk, nomination=made, reason="Sở đã hướng dẫn")
    with pytest.raises(Refused, match="lý do"):
        nominations.insist(by=at.head, nomination=made, reason=" ")
    nominations.insist(by=at.head, nomination=made, reason="Sở hướng dẫn tại công văn 55/SYT")
    done = nominations.step(by=at.head, nomination=made, name="submit")
    assert (done.state, done.assessments.get().outcome) == ("submitted", "not_eligible")
    assert any("công văn 55/SYT" in text for text in texts(done, "open"))


def test_a_verified_refusal_cannot_be_insisted_on(opened, monkeypatch):
    at, movement = opened
    (made,) = listed(at, movement, [worker(at, "HT")])
    nominations.insist(by=at.head, nomination=made, reason="Vẫn đề nghị")
    for place in ("assessing", "eligibility"):
        monkeypatch.setattr(f"guong.awards.{place}.received_on", lambda _nomination: date(2025, 9, 1))
    assert len(texts(made, "must")) == 1


def test_open_says_what_a_record_must_settle(opened):
    at, movement = opened
    (made,) = listed(at, movement, [worker(at, "")])
    assert any("Sổ thành tích còn thiếu: xếp loại" in text for text in texts(made, "open"))
    assert unit_lists.send_list(by=at.head, movement=movement, unit=at.unit) == 1


def test_what_people_judge_counts_from_the_next_asking(opened):
    at, movement = opened
    made = sent(at, movement)
    with pytest.raises(Refused, match="không có gì thay đổi"):
        judging.ask_again(by=at.standing, nomination=made)
    judging.judge(by=at.standing, nomination=made, said=Judgement("spirit", True, "Biên bản 12"))
    first = made.assessments.get()
    panel = panel_of(made, at.standing)
    assert panel.changed and [change["now"] for change in panel.changes] == ["đạt"]
    second = judging.ask_again(by=at.standing, nomination=made)
    assert (second.reason, second.outcome) == ("changed", "eligible")
    assert list(made.assessments.values_list("pk", flat=True)) == [second.pk, first.pk]


def test_facts_that_change_show_beside_what_was_frozen(opened):
    at, movement = opened
    made = sent(at, movement)
    Rating.objects.filter(person=made.person).delete()
    rate(at, made.person, "HT")
    panel = panel_of(made, at.standing)
    assert panel.last.line.outcome == "open" and panel.today_look == "stop"
    assert panel.changes[0] == {
        "condition": "Xếp loại của năm từ hoàn thành tốt nhiệm vụ trở lên", "was": "đạt", "now": "chưa đạt",
    }  # fmt: skip


def test_another_regime_needs_the_standing_office_and_a_reason(opened):
    at, movement = opened
    made = sent(at, movement)
    with pytest.raises(Refused, match="thường trực"):
        judging.set_regime(by=at.head, nomination=made, regime="R3", reason="Hồ sơ nhận trước 01/10")
    with pytest.raises(Refused, match="lý do"):
        judging.set_regime(by=at.standing, nomination=made, regime="R3", reason="")
    line = judging.set_regime(by=at.standing, nomination=made, regime="R3", reason="Nhận trước 01/10")
    assert (line.regime, line.overridden, line.reason) == ("R3", True, "again")
    assert panel_of(made, at.standing).changed is False
    with pytest.raises(IntegrityError, match="assessment_override_has_a_reason"), transaction.atomic():
        Assessment.objects.create(
            nomination=made, title_code="LDTT", reason="again", received_on=line.received_on, regime="R3",
            overridden=True, outcome="open", checked="open", unverified=False, law_version="x", answer={},
            by=at.standing,
        )  # fmt: skip


def test_only_who_must_judge_may(opened):
    at, movement = opened
    made = sent(at, movement)
    for user in (at.head, at.leader, at.appraiser):
        with pytest.raises(Refused):
            judging.judge(by=user, nomination=made, said=Judgement("spirit", True, "Biên bản"))
    with pytest.raises(Refused, match="không hỏi điều này"):
        judging.judge(by=at.standing, nomination=made, said=Judgement("sudden_feat", True, "Biên bản"))


def test_who_sees_the_answer(opened):
    at, movement = opened
    made = sent(at, movement)
    own = make.user(Role.EMPLOYEE, at.unit, made.person)
    others = [make.user(Role.EMPLOYEE, at.unit), make.user(Role.UNIT_HEAD, make.unit(at.department))]
    assert [sees_the_answer(user, made) for user in (at.head, at.clerk, at.standing, own)] == [True] * 4
    assert [sees_the_answer(user, made) for user in (at.leader, at.appraiser, *others)] == [False] * 4
    assert panel_of(made, at.leader) is None


def test_council_sees_it_once_tabled_and_not_who_stands_back(db):
    at = house()
    (made,) = at.listed()
    assert not sees_the_answer(at.members[0], made)
    session = at.called([made])
    assert sees_the_answer(at.members[0], made)
    item, seat = session.items.get(), session.seats.get(person=at.members[0].person)
    item.recusals.create(seat=seat, reason="Người thân")
    assert not sees_the_answer(at.members[0], made)


def test_page_shows_the_panel_with_articles_to_the_office_and_not_to_the_leader(opened):
    at, movement = opened
    made = sent(at, movement)
    for user, there in ((at.standing, True), (at.head, True), (at.leader, False)):
        client = Client()
        client.force_login(user)
        page = client.get(made.get_absolute_url()).content.decode()
        assert ("Điều kiện theo luật" in page) is there
        assert ("L22 Đ.24(1)" in page) is there


def test_a_discipline_stands_in_no_log(opened):
    at, movement = opened
    work = worker(at, "HTT")
    reprimand(at, work.person)
    (made,) = listed(at, movement, [work])
    with pytest.raises(Refused):
        nominations.step(by=at.head, nomination=made, name="submit")
    assert texts(made, "must")
    assert not any("kỷ luật" in note.lower() for note in LogEntry.objects.values_list("note", flat=True))
