"""Pages of the book open for whom they should, and say nothing personal to anybody else (D5)."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guong.awards.actions import nominations
from guong.awards.models import Nomination
from guong.records.actions.entries import add_author, enter, enter_initiative
from guong.records.models import Circumstance, Honour, Initiative, Rating
from guong.records.models.initiative import InitiativeQuerySet
from tests import factories as make
from tests.awards.road import road
from tests.records.book import award, office, send, workbook
from tests.records.book import enter as write

pytestmark = pytest.mark.django_db
BOOK = "/so-khen-thuong/"
MOST_QUERIES = 25


def test_pages_open_and_keep_ratings_to_those_who_must():
    at = office()
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"), award("Lê Thị Mới")))
    rating = {"year": 2024, "level": "HTXS", "decision_number": ""}
    enter(Rating, at.nurse, rating, by=at.clerk, key=uuid.uuid4())
    write(send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"))))
    line, person = Honour.objects.get(), f"{BOOK}nguoi/{at.nurse.pk}/"
    pages = [BOOK, f"{BOOK}?q=hoa&year=2024", person, line.get_absolute_url(), f"{BOOK}don-vi/{at.unit.pk}/",
             f"{BOOK}nhap/", run.get_absolute_url(), f"{run.get_absolute_url()}cot/",
             f"{person}them-khen-thuong/",
             f"{person}them-ky-luat/", f"{person}them-sang-kien/", f"{line.get_absolute_url()}sua/",
             f"{line.get_absolute_url()}rut/", f"{BOOK}don-vi/{at.unit.pk}/day-du/"]  # fmt: skip
    answers = {}
    for user in (at.clerk, at.own, at.stranger):
        client = Client()
        client.force_login(user)
        answers[user.pk] = {page: client.get(page) for page in pages}
    assert {page: answer.status_code for page, answer in answers[at.clerk.pk].items()} == dict.fromkeys(
        pages, 200
    )
    assert "Hoàn thành xuất sắc" in answers[at.own.pk][person].content.decode()
    assert answers[at.stranger.pk][person].status_code == 404
    assert answers[at.stranger.pk][line.get_absolute_url()].status_code == 200
    assert not Rating.objects.visible_to(at.stranger).exists()


# --- appraisers at work


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def asked():
    """A nomination the appraiser's office is asked about, and the rating of the nominee."""
    at = road(places=10)
    nomination = at.submitted()
    rating = {"year": 2024, "level": "HTXS", "decision_number": ""}
    enter(Rating, nomination.person, rating, by=at.clerk, key=uuid.uuid4())
    return at, nomination


def opens(at, person) -> bool:
    """The appraiser reads the book with its ratings; never half of it."""
    answer = as_(at.appraiser).get(f"{BOOK}nguoi/{person.pk}/")
    shown = "Hoàn thành xuất sắc" in answer.content.decode()
    assert shown == (answer.status_code == 200)
    return shown


def test_appraisers_open_the_books_of_their_nominees_only(asked):
    at, nomination = asked
    other = make.person()
    make.employ(other, at.unit)
    assert opens(at, nomination.person)
    assert not opens(at, other)


def test_the_book_closes_when_the_unit_takes_the_dossier_back(asked):
    at, nomination = asked
    nominations.step(by=at.head, nomination=nomination, name="withdraw", note="Rút để bổ sung")
    assert Nomination.objects.get().state == "withdrawn"
    assert not opens(at, nomination.person)


@pytest.mark.parametrize(
    ("state", "open_"),
    [("appraised", True), ("tabled", True), ("chosen", True), ("returned", False), ("with_head", False),
     ("not_chosen", False), ("awarded", False)],
)  # fmt: skip
def test_the_book_is_open_while_something_is_to_be_decided(asked, state, open_):
    at, nomination = asked
    Nomination.objects.update(state=state)
    assert opens(at, nomination.person) == open_


# --- queries


NOTHING = {"decision_number": "", "decided_on": None}
AWARD = {"code": "LDTT", "kind": "merit", "authority": "Sở Y tế", "achievement": "", "decided_on": None}
LEAVE = {"nature": "leave", "kind": "training"} | NOTHING
IDEA = {"kind": "initiative", "level": "unit", "authority": "", "scope": "", "effect": ""} | NOTHING


def filled(at, places: range) -> None:
    """So many lines of each kind about the nurse and about the hospital."""
    for place in places:
        year, month = 2025 - place % 60, 1 + place % 12
        leave = LEAVE | {"begins_on": date(year, month, 1), "ends_on": date(year, month, 20)}
        rating = {"year": year, "level": "HTT", "decision_number": ""}
        for subject, code in ((at.nurse, "LDTT"), (at.unit, "TTLDTT")):
            award_ = AWARD | {"code": code, "year": year, "decision_number": f"{place}/QĐ"}
            for model, values in ((Honour, award_), (Circumstance, leave), (Rating, rating)):
                enter(model, subject, values, by=at.clerk, key=uuid.uuid4())
        idea = IDEA | {"title": f"Phiếu {place}", "year": year}
        add_author(
            enter_initiative(at.nurse, idea, 50, by=at.clerk, key=uuid.uuid4()),
            at.head.person, 30, by=at.clerk,
        )  # fmt: skip


def queries(client: Client, page: str) -> int:
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_every_page_takes_a_fixed_number_of_queries():
    at, counted = office(), []
    client = as_(at.clerk)
    for places in (range(1), range(1, 3), range(3, 50)):
        filled(at, places)
        pages = [
            BOOK, f"{BOOK}danh-sach.xlsx", f"{BOOK}nguoi/{at.nurse.pk}/", f"{BOOK}don-vi/{at.unit.pk}/",
            Honour.objects.last().get_absolute_url(), Initiative.objects.last().get_absolute_url(),
            reverse("records:edit_rating", args=[Rating.objects.last().pk]), f"{BOOK}nhap/",
        ]  # fmt: skip
        client.get(BOOK)
        counted.append({place: queries(client, page) for place, page in enumerate(pages)})
    assert counted[0] == counted[1] == counted[2]
    assert max(counted[0].values()) <= MOST_QUERIES


def test_a_book_that_asked_for_each_line_would_be_found(monkeypatch):
    """The twin: authors fetched one initiative at a time cost more for three than for one."""
    at, seen = office(), []
    client = as_(at.clerk)
    monkeypatch.setattr(InitiativeQuerySet, "prefetch_related", lambda self, *_names: self)
    for places in (range(1), range(1, 3)):
        filled(at, places)
        client.get(BOOK)
        seen.append(queries(client, f"{BOOK}nguoi/{at.nurse.pk}/"))
    assert seen[0] < seen[1]
