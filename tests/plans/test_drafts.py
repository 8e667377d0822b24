"""A plan written here: from nothing to issue, who may do what, and what holds afterwards (B-21)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guong.base.access import Role
from guong.base.models import LogEntry, NumberSeries
from guong.base.workflow import Refused
from guong.plans.actions import Changed, drafting, issuing
from guong.plans.flow import PLAN_DRAFT_STEPS
from guong.plans.models import Duty, Plan, PlanDraft, Reading
from guong.plans.writing.pages import page_called, pages
from tests import factories as make
from tests.plans.drafts import House, house, move, save, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house()


def today():
    return timezone.localdate()


def test_a_plan_goes_from_nothing_to_issue_and_makes_every_record(at):
    draft = at.issued()
    plan = draft.plan
    assert (plan.number, plan.issued_on, plan.body) == ("01/KH-SYT", today(), at.department)
    assert plan.movements.get().quotas.count() == 2
    assert Duty.objects.filter(obligation__plan=plan, body=at.hospital).exists()
    assert plan.content == draft.content
    assert plan.document.number == "01/KH-SYT"
    assert plan.reading.lines
    assert plan.reading.found["sources"]["title"]["words"]
    assert draft.word_file.sha256 == plan.reading.file.sha256
    assert draft.pdf_file.content.read(5) == b"%PDF-"


def test_reading_back_our_own_file_gives_the_plan(at):
    said = LogEntry.objects.about(at.issued()).filter(action="issue").values_list("note", flat=True)
    assert [note for note in said if "title" in note or "movements" in note] == []


def test_what_is_missing_is_told_and_nothing_moves(at):
    draft = drafting.start_draft(at.officer, at.department, origin="nothing")
    with pytest.raises(Refused) as told:
        move(draft, "submit", at.officer)
    assert "Tên" in str(told.value) or "Title" in str(told.value) or "kế hoạch" in str(told.value).lower()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_was_approved_is_what_was_read(at):
    draft = at.submitted()
    seen = draft.version
    draft = move(draft, "recall", at.officer)
    draft = save(draft, at.officer, page_called("chung"), draft.content | {"title": "Tên khác"})
    draft = move(draft, "submit", at.officer)
    with pytest.raises(Refused):
        drafting.move(at.leader, draft, "approve", version=seen)
    assert move(draft, "approve", at.leader).state == "approved"


def test_returned_with_a_reason_and_sent_again(at):
    draft = at.submitted()
    with pytest.raises(Refused):
        move(draft, "return_draft", at.leader)
    draft = move(draft, "return_draft", at.leader, "Thiếu thời hạn báo cáo quý III.")
    assert draft.open
    assert move(draft, "submit", at.officer).state == "submitted"


@pytest.mark.parametrize("stage", ["submitted", "approved", "numbered", "issued"])
def test_text_is_written_only_while_it_is_a_draft(at, stage):
    draft = getattr(at, stage)()
    page = page_called("chung")
    with pytest.raises(Refused):
        save(draft, at.officer, page, draft.content | {"title": "Khác"})


def test_two_people_write_on_two_pages_at_once_and_not_on_the_same(at):
    draft = at.draft()
    facts, recipients = page_called("chung"), page_called("noi-nhan")
    old = {page: page.stamp(draft.content) for page in (facts, recipients)}
    other = make.standing_officer(at.department)
    drafting.save_page(other, draft, facts, draft.content | {"title": "Của người kia"}, old[facts])
    mine = draft.content | {"distribution": [{"recipient": "Bộ Y tế", "purpose": "báo cáo"}]}
    fresh = drafting.save_page(at.officer, draft, recipients, mine, old[recipients])
    assert (fresh.content["title"], fresh.content["distribution"][0]["recipient"]) == (
        "Của người kia",
        "Bộ Y tế",
    )
    with pytest.raises(Changed):
        drafting.save_page(at.officer, draft, facts, draft.content | {"title": "Của tôi"}, old[facts])


def test_without_the_stamp_the_second_would_overwrite_the_first(at, monkeypatch):
    """The twin: a page whose stamp never changes loses what the first wrote."""
    draft = at.draft()
    facts = page_called("chung")
    monkeypatch.setattr(type(facts), "stamp", lambda *_: "same")
    drafting.save_page(at.officer, draft, facts, draft.content | {"title": "Của người kia"}, "same")
    last = drafting.save_page(at.officer, draft, facts, draft.content | {"title": "Của tôi"}, "same")
    assert last.content["title"] == "Của tôi"


WRONG = {"submit": "draft", "recall": "submitted", "approve": "submitted", "return_draft": "submitted"}


@pytest.mark.parametrize("name", WRONG)
def test_each_step_is_refused_to_each_wrong_role(at, name):
    draft = getattr(at, WRONG[name])()
    right = Role.LEADER if name in ("approve", "return_draft") else Role.STANDING_OFFICE
    people = [make.user(role, at.department) for role in Role.values if role != right]
    for user in (*people, at.clerk, at.head, house("Sở khác").officer, house("Sở nữa").leader):
        with pytest.raises(Refused):
            move(draft, name, user, "lý do")
    draft.refresh_from_db()
    assert draft.state == WRONG[name]
    move(draft, name, at.leader if right == Role.LEADER else at.officer, "lý do")


def test_wrong_role_would_approve_with_the_rule_switched_off(at, monkeypatch):
    """The twin: without `who` the clerk of a hospital approves the department's plan."""
    bare = {name: step.__class__(**{**vars(step), "who": ()}) for name, step in PLAN_DRAFT_STEPS.items()}
    monkeypatch.setattr(drafting, "PLAN_DRAFT_STEPS", bare)
    assert move(at.submitted(), "approve", at.clerk).state == "approved"


