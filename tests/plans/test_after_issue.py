"""Copies, reminders, units' own plans and difficulties: who may, what follows, what others do not see."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guong.base.access import Role
from guong.base.workflow import Refused, take
from guong.plans import delivering, difficulties, waiting
from guong.plans.actions import drafting, issuing, revisions
from guong.plans.after.cascade import Cascade
from guong.plans.flow import DIFFICULTY_STEPS, REVIEW_STEPS
from guong.plans.models import Delivery, Difficulty, Plan, PlanDraft, Reminder, Review
from tests import factories as make
from tests.plans import readings
from tests.plans import revisions as made

pytestmark = pytest.mark.django_db


class House:
    """A department with its plan in force, its units and the people who act there."""

    def __init__(self) -> None:
        self.department = make.department()
        self.office = make.standing_officer(self.department)
        self.leader = make.user(Role.LEADER, self.department)
        self.bodies = readings.sector(self.department)
        self.unit = self.bodies["one"]
        self.head = make.user(Role.UNIT_HEAD, self.unit)
        self.clerk = make.user(Role.UNIT_CLERK, self.unit)
        self.other = make.user(Role.UNIT_HEAD, self.bodies["two"])
        self.section = make.section(self.unit, "Khoa Khám bệnh")
        self.section_head = make.user(Role.SECTION_HEAD, self.section)
        self.plan = made.plan(self.department, self.office)

    @property
    def copy(self) -> Delivery:
        return Delivery.objects.get(plan=self.plan, body=self.unit)


@pytest.fixture
def at():
    return House()


def titles(user) -> list[str]:
    return [task.title for task in waiting.waiting_for(user)]


# Copies


def test_every_body_of_ours_gets_a_copy_with_its_purpose_and_nobody_outside(at):
    found = dict(Delivery.objects.filter(plan=at.plan).values_list("body__name", "purpose"))
    assert found == {
        "Bệnh viện Mắt": "execute", "Bệnh viện Phổi": "execute", "Văn phòng Sở": "coordinate",
        "Trung tâm Kiểm soát bệnh tật tỉnh": "execute",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "purpose", "wanted"),
    [
        ("Bộ Y tế", "để b/c", "report"), ("Bộ Y tế", "báo cáo", "report"), ("VP", "P/hợp", "coordinate"),
        ("Các đơn vị", "T/hiện", "execute"), ("Lưu: VT, TCCB", "", "file"),
        ("Sở Nội vụ", "để biết", "inform"), ("Sở Nội vụ", "", "inform"),
    ],
)  # fmt: skip
def test_purposes_as_papers_write_them(at, text, purpose, wanted):
    recipient = at.plan.recipients.model(plan=at.plan, text=text, purpose=purpose)
    assert delivering.purpose_of(recipient) == wanted


def test_a_body_in_two_lines_gets_one_copy_for_the_stronger_purpose(at):
    twice = [
        {"recipient": "Bệnh viện Mắt", "purpose": "để biết"},
        {"recipient": "Các đơn vị trực thuộc", "purpose": "thực hiện"},
        {"recipient": "Bệnh viện Mắt", "purpose": "báo cáo"},
    ]
    plan = made.plan(at.department, at.office, number="32/KH-SYT", distribution=twice)
    assert plan.deliveries.get(body=at.unit).purpose == "execute"


def test_the_unit_reads_its_copy_once_and_its_task_is_gone(at):
    assert any("31/KH-SYT" in title for title in titles(at.clerk))
    delivering.confirm_read(at.clerk, at.copy)
    assert (at.copy.read_by, at.copy.read_at is not None) == (at.clerk, True)
    assert not any(title.startswith("Đọc kế hoạch") for title in titles(at.clerk))
    with pytest.raises(Refused, match="đã xác nhận"):
        delivering.confirm_read(at.head, at.copy)


@pytest.mark.parametrize("who", ["office", "leader", "other", "section_head"])
def test_nobody_else_reads_for_the_unit(at, who):
    with pytest.raises(Refused, match="Bệnh viện Mắt"):
        delivering.confirm_read(getattr(at, who), at.copy)
    assert at.copy.read_at is None


def test_the_unit_passes_it_on_and_the_section_reads_it(at):
    make.section(at.unit, "Khoa Dược")
    assert delivering.pass_on(at.head, at.copy, [at.section]) == 1
    assert at.copy.read_by == at.head, "who passes it on has read it"
    assert any("31/KH-SYT" in title for title in titles(at.section_head))
    handed = at.copy.handed.get()
    with pytest.raises(Refused):
        delivering.confirm_read(at.head, handed)
    delivering.confirm_read(at.section_head, handed)
    assert delivering.pass_on(at.head, at.copy, delivering.sections_of(at.unit)) == 1, "only the one left"
    with pytest.raises(Refused, match="đã có"):
        delivering.pass_on(at.head, at.copy, delivering.sections_of(at.unit))
    with pytest.raises(Refused):
        delivering.pass_on(at.other, at.copy, [at.section])


def test_reminders_are_counted_once_a_day_and_seen_at_home_with_their_day(at):
    units = [at.unit, at.bodies["two"]]
    assert delivering.remind(at.office, at.plan, units, "read") == 2
    with pytest.raises(Refused, match="Hôm nay đã nhắc"):
        delivering.remind(at.leader, at.plan, units, "read")
    Reminder.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert delivering.remind(at.office, at.plan, units, "read") == 2
    assert Reminder.objects.filter(body=at.unit).count() == 2
    (task,) = [one for one in waiting.waiting_for(at.head) if one.title.startswith("Đọc kế hoạch")]
    assert f"{timezone.localdate():%d/%m/%Y}" in task.reason


def test_the_database_reminds_once_a_day(at):
    Reminder.objects.create(plan=at.plan, body=at.unit, about="read", day=timezone.localdate(), by=at.office)
    with pytest.raises(IntegrityError, match="reminder_once_a_day"), transaction.atomic():
        Reminder.objects.create(
            plan=at.plan, body=at.unit, about="read", day=timezone.localdate(), by=at.office
        )


def test_only_the_issuer_reminds_units_and_a_unit_its_own_sections(at):
    with pytest.raises(Refused):
        delivering.remind(at.head, at.plan, [at.bodies["two"]], "read")
    delivering.pass_on(at.head, at.copy, [at.section])
    assert delivering.remind(at.clerk, at.plan, [at.section], "read") == 1
    with pytest.raises(Refused):
        delivering.remind(at.other, at.plan, [at.section], "read")


def test_a_new_edition_goes_out_anew(at):
    delivering.confirm_read(at.head, at.copy)
    made.revise(at.plan, at.office, title="Thi đua quý IV và Tết")
    newest = Delivery.objects.current().get(plan=at.plan, body=at.unit)
    assert (newest.edition, newest.read_at) == (1, None)
    assert any(title.startswith("Đọc kế hoạch") for title in titles(at.head))
    with pytest.raises(IntegrityError, match="delivery_once_per_edition"), transaction.atomic():
        Delivery.objects.create(plan=at.plan, body=at.unit, edition=1, purpose="execute")


def test_a_unit_sees_its_own_copy_only(at, client):
    client.force_login(at.other)
    assert client.get(at.copy.get_absolute_url()).status_code == 404
    page = client.get(reverse("plans:copies", args=[at.plan.pk])).content.decode()
    assert "Bệnh viện Mắt" not in page
    assert "Bệnh viện Phổi" in page


# Units' own plans


def test_units_are_counted_on_both_denominators_drafts_apart(at, client):
    made.derived(at.plan, at.unit)
    PlanDraft.objects.create(
        department=at.department, body=at.bodies["two"], parent=at.plan, symbol="KH-BVP", year=2026,
        created_by=at.other,
    )  # fmt: skip
    cascade = Cascade(at.plan)
    assert [(one.done, one.total) for one in cascade.cover] == [(1, 3), (1, 4)]
    assert cascade.writing == 1
    assert at.unit not in cascade.missing
    client.force_login(at.office)
    page = client.get(reverse("plans:cascade", args=[at.plan.pk]), {"state": "missing"}).content.decode()
    assert "Bệnh viện Sao Mai" in page
    assert '<th scope="row">Bệnh viện Mắt' not in page
    few = client.get(reverse("plans:cascade", args=[at.plan.pk]), {"units": "subordinate"}).content.decode()
    assert '<th scope="row">Bệnh viện Sao Mai' not in few


def test_the_workbook_names_every_unit(at, client):
    made.derived(at.plan, at.unit)
    client.force_login(at.office)
    answer = client.get(reverse("plans:cascade_sheet", args=[at.plan.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    names = [row[0].value for row in book.active.iter_rows()]
    assert {"Bệnh viện Mắt", "Bệnh viện Phổi", "Bệnh viện Sao Mai"} <= set(names)


def test_units_without_a_plan_are_reminded_until_they_have_one(at, client):
    client.force_login(at.office)
    client.post(reverse("plans:remind", args=[at.plan.pk]), {"about": "derive"})
    assert Reminder.objects.filter(about="derive").count() == 4
    assert any("Ban hành kế hoạch" in title for title in titles(at.head))
    made.derived(at.plan, at.unit)
    assert not any("Ban hành kế hoạch" in title for title in titles(at.head))


@pytest.mark.parametrize("many", [1, 3, 300])
def test_pages_ask_the_same_few_queries_however_many_units(many, client):
    department = make.department()
    office = make.standing_officer(department)
    for number in range(many):
        make.unit(department, f"Trạm số {number}")
    plan = made.plan(department, office)
    client.force_login(office)
    for name, most in (("plan", 40), ("copies", 16), ("cascade", 14)):
        address = reverse(f"plans:{name}", args=[plan.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, name


# Difficulties


def reported(at, **more) -> Difficulty:
    return difficulties.report(at.clerk, at.plan, at.unit, "Thiếu máy in tại trạm.", **more)


def test_a_unit_reports_and_the_office_answers_and_the_unit_notes_it(at):
    one = reported(at, upload=SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\n0"))
    assert one.file.name == "anh.png"
    assert any("Bệnh viện Mắt" in title for title in titles(at.office))
    difficulties.answer(at.office, one, "Mượn máy của trung tâm.")
    one.refresh_from_db()
    assert (one.state, one.answered_by, one.answer) == ("answered", at.office, "Mượn máy của trung tâm.")
    assert any("trả lời" in title for title in titles(at.head))
    difficulties.note_answer(at.head, one)
    assert not any("trả lời" in title for title in titles(at.head))


@pytest.mark.parametrize("who", ["office", "other", "section_head"])
def test_nobody_else_reports_for_the_unit(at, who):
    with pytest.raises(Refused):
        difficulties.report(getattr(at, who), at.plan, at.unit, "Thiếu người.")
    assert not Difficulty.objects.exists()


def test_only_who_keeps_the_plan_answers_and_with_words(at):
    one = reported(at)
    with pytest.raises(Refused):
        difficulties.answer(at.head, one, "Tự giải quyết.")
    with pytest.raises(Refused, match="hướng dẫn"):
        difficulties.answer(at.office, one, "  ")
    with pytest.raises(IntegrityError, match="difficulty_answer_has_words"), transaction.atomic():
        Difficulty.objects.filter(pk=one.pk).update(state="answered")


def test_after_the_period_and_after_the_plan_is_closed_nothing_is_reported(at):
    Plan.objects.filter(pk=at.plan.pk).update(period_start=None, period_end="2020-01-01")
    at.plan.refresh_from_db()
    with pytest.raises(Refused, match="01/01/2020"):
        reported(at)
    at.plan.state = "closed"
    with pytest.raises(Refused, match="khép lại"):
        reported(at)


def test_an_open_difficulty_is_taken_back_an_answered_one_is_not(at):
    one = reported(at)
    with pytest.raises(Refused):
        take(DIFFICULTY_STEPS["withdraw"], one, by=at.other, note="Đã xong")
    take(DIFFICULTY_STEPS["withdraw"], one, by=at.head, note="Đã xong")
    with pytest.raises(Refused):
        difficulties.answer(at.office, one, "Muộn rồi.")


def test_other_units_do_not_see_it(at, client):
    one = reported(at, upload=SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\n0"))
    client.force_login(at.other)
    for name in ("difficulty", "difficulty_file"):
        assert client.get(reverse(f"plans:{name}", args=[one.pk])).status_code == 404
    for name in ("difficulty_step", "note_answer", "adjust"):
        assert client.post(reverse(f"plans:{name}", args=[one.pk])).status_code == 404
    assert one.text not in client.get(reverse("plans:difficulties")).content.decode()
    assert one.text not in client.get(at.plan.get_absolute_url()).content.decode()


def test_a_form_with_an_error_keeps_what_was_typed_and_sent_twice_makes_one(at, client):
    client.force_login(at.clerk)
    address = reverse("plans:report_difficulty", args=[at.plan.pk])
    key = client.get(address).context["form"]["key"].value()
    said = {"key": str(key), "body": at.unit.pk, "text": "Thiếu máy in"}
    bad = SimpleUploadedFile("a.exe", b"MZ\x00\x00")
    answer = client.post(address, said | {"file": bad})
    assert answer.status_code == 422
    assert "Thiếu máy in" in answer.content.decode()
    assert client.post(address, said).status_code == client.post(address, said).status_code == 302
    assert Difficulty.objects.filter(text="Thiếu máy in").count() == 1


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_difficulties_asks_the_same_few_queries(at, client, many):
    for _ in range(many):
        reported(at)
    client.force_login(at.office)
    client.get(reverse("plans:difficulties"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("plans:difficulties"))
    assert len(asked) <= 9


# A difficulty answered by a revision, all the way


def whole_road(at, one: Difficulty) -> PlanDraft:
    draft = revisions.answer_by_revision(at.office, one)
    content = draft.content | {"deadlines": [draft.content["deadlines"][0] | {"on": "2027-01-20"}]}
    PlanDraft.objects.filter(pk=draft.pk).update(content=content)
    draft.refresh_from_db()
    draft = drafting.move(at.office, draft, "submit", version=draft.version)
    draft = drafting.move(at.leader, draft, "approve", version=draft.version)
    draft = issuing.give_number(at.office, draft, on=timezone.localdate())
    return issuing.issue(at.office, draft)


def test_a_difficulty_becomes_revision_one_and_units_review_their_plans(at, client):
    own = made.derived(at.plan, at.unit)
    one = reported(at)
    draft = whole_road(at, one)
    at.plan.refresh_from_db()
    one.refresh_from_db()
    revision = at.plan.revisions.get()
    assert (revision.number, revision.paper_number) == (1, draft.full_number)
    assert revision.reason.startswith("Khó khăn của Bệnh viện Mắt")
    assert (one.state, one.revision, at.plan.edition) == ("adjusted", revision, 1)
    assert at.plan.obligations.get().due_on.isoformat() == "2027-01-19"
    review = Review.objects.get()
    assert (review.plan, review.state) == (own, "open")
    assert any(title.startswith("Rà soát kế hoạch") for title in titles(at.head))
    client.force_login(at.head)
    page = client.get(revision.get_absolute_url()).content.decode()
    assert "<del>" in page
    assert "20/01/2027" in page
    take(REVIEW_STEPS["keep"], review, by=at.head, note="Đơn vị đã ghi hạn sớm hơn.")
    review.refresh_from_db()
    assert (review.state, review.settled_at is not None) == ("kept", True)


def test_a_revision_that_could_not_be_issued_is_told_before_approval(at):
    make.nomination(at.plan.movements.get(), at.unit)
    draft = revisions.begin(at.office, at.plan, "Bỏ phong trào")
    PlanDraft.objects.filter(pk=draft.pk).update(content=draft.content | {"movements": []})
    draft.refresh_from_db()
    with pytest.raises(Refused, match="đã có đề nghị"):
        drafting.move(at.office, draft, "submit", version=draft.version)
    at.plan.refresh_from_db()
    assert (at.plan.edition, at.plan.revisions.count(), at.plan.movements.count()) == (0, 0, 1)


def test_a_revision_is_begun_with_a_reason_by_who_keeps_the_plan(at, client):
    with pytest.raises(Refused, match="lý do"):
        revisions.begin(at.office, at.plan, " ")
    with pytest.raises(Refused):
        revisions.begin(at.head, at.plan, "Muốn đổi")
    client.force_login(at.head)
    assert client.get(reverse("plans:revise", args=[at.plan.pk])).status_code == 403
    client.force_login(at.office)
    form = client.get(reverse("plans:revise", args=[at.plan.pk])).context["form"]
    said = {"key": str(form["key"].value()), "note": "Thêm chỉ tiêu"}
    answer = client.post(reverse("plans:revise", args=[at.plan.pk]), said)
    draft = PlanDraft.objects.get(revises=at.plan)
    assert answer.url == draft.get_absolute_url()
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Thêm chỉ tiêu" in page
