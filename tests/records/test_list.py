"""The list of the book: awards in force, filters, Excel, a fixed number of queries at any length."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from guong.awards.actions import issuing
from guong.base.access import Role
from guong.base.models import User
from guong.records.models import Honour
from tests import factories as make
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db
LIST, SHEET = reverse("records:list"), reverse("records:list_sheet")


@pytest.fixture
def at() -> House:
    return house(members=3, places=30)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lines(client: Client, **asked) -> list[Honour]:
    return list(client.get(LIST, asked).context["page"].object_list)


def cells(client: Client, **asked) -> list[str]:
    page = load_workbook(io.BytesIO(client.get(SHEET, asked).content)).active
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]


def test_what_was_decided_here_is_listed_while_in_force(at):
    decision = at.issued(2)
    at.signed()
    reader = as_(make.user(Role.EMPLOYEE, at.unit))
    assert len(lines(reader)) == 2
    issuing.revoke_award(by=at.leader, award=decision.awards.first(), reason="Khai man")
    assert [line.award_code for line in lines(reader)] == [decision.awards.last().code]
    assert lines(as_(house(members=3).clerk)) == []


def test_filters_narrow_and_unknown_values_do_not(at):
    decision = at.issued(2)
    reader, line = as_(at.clerk), Honour.objects.last()
    name = decision.awards.last().name_on_paper.split()[-1]
    assert line in lines(reader, q=name, unit=at.unit.pk)
    assert lines(reader, q="khong co ai") == []
    for asked in ({"code": line.code}, {"year": line.year}, {"level": "unit"}, {"kind": line.kind}):
        assert len(lines(reader, **asked)) == 2
    for asked in ({"code": "BKT"}, {"level": "state"}, {"kind": "foreign"}):
        assert lines(reader, **asked) == []
    for asked in ({"year": 1999}, {"unit": 10**9}, {"code": "?"}):  # unknown: not a filter
        assert len(lines(reader, **asked)) == 2


def test_the_list_leaves_as_excel_with_the_same_filters(at):
    at.issued(3)
    assert sum("01/QĐ-SYT" in value for value in cells(as_(at.clerk), code="GKS")) == 3
    assert sum("01/QĐ-SYT" in value for value in cells(as_(at.clerk), code="BKT")) == 0


def test_a_name_that_looks_like_a_formula_stays_text(at):
    at.issued(1)
    line = Honour.objects.get()
    line.name_on_paper = '=HYPERLINK("http://x","x")'
    line.save()
    page = load_workbook(io.BytesIO(as_(at.clerk).get(SHEET).content)).active
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_an_empty_book_says_what_to_do(at):
    said = as_(at.clerk).get(LIST).content.decode()
    assert reverse("records:new_sheet") in said
    reader = as_(make.user(Role.EMPLOYEE, at.unit)).get(LIST).content.decode()
    assert reverse("records:new_sheet") not in reader


def test_the_filters_of_the_list_do_not_stand_in_the_search_box(at):
    at.issued(1)
    page = as_(at.clerk).get(LIST, {"code": "GKS"}).content.decode()
    assert "GKS" not in re.search(r'<input id="tim"[^>]*>', page)[0]
    assert f"{SHEET}?code=GKS" in page
