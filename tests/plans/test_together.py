"""Two people confirm one reading at the same moment: one plan, and the other is told."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from guong.base import numbering
from guong.base.access import Role
from guong.base.workflow import Refused
from guong.plans import actions, flow
from guong.plans.actions import drafting, issuing
from guong.plans.models import Plan, PlanDraft, Reading
from tests import factories as make
from tests.plans import drafts, readings

pytestmark = pytest.mark.django_db(transaction=True)


def together(work, people) -> list[object]:
    """Run the work of all people at once; what each got or was told."""
    barrier, answers = Barrier(len(people)), []

    def one(person) -> None:
        try:
            barrier.wait()
            answers.append(work(person))
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def people():
    department = make.department()
    return department, [make.standing_officer(department), make.user(Role.LEADER, department)]


def test_two_confirm_and_one_plan_is_made(people):
    department, both = people
    reading = readings.reading(department, both[0])
    answers = together(lambda person: actions.confirm(person, Reading.objects.get(pk=reading.pk)), both)
    assert sorted(type(answer).__name__ for answer in answers) == ["Plan", "Refused"]
    assert Plan.objects.count() == 1


def test_without_the_lock_and_the_stage_both_would_make_a_plan(people, monkeypatch):
    """The twin: the same two, past the locked step, are stopped by the database alone."""
    department, both = people
    reading = readings.reading(department, both[0])
    loose = replace(flow.READING_STEPS["confirm"])
    answers = together(lambda person: loose.then(Reading.objects.get(pk=reading.pk), person), both)
    assert any(not isinstance(answer, Refused) and isinstance(answer, Exception) for answer in answers)


def test_many_ask_for_numbers_and_there_is_no_gap_and_no_double():
    at = drafts.house()
    first = at.approved()
    made = [first, *(copies(first, 7))]
    answers = together(
        lambda draft: issuing.give_number(at.officer, draft, on=timezone.localdate()).number, [*made, first]
    )
    assert sorted(answer for answer in answers if isinstance(answer, int)) == list(range(1, 9))
    assert [type(answer).__name__ for answer in answers if not isinstance(answer, int)] == ["Refused"]


def copies(draft: PlanDraft, many: int) -> list[PlanDraft]:
    made = []
    for _ in range(many):
        copy = PlanDraft.objects.get(pk=draft.pk)
        copy.pk = None
        copy.save()
        made.append(copy)
    return made


def test_without_the_locked_series_numbers_are_given_twice(monkeypatch):
    """The twin: the series read without its lock; only the constraint then stops the doubles."""
    at = drafts.house()
    made = copies(at.approved(), 8)

    def unlocked(body, symbol, year):
        return numbering.NumberSeries.objects.get_or_create(body=body, symbol=symbol, year=year)[0]

    monkeypatch.setattr(numbering, "locked_series", unlocked)
    answers = together(lambda draft: issuing.give_number(at.officer, draft, on=timezone.localdate()), made)
    assert any(isinstance(answer, IntegrityError) for answer in answers)


def test_two_issue_one_draft_and_one_plan_is_made():
    at = drafts.house()
    draft = at.numbered()
    answers = together(lambda person: issuing.issue(person, draft), [at.officer, at.leader])
    assert sorted(type(answer).__name__ for answer in answers) == ["PlanDraft", "Refused"]
    assert Plan.objects.count() == Reading.objects.count() == 1


def test_two_start_a_draft_from_one_plan_and_one_is_open():
    at = drafts.house()
    plan = at.plan()
    answers = together(
        lambda person: drafting.start_draft(person, at.hospital, origin="parent", plan=plan),
        [at.clerk, at.head],
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["PlanDraft", "Refused"]
    assert PlanDraft.objects.count() == 1


def test_without_asking_the_database_alone_keeps_one_open_draft(monkeypatch):
    """The twin: nobody asks whether there is an open draft; the constraint stops the second."""
    at = drafts.house()
    plan = at.plan()
    monkeypatch.setattr(drafting, "_open_already", lambda _draft: None)
    answers = together(
        lambda person: drafting.start_draft(person, at.hospital, origin="parent", plan=plan),
        [at.clerk, at.head],
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["IntegrityError", "PlanDraft"]
