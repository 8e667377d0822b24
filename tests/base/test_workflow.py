"""The one road for state: legal, who, ready; refusals kept; two at once; forms sent twice."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection, transaction
from tests import factories as make

from guong.awards.models import Nomination
from guong.base import workflow
from guong.base.models import AuditEntry, LogEntry, OnceToken
from guong.base.workflow import Refused, Step, act, guarded, offered, once, refusals, take


def nobody(_user, _record):
    return "Không phải việc của bạn."


def anybody(_user, _record):
    return None


def step(**fields):
    fields = {
        "name": "try_it", "label": "Thử", "source": ("draft",), "target": "with_head", "who": (anybody,),
    } | fields  # fmt: skip
    return Step(**fields)


@pytest.fixture
def nomination(db):
    department = make.department()
    return make.nomination(make.movement(make.plan(department)), make.unit(department))


@pytest.mark.parametrize("state", Nomination.State.values)
def test_step_is_out_of_turn_exactly_outside_its_sources(nomination, state):
    nomination.state = state
    tried = step(source=("draft", "returned"))
    assert bool(refusals(tried, nomination, nomination.created_by)) is (state not in tried.source)


def test_taken_step_writes_state_and_log(nomination):
    by = nomination.created_by
    done = take(step(), nomination, by=by, note="xong")
    assert done.state == "with_head"
    entry = LogEntry.objects.about(nomination).get()
    assert (entry.by, entry.before, entry.after, entry.note) == (by, "draft", "with_head", "xong")


def test_refusal_keeps_the_state_and_is_itself_recorded(nomination):
    stranger = make.user()
    with pytest.raises(Refused, match="Không phải việc của bạn"):
        take(step(who=(nobody,)), nomination, by=stranger)
    nomination.refresh_from_db()
    assert nomination.state == "draft"
    entry = LogEntry.objects.about(nomination).get()
    assert entry.refused
    assert entry.by == stranger


def test_without_the_rule_the_stranger_would_act(nomination):
    assert take(step(who=()), nomination, by=make.user()).state == "with_head"


def test_all_reasons_come_in_one_answer(nomination):
    tried = step(who=(nobody,), when=(lambda *_: "Chưa đủ minh chứng.",), needs_note=True)
    with pytest.raises(Refused) as refused:
        take(tried, nomination, by=make.user())
    for words in ("Không phải việc", "minh chứng", "lý do"):
        assert words in str(refused.value)


def test_step_that_fails_afterwards_leaves_nothing(nomination):
    def fall(_record, _user):
        raise Refused("Không còn chỗ.")

    with pytest.raises(Refused):
        take(step(then=fall), nomination, by=nomination.created_by)
    nomination.refresh_from_db()
    assert nomination.state == "draft"
    assert [entry.refused for entry in LogEntry.objects.about(nomination)] == [True]


def test_offered_steps_are_those_of_this_stage_and_person(nomination):
    steps = {name: step(name=name, **fields) for name, fields in {
        "mine": {}, "others": {"who": (nobody,)}, "later": {"source": ("chosen",)},
        "not_ready": {"when": (nobody,)},
    }.items()}  # fmt: skip
    assert [found.name for found in offered(steps, nomination, nomination.created_by)] == [
        "mine",
        "not_ready",
    ]


def test_higher_app_hears_of_a_step_after_commit(nomination, django_capture_on_commit_callbacks):
    heard = []

    def listen(sender, record, step, by, **_kwargs):
        heard.append((record.pk, step.name, by))

    workflow.step_taken.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            take(step(), nomination, by=nomination.created_by)
    finally:
        workflow.step_taken.disconnect(listen)
    assert heard == [(nomination.pk, "try_it", nomination.created_by)]


def test_guarded_act_keeps_refusals_and_drops_its_writes(nomination):
    by = nomination.created_by
    with pytest.raises(Refused), guarded(by, "some_act", nomination) as log:
        log.about(nomination)
        raise Refused("Không.")
    assert [(entry.action, entry.refused) for entry in LogEntry.objects.about(nomination)] == [
        ("some_act", True)
    ]


def test_actor_is_known_to_the_audit_trail(nomination):
    by = nomination.created_by
    with act(by, "edit"):
        nomination.achievement = "khác"
        nomination.save()
    last = AuditEntry.objects.filter(table="awards_nomination", row=nomination.pk).latest("pk")
    assert last.actor == by.pk


def in_threads(*calls):
    """Run each in a thread of its own, all at once; answers in the order given."""
    answers, gate = [None] * len(calls), threading.Barrier(len(calls))

    def run(place, call):
        gate.wait()
        try:
            answers[place] = call()
        except Refused as refused:
            answers[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_take_one_step_at_once_one_succeeds():
    department = make.department()
    nomination = make.nomination(make.movement(make.plan(department)), make.unit(department))
    users = [make.user() for _number in range(8)]
    answers = in_threads(*(lambda user=user: take(step(), nomination, by=user) for user in users))
    assert sum(isinstance(answer, Nomination) for answer in answers) == 1
    assert LogEntry.objects.about(nomination).filter(refused=False).count() == 1
    assert LogEntry.objects.about(nomination).filter(refused=True).count() == 7


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_several_would_succeed(monkeypatch):
    """The twin: reading the state before the others have written theirs lets more than one through."""
    department = make.department()
    nomination = make.nomination(make.movement(make.plan(department)), make.unit(department))
    users = [make.user() for _number in range(4)]
    read = threading.Barrier(4)
    queryset = type(Nomination.objects.all())
    monkeypatch.setattr(queryset, "select_for_update", lambda self, **_kwargs: self)
    waiting = step(who=(lambda *_: read.wait() and None,))
    answers = in_threads(*(lambda user=user: take(waiting, nomination, by=user) for user in users))
    assert sum(isinstance(answer, Nomination) for answer in answers) == 4


@pytest.mark.django_db(transaction=True)
def test_form_sent_twice_at_once_is_claimed_once():
    user, key = make.user(), uuid.uuid4()

    def send():
        with transaction.atomic():
            return once(user, key)

    answers = in_threads(send, send, send)
    assert sum(answer is None for answer in answers) == 1
    assert OnceToken.objects.filter(user=user, key=key).count() == 1


def test_token_of_one_person_means_nothing_to_another(db):
    key = uuid.uuid4()
    with transaction.atomic():
        assert once(make.user(), key) is None
        assert once(make.user(), key) is None
