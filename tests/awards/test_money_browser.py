"""The money of a decision in a real browser, from the draft to the recovery: accessible, quiet, narrow."""

from __future__ import annotations

import pytest

from guong.awards.actions import issuing
from guong.awards.models import Decision
from tests.awards.house import PDF, House, house
from tests.awards.test_money import chosen, draft, fund, today
from tests.browser import wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at() -> House:
    return house(members=3)


def test_money_from_draft_to_recovery(at, page_of):
    own = fund(at)
    made = draft(at, chosen(at, "GKS", "CSTDCS"))
    here = f"/quyet-dinh/{made.pk}/"
    page = page_of(at.clerk, here)
    found = wrong_with(page, "draft")
    page.get_by_role("link", name="Từng dòng").click()
    assert page.get_by_text("3.290.000").first.is_visible()
    found += wrong_with(page, "money-draft")
    numbered = issuing.give_number(by=at.clerk, decision=made, signed_on=today())
    signed = issuing.keep_signed_copy(by=at.clerk, decision=numbered, name="qd.pdf", data=PDF)
    issuing.issue(by=at.leader, decision=signed)
    page.reload()
    page.get_by_role("checkbox", name=made.awards.first().name_on_paper).check()
    page.get_by_label("Số chứng từ").fill("UNC-7")
    page.get_by_role("button", name="Ghi cho các dòng đã chọn").click()
    assert page.get_by_text("Đã ghi khoản chi.").is_visible()
    assert made.bonuses.filter(state="paid", fund=own, document_number="UNC-7").count() == 1
    found += wrong_with(page, "money-paid")
    issuing.revoke(by=at.leader, decision=Decision.objects.get(pk=made.pk), reason="Khai sai")
    page.reload()
    page.get_by_label("Số chứng từ").fill("PT-2")
    page.get_by_role("button", name="Ghi cho cả 1 dòng đang chờ").click()
    assert page.get_by_text("Đã ghi khoản thu lại.").is_visible()
    found += [
        *wrong_with(page, "money-recovered"),
        *wrong_with(page_of(at.clerk, "/tien-thuong/"), "year"),
        *wrong_with(page_of(at.clerk, "/tien-thuong/quy/"), "funds"),
        *wrong_with(page_of(at.clerk, f"/tien-thuong/quy/{own.pk}/"), "fund"),
    ]
    assert found == []
    assert set(made.bonuses.values_list("state", flat=True)) == {"recovered", "dropped"}
