"""Screens of councils, decisions and the register in a real browser: accessible, quiet, narrow."""

from __future__ import annotations

import pytest

from guong.awards.actions import certificates, issuing
from guong.awards.actions.sessions import vote
from guong.awards.models import Decision
from tests import factories as make
from tests.awards.house import House, house
from tests.browser import wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at() -> House:
    made = house(members=5, places=2)
    made.unit.name = made.unit.short_name = "Bệnh viện Sản – Nhi"
    made.unit.save()
    make.employ(made.members[1].person, made.unit, post="Trưởng khoa")
    return made


def test_screens_of_a_session_are_accessible_and_fit(at, page_of):
    called, voting = at.called(at.listed(1)), at.voting(at.listed(1))
    at.users.remove(at.members[1])
    tied = at.voting(at.listed(3))
    at.cast(tied, [4, 4, 4])
    at.listed(1)
    from_the_top = f"/hoi-dong/{at.council.pk}/"
    session = "/hoi-dong/phien-hop/{}/"
    found = [
        *wrong_with(page_of(at.clerk, "/hoi-dong/"), "sessions"),
        *wrong_with(page_of(at.clerk, from_the_top), "council"),
        *wrong_with(page_of(at.clerk, f"{from_the_top}thanh-vien/?q=nguyen"), "members"),
        *wrong_with(page_of(at.clerk, f"{from_the_top}phien-hop-moi/"), "call"),
        *wrong_with(page_of(at.secretary, session.format(called.pk)), "called"),
        *wrong_with(page_of(at.chair, session.format(voting.pk)), "voting"),
        *wrong_with(page_of(at.vice, f"{session.format(voting.pk)}phieu/"), "ballot"),
        *wrong_with(page_of(at.members[1], f"{session.format(voting.pk)}phieu/"), "ballot-recused"),
    ]
    chair = page_of(at.chair, session.format(tied.pk))
    chair.get_by_role("button", name="Đóng phiếu và kiểm phiếu").click()
    found += wrong_with(chair, "closed")
    found += wrong_with(page_of(at.chair, f"{session.format(tied.pk)}ket-luan/"), "conclude")
    assert found == []


def test_member_votes_on_a_phone_with_the_keyboard(at, page_of):
    session = at.voting(at.listed(1))
    page = page_of(at.vice, f"/hoi-dong/phien-hop/{session.pk}/phieu/")
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("Đồng ý", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Gửi phiếu").click()
    page.get_by_text("Máy chủ đã nhận phiếu").wait_for()
    assert session.items.get().votes.get().choice == "yes"
    vote(by=at.vice, session=session, choices={session.items.get().pk: "no"})
    page.reload()
    assert page.get_by_label("Không", exact=True).is_checked()


def test_screens_of_a_decision_are_accessible_and_fit(at, page_of):
    at.users.remove(at.members[1])  # stands back from colleagues
    draft, signed = at.draft(), at.signed()
    one = "/quyet-dinh/{}/"
    found = [
        *wrong_with(page_of(at.clerk, one.format(draft.pk)), "draft"),
        *wrong_with(page_of(at.clerk, f"{one.format(draft.pk)}sua/"), "words"),
        *wrong_with(page_of(at.clerk, f"{one.format(draft.pk)}danh-sach/"), "lines"),
        *wrong_with(page_of(at.clerk, "/quyet-dinh/moi/"), "new"),
        *wrong_with(page_of(at.leader, one.format(signed.pk)), "signed"),
    ]
    issued = issuing.issue(by=at.leader, decision=signed)
    certificates.request_certificates(by=at.clerk, decision=issued)
    found += [
        *wrong_with(page_of(at.leader, one.format(issued.pk)), "issued"),
        *wrong_with(page_of(at.leader, f"{one.format(issued.pk)}thu-hoi/"), "revoke"),
        *wrong_with(page_of(at.clerk, f"{one.format(issued.pk)}giay-khen/"), "certificates"),
        *wrong_with(page_of(at.clerk, "/quyet-dinh/"), "decisions"),
    ]
    assert found == []
    assert Decision.objects.count() == 2
