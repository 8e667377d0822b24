"""The confirm screen in a browser: words and values lead to each other, and confirming asks once."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from guong.plans.models import Plan
from tests import factories as make
from tests.plans import readings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def opened(page: Page, live_server):
    """The confirm screen of a small plan, opened by the standing office; the console stays empty."""
    department = make.department()
    readings.sector(department)
    office = make.standing_officer(department)
    reading = readings.reading(department, office)
    client = Client()
    client.force_login(office)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(live_server.url + reading.get_absolute_url())
    yield page
    assert complaints == []


def test_a_value_and_its_words_lead_to_each_other_by_keyboard_and_by_mouse(opened: Page):
    link = opened.get_by_role("link", name="Tên: xem chữ ở dòng 3")
    link.focus()
    mark = opened.locator("mark", has_text="Thi đua quý IV năm 2026")
    expect(mark).to_have_class("lit")
    link.press("Enter")
    expect(opened).to_have_url(re.compile(r"#v\d+$"))
    mark.get_by_role("link").click()
    expect(opened).to_have_url(re.compile(r"#r-v\d+$"))
    expect(link).to_be_focused()


def test_a_value_is_changed_and_everything_confirmed_once(opened: Page):
    opened.locator("summary", has_text="sửa Tên").first.click()
    opened.get_by_label("Tên", exact=True).first.fill("Thi đua cuối năm 2026")
    opened.get_by_label("Tôi đã xem các chỗ chưa chắc").check()
    opened.get_by_role("link", name=re.compile("Xác nhận và tạo 13 bản ghi")).click()
    expect(opened.get_by_role("dialog")).to_contain_text("Tạo 13 bản ghi từ 31/KH-SYT?")
    assert not Plan.objects.exists()
    opened.get_by_role("button", name="Tạo bản ghi").click()
    expect(opened.get_by_role("heading", level=1)).to_contain_text("Thi đua cuối năm 2026")
    expect(opened.get_by_text("Đã tạo 13 bản ghi.")).to_be_visible()
    assert Plan.objects.get().title == "Thi đua cuối năm 2026"
