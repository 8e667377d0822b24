"""Plans of other offices in their own layouts: union, hospital, district, inspectorate, youth and others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guong.planreader import read

CASES = sorted((Path(__file__).parent / "offices").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_plan_of_another_office_is_read(case: Path) -> None:
    """What the case does not list must be empty, the text of the sections apart."""
    wanted = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    plan = read(case.read_bytes(), case.name).to_json()["plan"]
    found = {key: value for key, value in plan.items() if value not in (None, []) and key != "sections"}
    assert found == wanted


def test_there_are_seven_offices() -> None:
    assert len(CASES) == 7
