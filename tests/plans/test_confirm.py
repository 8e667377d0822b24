"""Confirming a reading: everything it says becomes records, or nothing does."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from guong.movements.models import Movement, MovementLead, Quota, Subject
from guong.plans import actions, from_plan
from guong.plans.models import (
    Assignment,
    Duty,
    LegalDocument,
    Obligation,
    Plan,
    PlanBasis,
    Reading,
    Recipient,
    Target,
)
from tests import factories as make
from tests.plans import readings

pytestmark = pytest.mark.django_db
MADE = (
    Plan, PlanBasis, Movement, MovementLead, Quota, Assignment, Obligation, Duty, Target, Recipient,
)  # fmt: skip


def rows() -> int:
    return sum(model.objects.count() for model in MADE)


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


def test_confirm_creates_exactly_the_number_it_announces(department, office):
    readings.sector(department)
    reading = readings.reading(department, office)
    announced = actions.what_would_be_created(reading)
    assert announced["problems"] == []
    plan = actions.confirm(office, reading)
    assert rows() == announced["total"] == 1 + 1 + (1 + 1 + 2) + 1 + (1 + 3) + 1 + 1
    assert plan.number == "31/KH-SYT"
    assert plan.topics == [{"code": "1", "text": "Gương người tốt"}]
    reading.refresh_from_db()
    assert reading.state == Reading.State.CONFIRMED


def test_confirm_keeps_dates_with_their_precision(department, office):
    plan = actions.confirm(office, readings.reading(department, office))
    assert (plan.period_start, plan.period_end) == (date(2026, 10, 1), date(2026, 12, 31))
    assert plan.period_text == "01/10/2026 – 12/2026"
    assert (plan.issued_on, plan.issued_text, plan.year) == (date(2026, 9, 28), "28/09/2026", 2026)


def test_before_a_day_ends_with_the_day_before_and_every_unit_owes_it(department, office):
    units = readings.sector(department)
    plan = actions.confirm(office, readings.reading(department, office))
    obligation = plan.obligations.get()
    assert obligation.due_on == date(2027, 1, 4)
    assert set(obligation.duties.values_list("body", flat=True)) == {
        units[n].pk for n in ("one", "two", "three")
    }


def test_a_day_without_before_is_itself_the_last(department, office):
    deadline = readings.plan()["deadlines"][0] | {"strict": False}
    plan = actions.confirm(office, readings.reading(department, office, readings.plan(deadlines=[deadline])))
    assert plan.obligations.get().due_on == date(2027, 1, 5)


def test_names_are_bound_to_bodies(department, office):
    units = readings.sector(department)
    plan = actions.confirm(office, readings.reading(department, office))
    movement = plan.movements.get()
    assert movement.host == department
    assert movement.leads.get().body == units["nvy"]
    assert plan.assignments.get().body == units["office"]


@pytest.mark.parametrize(
    ("quota", "kind", "sizes"),
    [
        (
            {"collectives": 5, "individuals": 10, "per_programme": False},
            "fixed",
            {"collective": 5, "individual": 10},
        ),
        ({"collectives": None, "individuals": 10, "per_programme": False}, "fixed", {"individual": 10}),
        ({"collectives": 5, "individuals": 10, "per_programme": True}, "per_programme", {}),
        (None, "open", {}),
    ],
)
def test_quota_follows_the_paper(department, office, quota, kind, sizes):
    found = readings.plan(movements=[readings.movement(quota=quota)])
    movement = actions.confirm(office, readings.reading(department, office, found)).movements.get()
    assert movement.quota_kind == kind
    assert dict(movement.quotas.values_list("subject", "size")) == sizes
    if kind == "per_programme":
        assert (movement.per_programme_collectives, movement.per_programme_individuals) == (5, 10)


@pytest.mark.parametrize(
    ("judged_at", "window"),
    [
        ("Đầu năm 2023.", "start"), ("Trong năm 2023.", "during"), ("Cuối năm 2023.", "end"),
        ("Khi tổng kết các chương trình cuối năm 2023.", "end"), (None, "none"),
        ("Theo kế hoạch phát động của UBND tỉnh.", "launcher"), ("Tháng 9 năm 2026.", "during"),
    ],
)  # fmt: skip
def test_judging_words_become_a_window(department, office, judged_at, window):
    found = readings.plan(movements=[readings.movement(judged_at=judged_at)])
    assert (
        actions.confirm(office, readings.reading(department, office, found)).movements.get().window == window
    )


def test_ad_hoc_awards_take_their_own_route(department, office):
    found = readings.plan(movements=[readings.movement(name="Khen thưởng đột xuất")])
    movement = actions.confirm(office, readings.reading(department, office, found)).movements.get()
    assert movement.route == Movement.Route.AD_HOC


def test_a_legal_basis_known_already_is_used_again(department, office):
    LegalDocument.objects.create(
        department=department, kind="Kế hoạch", number="212/KH-BYT", issued_on=date(2026, 9, 15)
    )
    plan = actions.confirm(office, readings.reading(department, office))
    assert list(LegalDocument.objects.filter(plan=None)) == [plan.bases.get()]
    assert plan.bases.count() == 1


def test_failure_in_the_middle_leaves_nothing(department, office, monkeypatch):
    reading = readings.reading(department, office)

    def fail(*_args, **_fields) -> None:
        raise RuntimeError("recipients")

    monkeypatch.setattr(from_plan.Recipient.objects, "create", fail)
    with pytest.raises(RuntimeError):
        actions.confirm(office, reading)
    assert rows() == 0
    reading.refresh_from_db()
    assert reading.state == Reading.State.READ
    assert not LogEntry.objects.about(reading).filter(action="confirm").exists()


def test_failure_in_the_middle_would_leave_half_without_the_transaction(department, office, monkeypatch):
    """The twin: the same failure outside one transaction leaves records behind."""
    reading = readings.reading(department, office)

    def fail(*_args, **_fields) -> None:
        raise RuntimeError("recipients")

    monkeypatch.setattr(from_plan.Recipient.objects, "create", fail)
    with pytest.raises(RuntimeError):
        actions.READING_STEPS["confirm"].then(reading, office)
    assert rows() > 0


def test_a_wrong_value_refuses_and_creates_nothing(department, office):
    found = readings.plan(
        deadlines=[{"on": None, "what": "Báo cáo", "by": None, "to": None, "strict": False}]
    )
    reading = readings.reading(department, office, found)
    with pytest.raises(Refused, match="1 giá trị"):
        actions.confirm(office, reading)
    assert rows() == 0


def test_two_movements_of_one_code_are_refused_with_a_sentence(department, office):
    found = readings.plan(movements=[readings.movement(), readings.movement(name="Khác")])
    with pytest.raises(Refused, match="mã 1"):
        actions.confirm(office, readings.reading(department, office, found))
    assert rows() == 0


@pytest.mark.parametrize("role", [role for role in Role.values if role not in ("standing_office", "leader")])
def test_only_the_office_and_leaders_confirm(department, office, role):
    reading = readings.reading(department, office)
    with pytest.raises(Refused):
        actions.confirm(make.user(role, department), reading)
    assert rows() == 0
    assert actions.confirm(make.user(Role.LEADER, department), reading).pk


def test_a_reading_changed_since_it_was_seen_is_not_confirmed(department, office):
    reading = readings.reading(department, office)
    seen = Reading.objects.get(pk=reading.pk)
    actions.edit(office, reading, {"number": "32/KH-SYT"}, ())
    with pytest.raises(Refused, match="sửa"):
        actions.confirm(office, seen)
    assert rows() == 0


def test_a_record_left_out_is_not_created(department, office):
    reading = actions.edit(office, readings.reading(department, office), {}, ["movements[0]"])
    plan = actions.confirm(office, reading)
    assert not plan.movements.exists()


def test_edits_change_what_is_created_and_follow_what_they_derive_from(department, office):
    units = readings.sector(department)
    reading = readings.reading(department, office)
    texts = {
        "movements[0].quota.collectives": "7",
        "assignments[0].bodies": "Bệnh viện Mắt; Bệnh viện Phổi",
        "movements[0].in_charge": "Bệnh viện Phổi",
    }
    plan = actions.confirm(office, actions.edit(office, reading, texts, ()))
    assert plan.movements.get().quotas.get(subject=Subject.COLLECTIVE).size == 7
    assert set(plan.assignments.values_list("body", flat=True)) == {units["one"].pk, units["two"].pk}
    assert plan.movements.get().leads.get().body == units["two"]


def test_the_plan_page_of_a_confirmed_reading_opens(department, office, client):
    plan = actions.confirm(office, readings.reading(department, office))
    client.force_login(office)
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert client.get(reverse("plans:text", args=[plan.pk])).status_code == 200
