"""Lists for comment: posting, commenting while open, answering, closing, and who reads what (D-04, D-15)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guong.awards.actions import listings as actions
from guong.awards.actions import sessions
from guong.awards.days import database_today
from guong.awards.models import Comment, Listing, Nomination
from guong.base.access import Role
from guong.base.entry import AlreadyDone
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from tests import factories as make
from tests.awards.road import Road, everyone, in_state, road

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Road:
    return road()


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(at: Road, *made: Nomination, **fields):
    values = {"title": "Danh sách", "closes_on": database_today() + timedelta(days=5)} | fields
    return actions.post(by=at.standing, department=at.department, nominations=made, **values)


# --- posting


def test_post_lists_what_fits_and_says_why_the_rest_does_not(at):
    fits, early = at.appraised(), at.submitted()
    listing, results = post(at, fits, early)
    assert [bool(result.why) for result in results] == [False, True]
    assert [entry.nomination for entry in listing.entries.all()] == [fits]
    states = dict(Nomination.objects.values_list("pk", "state"))
    assert (states[fits.pk], states[early.pk]) == ("listed", "submitted")


def test_post_without_any_that_fits_makes_nothing(at):
    with pytest.raises(Refused):
        post(at, at.submitted())
    assert not Listing.objects.exists()
    with pytest.raises(Refused, match="ít nhất một"):
        post(at)


def test_post_sent_twice_makes_one_list(at):
    key = uuid.uuid4()
    listing, _results = post(at, at.appraised(), key=key)
    with pytest.raises(AlreadyDone) as done:
        post(at, at.appraised(), key=key)
    assert done.value.url == listing.get_absolute_url()
    assert Listing.objects.count() == 1


def test_post_needs_a_last_day_after_today(at):
    with pytest.raises(Refused, match="sau hôm nay"):
        post(at, at.appraised(), closes_on=database_today())


def test_post_is_the_standing_offices(at):
    made = at.appraised()
    for who, user in everyone(at).items():
        if who != Role.STANDING_OFFICE:
            with pytest.raises(Refused):
                actions.post(
                    by=user, department=at.department, title="x", nominations=[made],
                    closes_on=database_today() + timedelta(days=5),
                )  # fmt: skip
    assert not Listing.objects.exists()


def test_nomination_of_another_department_is_not_listed(at):
    foreign, mine = road().appraised(), at.appraised()
    _listing, results = post(at, foreign, mine)
    assert {result.nomination.pk: bool(result.why) for result in results} == {
        foreign.pk: True,
        mine.pk: False,
    }


def test_open_list_takes_more_until_its_last_day(at):
    listing = at.listing()
    added = actions.add(by=at.standing, listing=listing, nominations=[at.appraised()])
    assert [result.why for result in added] == [""]
    with pytest.raises(Refused, match="hết hạn góp ý"):
        actions.add(by=at.standing, listing=at.over(listing), nominations=[at.appraised()])


# --- comments


def comment(at: Road, listing: Listing, by=None, **fields) -> Comment:
    return actions.comment(by=by or at.clerk, entry=listing.entries.get(), **({"text": "Tôi biết."} | fields))


def test_anybody_of_the_department_comments(at):
    listing = at.listing()
    for who, user in everyone(at).items():
        if who == "nobody":
            with pytest.raises(Refused, match="người trong ngành"):
                comment(at, listing, by=user)
        else:
            comment(at, listing, by=user)
    stranger = make.user(Role.EMPLOYEE, make.department())
    with pytest.raises(Refused, match="người trong ngành"):
        comment(at, listing, by=stranger)


def test_last_day_counts_to_its_end(at):
    listing = at.listing()
    Listing.objects.filter(pk=listing.pk).update(opens_on=date(2026, 1, 5), closes_on=database_today())
    listing.refresh_from_db()
    assert comment(at, listing)


def test_comment_after_the_last_day_is_refused_and_recorded(at):
    listing = at.over(at.listing())
    with pytest.raises(Refused, match="hết hạn góp ý"):
        comment(at, listing)
    assert not Comment.objects.exists()
    assert LogEntry.objects.about(listing).first().refused


def test_comment_after_the_last_day_would_be_kept_without_the_guard(at, monkeypatch):
    listing = at.over(at.listing())
    monkeypatch.setattr(actions, "_is_over", lambda _listing: None)
    assert comment(at, listing)


def test_comment_on_a_closed_list_is_refused(at):
    listing = actions.close(by=at.standing, listing=at.over(at.listing()))
    with pytest.raises(Refused, match="hết hạn góp ý"):
        comment(at, listing)


def test_comment_sent_twice_is_kept_once(at):
    listing, key = at.listing(), uuid.uuid4()
    comment(at, listing, key=key)
    with pytest.raises(AlreadyDone):
        comment(at, listing, key=key)
    assert Comment.objects.count() == 1


def test_empty_comment_is_refused(at):
    with pytest.raises(Refused, match="viết nội dung"):
        comment(at, at.listing(), text="   ")


def test_comments_are_read_by_author_readers_and_council_only(at):
    listing = at.listing()
    author = make.user(Role.EMPLOYEE, at.unit)
    comment(at, listing, by=author)
    member = make.user(Role.COUNCIL_MEMBER, at.department)
    council = at.department.councils.create(
        name="Hội đồng", established_by="Quyết định 1", established_on="2026-01-05"
    )
    session = council.sessions.create(title="Họp", held_at="2026-12-20T08:00+07:00", vote_percent=80)
    session.seats.create(person=member.person, role="member")
    session.items.create(nomination=listing.entries.get().nomination)
    seen = {
        "author": author, "standing": at.standing, "leader": at.leader, "member": member,
        "clerk": at.clerk, "head": at.head, "appraiser": at.appraiser,
        "other": make.user(Role.EMPLOYEE, at.unit),
    }  # fmt: skip
    readers = {name for name, user in seen.items() if Comment.objects.visible_to(user).count() == 1}
    assert readers == {"author", "standing", "leader", "member"}


# --- answers


def test_answer_is_kept_with_its_author(at):
    said = comment(at, at.listing())
    answered = actions.answer(by=at.standing, comment=said, text="Đã xác minh.")
    assert (answered.answer, answered.answered_by) == ("Đã xác minh.", at.standing)


def test_answer_is_the_standing_offices(at):
    said = comment(at, at.listing())
    for user in (at.leader, at.clerk, at.head, at.appraiser):
        with pytest.raises(Refused, match="bộ phận thường trực"):
            actions.answer(by=user, comment=said, text="x")


def test_answer_is_fixed_once_the_council_has_the_nominee(at):
    said = comment(at, at.listing())
    Nomination.objects.filter(pk=said.entry.nomination_id).update(state="tabled")
    with pytest.raises(Refused, match="không sửa được nữa"):
        actions.answer(by=at.standing, comment=said, text="x")


def test_council_gets_a_nominee_after_closing_and_answering(at):
    listing = at.listing()
    said = comment(at, listing)
    assert not sessions.ready_for_a_council(at.department).exists()
    actions.close(by=at.standing, listing=at.over(listing))
    assert not sessions.ready_for_a_council(at.department).exists()
    actions.answer(by=at.standing, comment=said, text="Đã xác minh.")
    assert sessions.ready_for_a_council(at.department).count() == 1


# --- screens


def test_whole_department_sees_the_list_and_no_other(at):
    listing = at.listing()
    for who, user in everyone(at).items():
        expected = 404 if who == "nobody" else 200
        assert of(user).get(listing.get_absolute_url()).status_code == expected
    stranger = of(make.user(Role.LEADER, make.department()))
    assert stranger.get(listing.get_absolute_url()).status_code == 404
    assert Client().get(listing.get_absolute_url()).status_code == 302


def test_comment_is_written_on_the_page(at):
    listing = at.listing()
    entry = listing.entries.get()
    client = of(make.user(Role.EMPLOYEE, at.unit))
    key = client.get(f"{listing.get_absolute_url()}?ve={entry.pk}").context["comment_form"]["key"].value()
    sent = {"entry": entry.pk, "text": "Chị ấy trực cả Tết.", "key": str(key)}
    for _ in range(2):
        answer = client.post(f"/niem-yet/{listing.pk}/gop-y/", sent, follow=True)
    assert "Đã nhận góp ý" in answer.content.decode() or "Chị ấy trực cả Tết." in answer.content.decode()
    assert Comment.objects.count() == 1


def test_refused_comment_keeps_its_text(at):
    listing = at.listing()
    entry = listing.entries.get()
    at.over(listing)
    sent = {"entry": entry.pk, "text": "Viết muộn", "key": str(uuid.uuid4())}
    answer = of(at.clerk).post(f"/niem-yet/{listing.pk}/gop-y/", sent)
    assert answer.status_code == 422
    assert "hết hạn góp ý" in answer.content.decode()


def test_comment_of_somebody_else_is_not_on_the_page(at):
    listing = at.listing()
    comment(at, listing, text="Chuyện riêng khó nói")
    assert "Chuyện riêng" in of(at.standing).get(listing.get_absolute_url()).content.decode()
    page = of(make.user(Role.EMPLOYEE, at.unit)).get(listing.get_absolute_url()).content.decode()
    assert "Chuyện riêng" not in page
    assert "1 góp ý" in page


def test_standing_office_posts_answers_and_closes_on_screen(at):
    made, client = at.appraised(), of(at.standing)
    page = client.get(f"/niem-yet/moi/?ho-so={made.pk}")
    form = page.context["form"]
    sent = {
        "pk": [made.pk], "title": form["title"].value(), "key": str(form["key"].value()),
        "closes_on": f"{form['closes_on'].value():%d/%m/%Y}",
    }  # fmt: skip
    listing = client.post("/niem-yet/moi/", sent, follow=True).context["listing"]
    said = comment(at, listing)
    client.post(f"/niem-yet/{listing.pk}/gop-y/{said.pk}/", {"text": "Đã xác minh."})
    assert "đến hết ngày" in client.post(f"/niem-yet/{listing.pk}/dong/", follow=True).content.decode()
    at.over(listing)
    client.post(f"/niem-yet/{listing.pk}/dong/")
    listing.refresh_from_db()
    said.refresh_from_db()
    assert (listing.state, said.answer) == ("closed", "Đã xác minh.")


def test_wrong_last_day_keeps_the_form(at):
    made = at.appraised()
    sent = {"pk": [made.pk], "title": "Danh sách", "closes_on": "31/02/2027", "key": str(uuid.uuid4())}
    answer = of(at.standing).post("/niem-yet/moi/", sent)
    assert answer.status_code == 422
    assert "31/02/2027" in answer.content.decode()
    assert made.name in answer.content.decode()


@pytest.mark.parametrize("role", ["leader", "clerk", "head", "appraiser"])
def test_others_do_not_open_the_form(at, role):
    assert of(getattr(at, role)).get("/niem-yet/moi/").status_code == 403


def queries(user, address: str) -> int:
    client = of(user)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def test_list_pages_cost_the_same_for_any_number_of_rows(at):
    listing = at.listing()
    comment(at, listing)
    few = [queries(at.standing, "/niem-yet/"), queries(at.standing, listing.get_absolute_url())]
    made = [at.appraised() for _ in range(3)]
    actions.add(by=at.standing, listing=listing, nominations=made)
    for entry in listing.entries.all():
        actions.comment(by=at.head, entry=entry, text="Đúng vậy.")
    at.listing()
    many = [queries(at.standing, "/niem-yet/"), queries(at.standing, listing.get_absolute_url())]
    assert many == few
    assert max(many) <= 16


def test_home_tells_of_comments_and_of_lists_to_close(at):
    listing = at.listing()
    comment(at, listing)
    at.over(listing)
    page = of(at.standing).get("/viec/").content.decode()
    assert "1 góp ý chờ trả lời" in page
    assert "Đóng danh sách" in page
    assert in_state(at, "appraised")
