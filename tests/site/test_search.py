"""One search over all apps: without diacritics, of what the roles reach; or what was searched in vain."""

from __future__ import annotations

import pytest
from tests import factories as make

from guong.base.access import Role
from guong.base.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def find(client, department):
    client.force_login(make.user(Role.ADMINISTRATOR, department))
    return lambda words: client.get("/tim/", {"q": words}).content.decode()


def test_people_and_bodies_are_found_without_diacritics(find, department):
    unit = make.unit(department, "Bệnh viện Thầy Thuốc")
    make.employ(make.person("Mai Thị Hương"), unit)
    assert "Bệnh viện Thầy Thuốc" in find("thay thuoc")
    assert "Mai Thị Hương" in find("huong mai")


def test_movement_is_found_without_diacritics(find, department):
    make.movement(make.plan(department), name="Thầy thuốc như mẹ hiền")
    assert "Thầy thuốc như mẹ hiền" in find("thay thuoc nhu me hien")


def test_nothing_found_says_what_was_searched(find):
    page = find("khong co gi ca")
    assert "Không có gì khớp “khong co gi ca”" in page
    assert "Đã tìm không dấu" in page


@pytest.mark.parametrize("words", ["", "   ", "…", "%", "'", "\x00", "x" * 5000])
def test_odd_words_are_answered(client, department, words):
    client.force_login(make.user(Role.ADMINISTRATOR, department))
    assert client.get("/tim/", {"q": words}).status_code == 200


def test_typed_words_come_back_escaped(find):
    page = find("<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_people_of_other_units_are_not_found(client, department):
    hidden = make.unit(department)
    make.employ(make.person("Người Kín Đáo"), hidden)
    clerk = make.user(Role.UNIT_CLERK, make.unit(department))
    assert search(clerk, "kin dao", 10) == []
    client.force_login(clerk)
    assert "Người Kín Đáo" not in client.get("/tim/", {"q": "kin dao"}).content.decode()


def test_namesakes_are_told_apart_by_post_and_year(department):
    unit = make.unit(department, "Bệnh viện Mắt")
    for year, post in ((1970, "Y sĩ"), (1988, "Bác sĩ")):
        make.employ(make.person("Lê Văn Nam", birth_year=year), unit, post)
    found = search(make.user(Role.ADMINISTRATOR, department), "le van nam", 10)
    assert sorted(hit.detail for hit in found) == [
        "Bác sĩ, Bệnh viện Mắt · 1988",
        "Y sĩ, Bệnh viện Mắt · 1970",
    ]


def test_search_box_of_every_page_leads_here(client, department):
    client.force_login(make.user(Role.ADMINISTRATOR, department))
    assert 'action="/tim/"' in client.get("/viec/").content.decode()
