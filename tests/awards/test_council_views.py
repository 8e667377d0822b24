"""Screens of councils and sessions: who sees them, what they say, how many queries they take."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Council, CouncilMember, OpenVote, Session
from guong.base.models import User
from guong.base.workflow import take
from tests import factories as make
from tests.awards.house import House, house, with_opinion

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def at() -> House:
    return house(members=5, places=2)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_council_is_set_up_and_filled(at):
    client = as_(at.clerk)
    form = client.get(reverse("awards:council_new"))
    key = form.context["form"]["key"].value()
    typed = {"name": "Hội đồng sáng kiến", "established_by": "Quyết định số 9/QĐ-SYT", "key": key}
    wrong = client.post(reverse("awards:council_new"), typed | {"established_on": "30/02/2026"})
    assert wrong.status_code == 422
    assert "Hội đồng sáng kiến" in body(wrong)
    made = client.post(reverse("awards:council_new"), typed | {"established_on": "05/01/2026"})
    council = Council.objects.get(name="Hội đồng sáng kiến")
    assert made.url == council.get_absolute_url()
    again = client.post(reverse("awards:council_new"), typed | {"established_on": "05/01/2026"})
    assert (again.url, Council.objects.filter(name="Hội đồng sáng kiến").count()) == (made.url, 1)
    there = reverse("awards:council_members", args=[council.pk])
    colleague = make.person("Đỗ Minh Châu")
    make.employ(colleague, at.unit)
    assert "Đỗ Minh Châu" in body(client.get(there, {"q": "minh chau"}))
    client.post(there, {"person": colleague.pk, "role": "chair"})
    assert council.members.get().role == "chair"
    said = body(client.post(there, {"person": colleague.pk, "role": "member"}, follow=True))
    assert "Đỗ Minh Châu" in said
    member = reverse("awards:council_member", args=[council.pk, council.members.get().pk])
    client.post(member, {"role": "secretary"})
    assert council.members.get().role == "secretary"
    client.post(member, {"act": "remove"})
    assert not council.members.exists()


def test_second_chair_is_refused(at):
    member = CouncilMember.objects.filter(council=at.council, role="member").first()
    as_(at.clerk).post(reverse("awards:council_member", args=[at.council.pk, member.pk]), {"role": "chair"})
    member.refresh_from_db()
    assert member.role == "member"


@pytest.mark.parametrize("name", ["council_new", "council_edit", "council_members", "session_new"])
def test_setting_up_is_for_the_standing_office(at, name):
    where = reverse(f"awards:{name}", args=[] if name == "council_new" else [at.council.pk])
    assert as_(at.clerk).get(where).status_code == 200
    for user in (at.leader, at.chair):
        assert as_(user).get(where).status_code == 403
    assert as_(make.user()).get(where).status_code in (403, 404)


def test_session_is_called_from_its_form(at):
    nominations = at.listed(2)
    with_opinion(nominations[0], at.department)
    where = reverse("awards:session_new", args=[at.council.pk])
    client = as_(at.clerk)
    page = client.get(where)
    assert nominations[1].name in body(page)
    typed = {
        "title": "Xét Giấy khen", "day": "01/12/2099", "hour": "14:00", "place": "Tầng 2",
        "key": page.context["form"]["key"].value(),
    }  # fmt: skip
    wrong = client.post(where, typed)
    assert wrong.status_code == 422
    assert "Tầng 2" in body(wrong)
    typed["nominations"] = [nomination.pk for nomination in nominations]
    made = client.post(where, typed)
    session = Session.objects.get()
    assert made.url == session.get_absolute_url()
    assert client.post(where, typed).url == made.url
    assert Session.objects.count() == 1
    edit = reverse("awards:session_edit", args=[session.pk])
    assert client.post(edit, typed | {"hour": "25:00"}).status_code == 422
    client.post(edit, typed | {"place": "Tầng 3"})
    session.refresh_from_db()
    assert session.place == "Tầng 3"


def test_whole_session_in_the_browser_of_its_people(at):
    make.employ(at.members[0].person, at.unit, post="Bác sĩ")
    session = at.called(at.listed(3))
    page = session.get_absolute_url()
    secretary, chair = as_(at.secretary), as_(at.chair)
    assert "cùng đơn vị" in body(secretary.get(page))
    seats = {f"seat-{seat.pk}": "yes" for seat in session.seats.all()}
    secretary.post(reverse("awards:attendance", args=[session.pk]), seats)
    item, seat = session.items.first(), session.seats.get(person=at.vice.person)
    secretary.post(
        reverse("awards:recuse", args=[session.pk]), {"item": item.pk, "seat": seat.pk, "reason": "vợ của bà"}
    )
    secretary.post(reverse("awards:session_step", args=[session.pk]), {"step": "open_voting"})
    session.refresh_from_db()
    assert session.state == "voting"
    for user in at.users:
        ballot = as_(user).get(reverse("awards:ballot", args=[session.pk]))
        choices = {
            f"item-{line['row'].item.pk}": "yes" for line in ballot.context["lines"] if not line["apart"]
        }
        if choices:
            as_(user).post(reverse("awards:ballot", args=[session.pk]), choices)
    assert OpenVote.objects.count() == 4 * 3 - 1
    assert "vợ của bà" in body(as_(at.vice).get(reverse("awards:ballot", args=[session.pk])))
    chair.post(reverse("awards:session_step", args=[session.pk]), {"step": "close_voting"})
    result = body(chair.get(page))
    assert "4 × 100 = 400; 80 × 5 = 400" in result
    assert "4/5" in result
    assert "vợ của bà" in result
    conclude = reverse("awards:conclude", args=[session.pk])
    assert chair.get(conclude).status_code == 200
    assert as_(at.clerk).get(conclude).status_code == 403
    chair.post(conclude, {"words": "Thống nhất"})
    session.refresh_from_db()
    assert session.state == "concluded"
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        file = chair.get(reverse("awards:minutes", args=[session.pk, ending]))
        assert file.content.startswith(start)
        assert "attachment" in file["Content-Disposition"]
    assert chair.get(reverse("awards:minutes", args=[session.pk, "exe"])).status_code == 404


def test_tie_is_settled_on_the_chairs_page(at):
    session = at.closed(at.listed(3), [5, 4, 4])
    where = reverse("awards:conclude", args=[session.pk])
    chair = as_(at.chair)
    refused = chair.post(where, {"words": "Lời kết"})
    assert refused.status_code == 422
    assert "Lời kết" in body(refused)
    tied = session.items.all()[1]
    chair.post(where, {"first": [tied.pk], "reason": "Lâu năm"})
    session.refresh_from_db()
    assert session.state == "concluded"
    waiting = session.items.get(verdict="reserve")
    there = reverse("awards:reserve", args=[session.pk, waiting.pk])
    assert chair.post(there, {"step": "promote"}).status_code == 302
    assert chair.post(there, {"step": "x", "note": "x"}).status_code == 404
    chair.post(there, {"step": "release", "note": "Hết chỗ"})
    waiting.nomination.refresh_from_db()
    assert waiting.nomination.state == "not_chosen"


def test_result_is_not_shown_while_the_vote_is_open(at):
    session = at.voting(at.listed(1))
    before = body(as_(at.chair).get(session.get_absolute_url()))
    at.cast(session, [5])
    after = body(as_(at.chair).get(session.get_absolute_url()))
    assert "0 trên 5" in before
    assert "5 trên 5" in after
    assert "5/5</b>" not in after


def test_forged_vote_of_one_who_stands_back_is_refused_on_the_page(at):
    make.employ(at.members[0].person, at.unit, post="Bác sĩ")
    session = at.voting(at.listed(1))
    answer = as_(at.members[0]).post(
        reverse("awards:ballot", args=[session.pk]), {f"item-{session.items.get().pk}": "yes"}
    )
    assert answer.status_code == 409
    assert not OpenVote.objects.exists()


def test_strangers_do_not_find_the_session(at):
    session = at.called(at.listed(1))
    elsewhere = house(members=3)
    for user in (elsewhere.clerk, elsewhere.chair, make.user("unit_head", at.unit), make.user()):
        client = as_(user)
        for name in ("session", "ballot", "conclude", "session_edit"):
            assert client.get(reverse(f"awards:{name}", args=[session.pk])).status_code == 404
        for name in ("attendance", "recuse", "session_step"):
            assert client.post(reverse(f"awards:{name}", args=[session.pk])).status_code == 404
        assert client.get(reverse("awards:council", args=[at.council.pk])).status_code == 404


def test_unknown_step_is_not_found(at):
    session = at.called(at.listed(1))
    where = reverse("awards:session_step", args=[session.pk])
    assert as_(at.chair).post(where, {"step": "conclude"}).status_code == 404
    assert as_(at.chair).post(where, {}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_sessions_takes_a_fixed_number_of_queries(at, count, django_assert_max_num_queries):
    for _ in range(count):
        at.called(at.listed(1))
    client = as_(at.clerk)
    client.get(reverse("awards:sessions"))
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("awards:sessions"))
    assert len(page.context["page"].object_list) == count


@pytest.mark.parametrize("state", ["called", "closed"])
def test_session_page_takes_as_many_queries_for_nine_nominees_as_for_one(at, state):
    counts = []
    for count in (1, 9):
        session = getattr(at, state)(at.listed(count), *([[5] * count] if state == "closed" else []))
        client = as_(at.chair)
        client.get(session.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            client.get(session.get_absolute_url())
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_empty_pages_say_why(at):
    assert "chưa có" in body(as_(at.clerk).get(reverse("awards:sessions"))).lower()
    page = body(as_(at.clerk).get(reverse("awards:session_new", args=[at.council.pk])))
    assert "niêm yết" in page or "lấy ý kiến" in page


def test_vote_page_says_when_it_is_not_open(at):
    session = at.called(at.listed(1))
    where = reverse("awards:ballot", args=[session.pk])
    assert as_(at.chair).get(where).status_code == 200
    at.everybody_came(session)
    take(SESSION_STEPS["open_voting"], session, by=at.chair)
    session.seats.filter(person=at.vice.person).update(present=False)
    assert "thư ký" in body(as_(at.vice).get(where)).lower()
    take(SESSION_STEPS["close_voting"], session, by=at.chair)
    assert as_(at.chair).get(where).status_code == 200
