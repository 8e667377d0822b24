"""Twins: with one figure of the law changed, the cases notice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from guong.law import Law, assess, read_facts, read_law
from guong.law.loading import PARAMS
from tests.law.case_files import Case, all_cases

CASES = [case for case in all_cases() if case.layer is None]
CHANGES = [
    ("titles.yaml", "months: 10}", "months: 9}", "LDTT"),
    ("titles.yaml", "months: 6, count", "months: 7, count", "LDTT"),
    ("titles.yaml", "at_most: 39", "at_most: 40", "LDTT"),
    ("titles.yaml", "months: 12, source: T25", "months: 11, source: T25", "LDTT"),
    ("titles.yaml", "codes: [CSTDCS], years: 3", "codes: [CSTDCS], years: 2", "CSTDT"),
    ("titles.yaml", "at_least: HTXS", "at_least: HTT", "CSTDCS"),
    ("titles.yaml", "apart_at_most: 3", "apart_at_most: 4", "CSTDTQ"),
    ("forms.yaml", "level: unit, count: 5", "level: unit, count: 4", "BKTTG"),
    ("forms.yaml", "codes: [CSTDCS], count: 3", "codes: [CSTDCS], count: 2", "BKTTG"),
    ("forms.yaml", "codes: [CSTDCS], years: 2", "codes: [CSTDCS], years: 1", "BKT"),
    ("forms.yaml", "years: 20, years_women: 15", "years: 20, years_women: 14", "KNC"),
    ("forms.yaml", "difficult: 1.1667, special: 1.1667", "difficult: 1, special: 1", "KNC"),
    ("orders.yaml", "level: province, count: 2", "level: province, count: 1", "HCLD3"),
    ("orders.yaml", "after: [BKTTG]}", "after: []}", "HCLD3"),
    ("orders.yaml", "is: existence, years: 10", "is: existence, years: 9", "HCLD3"),
    ("orders.yaml", 'one_of: ["false"]', 'one_of: ["true"]', "HCLD3"),
    ("honours.yaml", "basis: direct, years: 15", "basis: direct, years: 14", "TTUT"),
    ("honours.yaml", "difficult: 2", "difficult: 1", "TTUT"),
    ("collectives.yaml", "percent: 50, strictly: true", "percent: 50", "TTLDTT"),
    ("collectives.yaml", "having: LDTT, percent: 70", "having: LDTT, percent: 69", "TTLDTT"),
    ("every.yaml", "is: not_held, years: 1, codes", "is: not_held, years: 2, codes", "BKTTG"),
    ("every.yaml", "not_held, years: 1, only_if_failed: true, codes: *state", "held, codes: [BKT]", "BKTTG"),
    (
        "every.yaml",
        "is: judged_of_head, question: head_fits_collective, evidence: [collective_rating], source",
        "is: not_dissolved, source",
        "BKTTG",
    ),
    ("every.yaml", "is: not_dissolved", "is: no_pending_matter, id: again", "COT"),
    ("every.yaml", "is: no_pending_matter, suspends: true, note", "is: no_pending_matter, note", "LDTT"),
]


@pytest.mark.parametrize(("file", "old", "new", "code"), CHANGES, ids=[f"{c[3]}: {c[1]}" for c in CHANGES])
def test_changed_figure_is_noticed(tmp_path: Path, file: str, old: str, new: str, code: str) -> None:
    folder = tmp_path / "params"
    shutil.copytree(PARAMS, folder)
    path = folder / "rules" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    law = read_law(folder)
    assert next(noticed(law, code), None) is not None


def noticed(law: Law, code: str) -> Iterator[Case]:
    """Cases of the award that no longer come out."""
    for case in CASES:
        if case.question.code == code:
            facts = read_facts(case.facts, case.question.year)
            if assess(law, facts, case.question).outcome != case.expect:
                yield case
