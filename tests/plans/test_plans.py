"""Lists, one plan, its portal switch, assignments and duties, each with the roles that may and may not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused, refusals, take
from guong.plans import actions, search, waiting
from guong.plans.flow import ASSIGNMENT_STEPS, DUTY_STEPS, PLAN_STEPS
from guong.plans.models import Assignment, Duty, Obligation, Plan, Precision
from guong.plans.templatetags.written_dates import as_written
from guong.plans.uploads import PDF, type_of
from tests import factories as make
from tests.plans import readings

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


def duty(department, due: date | None = None, **fields) -> Duty:
    """A unit that owes a report."""
    plan = make.plan(department)
    owed = Obligation.objects.create(
        plan=plan, what="Báo cáo kết quả", on_text="trước ngày 05/01/2027", order=0,
        due_on=due or date(2027, 1, 4), precision=Precision.DAY,
    )  # fmt: skip
    return Duty.objects.create(obligation=owed, body=make.unit(department), **fields)


def clerk_of(owed: Duty):
    return make.user(Role.UNIT_CLERK, owed.body)


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_asks_the_same_few_queries(client, department, office, many):
    for _ in range(many):
        make.movement(make.plan(department))
    client.force_login(office)
    client.get("/ke-hoach/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/ke-hoach/").status_code == 200
    assert len(asked) <= 15


@pytest.mark.parametrize("many", [1, 50])
def test_the_plan_page_asks_the_same_few_queries(client, department, office, many):
    found = readings.plan(
        movements=[readings.movement(code=str(n)) for n in range(many)],
        assignments=[{"unit": "Văn phòng Sở", "tasks": ["Việc"] * many}],
        deadlines=readings.plan()["deadlines"] * many,
    )
    plan = actions.confirm(office, readings.reading(department, office, found))
    client.force_login(office)
    client.get(plan.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        assert client.get(plan.get_absolute_url()).status_code == 200
    assert len(asked) <= 36


def test_the_list_finds_by_words_without_accents_and_by_year(client, department, office):
    make.plan(department, title="Thầy thuốc như mẹ hiền", year=2023)
    make.plan(department, title="Trạm Y tế thân thiện", year=2024)
    client.force_login(office)
    page = client.get("/ke-hoach/?q=thay+thuoc&year=").content.decode()
    assert "Thầy thuốc như mẹ hiền" in page
    assert "Trạm Y tế thân thiện" not in page
    assert "Trạm Y tế thân thiện" in client.get("/ke-hoach/?year=2024").content.decode()
    assert "Không có kế hoạch nào khớp" in client.get("/ke-hoach/?q=khongco").content.decode()


def test_plans_of_another_department_are_not_found(client, department):
    plan = make.plan(department)
    client.force_login(make.standing_officer(make.department("Sở Y tế Bình Sơn")))
    for name in ("plan", "text", "file"):
        assert client.get(reverse(f"plans:{name}", args=[plan.pk])).status_code == 404
    for name in ("publish", "take_back", "plan_step"):
        assert client.post(reverse(f"plans:{name}", args=[plan.pk])).status_code == 404
    assert plan.title not in client.get("/ke-hoach/").content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_who_publishes_and_takes_back(department, role):
    plan = make.plan(department)
    on = department.department.standing_office if role == Role.STANDING_OFFICE else department
    user = make.user(role, on)
    if role in (Role.STANDING_OFFICE, Role.LEADER):
        actions.publish(user, plan)
        assert plan in Plan.objects.published()
        actions.take_back(user, plan, "Sai số liệu")
    else:
        with pytest.raises(Refused):
            actions.publish(user, plan)
    assert not Plan.objects.published().exists()


def test_publishing_through_the_page_is_shown_in_its_history(client, department, office):
    plan = make.plan(department)
    client.force_login(office)
    client.post(reverse("plans:publish", args=[plan.pk]))
    client.post(reverse("plans:take_back", args=[plan.pk]), {"note": ""})
    assert Plan.objects.published().get() == plan
    client.post(reverse("plans:take_back", args=[plan.pk]), {"note": "Nhầm bản"})
    assert not Plan.objects.published().exists()
    assert "thôi công khai kế hoạch" in client.get(plan.get_absolute_url()).content.decode()


def test_a_closed_plan_cannot_be_published(department, office):
    plan = take(PLAN_STEPS["close"], make.plan(department), by=office, note="Hết năm")
    with pytest.raises(Refused):
        actions.publish(office, plan)


def test_a_unit_reports_and_the_office_returns_then_accepts(client, department, office):
    owed = duty(department)
    clerk = clerk_of(owed)
    client.force_login(clerk)
    sent = client.post(owed.get_absolute_url(), {"report": "Đã làm xong", "file": pdf()})
    assert sent.status_code == 302
    owed.refresh_from_db()
    assert (owed.state, owed.report, owed.file.content_type) == (Duty.State.REPORTED, "Đã làm xong", PDF)
    assert owed.reported_at <= timezone.now()
    client.force_login(office)
    url = reverse("plans:duty_step", args=[owed.pk])
    client.post(url, {"step": "return"})
    owed.refresh_from_db()
    assert owed.state == Duty.State.REPORTED
    client.post(url, {"step": "return", "note": "Thiếu số liệu quý III"})
    client.force_login(clerk)
    assert "Thiếu số liệu quý III" in client.get(owed.get_absolute_url()).content.decode()
    client.post(owed.get_absolute_url(), {"report": "Đã bổ sung"})
    client.force_login(office)
    client.post(url, {"step": "accept"})
    owed.refresh_from_db()
    assert (owed.state, owed.report) == (Duty.State.ACCEPTED, "Đã bổ sung")
    assert owed.file is not None
    assert b"".join(client.get(reverse("plans:duty_file", args=[owed.pk])).streaming_content).startswith(
        b"%PDF"
    )


def pdf(name: str = "bao-cao.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n%%EOF", content_type="application/pdf")


def test_an_empty_report_is_refused_and_what_was_typed_stays(client, department):
    owed = duty(department)
    client.force_login(clerk_of(owed))
    empty = client.post(owed.get_absolute_url(), {"report": "  "})
    assert empty.status_code == 422
    assert "Viết nội dung báo cáo" in empty.content.decode()
    bad = client.post(
        owed.get_absolute_url(), {"report": "Lời đã viết", "file": SimpleUploadedFile("a.exe", b"MZ\0\0")}
    )
    assert bad.status_code == 422
    assert "Lời đã viết" in bad.content.decode()
    owed.refresh_from_db()
    assert (owed.state, owed.report, owed.file) == (Duty.State.DUE, "", None)


@pytest.mark.parametrize("role", Role.values)
def test_who_reports_and_who_accepts(department, role):
    owed = duty(department)
    on = department.department.standing_office if role == Role.STANDING_OFFICE else owed.body
    user = make.user(role, on if role not in (Role.LEADER,) else department)
    reports = role in (Role.UNIT_HEAD, Role.UNIT_CLERK)
    assert (
        bool(
            refusals(DUTY_STEPS["report"], Duty(obligation=owed.obligation, body=owed.body, report="x"), user)
        )
        is not reports
    )
    accepts = role in (Role.STANDING_OFFICE, Role.LEADER)
    shown = Duty(obligation=owed.obligation, body=owed.body, state=Duty.State.REPORTED)
    assert bool(refusals(DUTY_STEPS["accept"], shown, user)) is not accepts


def test_a_unit_does_not_see_the_duty_of_another(client, department):
    owed = duty(department)
    client.force_login(make.user(Role.UNIT_CLERK, make.unit(department)))
    assert client.get(owed.get_absolute_url()).status_code == 404
    assert client.post(owed.get_absolute_url(), {"report": "x"}).status_code == 404
    page = client.get(reverse("plans:obligation", args=[owed.obligation_id]))
    assert page.status_code == 200
    assert owed.get_absolute_url() not in page.content.decode()


def test_a_refused_report_is_recorded(department):
    owed = duty(department)
    stranger = make.user(Role.UNIT_CLERK, make.unit(department))
    with pytest.raises(Refused):
        actions.report(stranger, owed, "x", None)
    assert LogEntry.objects.about(owed).filter(refused=True, by=stranger).exists()


def test_late_reports_are_taken_and_marked(department):
    owed = duty(department, due=timezone.localdate() - timedelta(days=1))
    kept = actions.report(clerk_of(owed), owed, "Muộn một ngày", None)
    assert kept.was_late
    on_time = duty(department, due=timezone.localdate())
    assert not actions.report(clerk_of(on_time), on_time, "Kịp", None).was_late


@pytest.mark.parametrize(
    ("role", "may"), [(Role.UNIT_HEAD, True), (Role.APPRAISER, True), (Role.EMPLOYEE, False)]
)
def test_the_body_given_a_task_says_it_is_done(department, role, may):
    body = make.office("Văn phòng Sở", department)
    task = Assignment.objects.create(
        plan=make.plan(department), unit_text="Văn phòng Sở", body=body, text="x", order=0
    )
    user = make.user(role, body)
    if may:
        assert take(ASSIGNMENT_STEPS["done"], task, by=user).state == Assignment.State.DONE
    else:
        with pytest.raises(Refused):
            take(ASSIGNMENT_STEPS["done"], task, by=user)


def test_home_tells_units_what_they_owe_and_the_office_what_came_in(department, office):
    owed = duty(department, due=timezone.localdate() + timedelta(days=3))
    clerk = clerk_of(owed)
    (task,) = waiting.waiting_for(clerk)
    assert (task.title, task.due, task.url) == (
        "Báo cáo kết quả",
        owed.obligation.due_on,
        owed.get_absolute_url(),
    )
    assert [task.reason for task in waiting.waiting_for(office)] == ["1 trên 1 đơn vị chưa báo cáo."]
    actions.report(clerk, owed, "Xong", None)
    fresh = type(clerk).objects.get(pk=clerk.pk)
    assert waiting.waiting_for(fresh) == []
    assert [task.reason for task in waiting.waiting_for(office)] == ["1 báo cáo chờ nhận."]
    readings.reading(department, office)
    assert any("31/KH-SYT" in task.title for task in waiting.waiting_for(office))


def test_search_finds_plans_of_ones_own_department_only(department, office):
    plan = make.plan(department, title="Thầy thuốc như mẹ hiền")
    assert [hit.url for hit in search.search(office, "thay thuoc", 5)] == [plan.get_absolute_url()]
    stranger = make.standing_officer(make.department("Sở Y tế Bình Sơn"))
    assert search.search(stranger, "thay thuoc", 5) == []
    assert search.search(office, "  ", 5) == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4", PDF), (b"\x89PNG\r\n\x1a\n", "image/png"),
        ("chữ".encode(), "text/plain; charset=utf-8"),
        (b"MZ\x00\x01", ""), (b"PK\x03\x04broken", ""), (b"\xff\xfe\x00", ""),
    ],
)  # fmt: skip
def test_the_type_of_a_file_is_told_by_its_bytes(data, kind):
    assert type_of(data) == kind


@pytest.mark.parametrize(
    ("iso", "written"), [("2026-10", "10/2026"), ("2026-10-05", "05/10/2026"), ("2026", "2026"), (None, "")]
)
def test_dates_of_the_activity_table_are_written_as_the_office_does(iso, written):
    assert as_written(iso) == written
