"""Screens of a unit's list and of the law's panel: who opens them, what they do, their cost (D-08, D5)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guong.awards import assessing
from guong.awards.actions import nominations, unit_lists
from guong.awards.models import Nomination
from guong.base.access import Role
from guong.movements.models import Movement
from tests import factories as make
from tests.awards.annual import law_with_a_cap, listed, review, use, worker
from tests.awards.road import Road


@pytest.fixture
def opened(db) -> tuple[Road, Movement]:
    return review()


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(opened: tuple[Road, Movement], code: str = "LDTT") -> str:
    at, movement = opened
    return unit_lists.address_of(movement.pk, at.unit.pk, code)


def place(opened: tuple[Road, Movement], act: str) -> str:
    at, movement = opened
    return f"/de-nghi/danh-sach/{movement.pk}/{at.unit.pk}/{act}/"


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_unit_and_standing_office_open_it_and_nobody_else(opened):
    at, _movement = opened
    others = [
        at.leader, at.appraiser, make.user(Role.EMPLOYEE, at.unit),
        make.user(Role.UNIT_CLERK, make.unit(at.department)),
    ]  # fmt: skip
    assert [of(user).get(address(opened)).status_code for user in (at.clerk, at.head, at.standing)] == [
        200
    ] * 3
    assert [of(user).get(address(opened)).status_code for user in others] == [404] * 4


def test_people_are_added_by_ticking_and_all_the_eligible_at_once(opened):
    at, movement = opened
    works = [worker(at), worker(at), worker(at, "HT"), worker(at, "")]
    client = of(at.clerk)
    page = text(client.get(address(opened)))
    assert "Thêm tất cả 2 trường hợp đủ điều kiện theo sổ" in page
    client.post(place(opened, "them"), {"danh-hieu": "LDTT", "nguoi": [works[2].pk]})
    client.post(place(opened, "them"), {"danh-hieu": "LDTT", "all": "1"})
    people = Nomination.objects.filter(movement=movement).values_list("person", flat=True)
    assert set(people) == {work.person_id for work in works[:3]}
    again = client.post(place(opened, "them"), {"danh-hieu": "LDTT", "nguoi": [works[0].pk]}, follow=True)
    assert "đều có trong danh sách" in text(again)


def test_standing_office_writes_no_units_list(opened):
    at, movement = opened
    work = worker(at)
    answer = of(at.standing).post(
        place(opened, "them"), {"danh-hieu": "LDTT", "nguoi": [work.pk]}, follow=True
    )
    assert "Chỉ văn thư hoặc thủ trưởng" in text(answer)
    assert not Nomination.objects.filter(movement=movement).exists()


def test_standing_office_sees_only_what_was_sent(opened):
    at, movement = opened
    (made,) = listed(at, movement, [worker(at, name="Lò Thị Bưởi")])
    assert "Lò Thị Bưởi" not in text(of(at.standing).get(address(opened)))
    unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    assert made.name in text(of(at.standing).get(address(opened)))


def test_lines_change_title_and_leave_the_list(opened):
    at, movement = opened
    one, two = listed(at, movement, [worker(at), worker(at)])
    client = of(at.clerk)
    client.post(place(opened, "sua"), {"danh-hieu": "LDTT", "pk": [one.pk], "act": "title", "moi": "CSTDCS"})
    client.post(place(opened, "sua"), {"danh-hieu": "LDTT", "pk": [two.pk], "act": "off"})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.title_code, two.state) == ("CSTDCS", "withdrawn")
    none = client.post(place(opened, "sua"), {"danh-hieu": "LDTT", "act": "off"}, follow=True)
    assert "Đánh dấu các dòng trước" in text(none)


def test_list_goes_from_the_clerk_over_the_head_to_the_department(opened):
    at, movement = opened
    (made,) = listed(at, movement, [worker(at)])
    of(at.clerk).post(place(opened, "gui"))
    made.refresh_from_db()
    assert made.state == "with_head"
    assert "Đã gửi danh sách" in text(of(at.head).post(place(opened, "gui"), follow=True))
    made.refresh_from_db()
    assert made.state == "submitted"


def test_caps_follow_the_boxes_ticked_and_write_nothing(opened, monkeypatch):
    at, movement = opened
    use(monkeypatch, law_with_a_cap())
    works = [worker(at, "HTXS") for _ in range(6)]
    listed(at, movement, works[:5])
    client, ticked = of(at.clerk), {"danh-hieu": "CSTDCS", "nguoi": [work.pk for work in works[:2]]}
    preview = text(client.post(place(opened, "ty-le"), ticked))
    assert "vượt 1" in preview and "12/2026/QĐ-UBND Đ.4" in preview and "Nếu thêm 2 dòng" in preview
    assert Nomination.objects.filter(movement=movement, title_code="CSTDCS").count() == 0


def test_standing_office_sees_caps_over_all_units_and_opens_the_review(opened, monkeypatch):
    at, movement = opened
    use(monkeypatch, law_with_a_cap())
    works = [worker(at, "HTXS") for _ in range(2)]
    listed(at, movement, works)
    listed(at, movement, works, "CSTDCS")
    client = of(at.standing)
    page = text(client.get(f"/de-nghi/?phong-trao={movement.pk}"))
    assert "Tỷ lệ trên toàn danh sách" in page and "vượt 2" in page
    assert "Mở Thi đua thường xuyên" in page
    client.post("/de-nghi/thuong-xuyen/", {"ke-hoach": at.movement.plan_id})
    assert Movement.objects.filter(route="annual", review_year=2026).count() == 1
    twice = client.post("/de-nghi/thuong-xuyen/", {"ke-hoach": at.movement.plan_id}, follow=True)
    assert "2026 đã mở" in text(twice)
    assert "Tỷ lệ trên toàn danh sách" not in text(of(at.clerk).get(f"/de-nghi/?phong-trao={movement.pk}"))


def test_judging_and_asking_again_on_the_page(opened):
    at, movement = opened
    (made,) = listed(at, movement, [worker(at)])
    unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    client, page = of(at.standing), f"/de-nghi/{made.pk}/"
    key = client.get(page).context["judge_form"]["key"].value()
    said = {"xet-question": "spirit", "xet-answer": "yes", "xet-evidence": "Biên bản 12", "xet-key": str(key)}
    client.post(f"{page}xet/", said)
    client.post(f"{page}xet/", said)
    assert made.judged.count() == 1
    assert "Kết quả hôm nay đã khác" in text(client.get(page))
    assert "Đã chốt kết quả hôm nay" in text(client.post(f"{page}hoi-lai/", follow=True))
    assert [line.outcome for line in made.assessments.all()] == ["eligible", "open"]
    for act in ("xet", "hoi-lai", "che-do"):
        assert of(at.leader).post(f"{page}{act}/").status_code == 404
    wrong = client.post(f"{page}che-do/", {"che-do-regime": "R3", "che-do-reason": ""}, follow=True)
    assert made.assessments.count() == 2 and "Lý do" in text(wrong)


def test_unit_reads_no_answer_about_who_left_it(opened):
    at, movement = opened
    work = worker(at, "HT")
    (made,) = listed(at, movement, [work])
    assert "chưa đủ điều kiện" in text(of(at.clerk).get(address(opened)))
    assert "Xếp loại của năm" in text(of(at.clerk).get(made.get_absolute_url()))
    work.valid_to = date(2026, 1, 31)
    work.save()
    line = of(at.clerk).get(address(opened)).context["lines"][0]
    assert line.verdict.outcome == ""
    assert "Xếp loại của năm" not in text(of(at.clerk).get(made.get_absolute_url()))


def queries(user, url: str) -> int:
    client = of(user)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_list_costs_the_same_for_one_and_for_many(opened):
    at, movement = opened
    listed(at, movement, [worker(at)])
    worker(at)
    one = queries(at.clerk, address(opened))
    listed(at, movement, [worker(at) for _ in range(3)])
    for _ in range(3):
        worker(at)
    assert queries(at.clerk, address(opened)) == one


def test_facts_of_a_list_are_read_once_when_it_is_sent(opened, monkeypatch):
    """Not once for each of its nominees: the twin reads alone what nobody read together."""
    at, movement = opened
    read: list[object] = []
    facts_for = assessing.facts_for
    monkeypatch.setattr(assessing, "facts_for", lambda *asked: read.append(asked) or facts_for(*asked))
    listed(at, movement, [worker(at) for _ in range(4)])
    unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    assert len(read) == 1
    read.clear()
    for made in listed(at, movement, [worker(at), worker(at)]):
        nominations.step(by=at.head, nomination=made, name="submit")
    assert len(read) > 1
