"""Pages of the book open for whom they should, and say nothing personal to anybody else (D5)."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from guong.records.actions.entries import enter
from guong.records.models import Honour, Rating
from tests.records.book import award, office, send, workbook
from tests.records.book import enter as write

pytestmark = pytest.mark.django_db
BOOK = "/so-khen-thuong/"


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
