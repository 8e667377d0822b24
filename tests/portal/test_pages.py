"""What the public sees, how fresh it is, and what it never sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from guong.awards.models import Award, Decision
from guong.base.models import Body
from guong.papers.seal import new_code
from guong.portal import changes, throttle
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def department() -> Body:
    throttle.forget()
    return factories.department()


def decision(department: Body, state: str = Decision.State.ISSUED, number: int = 96) -> Decision:
    return Decision.objects.create(
        department=department,
        state=state,
        title="Về việc tặng Giấy khen",
        year=2026,
        symbol="QĐ-SYT",
        number=number,
        signed_on=date(2026, 5, 12),
        issued_at=timezone.now(),
        authority_line="GIÁM ĐỐC",
        signatory_position="GIÁM ĐỐC",
        signatory_name="Lê Minh Khoa",
    )


def award(of: Decision, name: str = "Vàng Thị Sương") -> Award:
    unit = factories.unit(of.department, "Trạm Y tế xã Suối Lành")
    return Award.objects.create(
        decision=of,
        subject="individual",
        person=factories.person(name),
        unit=unit,
        form="Giấy khen của Giám đốc Sở Y tế",
        name_on_paper=name,
        post_on_paper="Hộ sinh, Trạm Y tế xã Suối Lành",
        achievement="Đỡ đẻ an toàn 214 ca.",
        code=new_code(),
    )


def revoke(of: Award) -> None:
    of.revoked_on = date(2026, 7, 14)
    of.revocation_reason = "Khai sai thành tích"
    of.save()


@pytest.mark.parametrize("address", ["/", "/so-vang/", "/kiem-chung/"])
def test_public_pages_open_without_login(client: Client, department: Body, address: str) -> None:
    assert client.get(address).status_code == 200


def test_home_shows_a_new_award_at_once(client: Client, department: Body) -> None:
    assert "Vàng Thị Sương" not in client.get("/").content.decode()
    award(decision(department))
    assert "Vàng Thị Sương" in client.get("/").content.decode()


def test_second_visit_is_answered_with_one_query(
    client: Client, department: Body, django_assert_num_queries
) -> None:
    award(decision(department))
    client.get("/so-vang/")
    with django_assert_num_queries(1):
        page = client.get("/so-vang/")
    assert "Content-Security-Policy" in page.headers


def test_revocation_leaves_the_honour_book_with_the_next_request(client: Client, department: Body) -> None:
    line = award(decision(department))
    assert line.name_on_paper in client.get("/so-vang/").content.decode()
    revoke(line)
    assert line.name_on_paper not in client.get("/so-vang/").content.decode()


def test_without_the_counter_a_revoked_name_would_stay(client: Client, department: Body, monkeypatch) -> None:
    """The twin: a counter that stands still keeps the old page."""
    monkeypatch.setattr(changes, "number", lambda: -1)
    line = award(decision(department))
    client.get("/so-vang/?year=2026")
    revoke(line)
    assert line.name_on_paper in client.get("/so-vang/?year=2026").content.decode()


def test_drafts_are_never_shown(client: Client, department: Body) -> None:
    line = award(decision(department, Decision.State.SIGNED))
    assert line.name_on_paper not in client.get("/so-vang/").content.decode()
    assert client.get(f"/kiem-chung/{line.code}/").status_code == 404


def test_valid_certificate_shows_what_the_paper_says(client: Client, department: Body) -> None:
    line = award(decision(department))
    page = client.get(f"/kiem-chung/{line.code}/")
    text = page.content.decode()
    assert all(word in text for word in ("Vàng Thị Sương", "96/QĐ-SYT", "12/05/2026", "còn hiệu lực"))
    assert page["X-Robots-Tag"] == "noindex"


def test_revoked_certificate_names_nobody_and_no_reason(client: Client, department: Body) -> None:
    line = award(decision(department))
    revoke(line)
    text = client.get(f"/kiem-chung/{line.code}/").content.decode()
    assert "đã bị thu hồi" in text
    assert "Vàng Thị Sương" not in text
    assert "Khai sai" not in text


def test_code_is_found_however_it_is_typed(client: Client, department: Body) -> None:
    line = award(decision(department))
    typed = line.code.lower().replace("-", " ")
    page = client.get("/kiem-chung/", {"code": typed}, follow=True)
    assert "còn hiệu lực" in page.content.decode()


@pytest.mark.parametrize("code", ["không có", "0", "x" * 400, "../../etc", "'; drop"])
def test_unknown_codes_get_one_plain_answer(client: Client, department: Body, code: str) -> None:
    page = client.get("/kiem-chung/", {"code": code}, follow=True)
    assert page.status_code == 404
    assert "Không có giấy khen nào mang mã này" in page.content.decode()


def test_honour_book_is_searched_without_diacritics(client: Client, department: Body) -> None:
    issued = decision(department)
    award(issued, "Vàng Thị Sương")
    award(issued, "Lò Văn Phong")
    text = client.get("/so-vang/", {"q": "vang suong"}).content.decode()
    assert "Vàng Thị Sương" in text
    assert "Lò Văn Phong" not in text


@pytest.mark.parametrize("query", ["year=abc", "unit=99999999999999", "page=-3", "subject=x", "year=２０"])
def test_nonsense_filters_count_as_not_given(client: Client, department: Body, query: str) -> None:
    assert client.get(f"/so-vang/?{query}").status_code == 200


def test_plan_is_public_only_when_published(client: Client, department: Body) -> None:
    plan = factories.plan(department)
    address = f"/cong-khai/ke-hoach/{plan.pk}/"
    assert client.get(address).status_code == 404
    plan.published_at = timezone.now()
    plan.save()
    assert plan.title in client.get(address).content.decode()


def test_counter_moves_in_the_writing_transaction(department: Body) -> None:
    before = changes.number()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE base_department SET place = 'An Bình'")
    assert changes.number() > before
