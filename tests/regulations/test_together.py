"""A change counts at once in every process; of two clashing layers put in force at once one is refused."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from guong.base.models import Body, User
from guong.base.workflow import Refused, take
from guong.regulations.actions import layers
from guong.regulations.flow import LAYER_STEPS
from guong.regulations.here import law_of
from guong.regulations.models import Layer
from tests.plans.test_together import together
from tests.regulations.house import cap, draft, house, in_force, text

pytestmark = pytest.mark.django_db(transaction=True)


def test_another_connection_answers_by_the_new_layer_the_moment_it_is_in_force():
    at = house()
    layer = draft(at)
    caps: list[int] = []
    ready, changed = threading.Barrier(2), threading.Barrier(2)

    def other() -> None:
        try:
            root = Body.objects.get(pk=at.root.pk)
            caps.append(cap(law_of(root)))
            ready.wait(20)
            changed.wait(20)
            caps.append(cap(law_of(root)))
            ready.wait(20)
            changed.wait(20)
            caps.append(cap(law_of(root)))
        finally:
            connection.close()

    hand = threading.Thread(target=other)
    hand.start()
    ready.wait(20)
    layers.put_in_force(layer, by=at.leader)
    changed.wait(20)
    ready.wait(20)
    layer.refresh_from_db()
    take(LAYER_STEPS["withdraw"], layer, by=at.leader, note="nhầm")
    changed.wait(20)
    hand.join(20)
    assert caps == [100, 30, 100]


def test_twin_a_law_kept_without_asking_the_database_stays_the_old_one():
    at = house()
    kept = law_of(at.root)
    in_force(at)
    assert cap(kept) == 100, "what a process keeps without asking"
    assert cap(law_of(at.root)) == 30


def test_of_two_clashing_layers_put_in_force_at_once_one_is_refused():
    at = house()
    drafts = {"a": draft(at, text("a", 30)).pk, "b": draft(at, text("b", 20)).pk}
    leaders = [at.leader, User.objects.get(pk=at.leader.pk)]
    keys = iter(drafts.values())
    mine = {id(leader): next(keys) for leader in leaders}
    answers = together(lambda by: layers.put_in_force(Layer.objects.get(pk=mine[id(by)]), by=by), leaders)
    assert sorted(type(answer).__name__ for answer in answers) == ["Layer", "Refused"]
    assert Layer.objects.of_law().on(date(2026, 1, 1)).count() == 1


def test_twin_without_the_trigger_both_come_in_force():
    at = house()
    pks = [draft(at, text("a", 30)).pk, draft(at, text("b", 20)).pk]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE regulations_layer DISABLE TRIGGER guong_layer_clash")
    looked = threading.Barrier(2)
    step = LAYER_STEPS["put_in_force"]
    held = (*step.when, lambda _user, _layer: looked.wait(20) and None)
    try:
        before, vars(step)["when"] = step.when, held
        answers: list[object] = []

        def run(pk: int) -> None:
            try:
                answers.append(layers.put_in_force(Layer.objects.get(pk=pk), by=at.leader))
            except Refused as refused:
                answers.append(refused)
            finally:
                connection.close()

        hands = [threading.Thread(target=run, args=(pk,)) for pk in pks]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(30)
    finally:
        vars(step)["when"] = before
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE regulations_layer ENABLE TRIGGER guong_layer_clash")
    assert [type(answer).__name__ for answer in answers] == ["Layer", "Layer"]
