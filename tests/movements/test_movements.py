"""Movements: lists, launches, programmes, windows, quotas, and who may do what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused, take
from guong.movements import actions, search, waiting
from guong.movements.coverage import coverage_of
from guong.movements.models import Launch, Movement, Programme, Quota, Subject
from guong.movements.quota import take_place
from guong.movements.views.movements import places_of
from guong.plans.flow import PLAN_STEPS
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 3)


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


@pytest.fixture
def movement(department):
    return make.movement(make.plan(department, year=timezone.localdate().year), collectives=5, individuals=10)


def launched(movement, unit, **fields) -> Launch:
    return Launch.objects.create(movement=movement, body=unit, on=TODAY, **fields)


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_asks_the_same_few_queries(client, department, office, many):
    plan = make.plan(department)
    for _ in range(many):
        made = make.movement(plan)
        make.lead(made, make.office("Văn phòng", department))
    client.force_login(office)
    client.get("/phong-trao/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/phong-trao/").status_code == 200
    assert len(asked) <= 12


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_asks_the_same_few_queries(client, department, office, movement, many):
    for _ in range(many):
        launched(movement, make.unit(department))
        make.nomination(movement, make.unit(department), state="submitted")
    client.force_login(office)
    client.get(movement.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        assert client.get(movement.get_absolute_url()).status_code == 200
    assert len(asked) <= 24


def test_the_list_filters_by_words_year_and_places(client, department, office):
    make.movement(make.plan(department, year=2023), name="Thầy thuốc như mẹ hiền")
    make.movement(
        make.plan(department, year=2024),
        None,
        None,
        name="Đổi mới các khối",
        quota_kind=Movement.QuotaKind.OPEN,
    )
    client.force_login(office)

    def shown(query: str) -> list[bool]:
        html = client.get(f"/phong-trao/?{query}").content.decode()
        return ["Thầy thuốc" in html, "Đổi mới các khối" in html]

    assert shown("q=thay+thuoc") == [True, False]
    assert shown("year=2024") == [False, True]
    assert shown("quota=yes") == [True, False]
    assert shown("quota=no") == [False, True]
    assert shown("year=abc") == [True, True]


def test_movements_of_another_department_are_not_found(client, movement):
    client.force_login(make.standing_officer(make.department("Sở Y tế Bình Sơn")))
    for name in ("movement", "launch", "window", "add_programme", "open_quota"):
        assert client.get(reverse(f"movements:{name}", args=[movement.pk])).status_code == 404
    assert client.get(reverse("movements:quota", args=[movement.quotas.first().pk])).status_code == 404


def test_a_unit_records_its_launch_with_its_plan(client, department, movement):
    unit = make.unit(department)
    client.force_login(make.user(Role.UNIT_CLERK, unit))
    url = reverse("movements:launch", args=[movement.pk])
    sent = client.post(
        url,
        {"body": unit.pk, "on": "03/02/2026", "note": "Hội nghị", "participants": "120",
         "file": SimpleUploadedFile("kh.pdf", b"%PDF-1.7")},
    )  # fmt: skip
    assert sent.status_code == 302
    launch = Launch.objects.get()
    assert (launch.body, launch.on, launch.participants) == (unit, TODAY, 120)
    got = client.get(reverse("movements:launch_file", args=[launch.pk]))
    assert b"".join(got.streaming_content) == b"%PDF-1.7"
    assert client.get(url).status_code == 403


def test_launch_errors_keep_what_was_typed(client, department, movement):
    unit = make.unit(department)
    client.force_login(make.user(Role.UNIT_CLERK, unit))
    url = reverse("movements:launch", args=[movement.pk])
    day = timezone.localdate() + timedelta(days=1)
    for typed in ("32/13/2026", f"{day:%d/%m/%Y}"):
        answer = client.post(url, {"body": unit.pk, "on": typed, "note": "Lời đã viết"})
        assert answer.status_code == 422
        assert "Lời đã viết" in answer.content.decode()
        assert typed in answer.content.decode()
    assert not Launch.objects.exists()


@pytest.mark.parametrize("role", Role.values)
def test_who_launches(department, movement, role):
    unit = make.unit(department)
    user = make.user(role, unit)
    if role in (Role.UNIT_HEAD, Role.UNIT_CLERK):
        assert actions.launch(user, movement, unit, on=TODAY).pk
    else:
        with pytest.raises(Refused):
            actions.launch(user, movement, unit, on=TODAY)
        assert LogEntry.objects.about(movement).filter(refused=True).exists()


def test_a_unit_launches_a_movement_once_and_only_of_its_department(department, movement):
    unit = make.unit(department)
    clerk = make.user(Role.UNIT_CLERK, unit)
    actions.launch(clerk, movement, unit, on=TODAY)
    with pytest.raises(Refused, match="đã ghi phát động"):
        actions.launch(clerk, movement, unit, on=TODAY)
    stranger = make.unit(make.department("Sở Y tế Bình Sơn"))
    with pytest.raises(Refused, match="không thuộc Sở"):
        actions.launch(make.user(Role.UNIT_CLERK, stranger), movement, stranger, on=TODAY)


def test_correcting_a_launch_minds_who_came_first(department, movement):
    unit = make.unit(department)
    clerk = make.user(Role.UNIT_CLERK, unit)
    mine = actions.launch(clerk, movement, unit, on=TODAY)
    theirs = Launch.objects.get(pk=mine.pk)
    actions.correct_launch(clerk, theirs, on=TODAY, note="Người kia sửa")
    with pytest.raises(Refused, match="vừa sửa trước bạn"):
        actions.correct_launch(clerk, mine, on=TODAY, note="Tôi sửa")
    mine.refresh_from_db()
    assert mine.note == "Người kia sửa"


def test_nothing_is_recorded_under_a_closed_plan(department, office, movement):
    take(PLAN_STEPS["close"], movement.plan, by=office, note="Hết năm")
    movement = Movement.objects.get(pk=movement.pk)
    unit = make.unit(department)
    with pytest.raises(Refused, match="đã đóng"):
        actions.launch(make.user(Role.UNIT_CLERK, unit), movement, unit, on=TODAY)
    with pytest.raises(Refused, match="đã đóng"):
        actions.set_window(office, movement, window="end", start=None, end=None, reason="x")


def test_coverage_names_both_denominators_and_who_is_missing(department, movement):
    done, missing = make.unit(department, "Bệnh viện Mắt"), make.unit(department, "Bệnh viện Phổi")
    private = make.unit(department, "Bệnh viện Sao Mai", subordinate=False)
    launched(movement, done)
    subordinate, sector = coverage_of(movement)
    assert (subordinate.done, subordinate.total, subordinate.missing) == (1, 2, (missing,))
    assert (sector.done, sector.total, set(sector.missing)) == (1, 3, {missing, private})


def test_each_programme_brings_its_places(client, department, office):
    movement = make.movement(
        make.plan(department), None, None, quota_kind=Movement.QuotaKind.PER_PROGRAMME,
        per_programme_collectives=5, per_programme_individuals=10,
    )  # fmt: skip
    client.force_login(office)
    url = reverse("movements:add_programme", args=[movement.pk])
    key = "11111111-1111-1111-1111-111111111111"
    for name, token in (("Tiêm chủng mở rộng", key), ("Tiêm chủng mở rộng", key), ("Dân số", "")):
        assert client.post(url, {"name": name, "key": token}).status_code == 302
    assert client.post(url, {"name": "Dân số"}).status_code == 422
    assert Programme.objects.count() == 2
    sizes = Quota.objects.order_by("programme", "subject").values_list("programme__name", "subject", "size")
    assert set(sizes) == {
        ("Tiêm chủng mở rộng", "collective", 5), ("Tiêm chủng mở rộng", "individual", 10),
        ("Dân số", "collective", 5), ("Dân số", "individual", 10),
    }  # fmt: skip


def test_a_fixed_quota_takes_no_programme(office, movement):
    with pytest.raises(Refused, match="từng chương trình"):
        actions.add_programme(office, movement, "Dân số")


def test_the_window_is_set_with_a_reason_and_once_at_a_time(client, office, movement):
    client.force_login(office)
    url = reverse("movements:window", args=[movement.pk])
    form = {
        "window": "end",
        "start": "01/10/2026",
        "end": "10/11/2026",
        "reason": "",
        "version": movement.version,
    }
    assert client.post(url, form).status_code == 422
    assert client.post(url, form | {"reason": "Theo lịch họp", "end": "01/09/2026"}).status_code == 422
    assert client.post(url, form | {"reason": "Theo lịch họp"}).status_code == 302
    movement.refresh_from_db()
    assert (movement.window_start, movement.window_end) == (date(2026, 10, 1), date(2026, 11, 10))
    late = client.post(url, form | {"reason": "Người đến sau", "end": "20/11/2026"})
    assert late.status_code == 422
    assert "vừa sửa trước bạn" in late.content.decode()
    assert "20/11/2026" in late.content.decode()


def test_quota_changes_by_decision_and_never_below_what_is_used(office, movement):
    quota = movement.quotas.get(subject=Subject.COLLECTIVE)
    for _ in range(3):
        take_place(quota.pk)
    change = {"decision": "213/QĐ-SYT", "reason": "Bổ sung"}
    with pytest.raises(Refused, match="không thể là 2"):
        actions.change_quota(office, quota, seen=5, size=2, **change)
    with pytest.raises(Refused, match="số quyết định"):
        actions.change_quota(office, quota, seen=5, size=7, decision=" ", reason="Bổ sung")
    actions.change_quota(office, quota, seen=5, size=7, **change)
    with pytest.raises(Refused, match="hiện là 7"):
        actions.change_quota(office, quota, seen=5, size=9, **change)
    quota.refresh_from_db()
    assert (quota.size, quota.used) == (7, 3)
    assert "213/QĐ-SYT" in LogEntry.objects.about(movement).first().note


def test_the_database_refuses_it_too(movement):
    """The twin: past the action, the constraint still stands."""
    quota = movement.quotas.get(subject=Subject.COLLECTIVE)
    take_place(quota.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(size=0)


def test_a_movement_without_a_number_gets_places_by_decision(office, department):
    movement = make.movement(make.plan(department), None, None, quota_kind=Movement.QuotaKind.OPEN)
    given = {"subject": "collective", "size": 2, "decision": "5/QĐ-SYT", "reason": "Khối xuất sắc"}
    assert actions.open_quota(office, movement, **given).size == 2
    with pytest.raises(Refused, match="đã có"):
        actions.open_quota(office, movement, **given)


@pytest.mark.parametrize("role", Role.values)
def test_who_sets_windows_programmes_and_quota(client, department, movement, role):
    on = department.department.standing_office if role == Role.STANDING_OFFICE else department
    client.force_login(make.user(role, on))
    quota = movement.quotas.first()
    expected = 200 if role in (Role.STANDING_OFFICE, Role.LEADER) else 403
    for name in ("window", "add_programme", "open_quota"):
        assert client.get(reverse(f"movements:{name}", args=[movement.pk])).status_code == expected
    assert client.get(reverse("movements:quota", args=[quota.pk])).status_code == expected


def test_places_say_awarded_held_left_and_how_many_compete(department, movement):
    for state in ("submitted", "listed", "draft", "withdrawn"):
        make.nomination(movement, make.unit(department), state=state)
    quota = movement.quotas.get(subject=Subject.INDIVIDUAL)
    take_place(quota.pk)
    place = next(place for place in places_of(movement) if place.quota == quota)
    assert (place.awarded, place.held, place.quota.used, place.nominated, place.tight) == (0, 1, 1, 2, False)


def test_home_tells_a_unit_what_it_has_not_launched(department, movement):
    unit = make.unit(department)
    clerk = make.user(Role.UNIT_CLERK, unit)
    (task,) = waiting.waiting_for(clerk)
    assert (task.url, task.kind) == (movement.get_absolute_url(), "movement")
    launched(movement, unit)
    assert waiting.waiting_for(clerk) == []


def test_home_tells_the_office_of_closing_windows(office, movement):
    today = timezone.localdate()
    actions.set_window(office, movement, window="end", start=today, end=today + timedelta(days=3), reason="x")
    (task,) = waiting.waiting_for(office)
    assert task.due == today + timedelta(days=3)


def test_search_finds_movements_without_accents(department, office, movement):
    found = make.movement(movement.plan, name="Thầy thuốc như mẹ hiền")
    assert [hit.url for hit in search.search(office, "me hien", 5)] == [found.get_absolute_url()]
    stranger = make.standing_officer(make.department("Sở Y tế Bình Sơn"))
    assert search.search(stranger, "me hien", 5) == []
