"""The guarded counter under many hands: never over, never wasted (A1), never hanging (A6)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from guong.movements import quota as guard
from guong.movements.models import Quota, Subject
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, TAKES = 40, 25


def many_hands(take: Callable[[int], bool], quota_id: int, threads: int = THREADS, takes: int = TAKES) -> int:
    """Places given to `threads` connections that each ask `takes` times, all starting together."""
    given: list[bool] = []
    start = threading.Barrier(threads)

    def run() -> None:
        try:
            connection.ensure_connection()
            start.wait(30)
            given.extend(take(quota_id) for _ in range(takes))
        finally:
            connection.close()

    hands = [threading.Thread(target=run) for _ in range(threads)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert not any(hand.is_alive() for hand in hands)
    assert len(given) == threads * takes
    return sum(given)


def a_quota(size: int) -> Quota:
    return make.quota(make.movement(make.plan(make.department()), None, None), Subject.INDIVIDUAL, size)


@pytest.mark.parametrize("size", [10, 999])
def test_thousand_takes_give_exactly_the_places_there_are(size):
    quota = a_quota(size)
    began = time.monotonic()
    assert many_hands(guard.take_place, quota.pk) == size
    quota.refresh_from_db()
    assert quota.used == size
    assert time.monotonic() - began < 30


def read_then_write(quota_id: int) -> bool:
    """The twin: looks first, writes later."""
    quota = Quota.objects.get(pk=quota_id)
    if quota.left < 1:
        return False
    time.sleep(0.001)
    Quota.objects.filter(pk=quota_id).update(used=quota.used + 1)
    return True


def test_unguarded_twin_oversells():
    quota = a_quota(10)
    given = many_hands(read_then_write, quota.pk)
    assert given > 10


def test_takes_and_returns_leave_the_counter_true():
    quota = a_quota(7)

    def take_and_return(quota_id: int) -> bool:
        if not guard.take_place(quota_id):
            return False
        guard.free_place(quota_id)
        return True

    many_hands(take_and_return, quota.pk, threads=20)
    quota.refresh_from_db()
    assert quota.used == 0


def test_database_refuses_what_goes_round_the_guard():
    quota = a_quota(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(used=2)


def test_nothing_is_given_back_that_was_not_taken():
    with pytest.raises(ValueError, match="no place to give back"):
        guard.free_place(a_quota(1).pk)
