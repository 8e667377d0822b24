"""From votes to places, reserve and the minutes' anchor (D-05, A1)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from guong.awards.actions import conclusions
from guong.awards.models import Item, Nomination
from guong.base import audit
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from guong.movements.models import Quota, Subject
from tests import factories as make
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=5, places=2)


def used(at: House) -> int:
    return Quota.objects.get(movement=at.movement, subject=Subject.INDIVIDUAL).used


def states(nominations: list[Nomination]) -> list[str]:
    return [Nomination.objects.get(pk=nomination.pk).state for nomination in nominations]


def test_highest_votes_take_the_places_and_the_rest_wait(at):
    nominations = at.listed(4)
    session = at.closed(nominations, [4, 5, 5, 3])
    conclusions.conclude(by=at.chair, session=session, words="Thống nhất.")
    assert states(nominations) == ["tabled", "chosen", "chosen", "not_chosen"]
    assert [(item.verdict, item.reserve) for item in session.items.all()] == [
        ("reserve", 1), ("chosen", None), ("chosen", None), ("not_enough", None),
    ]  # fmt: skip
    assert used(at) == 2


def test_conclusion_keeps_the_head_of_the_chain(at):
    before = audit.head()
    session = at.closed(at.listed(1), [5])
    session = conclusions.conclude(by=at.chair, session=session)
    number, _, digest = session.audit_head.partition(":")
    assert int(number) >= before[0]
    assert len(digest) == 64


def test_tie_at_the_edge_waits_for_the_chair(at):
    nominations = at.listed(3)
    session = at.closed(nominations, [5, 4, 4])
    with pytest.raises(Refused, match=nominations[1].name):
        conclusions.conclude(by=at.chair, session=session)
    assert used(at) == 0
    tied = session.items.all()[2]
    with pytest.raises(Refused):  # no reason
        conclusions.conclude(by=at.chair, session=session, settled=[tied.pk])
    conclusions.conclude(by=at.chair, session=session, settled=[tied.pk], reason="Nhiều năm ở trạm xã")
    assert states(nominations) == ["chosen", "tabled", "chosen"]
    session.refresh_from_db()
    assert "Nhiều năm ở trạm xã" in session.conclusion
    assert used(at) == 2


def test_tie_settled_silently_would_take_the_first_of_the_agenda(at, monkeypatch):
    """The twin: an outcome that cuts the list where the places end chooses by order alone."""
    nominations = at.listed(3)
    session = at.closed(nominations, [5, 4, 4])

    def cut(votes, places, _settled=()):
        order = sorted(votes, key=lambda item: (-votes[item], item))
        return conclusions.Outcome(tuple(order[:places]), reserve=dict.fromkeys(order[places:], 1))

    monkeypatch.setattr(conclusions, "outcome", cut)
    conclusions.conclude(by=at.chair, session=session)
    assert states(nominations) == ["chosen", "chosen", "tabled"]


def test_only_the_tied_can_be_put_first(at):
    session = at.closed(at.listed(3), [5, 4, 4])
    first = session.items.all()[0]
    with pytest.raises(Refused):
        conclusions.conclude(by=at.chair, session=session, settled=[first.pk], reason="x")
    with pytest.raises(Refused):
        conclusions.conclude(
            by=at.chair, session=session, settled=[item.pk for item in session.items.all()[1:]], reason="x"
        )


def test_chair_does_not_settle_a_tie_of_his_own_unit(at):
    make.employ(at.chair.person, at.unit, post="Bác sĩ")
    nominations = at.listed(3)
    session = at.voting(nominations)
    at.users = at.users[1:]
    at.cast(session, [4, 4, 4])
    conclusions.take(conclusions.SESSION_STEPS["close_voting"], session, by=at.secretary)
    first = [item.pk for item in session.items.all()[:2]]
    with pytest.raises(Refused):
        conclusions.conclude(by=at.chair, session=session, settled=first, reason="x")
    conclusions.conclude(by=at.vice, session=session, settled=first, reason="Lâu năm")
    assert states(nominations) == ["chosen", "chosen", "tabled"]


def test_movement_without_number_of_places_chooses_all(at):
    movement = make.movement(at.movement.plan, None, None, quota_kind="open")
    nominations = at.listed(3, movement=movement)
    at.concluded(nominations)
    assert states(nominations) == ["chosen"] * 3


def test_second_conclusion_is_refused(at):
    session = at.concluded(at.listed(1))
    with pytest.raises(Refused):
        conclusions.conclude(by=at.chair, session=session)
    assert used(at) == 1


def test_wrong_roles_do_not_conclude(at):
    session = at.closed(at.listed(1), [5])
    for user in (at.vice, at.secretary, at.members[0], at.clerk, at.leader):
        with pytest.raises(Refused):
            conclusions.conclude(by=user, session=session)
    assert LogEntry.objects.about(session).filter(refused=True, action="conclude").count() == 5
    assert used(at) == 0


def test_vice_chair_concludes_for_an_absent_chair(at):
    session = at.closed(at.listed(1), [5])
    session.seats.filter(role="chair").update(present=False)
    assert conclusions.conclude(by=at.vice, session=session).state == "concluded"


def test_places_taken_elsewhere_meanwhile_put_the_chosen_in_reserve(at):
    nominations = at.listed(2)
    session = at.closed(nominations, [5, 4])
    Quota.objects.filter(movement=at.movement).update(used=1)
    conclusions.conclude(by=at.chair, session=session)
    assert states(nominations) == ["chosen", "tabled"]


def test_withdrawn_nominee_takes_no_place(at):
    nominations = at.listed(2)
    session = at.closed(nominations, [5, 5])
    Nomination.objects.filter(pk=nominations[0].pk).update(state="withdrawn")
    conclusions.conclude(by=at.chair, session=session)
    assert states(nominations) == ["withdrawn", "chosen"]
    assert used(at) == 1


def test_reserve_moves_up_in_its_order(at):
    nominations = at.listed(4)
    session = at.closed(nominations, [5, 5, 4, 4])
    conclusions.conclude(by=at.chair, session=session)
    first, second = session.items.filter(verdict=Item.Verdict.RESERVE)
    Item.objects.filter(pk=second.pk).update(reserve=2)
    with pytest.raises(Refused):  # no place is free
        conclusions.promote(by=at.chair, item=first, reason="có chỗ")
    Quota.objects.filter(movement=at.movement).update(used=1)
    with pytest.raises(Refused, match=first.nomination.name):
        conclusions.promote(by=at.chair, item=second, reason="có chỗ")
    with pytest.raises(Refused):
        conclusions.promote(by=at.clerk, item=first, reason="có chỗ")
    conclusions.promote(by=at.chair, item=first, reason="Một người đã thôi")
    assert states(nominations) == ["chosen", "chosen", "chosen", "tabled"]
    conclusions.release_reserve(by=at.chair, item=second, reason="Hết năm")
    assert states(nominations)[3] == "not_chosen"
    with pytest.raises(Refused):
        conclusions.release_reserve(by=at.chair, item=session.items.first(), reason="x")


@pytest.mark.django_db(transaction=True)
def test_two_conclusions_at_once_choose_once():
    at = house(members=3, places=2)
    nominations = at.listed(2)
    session = at.closed(nominations, [3, 3])
    said: list[str] = []

    def run() -> None:
        try:
            conclusions.conclude(by=at.chair, session=session)
            said.append("done")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", *["refused"] * 7]
    assert used(at) == 2
    assert LogEntry.objects.about(session).filter(action="conclude", refused=False).count() == 1
