"""Screens of nominations and lists for comment in a real browser: accessible, quiet, narrow, usable."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guong.awards.actions import listings as listing_actions
from guong.awards.actions import nominations as actions
from guong.awards.models import Nomination
from guong.base.access import Role
from tests import factories as make
from tests.awards.road import Road, road
from tests.browser import listen, picture, sign_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at() -> Road:
    """A department with a nomination in every place of the road and a list with comments."""
    made = road(places=10)
    make.employ(make.person("Nguyễn Thị Hòa", birth_year=1985, staff_code="AB01"), made.section, "Hộ sinh")
    make.employ(make.person("Nguyễn Thị Hòa", birth_year=1991), made.section, "Điều dưỡng")
    return made


@pytest.fixture
def pages(at: Road) -> dict[str, tuple[str, str]]:
    """Name to who looks and where."""
    back = at.appraised()
    actions.step(by=at.standing, nomination=back, name="return_to_unit", note="Thiếu biên bản họp xét.")
    empty = make.nomination(at.movement, at.unit, achievement="", created_by=at.clerk)
    asked, appraised, listed = at.submitted(), at.appraised("disagree"), at.appraised()
    listing = at.listing(listed)
    entry = listing.entries.get()
    said = listing_actions.comment(by=at.clerk, entry=entry, text="Số liệu đúng như hồ sơ nêu.")
    listing_actions.comment(by=at.head, entry=entry, text="Cần xem lại số buổi truyền thông.")
    listing_actions.answer(by=at.standing, comment=said, text="Đã xác minh.")
    return {
        "list-office": ("standing", "/de-nghi/?xem=tat-ca"),
        "list-filtered": ("standing", f"/de-nghi/?phong-trao={at.movement.pk}"),
        "list-empty": ("standing", "/de-nghi/?q=khong+co"),
        "list-unit": ("clerk", "/de-nghi/"),
        "choose": ("clerk", f"/de-nghi/moi/?phong-trao={at.movement.pk}&ten=hoa"),
        "choose-body": ("clerk", f"/de-nghi/moi/?phong-trao={at.movement.pk}&doi-tuong=collective"),
        "write": ("clerk", f"/de-nghi/{empty.pk}/sua/"),
        "draft": ("clerk", empty.get_absolute_url()),
        "returned": ("head", back.get_absolute_url()),
        "judge": ("appraiser", asked.get_absolute_url()),
        "appraised": ("standing", appraised.get_absolute_url()),
        "listed": ("leader", listed.get_absolute_url()),
        "listings": ("clerk", "/niem-yet/"),
        "listing-office": ("standing", listing.get_absolute_url()),
        "listing-comment": ("clerk", f"{listing.get_absolute_url()}?ve={entry.pk}"),
        "listing-post": ("standing", "/niem-yet/moi/"),
    }


@pytest.fixture
def seen_by(page, live_server, at) -> Callable:
    """The page as one of the people sees it, and the promise that its console stays empty."""
    said = listen(page)

    def become(name: str):
        sign_in(page.context, live_server.url, getattr(at, name))
        return page

    yield become
    assert said == []


@pytest.mark.parametrize("width", [1280, 360])
def test_every_screen_is_accessible_and_fits(seen_by, live_server, pages, width):
    wrong = {}
    for name, (who, address) in pages.items():
        page = seen_by(who)
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(live_server.url + address)
        picture(page, name, width)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found = [*violations(page), *(["too wide"] if wide > 0 else [])]
        if found or answer.status != 200:
            wrong[name] = [answer.status, *found]
    assert wrong == {}


def test_clerk_nominates_in_the_browser(seen_by, live_server, at):
    page = seen_by("clerk")
    page.goto(f"{live_server.url}/de-nghi/")
    page.get_by_role("link", name="Lập đề nghị").first.click()
    page.get_by_label("Phong trào").select_option(str(at.movement.pk))
    page.locator("#ten").fill("nguyen thi hoa")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("row", name="1991").get_by_role("link", name="Lập đề nghị").click()
    page.get_by_label("Thành tích").fill("Giảm thời gian chờ khám từ 90 xuống 35 phút trong năm 2026.")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Chưa gửi được: còn 1 việc").wait_for()
    page.get_by_text("Dán liên kết").click()
    page.get_by_label("Địa chỉ").fill("https://example.org/bai")
    page.get_by_role("button", name="Thêm liên kết").click()
    page.get_by_role("button", name="Trình thủ trưởng đơn vị").click()
    page.get_by_text("Đã làm: Trình thủ trưởng đơn vị.").wait_for()
    made = Nomination.objects.get()
    assert (made.state, made.person.birth_year) == ("with_head", 1991)


def test_office_returns_two_with_one_reason(seen_by, live_server, at):
    for _ in range(2):
        at.appraised()
    page = seen_by("standing")
    page.goto(f"{live_server.url}/de-nghi/")
    page.get_by_label("Chọn cả trang này").check()
    page.get_by_text("Trả lại kèm lý do").click()
    page.locator("#tra-n").fill("Thiếu biên bản họp xét.")
    page.get_by_role("button", name="Trả lại hồ sơ").click()
    page.get_by_role("heading", name="Trả lại hồ sơ").wait_for()
    assert set(Nomination.objects.values_list("state", flat=True)) == {"returned"}
    assert violations(page) == []


def test_reader_sees_no_boxes_to_tick(seen_by, live_server, at):
    at.submitted()
    inspector = make.user(Role.INSPECTOR, at.department)
    at.leader = inspector
    page = seen_by("leader")
    page.goto(f"{live_server.url}/de-nghi/")
    assert page.locator("tbody tr").count() == 1
    assert page.locator("tbody input[type=checkbox]").count() == 0
