"""Two people confirm one reading at the same moment: one plan, and the other is told."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import connection

from guong.base.access import Role
from guong.base.workflow import Refused
from guong.plans import actions, flow
from guong.plans.models import Plan, Reading
from tests import factories as make
from tests.plans import readings

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
