"""A layer goes from the example to force in a browser; every page of the law is sound, wide and narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from guong.regulations.models import Layer
from tests.browser import sign_in
from tests.regulations.house import PDF, draft, house, in_force, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
LAW = "/quy-dinh/"


@pytest.fixture
def at():
    return house()


@pytest.fixture
def visit(page: Page, live_server):
    """Signs somebody in; the console stays empty."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))

    def enter(user) -> Page:
        page.context.clear_cookies()
        sign_in(page.context, live_server.url, user)
        return page

    yield enter
    refused = "status of 422"  # a form with a fault comes back so; Chromium says it on the console
    assert [said for said in complaints if refused not in said] == []


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_sound_at_both_widths(visit, live_server, at, width):
    layer, waiting = in_force(at), draft(at, text("b", 20))
    screen = visit(at.office)
    screen.set_viewport_size({"width": width, "height": 900})
    own = layer.get_absolute_url()
    pages = (
        LAW, f"{LAW}danh-hieu/", f"{LAW}danh-hieu/LDTT/", f"{LAW}gia-tri/?q=phieu", f"{LAW}rieng/", own,
        waiting.get_absolute_url(), f"{LAW}rieng/nhap/", f"{waiting.get_absolute_url()}sua/",
        f"/so-khen-thuong/quy-dinh-rieng/{layer.pk}/",
    )  # fmt: skip
    for address in pages:
        screen.goto(live_server.url + address)
        assert screen.evaluate("document.documentElement.scrollWidth") <= width, address
        found = Axe().run(screen).response["violations"]
        assert [(address, one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_from_the_example_over_a_fault_to_force(visit, live_server, at):
    screen = visit(at.office)
    screen.goto(f"{live_server.url}{LAW}")
    screen.get_by_role("link", name="Nhập quy định riêng").click()
    screen.get_by_role("link", name="Điền an-binh-2025").click()
    words = screen.get_by_label("Nội dung (YAML)")
    words.fill(words.input_value().replace("value: 80,", "value: 180,"))
    screen.get_by_label("Ngày ký quyết định").fill("01/10/2025")
    screen.get_by_role("button", name="Lưu thành bản nháp").click()
    expect(screen.get_by_text("votes.quorum: 180 không đúng kiểu percent").first).to_be_visible()
    words.fill(words.input_value().replace("value: 180,", "value: 80,"))
    paper = {"name": "qd.pdf", "mimeType": "application/pdf", "buffer": PDF}
    screen.get_by_label("Quyết định đã ký (PDF)").set_input_files(paper)
    screen.get_by_role("button", name="Lưu thành bản nháp").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text(
        "Quy chế thi đua, khen thưởng tỉnh An Bình"
    )
    layer = Layer.objects.get()
    screen = visit(at.leader)
    screen.goto(live_server.url + layer.get_absolute_url())
    expect(screen.get_by_text("deadline.yearly").first).to_be_visible()
    screen.get_by_role("button", name="Đưa vào áp dụng").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("đang áp dụng")
    layer.refresh_from_db()
    assert layer.state == "in_force"
