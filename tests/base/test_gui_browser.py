"""The look in a real browser: accessible, quiet, narrow enough, usable by keyboard and without script."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from tests import factories
from tests.browser import violations

from guong.base.access import Role
from guong.base.sheet import FAILURES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)
SHEET = "/khung/"


@pytest.fixture
def quiet(page: Page):
    """The page, and the promise that its console stays empty."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


@pytest.fixture
def signed_in(quiet: Page, live_server, client) -> Page:
    department = factories.department()
    account = factories.user(Role.STANDING_OFFICE, department.department.standing_office)
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    quiet.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    return quiet


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_component_sheet_is_accessible_and_fits(signed_in, live_server, width):
    signed_in.set_viewport_size({"width": width, "height": 900})
    signed_in.goto(live_server.url + SHEET)
    expect(signed_in.get_by_text("11 trên 16")).to_be_visible()
    assert violations(signed_in) == []
    assert overflow(signed_in) <= 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FAILURES)
def test_failure_pages_are_accessible_and_fit(quiet, live_server, width, name):
    quiet.set_viewport_size({"width": width, "height": 900})
    quiet.goto(f"{live_server.url}/khung/loi/{name}/")
    expect(quiet.locator("h1")).to_have_count(1)
    assert violations(quiet) == []
    assert overflow(quiet) <= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_login_page_is_accessible_and_fits(quiet, live_server, width):
    quiet.set_viewport_size({"width": width, "height": 900})
    quiet.goto(live_server.url + reverse("site:login"))
    expect(quiet.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert violations(quiet) == []
    assert overflow(quiet) <= 0


def test_language_is_switched_and_switched_back(signed_in, live_server):
    signed_in.goto(live_server.url + SHEET)
    signed_in.get_by_role("link", name="English").click()
    expect(signed_in).to_have_url(live_server.url + SHEET)
    expect(signed_in.locator("html")).to_have_attribute("lang", "en")
    signed_in.get_by_role("link", name="Tiếng Việt").click()
    expect(signed_in.get_by_role("link", name="Đến nội dung chính")).to_have_count(1)


def test_account_menu_logs_out_and_forgets_drafts(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    page.locator("#a_report").fill("riêng")
    expect(page.locator("form[data-draft]").get_by_text("Đã lưu nháp lúc")).to_be_visible()
    page.locator("details[data-menu] summary").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_hidden()
    page.locator("details[data-menu] summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator(".me .who")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('guong:'))") == []


def test_axe_would_find_a_planted_fault(quiet, live_server):
    """The twin: an unlabelled field added to the sheet is found."""
    quiet.goto(live_server.url + SHEET)
    quiet.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert [found.split(":")[0] for found in violations(quiet)] == ["label"]


def test_every_control_is_large_enough_for_a_finger(signed_in, live_server):
    signed_in.set_viewport_size({"width": 360, "height": 900})
    signed_in.goto(live_server.url + SHEET)
    controls = signed_in.locator("a.btn, button.btn, summary.btn, input.in, select.in, .tabs a")
    assert controls.count() > 20
    heights = controls.evaluate_all(
        "found => found.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 38


def test_first_stop_of_the_keyboard_is_the_content(signed_in, live_server):
    signed_in.goto(f"{live_server.url}/khung/loi/404/")
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#noi-dung")).to_be_focused()


def test_keys_move_select_search_and_help(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    rows = page.locator("[data-rows] tbody tr")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(rows.nth(1)).to_have_class("sel")
    expect(page.locator("[data-count]")).to_have_text("Đã chọn 1")
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(live_server.url + SHEET + "#r1")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#tim")).to_be_focused()
    page.keyboard.type("/jx?")
    expect(page.locator("#tim")).to_have_value("/jx?")


def test_select_all_fills_the_bulk_bar(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    expect(page.locator("[data-bulk]")).to_be_hidden()
    page.get_by_label("Chọn cả trang").check()
    expect(page.locator("[data-count]")).to_have_text("Đã chọn 3")
    page.get_by_label("Chọn 2.4").uncheck()
    expect(page.locator("[data-count]")).to_have_text("Đã chọn 2")
    assert page.get_by_label("Chọn cả trang").evaluate("box => box.indeterminate")


def test_reason_is_asked_in_a_dialog(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    page.get_by_role("link", name="Trả lại kèm lý do").click()
    dialog = page.get_by_role("dialog", name="Trả lại kèm lý do?")
    expect(dialog.get_by_label("Lý do")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_without_script_the_dialog_is_a_form_below(browser: Browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(live_server.url + SHEET)
    reason = page.get_by_label("Lý do", exact=True)
    expect(page.locator("[data-bulk]")).to_be_visible()
    expect(reason).to_be_hidden()
    page.get_by_role("link", name="Trả lại kèm lý do").click()
    expect(reason).to_be_visible()
    page.get_by_role("link", name="Quay lại").click()
    expect(reason).to_be_hidden()
    context.close()


def test_draft_is_kept_until_it_is_sent(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    report = page.locator("#a_report")
    report.fill("Đêm 03/5 vượt lũ")
    expect(page.locator("form[data-draft]").get_by_text("Đã lưu nháp lúc")).to_be_visible()
    page.reload()
    expect(report).to_have_value("Đêm 03/5 vượt lũ")
    expect(page.get_by_text("Đã lấy lại bản nháp")).to_be_visible()
    page.get_by_role("button", name="Bỏ bản nháp này").click()
    expect(report).to_have_value("")
    page.reload()
    expect(report).to_have_value("")


def test_draft_of_one_account_is_not_shown_to_another(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    page.locator("#a_report").fill("riêng")
    expect(page.locator("form[data-draft]").get_by_text("Đã lưu nháp lúc")).to_be_visible()
    page.context.clear_cookies()
    page.goto(live_server.url + SHEET)
    expect(page.locator("#a_report")).to_have_value("")


def test_value_and_its_words_light_each_other(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    page.get_by_role("link", name="dòng 33").focus()
    expect(page.locator("#d33")).to_have_class("lit")
    page.locator("#d23").hover()
    expect(page.locator("[data-src=d23]")).to_have_class("src lit")
    page.locator("#d25").click()
    expect(page.locator("[data-src=d25]")).to_be_focused()


def test_progress_is_shown_to_its_end(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    expect(page.get_by_text("11 trên 16 · còn khoảng 5 giây")).to_be_visible()
    expect(page.get_by_text("xong · 1 tệp, 42 giây")).to_be_visible()
    expect(page.get_by_text("đã dừng · Chưa ghi dòng nào.")).to_be_visible()
    expect(page.get_by_role("link", name="Mở kết quả")).to_have_attribute("href", "#job")


def test_errors_get_the_focus_and_lead_to_their_place(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    expect(page.locator("[data-errors]")).to_be_focused()
    page.locator("[data-errors]").get_by_role("link", name="Ngày quyết định").click()
    expect(page).to_have_url(live_server.url + SHEET + "#b_signed_on")


def test_phone_menu_opens_without_script(browser: Browser, live_server):
    context = browser.new_context(
        java_script_enabled=False, locale="vi-VN", viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(live_server.url + SHEET + "#muc")
    expect(page.locator("nav.side")).to_be_visible()
    page.get_by_role("link", name="Đóng danh mục").click()
    expect(page.locator("nav.side")).to_be_hidden()
    context.close()


def test_paper_has_no_chrome(signed_in, live_server):
    page = signed_in
    page.goto(live_server.url + SHEET)
    page.emulate_media(media="print")
    for chrome in (".top", ".side", ".head .acts", ".pager"):
        expect(page.locator(chrome).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
