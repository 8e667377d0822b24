"""The annual review in a real browser: ticked, capped, sent, judged; accessible at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from guong.awards.actions import unit_lists
from guong.awards.models import Nomination
from guong.movements.models import Movement
from tests import factories as make
from tests.awards.annual import law_with_a_cap, listed, review, use, worker
from tests.awards.road import Road
from tests.browser import listen, picture, sign_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(monkeypatch) -> tuple[Road, Movement]:
    use(monkeypatch, law_with_a_cap())
    return review()


@pytest.fixture
def seen_by(page, live_server, opened) -> Callable:
    """The page as one of the people sees it, and the promise that its console stays empty."""
    said = listen(page)

    def become(name: str):
        sign_in(page.context, live_server.url, getattr(opened[0], name))
        return page

    yield become
    assert said == []


@pytest.mark.parametrize("width", [1280, 360])
def test_every_screen_is_accessible_and_fits(seen_by, live_server, opened, width):
    at, movement = opened
    works = [worker(at, "HTXS") for _ in range(3)]
    made = listed(at, movement, works)
    unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    listed(at, movement, works[:2], "CSTDCS")
    (poor,) = listed(at, movement, [worker(at, "HT")])
    place = unit_lists.address_of(movement.pk, at.unit.pk)
    make.plan(at.department, year=2024)
    screens = {
        "unit-list": ("clerk", f"{place}?danh-hieu=CSTDCS"),
        "unit-list-empty": ("clerk", f"{place}?danh-hieu=TTLDTT"),
        "unit-list-office": ("standing", place),
        "not-eligible": ("head", poor.get_absolute_url()),
        "law-office": ("standing", made[0].get_absolute_url()),
        "caps-office": ("standing", f"/de-nghi/?phong-trao={movement.pk}"),
    }
    wrong = {}
    for name, (who, address) in screens.items():
        page = seen_by(who)
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(live_server.url + address)
        picture(page, name, width)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found = [*violations(page), *(["too wide"] if wide > 0 else [])]
        if found or answer.status != 200:
            wrong[name] = [answer.status, *found]
    assert wrong == {}


def test_list_is_ticked_capped_sent_and_judged(seen_by, live_server, opened):
    at, movement = opened
    for name in ("Lê Thị An", "Lò Văn Bình", "Mùa A Chính", "Đỗ Thị Duyên", "Trần Văn Én"):
        worker(at, "HTXS", name)
    place = live_server.url + unit_lists.address_of(movement.pk, at.unit.pk)
    page = seen_by("clerk")
    page.goto(f"{place}?danh-hieu=LDTT")
    page.get_by_role("button", name="Thêm tất cả 5 trường hợp đủ điều kiện theo sổ").click()
    page.get_by_text("Đã thêm vào danh sách.").wait_for()
    page.goto(f"{place}?danh-hieu=CSTDCS")
    for name in ("Lê Thị An", "Lò Văn Bình"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.locator("#ty-le").get_by_text("vượt 1").wait_for()
    page.get_by_role("checkbox", name=re.compile("Lò Văn Bình")).uncheck()
    page.locator("#ty-le").get_by_text("trong tỷ lệ").wait_for()
    page.get_by_role("button", name="Thêm người đã đánh dấu").click()
    page.get_by_text("Đã thêm vào danh sách.").wait_for()
    page = seen_by("head")
    page.goto(place)
    page.get_by_role("button", name="Gửi cả danh sách: 6 dòng").click()
    page.get_by_text("Đã gửi danh sách lên Sở.").wait_for()
    first = Nomination.objects.get(title_code="LDTT", person__name="Lê Thị An")
    page = seen_by("standing")
    page.goto(live_server.url + first.get_absolute_url())
    page.get_by_text("Xác nhận một điều kiện").click()
    page.get_by_label("có, đạt").check()
    page.get_by_label("Căn cứ").fill("Biên bản bình xét số 12 ngày 20/11/2026")
    page.get_by_role("button", name="Ghi xác nhận").click()
    page.get_by_text("Kết quả hôm nay đã khác").wait_for()
    page.get_by_role("button", name="Chốt thêm kết quả hôm nay").click()
    page.get_by_text("Đã chốt kết quả hôm nay").wait_for()
    assert [line.outcome for line in first.assessments.all()] == ["eligible", "open"]
    assert violations(page) == []
