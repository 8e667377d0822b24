"""Register, lists, checks and added records in a browser, wide and narrow, without complaints."""

from __future__ import annotations

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from guong.plans import actions, keeping
from guong.plans.models import LegalDocument, Target
from tests import factories as make
from tests.browser import sign_in
from tests.plans import readings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def world():
    """A department with lists, a plan with a check and peaks, and a reading that waits."""
    department = make.department()
    readings.sector(department)
    office = make.standing_officer(department)
    keeping.add_standard_lists(office, department)
    found = readings.plan(
        peaks=[{"text": "Dịp Tết", "rule": "tet"}], period={"start": "2026-01-01", "end": "2026-12"}
    )
    plan = actions.confirm(office, readings.reading(department, office, found))
    waiting = readings.reading(department, office, readings.plan(number="32/KH-SYT"))
    return {"office": office, "plan": plan, "waiting": waiting}


@pytest.fixture
def signed_in(page: Page, live_server, world):
    """The standing office's browser; the console stays empty."""
    sign_in(page.context, live_server.url, world["office"])
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    yield page
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_every_new_page_is_sound_at_both_widths(signed_in: Page, live_server, world, width):
    plan = world["plan"]
    basis = plan.bases.get()
    signed_in.set_viewport_size({"width": width, "height": 900})
    actions.publish(world["office"], plan)
    pages = (
        "/ke-hoach/so-van-ban/", f"/ke-hoach/so-van-ban/{basis.pk}/", f"/ke-hoach/so-van-ban/{basis.pk}/cay/",
        f"/ke-hoach/so-van-ban/{basis.pk}/sua/", "/ke-hoach/danh-muc/", "/ke-hoach/danh-muc/dip/them/",
        plan.get_absolute_url(), f"/ke-hoach/{plan.pk}/nhiem-vu-trong-tam/",
        f"/ke-hoach/chi-tieu/{plan.targets.first().pk}/", world["waiting"].get_absolute_url(),
        "/cong-khai/ke-hoach/", f"/cong-khai/ke-hoach/{plan.pk}/",
    )  # fmt: skip
    for address in pages:
        signed_in.goto(live_server.url + address)
        assert signed_in.evaluate("document.documentElement.scrollWidth") <= width, address
        found = Axe().run(signed_in).response["violations"]
        assert [(address, one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_a_document_is_added_replaced_and_found_by_keyboard(signed_in: Page, live_server, world):
    signed_in.goto(live_server.url + "/ke-hoach/so-van-ban/")
    signed_in.get_by_role("link", name="Thêm văn bản").press("Enter")
    signed_in.locator("#id_kind").fill("Kế hoạch")
    signed_in.locator("#id_number").fill("300/KH-BYT")
    signed_in.locator("#id_issued_on").fill("20/09/2026")
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("heading", level=1)).to_contain_text("300/KH-BYT")
    old = LegalDocument.objects.get(number="212/KH-BYT")
    signed_in.goto(live_server.url + f"/ke-hoach/so-van-ban/{old.pk}/sua/")
    signed_in.get_by_label("Thay thế bởi", exact=False).fill("300/KH-BYT")
    signed_in.get_by_role("button", name="Lưu mục").click()
    expect(signed_in.get_by_text("đã bị thay thế bởi Kế hoạch 300/KH-BYT").first).to_be_visible()
    signed_in.goto(live_server.url + world["plan"].get_absolute_url())
    expect(signed_in.get_by_text("đã bị thay thế bởi Kế hoạch 300/KH-BYT")).to_be_visible()


def test_a_missed_target_is_added_on_the_confirm_screen(signed_in: Page, live_server, world):
    signed_in.goto(live_server.url + world["waiting"].get_absolute_url())
    signed_in.get_by_role("button", name="Thêm vào chỉ số").click()
    added = signed_in.locator("#f-targets-1-metric")
    expect(added).to_be_visible()
    added.fill("Tin, bài về người tốt")
    signed_in.locator("#f-targets-1-value").fill("20")
    signed_in.get_by_role("button", name="Lưu để xem sau").last.click()
    expect(signed_in.get_by_text("Tin, bài về người tốt").first).to_be_visible()


def test_a_result_is_recorded_and_shown_with_its_bar(signed_in: Page, live_server, world):
    target: Target = world["plan"].targets.get()
    signed_in.goto(live_server.url + world["plan"].get_absolute_url())
    signed_in.get_by_role("link", name="Ghi kết quả").click()
    signed_in.get_by_label("chưa đạt").check()
    signed_in.get_by_label("Đã làm được", exact=False).fill("97 %")
    signed_in.get_by_role("button", name="Lưu").click()
    expect(signed_in.locator("#kiem")).to_contain_text("97 %")
    expect(signed_in.locator("#kiem .bar")).to_be_visible()
    target.refresh_from_db()
    assert (target.met, target.checked_at.date() >= date(2026, 1, 1)) == (False, True)
