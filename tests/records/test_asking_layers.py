"""A unit's own layer is asked about the unit's people, and about nobody else's."""

from __future__ import annotations

from datetime import date

import pytest

from guong.records.asking import ask
from tests import factories as make
from tests.records.test_layer_effects import STRICT
from tests.regulations.house import house, in_force

pytestmark = pytest.mark.django_db


def test_a_question_is_answered_by_the_layers_over_the_place_of_its_subject():
    at = house()
    mine, other = make.person(), make.person()
    make.employ(mine, at.unit)
    make.employ(other, make.unit(at.root, "Trung tâm"))
    in_force(at, STRICT, to=at.unit)
    asked = [ask(at.root, person, "LDTT", 2025, date(2026, 1, 20)) for person in (mine, other)]
    assert [answer.layers for answer in asked] == [("chat",), ()]
