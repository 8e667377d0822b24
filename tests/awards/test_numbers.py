"""Numbers of decisions under many hands: no gap, no double, also when some are refused (K-07, A2)."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guong.awards.actions import issuing
from guong.awards.models import Decision
from guong.base.models import NumberSeries
from guong.base.workflow import Refused
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db(transaction=True)

HANDS = 16


def drafts(at: House, count: int) -> list[Decision]:
    """Drafts with one line each, made from one issued pattern."""
    pattern = at.draft()
    made = []
    for _ in range(count):
        copy = Decision.objects.get(pk=pattern.pk)
        copy.pk = None
        copy.save()
        line = pattern.awards.get()
        line.pk, line.code, line.nomination, line.decision = None, f"code-{copy.pk}", None, copy
        line.save()
        made.append(copy)
    return made


def number_all(at: House, decisions: list[Decision]) -> list[str]:
    """Everybody asks for a number at once; what each was told."""
    said: list[str] = []
    start = threading.Barrier(HANDS)
    today = timezone.localdate()

    def run(mine: list[Decision]) -> None:
        try:
            connection.ensure_connection()
            start.wait(30)
            for decision in mine:
                said.append(_ask(at, decision, today))
        finally:
            connection.close()

    hands = [threading.Thread(target=run, args=(decisions[place::HANDS],)) for place in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert len(said) == len(decisions)
    return said


def _ask(at: House, decision: Decision, today) -> str:
    try:
        return issuing.give_number(by=at.clerk, decision=decision, signed_on=today).full_number
    except Refused:
        return "refused"
    except IntegrityError:
        return "double"


def test_numbers_have_no_gap_and_no_double():
    at = house(members=3)
    made = drafts(at, 64)
    for empty in made[::8]:
        empty.awards.all().delete()  # refused half way: its number must go to the next
    said = number_all(at, made)
    assert said.count("refused") == 8
    numbers = sorted(Decision.objects.filter(number__isnull=False).values_list("number", flat=True))
    assert numbers == list(range(1, 57))
    assert NumberSeries.objects.get().last == 56


def test_one_decision_asked_for_by_all_gets_one_number():
    at = house(members=3)
    (decision,) = drafts(at, 1)
    said = number_all(at, [decision] * HANDS)
    assert sorted(said) == ["01/QĐ-SYT", *["refused"] * (HANDS - 1)]


def test_series_without_its_lock_gives_doubles(monkeypatch):
    """The twin: the row read without a lock; only the database's constraint then stops the doubles."""
    at = house(members=3)
    made = drafts(at, 64)

    def unlocked(decision: Decision, year: int) -> NumberSeries:
        NumberSeries.objects.get_or_create(body=at.department, symbol="QĐ-SYT", year=year)
        return NumberSeries.objects.get(body=at.department, symbol="QĐ-SYT", year=year)

    monkeypatch.setattr(issuing, "_locked_series", unlocked)
    assert "double" in number_all(at, made)


def test_database_refuses_a_double_number():
    at = house(members=3)
    first = at.numbered()
    (second,) = drafts(at, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=second.pk).update(
            number=first.number, year=first.year, signed_on=first.signed_on
        )


def test_two_issues_at_once_issue_once():
    at = house(members=3)
    decision = at.signed(3)
    said: list[str] = []

    def run() -> None:
        try:
            issuing.issue(by=at.leader, decision=decision)
            said.append("issued")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    hands = [threading.Thread(target=run) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert sorted(said) == ["issued", *["refused"] * 7]
