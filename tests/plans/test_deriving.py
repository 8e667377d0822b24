"""A unit's own plan from the department's, and a department's plan after last year's (B-14)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from guong.awards.actions import nominations
from guong.awards.views.nominating import open_movements
from guong.base.access import Role
from guong.base.models import Department
from guong.base.workflow import Refused
from guong.movements.forms import units_launched_by
from guong.movements.models import Movement
from guong.plans import actions
from guong.plans.actions import drafting, issuing
from guong.plans.models import Duty, PlanDraft
from guong.plans.writing.from_parent import SECTIONS
from tests import factories as make
from tests.plans import readings
from tests.plans.drafts import House, house, look_at_everything, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house()


def above(at: House, **fields):
    """A plan of the department that gives the hospital something to do."""
    return at.plan(**{
        "title": "Phong trào thi đua ngành Y tế năm 2026", "issuer": at.department.name,
        "assignments": [
            {"unit": "Bệnh viện Mắt An Bình", "tasks": ["Mổ mắt miễn phí tại xã.", "Gửi số liệu hằng quý."]},
            {"unit": "Văn phòng Sở", "tasks": ["Theo dõi, đôn đốc."]},
        ],
        "activities": [
            {"name": "Khám mắt học đường", "lead_units": ["Bệnh viện Mắt An Bình"], "related_units": []},
            {"name": "Phun hóa chất", "lead_units": ["Văn phòng Sở"], "related_units": []},
        ],
    } | fields)  # fmt: skip


def derived(at: House, **fields) -> PlanDraft:
    return drafting.start_draft(at.clerk, at.hospital, origin="parent", plan=above(at, **fields))


def test_what_concerns_the_unit_is_filled_in_and_the_rest_is_not(at):
    said = derived(at).content
    first = said["legal_bases"][0]
    assert (first["number"], first["issued_on"]) == ("31/KH-SYT", "2026-09-28")
    assert said["title"] == "Triển khai phong trào thi đua ngành Y tế năm 2026 tại Bệnh viện Mắt An Bình"
    names = [row["name"] for row in said["activities"]]
    assert any(name.startswith("Phát động phong trào") for name in names)
    assert "Khám mắt học đường" in names
    assert "Phun hóa chất" not in names
    assert said["assignments"] == [
        {"unit": SECTIONS, "tasks": ["Mổ mắt miễn phí tại xã.", "Gửi số liệu hằng quý."]}
    ]
    assert said["signatory"] == {"position": "GIÁM ĐỐC", "name": "Võ Hữu Phong"}
    assert [row["purpose"] for row in said["distribution"]] == ["báo cáo", "thực hiện", None]
    assert not said["movements"]


def test_an_inner_day_comes_some_days_before_the_day_owed_above(at):
    Department.objects.filter(body=at.department).update(inner_days=7)
    inner, owed = derived(at).content["deadlines"]
    assert (owed["on"], owed["strict"], owed["by"]) == ("2027-01-05", True, "Bệnh viện Mắt An Bình")
    assert (inner["on"], inner["by"], inner["to"]) == ("2026-12-28", SECTIONS, "Bệnh viện Mắt An Bình")


def test_everything_filled_in_is_marked_and_must_be_looked_at(at):
    draft = derived(at)
    assert {"chung", "can-cu", "hoat-dong", "thoi-han", "phan-cong", "noi-nhan"} <= set(draft.unseen)
    with pytest.raises(Refused):
        move(draft, "submit", at.clerk)
    draft = look_at_everything(draft, at.clerk)
    assert draft.unseen == []
    assert move(draft, "submit", at.clerk).state == "submitted"


def test_issued_by_the_unit_it_stands_below_the_plan_above(at):
    draft = move(move(look_at_everything(derived(at), at.clerk), "submit", at.clerk), "approve", at.head)
    plan = issuing.issue(at.head, issuing.give_number(at.clerk, draft, on=timezone.localdate())).plan
    assert (plan.body, plan.kept_by) == (at.hospital, at.hospital)
    assert list(plan.parents()) == [draft.parent]
    assert list(draft.parent.children()) == [plan]
    assert not Movement.objects.filter(plan=plan).exists()
    assert not Duty.objects.filter(obligation__plan=plan).exists()  # the duty is kept above


def test_a_units_plan_binds_nobody_but_the_unit(at):
    """A plan of a hospital that names every unit gives no other unit a duty or a task."""
    other = make.unit(at.department, "Bệnh viện Phổi An Bình")
    reading = readings.reading(at.department, at.clerk, readings.plan(number="9/KH-BVM"))
    reading.body = at.hospital
    reading.save()
    plan = actions.confirm(at.clerk, reading)
    assert set(Duty.objects.filter(obligation__plan=plan).values_list("body", flat=True)) == {at.hospital.pk}
    assert not plan.assignments.filter(body=other).exists()


def test_one_open_draft_for_each_unit_and_plan(at):
    draft = derived(at)
    with pytest.raises(Refused) as told:
        drafting.start_draft(at.head, at.hospital, origin="parent", plan=draft.parent)
    assert draft.content["title"] in str(told.value)
    move(draft, "drop", at.clerk, "làm lại")
    drafting.start_draft(at.head, at.hospital, origin="parent", plan=draft.parent)


def test_another_department_and_a_closed_plan_are_nothing_to_derive_from(at):
    foreign = house("Sở khác").plan()
    with pytest.raises(Refused):
        drafting.start_draft(at.clerk, at.hospital, origin="parent", plan=foreign)
    closed = make.plan(at.department, state="closed")
    with pytest.raises(Refused):
        drafting.start_draft(at.clerk, at.hospital, origin="parent", plan=closed)
    assert not PlanDraft.objects.exists()


def test_last_years_plan_moves_on_by_a_year(at):
    old = above(at, period={"start": "2026-01-15", "end": "2026-12"})
    draft = drafting.start_draft(at.officer, at.department, origin="last_year", plan=old)
    said = draft.content
    assert (said["number"], said["issued_on"], draft.year) == (None, None, 2027)
    assert said["title"].endswith("năm 2027")
    assert said["period"] == {"start": "2027-01-15", "end": "2027-12"}
    assert said["deadlines"][0]["on"] == "2028-01-05"
    assert said["movements"][0]["name"] == old.content["movements"][0]["name"]
    assert "phong-trao" in draft.unseen


def test_other_units_neither_launch_nor_nominate_under_a_units_own_movement(at):
    own = make.movement(make.plan(at.department, body=at.hospital))
    other = make.unit(at.department, "Bệnh viện Phổi An Bình")
    head = make.user(Role.UNIT_HEAD, other)
    assert not units_launched_by(head, own).exists()
    assert list(units_launched_by(at.head, own)) == [at.hospital]
    assert own not in open_movements(head)
    assert own in Movement.objects.for_unit(at.hospital)
    assert own not in Movement.objects.for_unit(other)
    work = make.employ(make.person(), other)
    with pytest.raises(Refused):
        nominations.draft(by=head, movement=own, nominee=work, text=nominations.Text("Tận tụy.", None))
