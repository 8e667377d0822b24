"""Screens of organisation, people, roles, log, home and search in a browser: accessible, quiet, narrow."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests import factories as make
from tests.browser import listen, picture, sign_in, violations

from guong.base.access import Role
from guong.base.actions.grants import delegate
from guong.base.actions.organisation import rename_body
from guong.base.actions.reorganisation import merge_bodies
from guong.base.entry import stamp
from guong.base.workflow import record_refusal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "home": "/viec/",
    "search": "/tim/?q=benh vien",
    "search-nothing": "/tim/?q=khong co",
    "tree": "/to-chuc/",
    "tree-found": "/to-chuc/?q=benh vien",
    "body": "/to-chuc/{into}/",
    "department": "/to-chuc/{department}/",
    "body-new": "/to-chuc/moi/",
    "body-edit": "/to-chuc/{into}/sua/",
    "body-rename": "/to-chuc/{into}/doi-ten/",
    "body-merge": "/to-chuc/{into}/sap-nhap/",
    "body-split": "/to-chuc/{into}/tach/",
    "body-close": "/to-chuc/{into}/dong/",
    "settings": "/to-chuc/{department}/thiet-dat/",
    "people": "/nguoi/",
    "person": "/nguoi/{person}/",
    "person-new": "/nguoi/moi/",
    "person-move": "/nguoi/vi-tri/{work}/chuyen/",
    "roles": "/vai-tro/",
    "account": "/vai-tro/{head}/",
    "own-roles": "/vai-tro/{administrator}/",
    "grant": "/vai-tro/{head}/cap/",
    "close-account": "/vai-tro/{head}/dong/",
    "log": "/nhat-ky/",
    "password": "/mat-khau/",
}


@pytest.fixture
def office():
    """A small department with a history, and its administrator."""
    department = make.department()
    administrator = make.user(Role.ADMINISTRATOR, department, make.person("Phạm Quang Huy", birth_year=1979))
    make.employ(administrator.person, department.department.standing_office, "Chuyên viên")
    into = make.unit(department, "Bệnh viện Đa khoa khu vực Đồng Mây")
    joined = make.unit(department, "Bệnh viện Phụ sản")
    for number in range(8):
        section = make.section(into if number % 2 else joined, f"Khoa Nội {number}")
        make.employ(make.person(f"Trần Thị Mùa {number}", birth_year=1980 + number), section)
    merge_bodies(
        [joined], into, day=date(2026, 7, 1), decision="12/QĐ-UBND", carry_roles=True, by=administrator
    )
    into.refresh_from_db()
    rename_body(
        into, name="Bệnh viện Đa khoa Đồng Mây", short_name="BVĐK Đồng Mây", day=date(2026, 8, 1),
        decision="31/QĐ-UBND", seen=stamp(into, ("name", "short_name")), by=administrator,
    )  # fmt: skip
    head = make.user(Role.UNIT_HEAD, into, make.person("Vũ Thị Ngàn", birth_year=1970))
    work = make.employ(head.person, into, "Giám đốc", is_leader=True)
    deputy = make.user()
    make.employ(deputy.person, into, "Phó Giám đốc")
    today = timezone.localdate()
    delegate(
        head.grants.get(), deputy, begin=today, end=today + timedelta(days=4), reason="nghỉ phép", by=head,
        key=uuid.uuid4(),
    )  # fmt: skip
    record_refusal("close_body", into, head, "Chỉ quản trị của Bệnh viện làm được việc này.")
    records = {"department": department, "administrator": administrator, "into": into, "head": head}
    return {**{name: record.pk for name, record in records.items()}, "person": head.person_id,
            "work": work.pk, "account": administrator}  # fmt: skip


@pytest.fixture
def quiet(page, live_server, office):
    """The page of the administrator, and the promise that its console stays empty."""
    said = listen(page)
    sign_in(page.context, live_server.url, office["account"])
    yield page
    assert said == []


@pytest.mark.parametrize("width", [1280, 360])
def test_every_screen_is_accessible_and_fits(quiet, live_server, office, width):
    quiet.set_viewport_size({"width": width, "height": 900})
    wrong = {}
    for name, address in PAGES.items():
        answer = quiet.goto(live_server.url + address.format(**office))
        picture(quiet, name, width)
        assert answer.status == 200, name
        wide = quiet.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if found := [*violations(quiet), *(["too wide"] if wide > 0 else [])]:
            wrong[name] = found
    assert wrong == {}


def test_person_is_entered_in_the_browser_and_a_mistake_keeps_the_text(quiet, live_server, office):
    quiet.goto(f"{live_server.url}/nguoi/moi/")
    quiet.get_by_label("Họ và tên").fill("Đinh Thị Suối")
    quiet.get_by_label("Chức vụ, vị trí").fill("Hộ sinh")
    quiet.get_by_label("Đơn vị, khoa phòng").select_option(str(office["into"]))
    quiet.get_by_label("Diện").select_option("VC")
    quiet.get_by_label("Từ ngày").fill("31/11/2025")
    quiet.get_by_role("button", name="Nhập người này").click()
    assert quiet.get_by_label("Họ và tên").input_value() == "Đinh Thị Suối"
    quiet.get_by_label("Từ ngày").fill("01/11/2025")
    quiet.get_by_role("button", name="Nhập người này").click()
    quiet.get_by_role("heading", name="Đinh Thị Suối").wait_for()
    assert violations(quiet) == []
