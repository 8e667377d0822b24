"""What waits around councils and decisions, for each role."""

from __future__ import annotations

import pytest

from guong.awards.flow import SESSION_STEPS
from guong.awards.waiting_councils import council_tasks
from guong.base.workflow import take
from tests import factories as make
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=3)


def urls(user) -> list[str]:
    return [task.url for task in council_tasks(type(user).objects.get(pk=user.pk))]


def test_each_stage_waits_for_its_own_person(at):
    assert urls(at.clerk) == []
    nominations = at.listed(1)
    assert urls(at.clerk) == [f"/hoi-dong/{at.council.pk}/phien-hop-moi/"]
    session = at.called(nominations)
    assert urls(at.vice) == [session.get_absolute_url()]
    at.everybody_came(session)
    take(SESSION_STEPS["open_voting"], session, by=at.secretary)
    ballot = f"/hoi-dong/phien-hop/{session.pk}/phieu/"
    assert urls(at.vice) == [ballot]
    at.cast(session, [3])
    assert urls(at.vice) == []
    take(SESSION_STEPS["close_voting"], session, by=at.secretary)
    assert urls(at.chair) == [f"/hoi-dong/phien-hop/{session.pk}/ket-luan/"]
    assert urls(at.vice) == []


def test_decisions_wait_for_clerk_and_leader(at):
    decision = at.draft()
    assert urls(at.clerk) == [decision.get_absolute_url()]
    signed = at.signed()
    assert signed.get_absolute_url() in urls(at.leader)
    assert signed.get_absolute_url() not in urls(at.clerk)
    assert urls(house(members=3).leader) == []


def test_nothing_waits_for_strangers(at):
    at.signed()
    at.listed(1)
    assert urls(make.user()) == urls(make.user("employee", at.unit)) == []


def test_department_without_a_council_is_asked_to_set_one_up(at):
    at.listed(1)
    at.council.members.all().delete()
    at.council.delete()
    assert urls(at.clerk) == ["/hoi-dong/moi/"]