def test_numbers_follow_each_other_and_those_on_papers_brought_in(at):
    at.plan(number="40/KH-SYT", issued_on=f"{today().year}-01-05", issuer=at.department.name)
    assert [at.numbered().full_number for _ in range(2)] == ["41/KH-SYT", "42/KH-SYT"]
    by_hand = issuing.give_number(at.officer, at.approved(), on=today(), by_hand=7)
    assert by_hand.full_number == "07/KH-SYT"
    with pytest.raises(Refused):
        issuing.give_number(at.officer, at.approved(), on=today(), by_hand=40)


def test_refused_number_is_not_spent(at):
    with pytest.raises(Refused):
        issuing.give_number(at.officer, at.approved(), on=today() + timedelta(days=1))
    with pytest.raises(Refused):
        issuing.give_number(at.leader, at.approved(), on=today())
    assert at.numbered().number == 1
    assert NumberSeries.objects.get(symbol="KH-SYT").last == 1


def test_every_body_has_its_own_series(at):
    at.numbered()
    draft = drafting.start_draft(at.clerk, at.hospital, origin="nothing")
    assert draft.symbol.startswith("KH-")
    assert draft.symbol != "KH-SYT"


def test_given_up_with_its_number_leaves_no_gap_in_the_register(at):
    draft = at.numbered()
    with pytest.raises(Refused):
        move(draft, "drop", at.officer, "Không ban hành nữa")
    assert move(draft, "drop", at.leader, "Không ban hành nữa").full_number == "01/KH-SYT"
    assert at.numbered().number == 2


def test_second_issue_is_refused(at):
    draft = at.issued()
    with pytest.raises(Refused):
        issuing.issue(at.officer, draft)
    assert Plan.objects.count() == Reading.objects.count() == 1


def test_a_draft_changed_after_it_was_seen_is_not_issued(at):
    draft = at.numbered()
    with pytest.raises(Refused):
        issuing.issue(at.officer, draft, version=draft.version - 1)
    assert not Plan.objects.exists()


def test_a_revision_waits_for_its_own_road(at):
    plan = at.issued().plan
    draft = drafting.start_draft(at.officer, at.department, origin="revision", plan=plan)
    assert draft.content["title"] == plan.title
    with pytest.raises(Refused):
        drafting.start_draft(at.officer, at.department, origin="revision", plan=plan)


HELD = [
    ("number", 99), ("content", {"title": "Khác"}), ("issued_on", "2020-01-01"), ("symbol", "KH-KHAC"),
    ("word_file", None), ("pdf_file", None), ("plan", None), ("state", "draft"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), HELD)
def test_the_database_holds_an_issued_draft(at, field, value):
    draft = at.issued()
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanDraft.objects.filter(pk=draft.pk).update(**{field: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanDraft.objects.filter(pk=draft.pk).delete()


def test_without_its_trigger_the_database_lets_an_issued_text_change(at):
    """The twin: the trigger switched off, the text of an issued plan can be rewritten."""
    draft = at.issued()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE plans_plandraft DISABLE TRIGGER guong_plan_draft_holds")
    assert PlanDraft.objects.filter(pk=draft.pk).update(content={"title": "Khác"}) == 1


def test_the_database_refuses_a_number_given_twice(at):
    first, second = at.numbered(), at.approved()
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanDraft.objects.filter(pk=second.pk).update(
            number=first.number, year=first.year, issued_on=first.issued_on
        )


def test_drafts_are_seen_where_they_are_written_and_by_readers_of_the_sector(at):
    mine = at.draft()
    theirs = drafting.start_draft(at.clerk, at.hospital, origin="nothing")
    stranger = make.user(Role.UNIT_CLERK, make.unit(at.department))
    assert set(PlanDraft.objects.visible_to(at.officer)) == {mine, theirs}
    assert set(PlanDraft.objects.visible_to(at.clerk)) == {theirs}
    assert not PlanDraft.objects.visible_to(stranger).exists()
    assert not PlanDraft.objects.visible_to(make.user(Role.EMPLOYEE, at.hospital)).exists()
    assert not PlanDraft.objects.visible_to(house("Sở khác").officer).exists()


def test_the_head_of_a_small_station_writes_and_approves_alone(at):
    station = make.unit(at.department, "Trạm Y tế xã Bến Trúc")
    head = make.user(Role.UNIT_HEAD, station)
    draft = drafting.start_draft(head, station, origin="nothing")
    from_whole = whole(title="Kế hoạch của trạm")
    for page in pages():
        part = {name: from_whole[name] for name in page.keys if name in from_whole}
        draft = save(draft, head, page, draft.content | part)
    draft = issuing.give_number(head, move(move(draft, "submit", head), "approve", head), on=today())
    plan = issuing.issue(head, draft).plan
    assert plan.kept_by == station
    assert not Duty.objects.filter(obligation__plan=plan).exclude(body=station).exists()


def test_signed_copy_is_kept_by_the_keepers_of_the_plan(at):
    plan = at.issued().plan
    pdf = b"%PDF-1.4\n%%EOF\n"
    for user in (at.clerk, at.head, make.user(Role.ADMINISTRATOR, at.department)):
        with pytest.raises(Refused):
            issuing.keep_signed_copy(user, plan, "ban-ky.pdf", pdf)
    with pytest.raises(Refused):
        issuing.keep_signed_copy(at.officer, plan, "ban-ky.pdf", b"<html>")
    assert issuing.keep_signed_copy(at.officer, plan, "ban-ky.pdf", pdf).signed_file.size == len(pdf)
