"""The cases under tests/law/cases, each an answer derived from the law by hand."""

from __future__ import annotations

import json

import pytest

from guong.law import Assessment
from tests.law.case_files import Case, all_cases

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    answer = case.answer()
    told = [(each.id, each.state) for each in answer.finding.leaves()]
    assert answer.outcome == case.expect, told
    for state in ("failed", "open"):
        wanted = getattr(case, state)
        if wanted is not None:
            assert sorted(each.id for each in answer.deciding(state)) == sorted(wanted), told
    if case.marked is not None:
        assert answer.unverified is case.marked
    if case.checked is not None:
        assert answer.checked == case.checked, told
    assert Assessment.from_json(json.loads(json.dumps(answer.to_json()))) == answer


def test_there_are_enough_cases_and_no_name_twice() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 300


def test_traps_have_cases() -> None:
    """Traps of eligibility; those of votes, caps, money and publication have tests of their own."""
    assert {case.trap for case in CASES if case.trap} >= {1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13}
