"""Screens of nominations: writing, the page of one, the list of all, acts on many (D-01 … D-04, A4, D2)."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guong.awards import consolidation
from guong.awards.models import Nomination
from guong.base.access import Role
from guong.base.models import LogEntry
from guong.movements.models import Movement
from guong.plans.models import Plan
from tests import factories as make
from tests.awards.road import LONG, Road, everyone, in_state, road

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def at() -> Road:
    return road()


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- writing


def test_people_are_found_without_diacritics_and_told_apart(at):
    for year, post in ((1985, "Điều dưỡng trưởng"), (1991, "Hộ sinh")):
        make.employ(make.person("Nguyễn Thị Hòa", birth_year=year, staff_code=f"NV{year}"), at.section, post)
    elsewhere = make.unit(at.department)
    make.employ(make.person("Nguyễn Thị Hòa", birth_year=1970), elsewhere, "Bác sĩ")
    page = text(of(at.clerk).get("/de-nghi/moi/", {"phong-trao": at.movement.pk, "ten": "hoa nguyen"}))
    assert "Điều dưỡng trưởng" in page
    assert "1985 · NV1985" in page
    assert "1991 · NV1991" in page
    assert "1970" not in page


def test_wrong_post_is_shown_and_cannot_be_taken(at):
    Movement.objects.filter(pk=at.movement.pk).update(posts=["hộ sinh"])
    fit = make.employ(make.person("Trần Hòa"), at.unit, "Hộ sinh")
    unfit = make.employ(make.person("Lê Hòa"), at.unit, "Lái xe")
    page = of(at.clerk).get("/de-nghi/moi/", {"phong-trao": at.movement.pk, "ten": "hòa"}).content.decode()
    assert f"/nguoi/{fit.pk}/" in page
    assert f"/nguoi/{unfit.pk}/" not in page


def test_only_movements_of_plans_in_force_are_offered(at):
    closed = make.movement(make.plan(at.department, state=Plan.State.CLOSED))
    page = of(at.clerk).get("/de-nghi/moi/").content.decode()
    assert f'value="{at.movement.pk}"' in page
    assert f'value="{closed.pk}"' not in page


def new(at: Road, **values):
    work = make.employ(make.person("Vàng Thị Sua"), at.section, "Hộ sinh")
    address = f"/de-nghi/moi/{at.movement.pk}/nguoi/{work.pk}/"
    client = of(at.clerk)
    key = client.get(address).context["form"]["key"].value()
    return client, address, {"key": str(key), "title_code": "GKS", "achievement": LONG} | values


def test_draft_is_saved_once_though_sent_twice(at):
    client, address, values = new(at)
    first, second = client.post(address, values), client.post(address, values)
    made = Nomination.objects.get()
    assert first.status_code == second.status_code == 302
    assert first.url == second.url == made.get_absolute_url()


def test_draft_would_be_refused_as_a_second_one_without_the_token(at):
    client, address, values = new(at)
    client.post(address, values)
    again = client.post(address, values | {"key": "6f1c1f0e-7a52-4a8e-8d0e-3a1f6c9a0b11"})
    assert again.status_code == 422
    assert "đã được đề nghị" in text(again)


def test_refused_form_keeps_what_was_typed():
    at = road(route=Movement.Route.AD_HOC)
    client, address, values = new(at, achieved_on="31/02/2026")
    answer = client.post(address, values)
    assert answer.status_code == 422
    assert LONG in answer.content.decode()
    assert "31/02/2026" in answer.content.decode()


def test_form_for_another_units_person_is_not_there(at):
    work = make.employ(make.person(), make.unit(at.department))
    assert of(at.clerk).get(f"/de-nghi/moi/{at.movement.pk}/nguoi/{work.pk}/").status_code == 404
    other = make.unit(at.department)
    assert of(at.clerk).get(f"/de-nghi/moi/{at.movement.pk}/tap-the/{other.pk}/").status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.UNIT_CLERK, Role.UNIT_HEAD}))
def test_nobody_else_opens_the_form(at, role):
    assert of(everyone(at)[role]).get("/de-nghi/moi/").status_code == 403


def test_conflict_keeps_both_texts(at):
    made = at.draft()
    address, client = f"/de-nghi/{made.pk}/sua/", of(at.clerk)
    assert (
        client.post(address, {"title_code": "GKS", "achievement": "Bản một", "version": 1}).status_code == 302
    )
    answer = client.post(address, {"title_code": "GKS", "achievement": "Bản hai", "version": 1})
    assert answer.status_code == 422
    assert "sửa trước bạn" in text(answer)
    assert "Bản hai" in answer.content.decode()
    made.refresh_from_db()
    assert made.achievement == "Bản một"


# --- one nomination


def test_send_button_waits_for_the_list_beside_it(at):
    made = make.nomination(at.movement, at.unit, achievement="", created_by=at.clerk)
    page = text(of(at.head).get(made.get_absolute_url()))
    assert "Chưa gửi được: còn 2 việc" in page
    assert "Chưa viết thành tích." in page
    ready = of(at.head).get(at.draft().get_absolute_url())
    assert "Đủ điều kiện gửi" in text(ready)
    assert 'value="submit"' in ready.content.decode()


def test_step_is_taken_from_the_page(at):
    made = at.draft()
    answer = of(at.head).post(f"/de-nghi/{made.pk}/buoc/", {"step": "submit", "version": 1}, follow=True)
    assert "Đã làm: Gửi Sở." in text(answer)
    made.refresh_from_db()
    assert made.state == "submitted"


def test_returned_note_stands_on_top(at):
    made = at.submitted()
    back = {"step": "return_to_unit", "note": "Thiếu biên bản", "version": made.version}
    of(at.standing).post(f"/de-nghi/{made.pk}/buoc/", back)
    page = text(of(at.clerk).get(made.get_absolute_url()))
    assert page.index("Thiếu biên bản") < page.index("Minh chứng")
    assert "Bổ sung" in text(of(at.clerk).get("/viec/"))


def test_step_by_a_reader_is_a_sentence(at):
    made = in_state(at, "submitted")
    inspector = make.user(Role.INSPECTOR, at.department)
    answer = of(inspector).post(
        f"/de-nghi/{made.pk}/buoc/", {"step": "return_to_unit", "note": "x"}, follow=True
    )
    assert "Chỉ bộ phận thường trực" in text(answer)


@pytest.mark.parametrize("step", ["", "fly", "close"])
def test_unknown_step_is_not_there(at, step):
    assert of(at.head).post(f"/de-nghi/{at.draft().pk}/buoc/", {"step": step}).status_code == 404


def test_opinion_is_given_on_the_page(at):
    made = at.submitted()
    client = of(at.appraiser)
    assert "Ý kiến của phòng bạn" in text(client.get(made.get_absolute_url()))
    refused = client.post(f"/de-nghi/{made.pk}/y-kien/", {"opinion": "agree", "text": ""})
    assert refused.status_code == 422
    client.post(f"/de-nghi/{made.pk}/y-kien/", {"opinion": "agree", "text": "Rõ số liệu"})
    made.refresh_from_db()
    assert (made.state, made.appraisal.text) == ("appraised", "Rõ số liệu")


def test_appraiser_of_the_same_unit_reads_why_not(at):
    make.employ(at.appraiser.person, at.section, "Bác sĩ")
    made = at.submitted()
    page = text(of(at.appraiser).get(made.get_absolute_url()))
    assert "Bạn không thẩm định" in page
    assert "Ý kiến của phòng bạn" not in page


def test_foreign_nomination_looks_like_a_missing_one(at):
    made = at.draft()
    stranger = of(make.user(Role.UNIT_HEAD, make.unit(at.department)))
    for way in ("", "sua/", "buoc/", "y-kien/", "minh-chung/1/"):
        send = stranger.post if way in ("buoc/", "y-kien/") else stranger.get
        assert send(f"/de-nghi/{made.pk}/{way}").status_code == 404
        assert send(f"/de-nghi/99999999/{way}").status_code == 404


def test_votes_are_shown_only_after_the_conclusion(at):
    made = in_state(at, "tabled")
    with_votes(at, made, "closed")
    page = of(at.head).get(made.get_absolute_url()).content.decode()
    assert "9/10" not in page
    made.items.get().session.__class__.objects.update(state="concluded")
    assert "9/10" in of(at.head).get(made.get_absolute_url()).content.decode()


def with_votes(at: Road, made: Nomination, state: str) -> None:
    council = at.department.councils.create(
        name="Hội đồng", established_by="Quyết định 1", established_on="2026-01-05"
    )
    session = council.sessions.create(
        title="Họp", held_at="2026-11-20T08:00+07:00", vote_percent=80, state=state
    )
    made.items.create(session=session, yes=9, no=1, members=10)


# --- the list


def numbers(answer) -> set[int]:
    return {row.pk for row in answer.context["rows"]}


def test_list_shows_everyone_their_own(at):
    draft, sent = at.draft(), at.submitted()
    assert numbers(of(at.clerk).get("/de-nghi/?xem=tat-ca")) == {draft.pk, sent.pk}
    assert numbers(of(at.standing).get("/de-nghi/?xem=tat-ca")) == {sent.pk}
    assert numbers(of(at.appraiser).get("/de-nghi/?xem=tat-ca")) == {sent.pk}
    assert numbers(of(make.user(Role.UNIT_CLERK, make.unit(at.department))).get("/de-nghi/")) == set()


def test_list_would_show_drafts_to_the_office_without_visible_to(at, monkeypatch):
    draft = at.draft()
    everything = Nomination.objects.all()
    monkeypatch.setattr(type(everything), "visible_to", lambda self, user, reach=None: self)
    assert numbers(of(at.standing).get("/de-nghi/?xem=tat-ca")) == {draft.pk}


def test_list_opens_on_what_waits(at):
    made, _other = at.appraised(), at.submitted()
    answer = of(at.standing).get("/de-nghi/")
    assert numbers(answer) == {made.pk}
    assert {view["label"]: view["count"] for view in answer.context["views"]} == {
        "Chờ tôi": 1, "Đang thẩm định": 1, "Đã thẩm định": 1, "Đang lấy ý kiến": 0, "Hội đồng": 0,
        "Đã khen": 0, "Không chọn, đã rút": 0, "Tất cả": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "state"),
    [("clerk", "draft"), ("clerk", "returned"), ("head", "with_head"), ("appraiser", "submitted"),
     ("standing", "appraised")],
)  # fmt: skip
def test_what_waits_is_the_next_act_of_the_role(at, role, state):
    made = {state: in_state(at, state) for state in Nomination.State.values}
    waiting = numbers(of(getattr(at, role)).get("/de-nghi/?xem=cho-toi"))
    assert made[state].pk in waiting
    assert len(waiting) == (2 if role == "clerk" else 1)


def test_filters_narrow_the_list(at):
    person, body = at.submitted(), at.submitted(who=at.section)
    other = make.movement(make.plan(at.department, year=2020))
    old = in_state(at, "submitted")
    Nomination.objects.filter(pk=old.pk).update(movement=other)
    client = of(at.standing)

    def found(**query) -> set[int]:
        return numbers(client.get("/de-nghi/", {"xem": "tat-ca"} | query))

    assert found() == {person.pk, body.pk}
    assert found(nam="2020") == {old.pk}
    assert found(nam="0") == {person.pk, body.pk, old.pk}
    assert found(**{"phong-trao": other.pk}) == {old.pk}
    assert found(**{"doi-tuong": "collective"}) == {body.pk}
    assert found(**{"don-vi": at.unit.pk}) == {person.pk, body.pk}
    assert found(**{"don-vi": 999_999}) == set()
    assert found(buoc="appraised") == set()
    assert found(q=str(body.pk)) == {body.pk}
    assert found(**{"phong-trao": "x", "nam": "-1", "page": "zz"}) == {person.pk, body.pk}


@pytest.mark.parametrize("query", ["tran thi hoa", "Trần Thị Hòa", "HOA benh vien", "hòa trần"])
def test_search_needs_no_diacritics(at, query):
    made = at.submitted(who=make.employ(make.person("Trần Thị Hòa"), at.unit).person)
    at.submitted()
    assert numbers(of(at.standing).get("/de-nghi/", {"q": query})) == {made.pk}


def test_places_left_stand_beside_the_movement(at):
    at.movement.quotas.filter(subject="individual").update(used=1)
    at.submitted()
    assert "còn 1/2" in text(of(at.standing).get("/de-nghi/?xem=tat-ca"))


def test_counts_stop_at_the_cap(at, monkeypatch):
    for _ in range(3):
        in_state(at, "submitted")
    monkeypatch.setattr(consolidation, "MOST_COUNTED", 2)
    answer = of(at.standing).get("/de-nghi/?xem=tat-ca")
    assert "Hơn 2 hồ sơ khớp." in text(answer)
    assert {view["count"] for view in answer.context["views"]} == {None}


def queries_of_the_list(user) -> int:
    client = of(user)
    client.get("/de-nghi/?xem=tat-ca")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get("/de-nghi/?xem=tat-ca")
    return len(seen)


@pytest.mark.parametrize("role", ["standing", "clerk", "head", "appraiser", "leader"])
@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_any_number_of_rows(at, role, count):
    for _ in range(count):
        in_state(at, "submitted")
    assert queries_of_the_list(getattr(at, role)) <= MOST_QUERIES


def test_list_queries_are_constant(at):
    in_state(at, "submitted")
    one = queries_of_the_list(at.standing)
    for _ in range(4):
        in_state(at, "submitted")
    make.movement(make.plan(at.department, year=2026))
    assert queries_of_the_list(at.standing) == one


def test_export_holds_what_the_list_holds(at):
    made, _draft = at.submitted(who=make.employ(make.person("=Trần Hòa"), at.unit).person), at.draft()
    answer = of(at.standing).get("/de-nghi/danh-sach.xlsx?xem=tat-ca")
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 4
    assert made.name in sheet
    assert "<f>" not in sheet


# --- acts on many


def test_return_many_answers_for_each_row(at):
    fits, late = at.appraised(), in_state(at, "listed")
    answer = of(at.standing).post(
        "/de-nghi/chung/", {"pk": [fits.pk, late.pk], "act": "return", "note": "Thiếu số liệu"}
    )
    assert [bool(result.why) for result in answer.context["results"]] == [False, True]
    states = dict(Nomination.objects.values_list("pk", "state"))
    assert (states[fits.pk], states[late.pk]) == ("returned", "listed")
    assert LogEntry.objects.about(fits).first().note == "Thiếu số liệu"


def test_return_many_needs_a_reason(at):
    made = at.appraised()
    answer = of(at.standing).post("/de-nghi/chung/", {"pk": [made.pk], "act": "return", "note": " "})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.state == "appraised"


def test_return_many_by_somebody_else_changes_nothing(at):
    made = at.appraised()
    for user in (at.leader, at.clerk, make.user(Role.UNIT_HEAD, make.unit(at.department))):
        of(user).post("/de-nghi/chung/", {"pk": [made.pk], "act": "return", "note": "x"})
    made.refresh_from_db()
    assert made.state == "appraised"


def test_all_of_a_view_can_be_chosen(at):
    made = {at.appraised().pk, at.appraised().pk}
    in_state(at, "submitted")
    answer = of(at.standing).post(
        "/de-nghi/chung/", {"all": "1", "filters": "xem=da-tham-dinh", "act": "return", "note": "Bổ sung"}
    )
    assert {result.nomination.pk for result in answer.context["results"]} == made


def test_chosen_rows_go_to_the_page_of_the_list(at):
    made = at.appraised()
    answer = of(at.standing).post("/de-nghi/chung/", {"pk": [made.pk], "act": "list"})
    assert answer.url == f"/niem-yet/moi/?ho-so={made.pk}"
    assert made.name in text(of(at.standing).get(answer.url))


# --- search and work that waits


def test_search_of_the_site_finds_what_one_may_see(at):
    made = at.submitted(who=make.employ(make.person("Trần Thị Hòa"), at.unit).person)
    assert f'href="{made.get_absolute_url()}"' in of(at.standing).get("/tim/?q=tran hoa").content.decode()
    stranger = of(make.user(Role.UNIT_CLERK, make.unit(at.department)))
    assert made.get_absolute_url() not in stranger.get("/tim/?q=tran hoa").content.decode()


@pytest.mark.parametrize(
    ("role", "state", "words"),
    [
        ("clerk", "draft", "Viết tiếp"),
        ("head", "with_head", "Đọc và gửi"),
        ("appraiser", "submitted", "Đọc và cho ý kiến"),
        ("standing", "appraised", "1 hồ sơ đã thẩm định chưa đưa vào danh sách"),
    ],
)
def test_home_says_what_waits(at, role, state, words):
    in_state(at, state)
    assert words in text(of(getattr(at, role)).get("/viec/"))
    others = {"clerk", "head", "appraiser", "standing"} - {role}
    assert all(words not in text(of(getattr(at, other)).get("/viec/")) for other in others)


def test_home_shows_overdue_opinions(at):
    made = in_state(at, "submitted")
    made.appraisal.due_on = "2026-01-05"
    made.appraisal.save()
    assert "quá hạn" in text(of(at.appraiser).get("/viec/"))
