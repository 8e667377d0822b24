"""The first page: what waits, grouped by date, with one button each; my roles, my unit."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from tests import factories as make

from guong.base.access import Role
from guong.base.feed import Task
from guong.site import home

MONDAY = date(2026, 11, 23)


def task(title, due=None):
    return Task(title=title, reason=f"vì {title}", url=f"/{title}/", action="Mở", due=due)


def tell(monkeypatch, *tasks):
    """Let one app have these tasks waiting for everybody."""
    app = SimpleNamespace(waiting_for=lambda _user: list(tasks))
    monkeypatch.setattr(home, "modules", lambda _name: (app,))


def test_tasks_are_grouped_by_what_they_ask_today():
    days = {"trước": -3, "nay": 0, "mai": 1, "chủ nhật": 6, "tuần sau": 7}
    tasks = [task(title, MONDAY + timedelta(days=after)) for title, after in days.items()]
    found = home.grouped([*tasks, task("không hạn")], MONDAY)
    assert [[entry.title for entry in group.tasks] for group in found] == [
        ["trước", "nay"], ["mai", "chủ nhật"], ["tuần sau"], ["không hạn"],
    ]  # fmt: skip


def test_on_sunday_tomorrow_is_next_week():
    sunday = MONDAY + timedelta(days=6)
    [group] = home.grouped([task("mai", sunday + timedelta(days=1))], sunday)
    assert group.title == "Sau đó"


def test_long_group_shows_the_first_and_counts_all():
    [group] = home.grouped([task(str(number), MONDAY) for number in range(100)], MONDAY)
    assert (len(group.tasks), group.count) == (home.SHOWN, 100)


@pytest.fixture
def head(db):
    unit = make.unit(make.department(), "Bệnh viện Mắt")
    account = make.user(Role.UNIT_HEAD, unit)
    make.employ(account.person, unit, "Giám đốc")
    return account


def test_page_shows_each_task_with_reason_and_one_button(client, head, monkeypatch):
    today = timezone.localdate()
    tell(monkeypatch, task("muộn", today - timedelta(days=2)), task("sau", today + timedelta(days=30)))
    client.force_login(head)
    page = client.get("/viec/").content.decode()
    assert page.index("muộn") < page.index("sau</")
    for words in ("Hôm nay và quá hạn · 1", "Sau đó · 1", "vì muộn", "Bạn có 2 việc", "1 việc đã quá hạn"):
        assert words in page
    assert page.count('href="/muộn/"') + page.count('href="/mu%E1%BB%99n/"') == 2


def test_page_shows_my_roles_and_my_unit(client, head, monkeypatch):
    tell(monkeypatch)
    client.force_login(head)
    page = client.get("/viec/").content.decode()
    own_book = f"/so-khen-thuong/nguoi/{head.person_id}/"
    for words in ("thủ trưởng đơn vị", "Bệnh viện Mắt", "Giám đốc", "Không có việc nào đang chờ", own_book):
        assert words in page


def test_account_without_roles_is_told_whom_to_ask(client, db):
    client.force_login(make.user())
    assert "Nhờ quản trị của Sở cấp" in client.get("/viec/").content.decode()


def test_every_app_that_has_something_waiting_is_asked():
    names = {module.__name__ for module in home.modules("waiting")}
    assert "guong.base.waiting" in names
    assert all(hasattr(module, "waiting_for") for module in home.modules("waiting"))
