"""Public pages of plans: readable, searched, cached, gone at once; nobody's personal task (B-13)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from guong.base.models import Body
from guong.plans import actions, keeping
from guong.plans.models import Difficulty, LegalDocument, Peak, Plan
from guong.portal import changes
from guong.portal import plans as public
from tests import factories as make
from tests.plans import readings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def department() -> Body:
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


def published(department, office, found=None, **more) -> Plan:
    readings.sector(department)
    plan = actions.confirm(office, readings.reading(department, office, found, **more))
    actions.publish(office, plan)
    plan.refresh_from_db()
    return plan


def page(client: Client, plan: Plan) -> str:
    return client.get(reverse("portal:plan", args=[plan.pk])).content.decode()


def test_the_page_says_what_the_paper_says(client, department, office):
    keeping.add_standard_lists(office, department)
    found = readings.plan(theme="Gần dân", peaks=[{"text": "Dịp Tết", "rule": "tet"}])
    plan = published(department, office, found)
    text = page(client, plan)
    for words in ("31/KH-SYT", "Thi đua quý IV năm 2026", "Gần dân", "28/09/2026", "Lê Minh Khoa",
                  "Trạm Y tế thân thiện", "trước ngày 05/01/2027", "212/KH-BYT", "Dịp Tết"):  # fmt: skip
        assert words in text
    assert f'href="{reverse("portal:plan_file", args=[plan.pk])}"' in text


def test_what_is_said_inside_stays_inside(client, department, office):
    plan = published(department, office)
    unit = make.unit(department)
    Difficulty.objects.create(plan=plan, body=unit, text="Thiếu máy siêu âm", by=office)
    text = page(client, plan)
    assert "Thiếu máy siêu âm" not in text
    assert str(office) not in text


def test_a_task_of_a_person_is_shown_nowhere_nor_in_the_file(client, department, office):
    person = "Ông Nguyễn Văn Bảy"
    found = readings.plan(assignments=[{"unit": person, "tasks": ["Theo dõi."]}])
    sources = readings.SOURCES | {"assignments[0].unit": readings.source(8, person)}
    plan = published(department, office, found, sources=sources)
    lines = plan.reading.lines
    lines[7]["text"] = f"{person} theo dõi."
    plan.reading.save()
    text = page(client, plan)
    assert person not in text
    assert "Nhiệm vụ giao cho cá nhân không công bố." in text
    assert client.get(reverse("portal:plan_file", args=[plan.pk])).status_code == 404


def test_without_the_rule_the_person_would_be_named(client, department, office, monkeypatch):
    """The twin."""
    plan = published(department, office)
    plan.reading.lines[7]["text"] = "Ông Nguyễn Văn Bảy theo dõi."
    plan.reading.save()
    monkeypatch.setattr(public, "personal_lines", lambda _plan: set())
    assert "Ông Nguyễn Văn Bảy" in page(client, plan)


@pytest.mark.parametrize(
    ("unit", "personal"),
    [
        ("Ông Lê Văn A", True), ("Bà Trần Thị B, Trưởng phòng", True), ("Đồng chí Lò Văn C", True),
        ("Đ/c Vàng D", True), ("Bác sĩ Hà E", True), ("Văn phòng Sở", False), ("Công đoàn ngành", False),
        ("Bệnh viện Bà Rịa", False), ("Các đơn vị", False), ("Ban Giám đốc", False),
    ],
)  # fmt: skip
def test_persons_are_told_from_bodies(unit, personal):
    assert bool(public.PERSON.match(unit)) is personal


def test_the_file_is_given_to_anyone_and_gone_with_the_page(client, department, office):
    plan = published(department, office)
    url = reverse("portal:plan_file", args=[plan.pk])
    answer = client.get(url)
    assert b"".join(answer.streaming_content).decode().startswith("Số: 31/KH-SYT")
    assert "no-store" in answer["Cache-Control"]
    assert plan.title in page(client, plan)
    assert plan.title in client.get(reverse("portal:plans")).content.decode()
    actions.take_back(office, plan, "Sai số liệu")
    assert client.get(url).status_code == 404
    assert client.get(reverse("portal:plan", args=[plan.pk])).status_code == 404
    assert plan.title not in client.get(reverse("portal:plans")).content.decode()


def test_without_the_counter_a_plan_taken_back_would_stay(client, department, office, monkeypatch):
    """The twin."""
    monkeypatch.setattr(changes, "number", lambda: -2)
    plan = published(department, office)
    page(client, plan)
    actions.take_back(office, plan, "Sai số liệu")
    assert plan.title in page(client, plan)


def test_a_page_kept_is_made_anew_when_a_peak_or_a_basis_changes(client, department, office):
    plan = published(department, office)
    page(client, plan)
    Peak.objects.create(plan=plan, text="Đợt thêm sau", order=0)
    assert "Đợt thêm sau" in page(client, plan)
    LegalDocument.objects.filter(plans=plan).update(subject="Trích yếu mới")
    assert "Trích yếu mới" in page(client, plan)


def test_the_second_visit_costs_one_query(client, department, office, django_assert_num_queries):
    plan = published(department, office)
    page(client, plan)
    client.get(reverse("portal:plans"))
    with django_assert_num_queries(2):
        page(client, plan)
        client.get(reverse("portal:plans"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=thi+dua", True), ("q=31+kh+syt", True), ("q=khongco", False), ("year=2026", True),
        ("year=2020", False), ("year=abc", True), ("page=-3", True),
    ],
)  # fmt: skip
def test_published_plans_are_searched_without_accents(client, department, office, query, found):
    plan = published(department, office)
    make.plan(department, title="Kế hoạch chưa công bố", issued_on=date(2026, 1, 1))
    text = client.get(f"{reverse('portal:plans')}?{query}").content.decode()
    assert (plan.title in text) is found
    assert "chưa công bố" not in text.replace("Chưa có kế hoạch nào được công bố", "")
