"""Layers of a province: what they change, for whom, from when; and what they may not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guong.law import Facts, Law, LawError, compare, load, preview, read_layer, shipped_layers
from tests.law.case_files import law_with
from tests.law.histories import YEAR, histories

LAW = load()
DAY = date(2025, 12, 20)
HEAD = "layer: {code: x, vi: Quy định thử, decision: 1/QĐ, from: 2025-01-01, to: open}\n"


def layered(text: str) -> Law:
    return LAW.with_layer(read_layer(HEAD + text, "x.yaml", LAW))


def test_example_ships_under_an_invented_name() -> None:
    assert list(shipped_layers()) == ["an-binh-2025"]
    layer = law_with("an-binh-2025").layers[0]
    assert (layer.decision, layer.since, layer.until) == ("31/2025/QĐ-UBND", date(2025, 10, 15), None)


def test_comparison_tells_value_by_value() -> None:
    changes = {each.name: each for each in compare(LAW, law_with("an-binh-2025"), DAY)}
    assert (changes["deadline.yearly"].before, changes["deadline.yearly"].after) == ("", "10/12")
    assert (changes["votes.quorum"].before, changes["votes.quorum"].after) == ("67", "80")
    assert changes["LDTT.individual.merit.months_employed"].after == ""
    assert changes["GKS.individual.merit.rating"].before == ""
    assert changes["deadline.yearly"].source_after.startswith("31/2025")
    assert not any(name.startswith(("CSTDCS.", "money.")) for name in changes)


def test_before_its_first_day_a_layer_changes_nothing() -> None:
    assert compare(LAW, law_with("an-binh-2025"), date(2025, 10, 14)) == []
    assert compare(LAW, LAW, DAY) == []


def test_preview_tells_whose_answers_change() -> None:
    facts = Facts.of_rows(
        {
            "subjects": [
                {
                    "subject": who,
                    "kind": "individual",
                    "manager": False,
                    "disciplines_from": 2000,
                    "career_from": 2000,
                }
                for who in (1, 2)
            ],
            "ratings": [{"subject": who, "year": 2025, "rating": "HTT"} for who in (1, 2)],
            "employment": [
                {"subject": 1, "basis": "recruited", "since": date(2025, 11, 1)},
                {"subject": 2, "basis": "recruited", "since": date(2015, 11, 1)},
            ],
            "answers": [
                {"subject": who, "year": 2025, "question": "spirit", "answer": True} for who in (1, 2)
            ],
        }
    )
    changed = preview(LAW, law_with("an-binh-2025"), facts, 2025, DAY, codes=["LDTT"])
    assert changed.rows() == [(1, "LDTT", "not_eligible", "eligible")]


def test_preview_of_no_change_is_empty() -> None:
    assert preview(LAW, LAW, histories(3, 50), YEAR, DAY).is_empty()


def test_last_layer_is_the_strongest() -> None:
    text = "values:\n  caps.CSTDCS.of_LDTT: {value: %d, source: QĐ 1, confidence: text}\n"
    one, two = (read_layer(HEAD + text % share, "x.yaml", LAW) for share in (28, 20))
    assert LAW.with_layer(one).with_layer(two).value("caps.CSTDCS.of_LDTT", DAY).value == 20
    assert LAW.with_layer(two).with_layer(one).value("caps.CSTDCS.of_LDTT", DAY).value == 28
    assert LAW.value("caps.CSTDCS.of_LDTT", DAY).value == 100
    ended = replace(one, until=date(2025, 12, 19))
    assert LAW.with_layer(ended).value("caps.CSTDCS.of_LDTT", DAY).value == 100


def test_layer_changes_the_version_of_the_law() -> None:
    text = "values:\n  caps.CSTDCS.of_LDTT: {value: %d, source: QĐ 1, confidence: text}\n"
    assert len({LAW.version, layered(text % 28).version, layered(text % 27).version}) == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("values:\n  caps.CSTDXX: {value: 1, source: a, confidence: text}", "x.yaml:3: unknown value"),
        ("values:\n  caps.CSTDCS.of_LDTT: {value: many, source: a, confidence: text}", "is no percent"),
        ("values:\n  caps.CSTDCS.of_LDTT: {value: 20, confidence: text}", "'source' is missing"),
        ("rules:\n  LDTT:\n    individual:\n      service:\n        all: []", "unknown rule LDTT"),
        (
            "rules:\n  LDTT:\n    individual:\n      merit:\n        all: [{is: rating, at_least: HT}]",
            "source and",
        ),
        ("rule: {}", "unknown name 'rule'"),
    ],
)
def test_doubtful_layer_is_refused(text: str, why: str) -> None:
    with pytest.raises(LawError, match=why):
        layered(text)


def test_layer_without_decision_is_refused() -> None:
    with pytest.raises(LawError, match="'decision' is missing"):
        read_layer("layer: {code: x, vi: a, from: 2025-01-01, to: open}", "x.yaml", LAW)
