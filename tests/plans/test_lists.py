"""Focal tasks and occasions: their days, their screens, who keeps them; tags and their filters."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from guong.plans import keeping, peaks, standard_lists
from guong.plans.models import FocalList, FocalTask, Occasion
from tests import factories as make

db = pytest.mark.django_db
DOCTORS = Occasion(**standard_lists.DOCTORS_DAY)
TET = Occasion(**standard_lists.TET)


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


@pytest.mark.parametrize(
    ("year", "first", "last", "count"),
    [(2020, "2020-02-17", "2020-03-08", 65), (2022, "2022-02-14", "2022-03-06", 67)],
)
def test_the_three_weeks_round_the_doctors_day(year, first, last, count):
    assert DOCTORS.peak(year) == (date.fromisoformat(first), date.fromisoformat(last))
    assert DOCTORS.count(year) == count


def test_tet_moves_with_the_moon_and_lies_outside_a_period_it_does_not_touch():
    (inside,) = peaks.days_of(TET, date(2020, 1, 6), date(2020, 3, 31), 2020)
    assert (inside.on, inside.inside) == (date(2020, 1, 25), True)
    (outside,) = peaks.days_of(TET, date(2022, 2, 14), date(2022, 3, 30), 2022)
    assert (outside.on, outside.inside) == (date(2022, 2, 1), False)


def test_a_plan_of_several_years_has_a_peak_in_each():
    found = peaks.days_of(DOCTORS, date(2022, 1, 1), date(2025, 12, 31), 2022)
    assert [day.year for day in found] == [2022, 2023, 2024, 2025]


occasions = st.builds(
    Occasion,
    calendar=st.sampled_from([Occasion.Calendar.SOLAR, Occasion.Calendar.LUNAR]),
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    weeks_before=st.integers(0, 26),
    weeks_after=st.integers(0, 26),
)


@given(occasions, st.integers(1901, 2198))
def test_a_peak_is_whole_weeks_from_monday_to_sunday_round_its_day(occasion, year):
    if occasion.calendar == Occasion.Calendar.LUNAR:
        occasion.day = min(occasion.day, 30)
    first, last = occasion.peak(year)
    assert (first.weekday(), last.weekday()) == (0, 6)
    assert first <= occasion.on(year) <= last
    assert (last - first).days + 1 == 7 * (occasion.weeks_before + 1 + occasion.weeks_after)


def test_a_day_the_year_lacks_is_kept_a_day_earlier():
    leap = Occasion(calendar=Occasion.Calendar.SOLAR, day=29, month=2)
    assert (leap.on(2024), leap.on(2026)) == (date(2024, 2, 29), date(2026, 2, 28))


def test_an_occasion_ends_and_one_date_has_one_year():
    ended = Occasion(calendar=Occasion.Calendar.SOLAR, day=1, month=5, last_year=2025)
    assert (ended.on(2025), ended.on(2026)) == (date(2025, 5, 1), None)
    once = Occasion(calendar=Occasion.Calendar.ONCE, day=18, month=11, year=2026)
    assert (once.on(2026), once.peak(2027)) == (date(2026, 11, 18), None)
    assert DOCTORS.on(1954) is None


@db
def test_the_standard_lists_come_once_and_leave_what_is_there_alone(department, office):
    assert keeping.add_standard_lists(office, department) == 4
    assert FocalTask.objects.count() == 14
    renamed = FocalTask.objects.first()
    keeping.change_task(office, renamed, {"text": "Việc khác", "number": renamed.number})
    assert keeping.add_standard_lists(office, department) == 0
    assert FocalTask.objects.filter(text="Việc khác").exists()


@db
@pytest.mark.parametrize("role", Role.values)
def test_who_keeps_the_lists(client, department, role):
    on = department.department.standing_office if role == Role.STANDING_OFFICE else department
    user = make.user(role, on)
    client.force_login(user)
    may = role in (Role.STANDING_OFFICE, Role.LEADER)
    assert client.get(reverse("plans:lists")).status_code == 200
    assert client.get(reverse("plans:list_add")).status_code == (200 if may else 403)
    if not may:
        with pytest.raises(Refused):
            keeping.add_standard_lists(user, department)
        assert LogEntry.objects.filter(refused=True, by=user).exists()


@db
def test_lists_of_another_department_are_not_seen_nor_changed(client, department, office):
    keeping.add_standard_lists(office, department)
    stranger = make.standing_officer(make.department("Sở Y tế Bình Sơn"))
    client.force_login(stranger)
    assert "08 nhiệm vụ" not in client.get(reverse("plans:lists")).content.decode()
    ways = (("list_edit", FocalList), ("task_add", FocalList), ("task_edit", FocalTask))
    for name, kind in (*ways, ("occasion_edit", Occasion)):
        url = reverse(f"plans:{name}", args=[kind.objects.first().pk])
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert client.post(reverse("plans:lists_fill", args=[department.pk])).status_code == 404


@db
def test_the_screens_add_edit_and_keep_what_was_typed(client, department, office):
    client.force_login(office)
    client.post(reverse("plans:lists_fill", args=[department.pk]))
    page = client.get(reverse("plans:lists")).content.decode()
    assert "Quản lý và nâng cao chất lượng bệnh viện" in page
    bad = {"name": "Ngày 31/4", "calendar": "solar", "day": "31", "month": "4", "weeks_before": 0}
    sent = client.post(reverse("plans:occasion_add"), bad | {"weeks_after": 0})
    assert sent.status_code == 422
    assert "Tháng này nhiều nhất 30 ngày" in sent.content.decode()
    assert "Ngày 31/4" in sent.content.decode()


@db
def test_a_form_sent_twice_makes_one_list(client, department, office):
    client.force_login(office)
    key = client.get(reverse("plans:list_add")).context["form"]["key"].initial
    form = {"name": "Nhiệm vụ 2026", "first_year": 2026, "key": str(key)}
    for _ in range(2):
        assert client.post(reverse("plans:list_add"), form).status_code == 302
    assert FocalList.objects.filter(name="Nhiệm vụ 2026").count() == 1
    again = client.post(reverse("plans:list_add"), form | {"key": "5b1f7a6e-3e0f-4d57-9d55-0f4d2f7c9a11"})
    assert (again.status_code, "Đã có một mục mang tên này" in again.content.decode()) == (422, True)


@db
def test_the_second_of_two_editors_is_told_and_loses_nothing(client, department, office):
    keeping.add_standard_lists(office, department)
    task = FocalTask.objects.first()
    url = reverse("plans:task_edit", args=[task.pk])
    client.force_login(office)
    mine = {"number": task.number, "text": "Chữ của tôi", "version": task.version}
    keeping.change_task(office, task, {"text": "Chữ người kia"})
    late = client.post(url, mine)
    assert late.status_code == 422
    assert "Chữ của tôi" in late.content.decode()
    assert FocalTask.objects.get(pk=task.pk).text == "Chữ người kia"


@db
def test_a_task_moved_changes_places_with_the_one_that_was_there(department, office):
    keeping.add_standard_lists(office, department)
    first, second = FocalTask.objects.filter(focal_list__first_year=2021).order_by("number")[:2]
    keeping.change_task(office, second, {"number": 1})
    first.refresh_from_db()
    assert first.number == 2
    keeping.add_task(office, first.focal_list, {"number": 1, "text": "Việc chen đầu"})
    numbers = list(first.focal_list.tasks.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 8))


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_one_place_at_once_both_succeed(department, office):
    keeping.add_standard_lists(office, department)
    found = FocalList.objects.get(first_year=2021)
    errors: list[Exception] = []

    def add(text):
        try:
            keeping.add_task(office, found, {"number": 1, "text": text})
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(f"Việc {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(found.tasks.values_list("number", flat=True)) == list(range(1, 11))


@db
def test_plans_are_tagged_and_found_by_their_tags(client, department, office):
    keeping.add_standard_lists(office, department)
    tagged, other = make.plan(department, title="Có nhãn"), make.plan(department, title="Không nhãn")
    task = FocalTask.objects.filter(focal_list__last_year=None).first()
    client.force_login(office)
    url = reverse("plans:plan_tags", args=[tagged.pk])
    assert str(task) in client.get(url).content.decode()
    assert client.post(url, {"focal_tasks": [task.pk]}).status_code == 302
    assert "nhãn" in client.get("/ke-hoach/").content.decode()
    found = client.get(f"/ke-hoach/?focal={task.pk}").content.decode()
    assert ("Có nhãn" in found, "Không nhãn" in found) == (True, False)
    movement = make.movement(other)
    assert client.post(reverse("movements:tags", args=[movement.pk]), {"focal_tasks": [task.pk]}).status_code
    assert movement.name in client.get(f"/phong-trao/?focal={task.pk}").content.decode()
    assert client.get("/ke-hoach/?focal=abc").status_code == 200


@db
def test_only_tasks_of_ones_own_department_can_be_chosen(client, department, office):
    there = make.department("Sở Y tế Bình Sơn")
    keeping.add_standard_lists(make.standing_officer(there), there)
    plan = make.plan(department)
    client.force_login(office)
    url = reverse("plans:plan_tags", args=[plan.pk])
    assert client.post(url, {"focal_tasks": [FocalTask.objects.first().pk]}).status_code == 422
    assert not plan.focal_tasks.exists()


@db
@pytest.mark.parametrize("many", [1, 30])
def test_the_page_of_lists_asks_the_same_few_queries(client, department, office, many):
    for number in range(many):
        found = keeping.add_list(office, department, {"name": f"Danh mục {number}", "first_year": 2026})
        keeping.add_task(office, found, {"number": 1, "text": "Việc"})
    client.force_login(office)
    client.get(reverse("plans:lists"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("plans:lists"))
    assert len(asked) <= 11


def test_the_week_of_the_day_is_the_peak_when_no_weeks_are_said():
    first, last = TET.peak(2026)
    assert first + timedelta(days=6) == last
