"""A plan written in a real browser: by the office, the leader, the unit; on a desk and on a phone."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from guong.plans.actions import drafting
from guong.plans.models import Plan, PlanDraft
from tests.browser import sign_in
from tests.plans.drafts import House, house, move

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SHOTS = os.environ.get("GUONG_SHOTS", "")  # a folder: keep what was seen


@pytest.fixture
def at() -> House:
    return house()


@pytest.fixture
def quiet(page: Page):
    """Everything the console says is a fault."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page
    assert said == []


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_are_accessible_and_fit(quiet: Page, live_server, at, width):
    plan = at.plan()
    draft = drafting.start_draft(at.clerk, at.hospital, origin="parent", plan=plan)
    here = draft.get_absolute_url()
    pages = {
        "list": "/ke-hoach/du-thao/", "new": f"/ke-hoach/du-thao/moi/?tu={plan.pk}", "draft": here,
        "facts": f"{here}soan/chung/", "dates": f"{here}soan/thoi-han/",
        "movements": f"{here}soan/phong-trao/", "plan": plan.get_absolute_url(),
    }  # fmt: skip
    sign_in(quiet.context, live_server.url, at.clerk)
    quiet.set_viewport_size({"width": width, "height": 900})
    for name, url in pages.items():
        quiet.goto(live_server.url + url)
        found = Axe().run(quiet).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == [], name
        assert quiet.evaluate("document.documentElement.scrollWidth") <= width, name
        if SHOTS:
            quiet.screenshot(path=Path(SHOTS) / f"draft-{name}-{width}.png", full_page=True)


def test_a_unit_derives_writes_and_sends_its_plan(quiet: Page, live_server, at):
    plan = at.plan(title="Phong trào thi đua ngành Y tế năm 2026")
    sign_in(quiet.context, live_server.url, at.clerk)
    quiet.goto(live_server.url + plan.get_absolute_url())
    quiet.get_by_role("link", name="Cụ thể hóa thành kế hoạch đơn vị").click()
    quiet.get_by_role("button", name="Bắt đầu soạn").click()
    expect(quiet.get_by_role("button", name="Trình duyệt")).to_have_attribute("aria-disabled", "true")
    quiet.get_by_role("link", name="Tên và thể thức").click()
    quiet.get_by_label("Chủ đề", exact=True).fill("Sáng mắt người già")
    for _ in range(20):
        if not quiet.get_by_role("button", name="Lưu và sang trang sau").count():
            break
        quiet.get_by_role("button", name="Lưu và sang trang sau").click()
    quiet.get_by_role("button", name="Lưu và xem văn bản").click()
    expect(quiet.locator(".paper")).to_contain_text("Sáng mắt người già")
    quiet.get_by_role("button", name="Trình duyệt").click()
    expect(quiet.get_by_role("heading", level=1)).to_contain_text("chờ duyệt")
    assert PlanDraft.objects.get().state == "submitted"


def test_what_was_typed_comes_back_after_the_line_was_lost(quiet: Page, live_server, at):
    draft = at.draft()
    sign_in(quiet.context, live_server.url, at.officer)
    address = f"{live_server.url}{draft.get_absolute_url()}soan/chung/"
    quiet.goto(address)
    quiet.get_by_label("Chủ đề", exact=True).fill("Chữ chưa kịp gửi")
    expect(quiet.locator("[data-draft-line]")).to_be_visible()
    quiet.goto("about:blank")
    quiet.goto(address)
    expect(quiet.get_by_label("Chủ đề", exact=True)).to_have_value("Chữ chưa kịp gửi")


def test_the_leader_approves_the_registry_numbers_and_the_plan_is_issued(quiet: Page, live_server, at):
    draft = move(at.draft(), "submit", at.officer)
    address = live_server.url + draft.get_absolute_url()
    sign_in(quiet.context, live_server.url, at.leader)
    quiet.goto(address)
    quiet.get_by_role("button", name="Duyệt kế hoạch").click()
    sign_in(quiet.context, live_server.url, at.officer)
    quiet.goto(address)
    quiet.get_by_role("button", name="Cấp số, ngày").click()
    expect(quiet.locator(".paper")).to_contain_text("Số: 01/KH-SYT")
    quiet.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(quiet).to_have_url(re.compile(r"/ke-hoach/\d+/$"))
    assert Plan.objects.get().number == "01/KH-SYT"
