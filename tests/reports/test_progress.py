"""The progress of a plan: right counts, both denominators, few queries, only for who may see."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from guong.base.access import Role
from guong.movements.models import Launch
from guong.reports.progress import Progress
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


@pytest.fixture
def plan(department):
    return make.plan(department, number="07/KH-SYT")


def sheets_of(answer) -> dict[str, list[tuple]]:
    """Rows of every sheet of a downloaded workbook."""
    book = load_workbook(io.BytesIO(answer.content))
    return {page.title: [tuple(row) for row in page.iter_rows(values_only=True)] for page in book}


def fill(plan, department, many: int) -> list:
    """Movements that every unit launches and nominates for."""
    units = [make.unit(department) for _ in range(many)]
    clerk = make.user(Role.UNIT_CLERK, department)
    for unit in units:
        movement = make.movement(plan)
        Launch.objects.create(movement=movement, body=unit, on=date(2026, 2, 3))
        make.nomination(movement, unit, state="submitted", created_by=clerk)
    return units


@pytest.mark.parametrize("many", [1, 30])
def test_queries_do_not_grow(client, plan, department, office, many):
    fill(plan, department, many)
    client.force_login(office)
    url = reverse("reports:plan", args=[plan.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    assert len(asked) <= 16


def test_counts_are_right_and_drafts_are_not_nominations(plan, department, office):
    one, two = make.unit(department, "Bệnh viện Mắt"), make.unit(department, "Bệnh viện Phổi")
    make.unit(department, "Bệnh viện Sao Mai", subordinate=False)
    movement = make.movement(plan, collectives=5, individuals=10)
    Launch.objects.create(movement=movement, body=one, on=date(2026, 2, 3))
    for unit, state in ((one, "submitted"), (one, "awarded"), (two, "draft"), (two, "withdrawn")):
        make.nomination(movement, unit, state=state)
    progress = Progress(plan, office)
    (line,) = progress.movement_lines
    assert [(share.done, share.total) for share in line.launched] == [(1, 2), (1, 3)]
    assert (line.nominated, line.nominating_units, line.awarded, line.places) == (2, 1, 0, 15)
    assert [unit.name for unit in line.launched[0].missing] == ["Bệnh viện Phổi"]
    assert [(unit.unit.name, unit.launched, unit.nominated) for unit in progress.unit_lines][:2] == [
        ("Bệnh viện Mắt", 1, 2), ("Bệnh viện Phổi", 0, 0),
    ]  # fmt: skip
    assert progress.totals == {"nominated": 2, "awarded": 0, "places": 15, "used": 0}


def test_people_of_a_unit_see_their_own_line_only(client, plan, department):
    mine, other = fill(plan, department, 2)
    clerk = make.user(Role.UNIT_CLERK, mine)
    assert [line.unit for line in Progress(plan, clerk).unit_lines] == [mine]
    client.force_login(clerk)
    sheets = sheets_of(client.get(reverse("reports:plan_sheet", args=[plan.pk])))
    cells = [cell for row in sheets["Theo đơn vị"] for cell in row]
    assert mine.name in cells
    assert other.name not in cells


@pytest.mark.parametrize("role", [Role.STANDING_OFFICE, Role.LEADER, Role.INSPECTOR, Role.AUDITOR])
def test_readers_of_the_sector_see_every_unit(plan, department, role):
    units = fill(plan, department, 3)
    on = department.department.standing_office if role == Role.STANDING_OFFICE else department
    assert {line.unit for line in Progress(plan, make.user(role, on)).unit_lines} == set(units)


def test_the_workbook_says_what_the_page_says(client, plan, department, office):
    units = fill(plan, department, 3)
    client.force_login(office)
    answer = client.get(reverse("reports:plan_sheet", args=[plan.pk]))
    assert 'filename="tien-do-07-kh-syt-2026.xlsx"' in answer["Content-Disposition"]
    sheets = sheets_of(answer)
    assert list(sheets) == ["Theo phong trào", "Theo đơn vị", "Chưa phát động"]
    movements = [row for row in sheets["Theo phong trào"] if str(row[1]).startswith("Phong trào ")]
    assert [row[2:8] for row in movements] == [(1, 3, 1, 3, 1, 1)] * 3
    assert sum(units[0].name in row for row in sheets["Chưa phát động"]) == 2


def test_another_departments_plan_is_not_found(client, plan):
    client.force_login(make.standing_officer(make.department("Sở Y tế Bình Sơn")))
    for name in ("plan", "plan_sheet"):
        assert client.get(reverse(f"reports:{name}", args=[plan.pk])).status_code == 404
    assert "07/KH-SYT" not in client.get("/bao-cao/").content.decode()


def test_the_index_lists_plans_with_movements(client, plan, office):
    client.force_login(office)
    assert "07/KH-SYT" not in client.get("/bao-cao/").content.decode()
    make.movement(plan)
    assert "07/KH-SYT" in client.get("/bao-cao/").content.decode()
