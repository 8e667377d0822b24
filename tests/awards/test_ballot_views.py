"""Screens of secret votes without a browser: who may, what is said, queries, what no cache keeps."""

from __future__ import annotations

import base64
import json
import random

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guong.awards.models import Box, Envelope
from guong.base.models import User
from guong.papers.verify_session import verify
from tests import factories as make
from tests.awards import secret
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=5)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def place(session, page: str = "") -> str:
    return f"/hoi-dong/phien-hop/{session.pk}/{page}"


def board(session) -> dict[str, int]:
    chair, secretary, member = secret.holders(session)
    return {"chair": chair.pk, "secretary": secretary.pk, "member": member.pk}


def test_key_sheets_come_once_as_a_pdf_of_three_pages(at):
    session = secret.called(at)
    assert as_(at.members[1]).post(place(session, "khoa/"), board(session)).status_code == 302
    assert not Box.objects.exists()
    answer = as_(at.secretary).post(place(session, "khoa/"), board(session))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    pages = pypdfium2.PdfDocument(answer.content)
    assert len(pages) == 3
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert all(seat.person.name in text for seat, text in zip(secret.holders(session), texts, strict=True))
    assert len({text.split("1. ")[1].split()[0] for text in texts}) <= 3
    assert as_(at.secretary).get(place(session, "khoa/")).status_code == 405
    same = board(session) | {"chair": board(session)["secretary"]}
    said = as_(at.secretary).post(place(session, "khoa/"), same, follow=True).content.decode()
    assert "ba người khác nhau" in said


@pytest.mark.parametrize("stage", ["voting", "boxed", "counted"])
def test_session_page_takes_as_many_queries_for_nine_nominees_as_for_one(at, stage):
    counts = []
    for count in (1, 9):
        vote = secret.voting(at, count)
        vote.cast_all(random.Random(1))
        if stage != "voting":
            vote.close()
        if stage == "counted":
            vote.open()
        client = as_(at.chair)
        client.get(place(vote.session))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(place(vote.session)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_envelope_takes_few_queries(at):
    vote = secret.voting(at, 3)
    client = as_(at.vice)
    sealed = base64.b64encode(vote.envelope(at.vice, "YYN")).decode()
    client.post(place(vote.session, "phieu/"), {"envelope": sealed})
    with CaptureQueriesContext(connection) as seen:
        client.post(place(vote.session, "phieu/"), {"envelope": sealed})
    assert len(seen) <= 13


@pytest.mark.parametrize("sent", ["", "not base64 ¶", "AAAA", "A" * 90])
def test_what_is_no_envelope_is_refused_in_words(at, sent):
    vote = secret.voting(at, 2)
    answer = as_(at.vice).post(place(vote.session, "phieu/"), {"envelope": sent})
    assert answer.status_code == 409
    assert "phiếu niêm phong" in answer.json()["error"]
    assert not Envelope.objects.exists()


def test_strangers_do_not_find_the_session(at):
    vote = secret.voting(at, 2)
    vote.cast_all(random.Random(1))
    vote.close()
    stranger = as_(make.user())
    for page in ("", "phieu/", "ma-niem/", "hom-phieu.json", "kiem-phieu/"):
        assert stranger.get(place(vote.session, page)).status_code == 404
    for page in ("phieu/", "khoa/", "huy-khoa/", "kiem-phieu/"):
        assert stranger.post(place(vote.session, page), {"envelope": "x"}).status_code == 404


def test_box_file_is_for_members_and_verifies(at):
    vote = secret.voting(at, 2)
    vote.cast_all(random.Random(1))
    vote.close()
    assert as_(at.clerk).get(place(vote.session, "hom-phieu.json")).status_code == 403
    answer = as_(at.members[1]).get(place(vote.session, "hom-phieu.json"))
    assert "no-store" in answer["Cache-Control"]
    assert verify(answer.content.decode(), vote.box.list_hash) == vote.box.list_hash
    assert json.loads(answer.content)["result"] is None


def test_counting_page_keeps_what_was_typed_and_no_cache_keeps_it(at):
    vote = secret.voting(at, 2)
    vote.cast_all(random.Random(1))
    vote.close()
    page = place(vote.session, "kiem-phieu/")
    assert as_(at.members[1]).get(page).status_code == 403
    answer = as_(at.secretary).post(page, {"first": "mot hai ba", "second": vote.key.sheets[1]})
    assert answer.status_code == 422
    assert "mot hai ba" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    done = as_(at.secretary).post(page, {"first": vote.key.sheets[0], "second": vote.key.sheets[1]})
    assert done.status_code == 302


def test_only_the_owner_sees_a_tracker_marked_as_theirs(at):
    vote = secret.voting(at, 1)
    trackers = {user: vote.cast(user, "Y") for user in at.users[:4]}
    vote.close()
    page = as_(at.chair).get(place(vote.session, "ma-niem/")).content.decode()
    assert page.count(trackers[at.chair]) == 2
    assert page.count(trackers[at.vice]) == 1
    assert (
        "Trong hòm không có phiếu" in as_(at.users[4]).get(place(vote.session, "ma-niem/")).content.decode()
    )


def test_call_form_offers_the_kinds_and_refuses_what_the_law_does_not_allow(at):
    nomination = at.listed(1, title_code="CSTDCS")[0]
    form = as_(at.clerk).get(f"/hoi-dong/{at.council.pk}/phien-hop-moi/")
    typed = {
        "title": "Xét danh hiệu", "day": "31/12/2026", "hour": "14:00", "place": "", "kind": "open",
        "nominations": [nomination.pk], "key": form.context["form"]["key"].value(),
    }  # fmt: skip
    refused = as_(at.clerk).post(f"/hoi-dong/{at.council.pk}/phien-hop-moi/", typed)
    assert refused.status_code == 422
    assert "Chiến sĩ thi đua cơ sở phải bỏ phiếu kín" in refused.content.decode()
    as_(at.clerk).post(f"/hoi-dong/{at.council.pk}/phien-hop-moi/", typed | {"kind": ""})
    assert at.council.sessions.get().kind == "secret"
