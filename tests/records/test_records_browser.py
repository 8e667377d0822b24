"""The record book in a real browser: entered, corrected, withdrawn; accessible, quiet, narrow."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest

from guong.base.access import Role
from guong.records.actions.entries import enter, enter_initiative
from guong.records.models import Circumstance, Honour, Initiative, Rating, Whole
from tests import factories as make
from tests.browser import listen, picture, sign_in, violations
from tests.records.book import Office, office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOOK = "/so-khen-thuong/"


@pytest.fixture
def at() -> Office:
    """A hospital whose nurse has three good years, a leave and an initiative; a leader who sees less."""
    made = office()
    made.leader = make.user(Role.LEADER, made.root)
    plain = {
        "kind": "merit",
        "decision_number": "14/QĐ-SYT",
        "authority": "Giám đốc Sở Y tế",
        "achievement": "",
    }
    for year in (2023, 2024, 2025):
        award = plain | {
            "code": "CSTDCS",
            "year": year,
            "achievement": "",
            "decided_on": date(year + 1, 1, 18),
        }
        enter(Honour, made.nurse, award, by=made.clerk, key=uuid.uuid4())
        rating = {"year": year, "level": "HTXS", "decision_number": ""}
        enter(Rating, made.nurse, rating, by=made.clerk, key=uuid.uuid4())
    leave = {"nature": "leave", "kind": "maternity", "begins_on": date(2020, 3, 1), "decided_on": None,
             "ends_on": date(2020, 8, 31), "decision_number": ""}  # fmt: skip
    enter(Circumstance, made.nurse, leave, by=made.clerk, key=uuid.uuid4())
    idea = {
        "title": "Phiếu theo dõi trẻ nhẹ cân", "kind": "initiative", "level": "unit", "year": 2024,
        "decision_number": "187/QĐ-BV", "decided_on": None, "authority": "", "scope": "", "effect": "",
    }  # fmt: skip
    enter_initiative(made.nurse, idea, 60, by=made.clerk, key=uuid.uuid4())
    return made


@pytest.fixture
def seen_by(page, live_server, at) -> Callable:
    """The page as one of the people sees it, and the promise that its console stays empty."""
    said = listen(page)

    def become(name: str):
        sign_in(page.context, live_server.url, getattr(at, name))
        return page

    yield become
    assert [words for words in said if "422" not in words] == []


def screens(at: Office) -> dict[str, tuple[str, str]]:
    """Name to who looks and where."""
    person, body = f"{BOOK}nguoi/{at.nurse.pk}/", f"{BOOK}don-vi/{at.unit.pk}/"
    line, idea = Honour.objects.first(), Initiative.objects.get()
    return {
        "list": ("clerk", BOOK), "list-none": ("own", f"{BOOK}?q=khong+co"),
        "person": ("clerk", person), "person-own": ("own", person), "person-leader": ("leader", person),
        "unit": ("head", body), "section": ("clerk", f"{BOOK}don-vi/{at.section.pk}/"),
        "honour": ("clerk", line.get_absolute_url()), "initiative": ("clerk", idea.get_absolute_url()),
        "enter-award": ("clerk", f"{person}them-khen-thuong/"),
        "enter-bar": ("clerk", f"{person}them-ky-luat/"),
        "correct": ("clerk", f"{BOOK}xep-loai/{Rating.objects.first().pk}/sua/"),
        "withdraw": ("clerk", f"{line.get_absolute_url()}rut/"), "whole": ("clerk", f"{body}day-du/"),
    }  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
def test_every_screen_is_accessible_and_fits(seen_by, live_server, at, width):
    wrong = {}
    for name, (who, address) in screens(at).items():
        page = seen_by(who)
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(live_server.url + address)
        picture(page, name, width)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found = [*violations(page), *(["too wide"] if wide > 0 else [])]
        if found or answer.status != 200:
            wrong[name] = [answer.status, *found]
    assert wrong == {}


def test_the_newest_years_are_seen_first_on_a_telephone(seen_by, live_server, at):
    page = seen_by("clerk")
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{live_server.url}{BOOK}nguoi/{at.nurse.pk}/")
    table = page.locator("[data-newest]")
    assert table.evaluate("box => box.scrollLeft + box.clientWidth >= box.scrollWidth - 1")


def test_a_clerk_keeps_the_book_of_a_nurse(seen_by, live_server, at):
    page = seen_by("clerk")
    page.goto(f"{live_server.url}{BOOK}nguoi/{at.nurse.pk}/")
    page.locator("summary", has_text="Ghi thêm").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kỷ luật, việc đang xem xét, nghỉ").click()
    page.get_by_label("Việc gì").select_option("reprimand")
    page.get_by_label("Từ ngày").fill("31/02/2026")
    page.get_by_role("button", name="Ghi vào sổ").click()
    assert page.get_by_label("Từ ngày").input_value() == "31/02/2026"
    assert page.get_by_label("Việc gì").input_value() == "reprimand"
    page.get_by_label("Từ ngày").fill("16/02/2026")
    page.get_by_role("button", name="Ghi vào sổ").click()
    page.get_by_text("kỷ luật: khiển trách").first.wait_for()
    page.get_by_text("dòng xếp loại, kỷ luật").click()
    page.get_by_role("link", name="Rút kỷ luật: khiển trách").click()
    page.get_by_label("Lý do").fill("Ghi nhầm người")
    page.get_by_role("button", name="Rút dòng này").click()
    page.get_by_text("Ghi nhầm người").wait_for()
    assert Circumstance.objects.get(kind="reprimand").withdrawn_because == "Ghi nhầm người"
    assert violations(page) == []


def test_a_co_author_is_chosen_among_namesakes(seen_by, live_server, at):
    for year in (1980, 1991):
        make.employ(make.person("Lê Văn Bạn", birth_year=year), at.section)
    page = seen_by("clerk")
    page.goto(live_server.url + Initiative.objects.get().get_absolute_url())
    page.get_by_label("Tên hoặc mã nhân viên").fill("le van ban")
    page.get_by_label("Tỷ lệ đóng góp").fill("40")
    page.get_by_role("button", name="Thêm tác giả này").click()
    page.get_by_label("1991").check()
    page.get_by_role("button", name="Thêm tác giả này").click()
    page.get_by_text("40 %").wait_for()
    assert Initiative.objects.get().authors.filter(birth_year=1991).exists()


def test_the_head_says_since_when_the_book_is_whole(seen_by, live_server, at):
    page = seen_by("head")
    page.goto(f"{live_server.url}{BOOK}don-vi/{at.unit.pk}/")
    page.get_by_role("link", name="Ghi các năm").click()
    page.get_by_label("Khen thưởng").fill("2016")
    page.get_by_role("button", name="Lưu các năm").click()
    page.get_by_text("đầy đủ từ năm 2016").wait_for()
    assert Whole.objects.get().since == 2016


def test_the_leader_sees_honours_and_no_ratings(seen_by, live_server, at):
    page = seen_by("leader")
    page.goto(f"{live_server.url}{BOOK}nguoi/{at.nurse.pk}/")
    assert page.get_by_text("Chiến sĩ thi đua cơ sở, 2025").count() == 1
    assert page.get_by_text("Hoàn thành xuất sắc").count() == 0
    assert page.get_by_text("nghỉ thai sản").count() == 0
