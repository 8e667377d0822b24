"""Pages of what may be proposed in a real browser: accessible, quiet, narrow, and used with the keyboard."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.utils import timezone

from guong.records.actions.entries import enter, say_whole
from guong.records.models import Honour, Rating
from tests.browser import wrong_with
from tests.records.book import Office, office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/so-khen-thuong/de-nghi/"
YEAR = timezone.localdate().year - 1


@pytest.fixture
def at() -> Office:
    made = office()
    fields = {"code": "CSTDCS", "year": YEAR, "kind": "merit", "decision_number": "14/QĐ-SYT",
              "decided_on": date(YEAR + 1, 1, 18), "authority": "Giám đốc Sở", "achievement": ""}  # fmt: skip
    enter(Honour, made.nurse, fields, by=made.clerk, key=uuid.uuid4())
    rating = {"year": YEAR, "level": "HTXS", "decision_number": ""}
    enter(Rating, made.nurse, rating, by=made.clerk, key=uuid.uuid4())
    say_whole(made.unit, "titles", 2015, by=made.clerk)
    return made


def test_pages_are_accessible_and_fit(at, page_of):
    mine, unit = f"{HERE}nguoi/{at.nurse.pk}/", f"{HERE}don-vi/{at.unit.pk}/"
    compared = f"{mine}BKT/?year={YEAR}&day=20/05/2025&against=R1"
    found = [
        *wrong_with(page_of(at.own, f"{mine}?year={YEAR}"), "overview"),
        *wrong_with(page_of(at.clerk, f"{mine}CSTDT/?year={YEAR}"), "explanation"),
        *wrong_with(page_of(at.clerk, compared), "compared"),
        *wrong_with(page_of(at.clerk, f"{unit}?year={YEAR}"), "collective"),
        *wrong_with(page_of(at.clerk, f"{unit}danh-sach/?year={YEAR}"), "board"),
        *wrong_with(page_of(at.clerk, f"{unit}danh-sach/?year={YEAR}&q=khong"), "nobody"),
        *wrong_with(page_of(at.officer, HERE), "start"),
        *wrong_with(page_of(at.officer, f"{HERE}nganh/{at.root.pk}/?year={YEAR}"), "sector-empty"),
    ]
    assert found == []


def test_the_sector_is_worked_out_by_keyboard_and_filtered(at, page_of):
    page = page_of(at.officer, f"{HERE}nganh/{at.root.pk}/?year={YEAR}")
    page.get_by_role("button", name="Tính toàn ngành").press("Enter")
    page.get_by_role("button", name="Tính lại").wait_for()
    assert wrong_with(page, "sector") == []
    page.get_by_label("Danh hiệu, hình thức").select_option("CSTDT")
    page.get_by_label("Trả lời").select_option("not_eligible")
    page.get_by_role("button", name="Xem").press("Enter")
    page.wait_for_url("**code=CSTDT**")
    listed = page.locator("#danh-sach")
    assert "Nguyễn Thị Hòa" in listed.inner_text()
    listed.get_by_role("link", name="CSTĐ tỉnh: chưa đủ điều kiện").first.press("Enter")
    page.wait_for_url("**/CSTDT/**")
    assert "Điều kiện" in page.inner_text("main")


def test_what_is_missing_is_entered_from_the_explanation(at, page_of):
    page = page_of(at.clerk, f"{HERE}nguoi/{at.nurse.pk}/LDTT/")
    page.get_by_text("Nhập phần còn thiếu").press("Enter")
    page.get_by_role("link", name="Nhập xếp loại").click()
    page.wait_for_url("**/them-xep-loai/**")
