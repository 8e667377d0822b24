"""Certificates in a real browser: sheets, another sheet, the public check of old, new, forged and revoked."""

from __future__ import annotations

import pytest

from guong.awards.actions import issuing, reissuing
from guong.awards.models import IssuedCertificate
from guong.base.workflow import act
from guong.portal import throttle
from tests.awards.house import House, house
from tests.browser import wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at() -> House:
    throttle.forget()
    return house(members=3)


def test_certificate_from_sheet_to_recall(at, page_of):
    decision = at.issued(2)
    page = page_of(at.clerk, f"/quyet-dinh/{decision.pk}/giay-khen/")
    found = wrong_with(page, "certificates-none")
    with act(at.clerk, "number_certificates"):
        reissuing.issue_missing(decision, at.clerk)
    page.reload()
    page.get_by_role("link", name="Cấp lại").first.click()
    page.get_by_label("Vì sao cấp lại?").select_option(label="sửa họ tên")
    found += wrong_with(page, "certificate-again")
    page.get_by_label("Họ tên đúng").fill("Bà Hà Thị Dùng")
    page.get_by_label("Ghi chú").fill("Quyết định số 9/QĐ-SYT ngày 10/11/2026")
    page.get_by_role("button", name="Cấp lại").click()
    assert page.get_by_text("đã cấp lại giấy").is_visible()
    found += wrong_with(page, "certificates")
    newer = IssuedCertificate.objects.get(reason="name")
    shown = {"replaced": newer.replaces, "valid": newer}
    for name, sheet in shown.items():
        page = page_of(at.clerk, f"/kiem-chung/{sheet.code}/?s={sheet.signature}")
        found += wrong_with(page, f"check-{name}")
    page = page_of(at.clerk, f"/kiem-chung/{newer.code}/?s={newer.replaces.signature}")
    assert page.get_by_role("heading", name="Không khớp: giấy này đã bị sửa").is_visible()
    found += wrong_with(page, "check-forged")
    found += wrong_with(page_of(at.clerk, "/cong-khai/khoa-ky/"), "keys")
    issuing.revoke_award(by=at.leader, award=newer.award, reason="Khai man")
    page = page_of(at.clerk, f"/quyet-dinh/{decision.pk}/giay-khen/")
    page.get_by_role("button", name="Ghi đã nộp lại").first.click()
    assert page.get_by_text("nộp lại ngày").first.is_visible()
    found += wrong_with(page, "certificates-recalled")
    assert found == []
