"""The frame of a page: items by role, one current, at most two queries beside the roles themselves."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests import factories

from guong.base.access import Role
from guong.site import menu

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_address(monkeypatch):
    """As if every screen were there."""
    monkeypatch.setattr(menu, "address", lambda name: f"/{name.replace(':', '/')}/")


def frame(user, path: str = "/x/") -> menu.Shell:
    request = RequestFactory().get(path)
    request.user = user
    return menu.build(request)


def urls(shell: menu.Shell) -> set[str]:
    return {item.url for group in shell.groups for item in group}


@pytest.fixture
def department():
    return factories.department()


def test_clerk_sees_own_work_and_no_accounts(every_address, department):
    clerk = factories.user(Role.UNIT_CLERK, factories.unit(department))
    seen = urls(frame(clerk))
    assert {"/site/home/", "/awards/list/", "/base/people/"} <= seen
    assert not {"/base/roles/", "/base/log/", "/awards/sessions/"} & seen


def test_administrator_sees_accounts_and_no_nominations(every_address, department):
    administrator = factories.user(Role.ADMINISTRATOR, department)
    seen = urls(frame(administrator))
    assert "/base/roles/" in seen
    assert "/awards/list/" not in seen


def test_without_the_rule_everyone_would_see_everything(every_address, department, monkeypatch):
    """The twin: the rule is what hides the items."""
    monkeypatch.setattr(menu, "_usable", lambda places, roles, groups=(): places)
    clerk = factories.user(Role.UNIT_CLERK, factories.unit(department))
    assert "/base/roles/" in urls(frame(clerk))


def test_item_without_an_address_is_left_out(department, monkeypatch):
    monkeypatch.setattr(menu, "address", lambda name: "/k/" if name == "plans:list" else "")
    assert urls(frame(factories.user(Role.LEADER, department))) == {"/k/"}


def test_tab_follows_the_rule_of_its_menu_item(every_address, department):
    administrator = factories.user(Role.ADMINISTRATOR, department)
    assert [tab.url for tab in frame(administrator).tabs] == [
        "/site/home/",
        "/plans/list/",
        "/site/search/",
        "#muc",
    ]


def test_longest_address_is_the_current_item(department, monkeypatch):
    known = {"plans:list": "/a/", "movements:list": "/a/b/"}
    monkeypatch.setattr(menu, "address", lambda name: known.get(name, ""))
    shell = frame(factories.user(Role.LEADER, department), "/a/b/c/")
    assert [item.url for group in shell.groups for item in group if item.current] == ["/a/b/"]


def test_role_line_names_body_role_and_how_many_more(department):
    account = factories.user(Role.UNIT_CLERK, factories.unit(department, "Trạm Y tế Suối Lành"))
    factories.grant(account, Role.EMPLOYEE, department)
    shell = frame(account)
    assert shell.role_line.startswith("Trạm Y tế Suối Lành, ")
    assert "1" in shell.role_line
    assert shell.department == "Sở Y tế An Bình"
    assert shell.user_name == account.person.name


def test_account_without_a_role_or_a_person_still_gets_a_page(department):
    account = factories.user()
    assert frame(account).role_line
    account.person = None
    account.save()
    assert frame(account).user_name == account.username


def test_visitor_gets_the_department_only_when_there_is_one(department):
    assert frame(AnonymousUser()).department == "Sở Y tế An Bình"
    factories.department("Sở Y tế khác")
    assert frame(AnonymousUser()).department == ""
    assert frame(AnonymousUser()).groups == []


@pytest.mark.parametrize("roles", [1, 4])
def test_frame_costs_two_queries_beside_the_roles(every_address, department, roles):
    account = factories.user()
    for role in [Role.LEADER, Role.UNIT_HEAD, Role.INSPECTOR, Role.EMPLOYEE][:roles]:
        factories.grant(account, role, department)
    account.scope  # noqa: B018 - read by every view anyway
    with CaptureQueriesContext(
        connection,
    ) as queries:
        frame(account)
    assert len(queries) <= 2


def test_page_without_a_layout_pays_nothing(department):
    request = RequestFactory().get("/")
    request.user = factories.user(Role.LEADER, department)
    with CaptureQueriesContext(connection) as queries:
        menu.shell(request)
    assert len(queries) == 0
