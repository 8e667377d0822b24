"""Two people at the same moment: one revision of a number, one reminder a day; the other is told."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from guong.base.access import Role
from guong.base.models import Body
from guong.plans import delivering, revising
from guong.plans.models import Plan, PlanDraft, Reminder
from tests import factories as make
from tests.plans import readings, revisions
from tests.plans.test_together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two():
    """A plan and two people who keep it, with a draft of a revision each, begun from the same edition."""
    department = make.department()
    readings.sector(department)
    people = [make.standing_officer(department), make.user(Role.LEADER, department)]
    plan = revisions.plan(department, people[0])
    drafts = {}
    for person in people:
        draft = revisions.draft(plan, person, title=f"Của {person.username}")
        PlanDraft.objects.filter(pk=draft.pk).update(state="dropped")  # one may be open; two meet here
        drafts[person.pk] = draft.pk
    return plan, people, drafts


def kinds(answers) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_of_two_revisions_at_once_one_is_made_and_the_other_is_told(two):
    plan, people, drafts = two
    answers = together(lambda by: revisions.apply(PlanDraft.objects.get(pk=drafts[by.pk]), by), people)
    assert kinds(answers) == ["Refused", "Revision"]
    plan.refresh_from_db()
    assert (plan.edition, plan.revisions.count()) == (1, 1)


def test_without_the_rule_the_second_would_undo_the_first(two, monkeypatch):
    """The twin: the edition a draft was begun from not asked, the later one overwrites what it never saw."""
    _plan, people, drafts = two
    monkeypatch.setattr(revising, "_must_be_next", lambda _plan, _draft: None)
    answers = together(lambda by: revisions.apply(PlanDraft.objects.get(pk=drafts[by.pk]), by), people)
    assert kinds(answers) == ["Revision", "Revision"]


def test_one_number_is_given_once_by_the_database(two):
    plan, people, _drafts = two
    revisions.revise(plan, people[0], title="Khác")
    with pytest.raises(IntegrityError, match="revision_number_once"):
        plan.revisions.create(number=1, reason="lần nữa", before={}, after={}, made_by=people[0])


def test_two_who_remind_at_once_remind_once(two):
    plan, people, _drafts = two
    units = list(Body.objects.filter(kind="unit"))
    answers = together(lambda by: delivering.remind(by, Plan.objects.get(pk=plan.pk), units, "read"), people)
    assert kinds(answers) == ["Refused", "int"]
    assert Reminder.objects.count() == len(units)
