"""From a reading to rules: checks, peaks, what recurs, citations; and records a person adds."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from guong.base.access import Role
from guong.base.entry import stamp
from guong.base.workflow import Refused
from guong.plans import actions, keeping
from guong.plans.models import Assignment, Citation, Obligation, Precision, Target
from guong.plans.plan_parts import bar_of
from guong.plans.reading import kinds
from guong.plans.reading.draft import Draft
from guong.plans.reading.kinds import Field
from tests import factories as make
from tests.plans import readings

pytestmark = pytest.mark.django_db
YEARLY = {
    "what": "Giới thiệu điển hình", "by": "Các đơn vị trực thuộc", "every": "year", "collectives": 1,
    "individuals": 2, "first_year": 2022, "last_year": 2025, "on": "--12-10",
}  # fmt: skip


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


def confirmed(department, office, **found):
    return actions.confirm(office, readings.reading(department, office, readings.plan(**found)))


def test_what_recurs_is_one_obligation_a_year_with_the_numbers_owed(client, department, office):
    readings.sector(department)
    plan = confirmed(department, office, recurring=[YEARLY], deadlines=[])
    found = list(plan.obligations.order_by("due_on"))
    assert [item.due_on for item in found] == [date(year, 12, 10) for year in range(2022, 2026)]
    assert {(item.collectives, item.individuals, item.duties.count()) for item in found} == {(1, 2, 3)}
    assert found[0].owed == "01 tập thể, 02 cá nhân"
    duty = found[0].duties.first()
    client.force_login(make.user(Role.UNIT_CLERK, duty.body))
    assert "01 tập thể, 02 cá nhân" in client.get(duty.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("every", "times", "precision"),
    [
        ("year", 2, Precision.YEAR), ("six_months", 4, Precision.MONTH), ("quarter", 8, Precision.QUARTER),
        ("month", 24, Precision.MONTH),
    ],
)  # fmt: skip
def test_without_a_day_each_time_ends_with_its_period(department, office, every, times, precision):
    said = YEARLY | {"every": every, "on": None, "first_year": 2026, "last_year": 2027}
    plan = confirmed(department, office, recurring=[said], deadlines=[])
    assert plan.obligations.count() == times
    assert {item.precision for item in plan.obligations.all()} == {precision}
    assert plan.obligations.order_by("due_on").last().due_on == date(2027, 12, 31)


@pytest.mark.parametrize(("first", "last"), [(2025, 2022), (2020, 2060)])
def test_years_out_of_order_or_too_many_are_said_before_anything_is_made(department, office, first, last):
    said = YEARLY | {"first_year": first, "last_year": last}
    with pytest.raises(Refused, match="lặp lại từ năm"):
        confirmed(department, office, recurring=[said])
    assert not Obligation.objects.exists()


def test_requirements_with_a_number_become_checks_others_are_kept(department, office):
    plan = confirmed(
        department, office, targets=[{"metric": "đơn vị có kế hoạch", "value": "100%"}],
        requirements=[
            {"text": "100% đơn vị có kế hoạch", "metric": "Đơn vị có kế hoạch", "value": "100%"},
            {"text": "70% người được khen là lao động trực tiếp", "metric": None, "value": "70%"},
            {"text": "Tiết kiệm, hiệu quả", "metric": None, "value": None},
        ],
    )  # fmt: skip
    found = [(target.kind, target.value) for target in plan.targets.all()]
    assert found == [(Target.Kind.TARGET, "100%"), (Target.Kind.REQUIREMENT, "70%")]
    assert len(plan.content["requirements"]) == 3


def test_peaks_are_rules_whose_days_are_computed(client, department, office):
    keeping.add_standard_lists(office, department)
    found = readings.plan(
        period={"start": "2022-01-01", "end": "2022-03-30"},
        peaks=[{"text": "Tuần trước, trong và sau 27/2", "rule": "doctors_day"},
               {"text": "Tết Nguyên đán", "rule": "tet"}, {"text": "Đợt khác", "rule": None}],
    )  # fmt: skip
    reading = readings.reading(department, office, found)
    client.force_login(office)
    assert (
        "14/02–06/03/2022 (27/02/2022, kỷ niệm 67 năm)"
        in client.get(reading.get_absolute_url()).content.decode()
    )
    plan = actions.confirm(office, reading)
    assert [peak.occasion and peak.occasion.name for peak in plan.peaks.all()] == [
        "Ngày Thầy thuốc Việt Nam", "Tết Nguyên đán", None,
    ]  # fmt: skip
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "14/02/2022 – 06/03/2022" in page
    assert "31/01/2022 – 06/02/2022" in page


def test_documents_cited_are_kept_apart_from_those_it_stands_on(department, office):
    basis = readings.plan()["legal_bases"][0]
    cited = {"kind": None, "number": "20-NQ/TW", "issued_on": "2017-10-25", "issuer": None, "subject": None}
    plan = confirmed(department, office, citations=[cited, basis])
    assert [one.document.number for one in Citation.objects.filter(plan=plan)] == ["20-NQ/TW"]
    assert plan.bases.get().number == "212/KH-BYT"


@pytest.mark.parametrize(
    ("text", "value"), [("10/12", (12, 10)), ("ngày 1 tháng 2", (2, 1)), ("29-2", (2, 29)), ("", None)]
)
def test_days_of_every_year_are_typed_as_people_write_them(text, value):
    assert kinds.read(Field("on", "", kinds.YEARLY), text, None) == value if text else True


@pytest.mark.parametrize("text", ["31/4", "0/1", "10/13", "mai"])
def test_what_is_no_day_of_the_year_is_said(text):
    with pytest.raises(ValueError, match="không phải ngày trong năm"):
        kinds.read(Field("on", "", kinds.YEARLY), text, None)


def send(client, reading, do, **values):
    """The confirm screen sent with one button."""
    reading.refresh_from_db()
    form = {"version": reading.version, "do": do, **{f"v.{path}": text for path, text in values.items()}}
    return client.post(reading.get_absolute_url(), form)


def test_a_person_adds_what_the_reader_missed_and_it_is_made(client, department, office):
    readings.sector(department)
    reading = readings.reading(department, office)
    client.force_login(office)
    sent = send(client, reading, "add:targets", title="Tên đã sửa")
    assert sent.url.endswith("#f-targets-1-metric")
    page = client.get(reading.get_absolute_url()).content.decode()
    assert 'name="v.targets[1].metric"' in page
    assert "Tên đã sửa" in page
    refused = send(client, reading, "confirm")
    assert refused.status_code == 422
    good = {"targets[1].metric": "Tin, bài", "targets[1].value": "20"}
    assert send(client, reading, "save", **good).status_code == 302
    send(client, reading, "add:assignments")
    send(client, reading, "save", **{
        "assignments[1].unit": "Phòng Nghiệp vụ Y", "assignments[1].tasks[0]": "Thẩm định.",
    })  # fmt: skip
    send(client, reading, "add:assignments[1].tasks")
    reading.refresh_from_db()
    edits = reading.edits
    assert edits["add"] == {"targets": 1, "assignments": 1, "assignments[1].tasks": 2}
    send(client, reading, "save", **{"assignments[1].tasks[1]": "Báo cáo.", "number": "32/KH-SYT"})
    reading.refresh_from_db()
    plan = actions.confirm(office, reading)
    assert [(target.metric, target.value) for target in plan.targets.all()][1] == ("Tin, bài", "20")
    added = Assignment.objects.filter(plan=plan, unit_text="Phòng Nghiệp vụ Y")
    assert [task.text for task in added] == ["Thẩm định.", "Báo cáo."]
    assert plan.content["targets"][1]["metric"] == "Tin, bài"
    assert plan.content["assignments"][1]["tasks"] == ["Thẩm định.", "Báo cáo."]


@pytest.mark.parametrize(
    "group",
    ["legal_bases", "targets", "assignments", "deadlines", "distribution", "topics", "activities",
     "movements", "requirements", "purposes", "peaks", "recurring", "citations"],
)  # fmt: skip
def test_every_list_takes_additions_and_an_added_record_can_be_left_out(department, office, group):
    reading = readings.reading(department, office)
    kept = actions.edit(office, reading, {}, (), add=group)
    place = Draft(kept).bases(group)[-1]
    kept = actions.edit(office, kept, {}, (place,))
    before = readings.plan().get(group) or []
    plan = actions.confirm(office, kept)
    assert len(plan.content[group]) == len(before)


def test_nothing_is_added_to_a_list_there_is_not(department, office):
    reading = readings.reading(department, office)
    for wrong in ("nothing", "event.delegations", "targets[0]", "assignments[9].tasks"):
        assert actions.edit(office, reading, {}, (), add=wrong).edits.get("add") is None


def test_a_list_takes_so_many_additions_and_no_more(department, office):
    reading = readings.reading(department, office)
    reading.edits = {"values": {}, "omit": [], "add": {"targets": 100}}
    reading.save()
    with pytest.raises(Refused, match="Không thêm được nữa"):
        actions.edit(office, reading, {}, (), add="targets")


def test_what_was_typed_in_an_added_record_stays_when_somebody_saved_first(client, department, office):
    reading = readings.reading(department, office)
    seen = actions.edit(office, reading, {}, (), add="targets")
    actions.edit(office, seen, {"title": "Người kia sửa"}, ())
    client.force_login(office)
    form = {"version": seen.version, "do": "save", "v.targets[1].metric": "Chữ tôi gõ"}
    late = client.post(reading.get_absolute_url(), form)
    assert late.status_code == 409
    assert "Chữ tôi gõ" in late.content.decode()


def test_a_forged_place_makes_no_endless_list(client, department, office):
    reading = readings.reading(department, office)
    client.force_login(office)
    form = {"version": 0, "do": "save", "v.targets[999999999].metric": "x"}
    assert client.post(reading.get_absolute_url(), form).status_code == 409


@pytest.mark.parametrize(
    ("value", "reached", "bar"),
    [
        ("100%", "97 %", (97, 100)),
        ("100%", "58/60 đơn vị", (58, 60)),
        ("ít nhất 20 tin", "12 tin", (12, 20)),
        ("100%", "đã xong", None),
        ("100%", "12 đơn vị", None),
        ("85,5%", "90%", (85.5, 85.5)),
        ("0", "5", None),
    ],
)  # fmt: skip
def test_the_bar_of_a_target(value, reached, bar):
    assert bar_of(Target(metric="x", value=value, reached=reached)) == bar


@pytest.mark.parametrize("role", Role.values)
def test_who_says_what_a_requirement_came_to(client, department, role):
    target = Target.objects.create(plan=make.plan(department), metric="x", value="100%", order=0)
    on = department.department.standing_office if role == Role.STANDING_OFFICE else department
    user = make.user(role, on)
    client.force_login(user)
    may = role in (Role.STANDING_OFFICE, Role.LEADER)
    url = reverse("plans:target_check", args=[target.pk])
    assert client.get(url).status_code == (200 if may else 403)
    form = {"met": "no", "reached": "58/60 đơn vị", "seen": stamp(target, keeping.CHECKED)}
    assert client.post(url, form).status_code == (302 if may else 403)
    target.refresh_from_db()
    assert (target.met, target.reached) == ((False, "58/60 đơn vị") if may else (None, ""))
    if may:
        page = client.get(target.plan.get_absolute_url()).content.decode()
        assert "58/60 đơn vị" in page
        assert "ghi kết quả kiểm" in page
        again = client.post(url, form | {"reached": "60/60"})
        assert (again.status_code, "60/60" in again.content.decode()) == (422, True)


def test_a_result_needs_words_and_a_verdict(client, department, office):
    target = Target.objects.create(plan=make.plan(department), metric="x", value="100%", order=0)
    client.force_login(office)
    url = reverse("plans:target_check", args=[target.pk])
    empty = client.post(url, {"reached": " ", "seen": stamp(target, keeping.CHECKED)})
    assert empty.status_code == 422
    assert "Chọn đạt hay chưa đạt" in empty.content.decode()
    stranger = make.standing_officer(make.department("Sở Y tế Bình Sơn"))
    client.force_login(stranger)
    assert client.get(url).status_code == 404
