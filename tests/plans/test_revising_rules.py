"""What rules made is revised by difference too: checks, peaks, what recurs, citations (B-16, B-19)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from guong.base.workflow import take
from guong.plans import by_revision_rules
from guong.plans.flow import DUTY_STEPS
from guong.plans.models import Duty, Obligation, Target
from tests import factories as make
from tests.plans import readings, revisions

pytestmark = pytest.mark.django_db
YEARLY = {
    "what": "Giới thiệu điển hình", "by": "Các đơn vị trực thuộc", "every": "year", "on": "--12-10",
    "collectives": 1, "individuals": 1, "first_year": 2026, "last_year": 2027,
}  # fmt: skip
CHECK = {"text": "100% đơn vị có kế hoạch", "metric": "đơn vị có kế hoạch", "value": "100%"}
CITED = {"kind": "Chỉ thị", "number": "11/CT-BYT", "issued_on": "2025-03-01", "issuer": "Bộ Y tế"}
PEAK = {"text": "dịp Tết Nguyên đán", "rule": "tet"}


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


@pytest.fixture
def plan(department, office):
    readings.sector(department)
    rules = {"recurring": [YEARLY], "requirements": [CHECK], "citations": [CITED], "peaks": [PEAK]}
    return revisions.plan(department, office, **rules)


def times(plan):
    return plan.obligations.filter(what__startswith="Giới thiệu điển hình", ended_by=None).order_by("due_on")


def reported(plan, year: int) -> Duty:
    """One unit's report of a year, sent by its clerk."""
    duty = times(plan).get(due_on__year=year).duties.order_by("pk").first()
    duty.report = "Đã giới thiệu 01 tập thể, 01 cá nhân."
    duty.save()
    return take(DUTY_STEPS["report"], duty, by=make.user("unit_clerk", duty.body))


def test_a_new_day_moves_every_year_and_keeps_the_reports(plan, office):
    duty, before = reported(plan, 2026), set(times(plan).values_list("pk", flat=True))
    revisions.revise(plan, office, recurring=[YEARLY | {"on": "--11-20", "individuals": 2}])
    assert set(times(plan).values_list("pk", flat=True)) == before
    assert list(times(plan).values_list("due_on", "individuals")) == [
        (date(2026, 11, 20), 2), (date(2027, 11, 20), 2),
    ]  # fmt: skip
    duty.refresh_from_db()
    assert (duty.state, duty.report) == (Duty.State.REPORTED, "Đã giới thiệu 01 tập thể, 01 cá nhân.")


def test_a_year_more_is_made_and_a_year_less_goes_unless_somebody_reported(plan, office):
    duty = reported(plan, 2026)
    made = revisions.revise(plan, office, recurring=[YEARLY | {"first_year": 2027, "last_year": 2028}])
    assert [one.due_on.year for one in times(plan)] == [2027, 2028]
    kept = Obligation.objects.get(pk=duty.obligation_id)
    assert kept.ended_by == made
    assert list(kept.duties.all()) == [duty]


def test_what_recurs_no_more_is_gone_where_nobody_worked(plan, office):
    revisions.revise(plan, office, recurring=[])
    assert not times(plan).exists()
    assert not Obligation.objects.filter(what__startswith="Giới thiệu điển hình").exists()


def test_what_recurs_anew_is_owed_by_its_units(plan, office):
    owed = times(plan).first().duties.count()
    other = YEARLY | {"what": "Báo cáo kết quả trao đổi kinh nghiệm", "on": "--06-30"}
    revisions.revise(plan, office, recurring=[YEARLY, other])
    found = plan.obligations.filter(what=other["what"])
    assert [one.due_on for one in found.order_by("due_on")] == [date(2026, 6, 30), date(2027, 6, 30)]
    assert owed and {one.duties.count() for one in found} == {owed}


def check_of(plan) -> Target:
    return plan.targets.get(kind=Target.Kind.REQUIREMENT, ended_by=None)


def checked(plan, office) -> Target:
    found = check_of(plan)
    found.met, found.reached, found.checked_by, found.checked_at = True, "51/51", office, timezone.now()
    found.save()
    return found


def test_a_check_against_another_figure_is_open_again_and_keeps_what_was_reached(plan, office):
    found = checked(plan, office)
    revisions.revise(plan, office, requirements=[CHECK | {"value": "90%"}])
    again = check_of(plan)
    assert (again.pk, again.value, again.met, again.reached) == (found.pk, "90%", None, "51/51")


def test_a_checked_requirement_taken_out_is_kept_as_ended(plan, office):
    found = checked(plan, office)
    made = revisions.revise(plan, office, requirements=[])
    found.refresh_from_db()
    assert found.ended_by == made


def test_a_requirement_nobody_checked_goes(plan, office):
    revisions.revise(plan, office, requirements=[])
    assert not plan.targets.filter(kind=Target.Kind.REQUIREMENT).exists()


def test_two_requirements_that_check_the_same_thing_stay_two(plan, office):
    """One figure for the year, another for the half year: each keeps its own record."""
    half = CHECK | {"text": "50% đơn vị có kế hoạch trong quý I", "value": "50%"}
    revisions.revise(plan, office, requirements=[CHECK, half])
    before = set(plan.targets.filter(kind=Target.Kind.REQUIREMENT).values_list("pk", flat=True))
    revisions.revise(plan, office, requirements=[CHECK, half | {"value": "60%"}])
    found = plan.targets.filter(kind=Target.Kind.REQUIREMENT, ended_by=None).order_by("order")
    assert {row.pk for row in found} == before
    assert [row.value for row in found] == ["100%", "60%"]


def test_citations_and_peaks_follow_the_new_text(plan, office):
    other = CITED | {"number": "12/CT-BYT"}
    revisions.revise(plan, office, citations=[other], peaks=[])
    assert [row.document.number for row in plan.citations.select_related("document")] == ["12/CT-BYT"]
    assert not plan.peaks.exists()


def test_without_its_part_a_revision_would_leave_the_old_days(plan, office, monkeypatch):
    """The twin."""
    monkeypatch.setattr(by_revision_rules, "revise", lambda _edition: None)
    revisions.revise(plan, office, recurring=[YEARLY | {"on": "--11-20"}])
    assert {one.due_on.day for one in times(plan)} == {10}
