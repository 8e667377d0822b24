"""A plan made into a paper, and read back from it."""

from __future__ import annotations

import pytest

from guong.papers import word
from guong.planreader import read
from guong.plans.paper import Facts, plan_paper
from tests.plans.invented import Maker

FACTS = Facts(issuer_above="UBND tỉnh", issuer="Sở Y tế", year=2026)


@pytest.mark.parametrize("seed", range(100))
def test_word_says_the_plan_again(seed: int) -> None:
    plan = Maker(seed).plan()
    again = read(word.to_docx(plan_paper(plan, FACTS)), "x.docx").plan
    for field in vars(plan):
        assert getattr(again, field) == getattr(plan, field), field
    assert again == plan
