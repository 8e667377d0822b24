"""The list of the whole sector: who sees which lines, words, counts, order."""

from __future__ import annotations

from datetime import date

import pytest

from guong.records import register
from guong.records.models import Honour
from tests.records.book import Office, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Office:
    made = office()
    for year in range(2015, 2025):
        _line(made, year)
    _line(made, 2001, withdrawn_on=date(2024, 1, 1), withdrawn_because="nhập nhầm")
    _line(made, 2002, revoked_on=date(2024, 1, 1))
    return made


def _line(at: Office, year: int, **more) -> Honour:
    return Honour.objects.create(
        department=at.root, unit=at.unit, person=at.nurse, code="GKS", year=year, source="form",
        decision_number=f"{year}/QĐ-SYT", name_on_paper="Nguyễn Thị Hòa", post_on_paper="Điều dưỡng", **more,
    )  # fmt: skip


def test_lines_in_force_are_those_seen_and_valid(at):
    for user in (at.officer, at.clerk, at.head, at.stranger, at.own):
        asked = Honour.objects.visible_to(user).valid()
        assert set(Honour.objects.in_force_for(user)) == set(asked)
        assert asked.count() == 10


@pytest.mark.parametrize(
    ("query", "count"),
    [("nguyen hoa", 10), ("Hòa điều", 10), ("2020/QĐ", 1), ("giay khen so", 10), ("zzyzx", 0), ("…", 10)],
)
def test_words_are_found_by_their_beginnings(at, query, count):
    found = register.page_source(at.officer, {"q": query})
    assert (found.count(), len(found[:50]), found.more) == (count, count, False)


def test_signs_of_a_query_language_are_only_signs(at):
    for query in ("a & b | !c", "hoa:*", "'", "\\", "<->"):
        assert register.page_source(at.officer, {"q": query}).count() in (0, 10)


def test_many_lines_are_counted_so_far_and_their_pages_stay_the_same(at, monkeypatch):
    few = register.page_source(at.officer, {"q": "hoa"})
    assert (few.count(), few.more) == (10, False)
    assert [line.year for line in few[2:5]] == [2022, 2021, 2020]
    monkeypatch.setattr(register, "MOST_COUNTED", 4)
    many = register.page_source(at.officer, {"q": "hoa"})
    assert (many.count(), many.more) == (4, True)
    assert [line.year for line in many[2:5]] == [2022, 2021, 2020]


def test_filters_go_together(at):
    values = {"q": "hoa", "year": 2020, "code": "GKS", "level": "unit", "kind": "merit", "unit": at.unit.pk}
    assert register.page_source(at.officer, values).count() == 1
    assert register.page_source(at.officer, {**values, "level": "state"}).count() == 0


def test_years_are_those_of_lines_in_force(at):
    assert register.years() == list(range(2024, 2014, -1))
