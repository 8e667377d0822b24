"""Boards and sentences from the law's answers, without the database."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from guong.law import Facts, NotInForce, Question, assess, load
from guong.law.reading_rules import KINDS
from guong.records import lacking, proposing, sentences
from guong.records.explaining import explain, next_of, overview, paired, what_if, word_of
from guong.records.lacking import Lacks
from guong.records.proposing import ABOUT, ANSWERS, Board, Wish, answered, shown
from tests.law.histories import YEAR, histories

LAW = load()
DAY = date(2025, 3, 1)  # R2, verified text
PERSON = {
    "kind": "individual", "sex": "female", "category": "VC", "career_from": 2015, "titles_from": 2015,
    "manager": False, "initiatives_from": 2015, "disciplines_from": 2015, "leave_from": 2015,
}  # fmt: skip


def facts_of(*people: dict) -> Facts:
    """People with CSTDCS in the years of `fighter`, advanced and rated in each of ten years."""
    rows: dict[str, list] = {"subjects": [], "titles": [], "ratings": [], "initiatives": [], "employment": []}
    for subject, person in enumerate(people, start=1):
        fighter = person.pop("fighter", ())
        rating = person.pop("rating", "HTT")
        held = person.pop("held", {})
        rows["subjects"].append({"subject": subject, **PERSON, **person})
        rows["employment"].append({"subject": subject, "basis": "recruited", "since": date(2015, 1, 1)})
        years = range(2015, 2025)
        if rating:
            rows["ratings"] += [{"subject": subject, "year": year, "rating": rating} for year in years]
        rows["titles"] += [{"subject": subject, "code": "CSTDCS", "year": year} for year in fighter]
        rows["titles"] += [{"subject": subject, "code": code, "year": year} for code, year in held.items()]
        rows["initiatives"].append({"subject": subject, "year": 2024, "level": "province"})
    return Facts.of_rows(rows)


def board_of(facts: Facts, year: int = 2024) -> Board:
    rows = [
        {"subject": subject, "kind": "individual", "name": f"Người {subject}", "fold": f"nguoi {subject}",
         "order": str(subject), "place": "Khoa Nội", "unit": 7 + subject % 2,
         "unit_name": f"Viện {subject % 2}", "category": "VC"}
        for subject in facts.subjects["subject"]
    ]  # fmt: skip
    return answered(LAW, facts, pl.DataFrame(rows), year=year, day=DAY)


def asked(facts: Facts, code: str, day: date = DAY, year: int = 2024):
    return assess(LAW, facts, Question(1, code, year, day))


def missing(facts: Facts, code: str, **more) -> list[str]:
    return Lacks(LAW, asked(facts, code, **more)).sentences()


def test_one_more_year_is_said_in_plain_words():
    two, three = facts_of({"fighter": (2023, 2024)}), facts_of({"fighter": (2022, 2023, 2024)})
    assert missing(two, "CSTDT") == ["Còn 1 năm Chiến sĩ thi đua cơ sở liên tục"]
    assert missing(three, "CSTDT") == []
    assert asked(three, "CSTDT").outcome == "eligible"


def test_alternatives_are_one_sentence():
    lacks = missing(facts_of({"fighter": (2024,)}), "BKT")
    assert len(lacks) == 1
    assert "Còn 1 năm Chiến sĩ thi đua cơ sở liên tục; hoặc còn 2 năm" in lacks[0]


def test_what_is_not_known_names_the_record_to_enter():
    unknown = facts_of({"rating": None, "held": {"LDTT": 2024}})
    assert missing(unknown, "LDTT") == [
        "Chưa rõ: xếp loại của năm từ hoàn thành tốt nhiệm vụ trở lên (cần nhập: xếp loại)"
    ]


def test_every_condition_has_its_own_sentence():
    ours = set(KINDS) - {"judged", "judged_of_head", "study_result"}
    assert ours <= set(lacking._SAYS)
    assert ours - {"not_serving", "no_pending_matter", "contract_months"} <= set(sentences._SAYS)


def test_answers_and_sentences_agree_on_random_histories():
    """Eligible: nothing is missing. Not eligible: something is. In all regimes, for all awards of people."""
    facts, seen = histories(20261, 12), set()
    for regime in LAW.regimes.values():
        day = max(regime.since, date(YEAR, 12, 31)) if regime.until is None else regime.since
        for rule in LAW.rules_under(regime.code, day):
            if rule.subject != "individual":
                continue
            for subject in range(12):
                answer = assess(LAW, facts, Question(subject, rule.code, YEAR, day, rule.branch))
                found = explain(LAW, answer)
                assert bool(found.lacks) <= (answer.checked != "eligible"), (rule.code, subject, found.lacks)
                assert bool(found.lacks) >= (answer.checked != "eligible"), (
                    rule.code,
                    subject,
                    answer.checked,
                )
                seen.add(answer.checked)
    assert seen == {"eligible", "not_eligible", "open", "suspended"}


def test_a_board_counts_filters_and_pages():
    facts = facts_of(
        {"fighter": (2023, 2024)}, {"fighter": (2022, 2023, 2024)}, {"held": {"LDTT": 2024}}, {"rating": None}
    )
    board = board_of(facts)
    of = {count.code: count.of for count in board.counts()}
    assert of["CSTDT"] == dict.fromkeys(ANSWERS, 0) | {"eligible": 1, "not_eligible": 3}
    assert (of["LDTT"]["given"], of["LDTT"]["to_judge"], of["LDTT"]["open"]) == (1, 2, 1)
    assert of["GKS"]["judged"] == 4
    assert [row["subject"] for row in board.of(Wish("CSTDT", "eligible"))[0:10]] == [2]
    assert [row["subject"] for row in board.of(Wish(text="NGƯỜI 3"))[0:10]] == [3]
    assert [row["subject"] for row in board.of(Wish(unit=7))[0:10]] == [2, 4]
    assert board.of(Wish(kind="collective")).count() == board.of(Wish(category="NLD")).count() == 0
    assert board.codes.index("LDTT") < board.codes.index("CSTDT") < board.codes.index("CSTDTQ")


def test_a_board_comes_back_from_its_file():
    board = board_of(facts_of({"fighter": (2023, 2024)}))
    again = Board.from_bytes(board.to_bytes())
    assert again.codes == board.codes
    assert again.rows.equals(board.rows)


def test_the_page_of_one_says_the_same_as_the_board_of_all():
    facts = histories(7, 40)
    rows = facts.subjects.select("subject").with_columns(
        *(pl.lit("").alias(name) for name in ("name", "fold", "order", "place", "unit_name", "category")),
        kind=pl.lit("individual"), unit=pl.lit(1),
    )  # fmt: skip
    board = answered(
        LAW, facts.__class__(**vars(facts)), rows.filter(pl.col("subject") > 0), year=YEAR, day=DAY
    )
    for row in board[0:40]:
        alone = overview(LAW, facts.only(row["subject"]), row["subject"], YEAR, DAY)
        assert {line.code: (line.word, line.unverified) for line in alone} == {
            code: (row[code], row[f"{code}.unverified"]) for code in board.codes
        }


def test_marks_of_a_row_leave_out_the_hopeless_unless_asked_for():
    row = board_of(facts_of({"fighter": (2022, 2023, 2024)})).rows.to_dicts()[0]
    codes = ("LDTT", "CSTDT", "CSTDTQ", "GKS")
    assert [code for code, _answer, _mark in shown(row, codes)] == ["LDTT", "CSTDT"]
    assert [code for code, _answer, _mark in shown(row, codes, "not_eligible")] == ["CSTDTQ"]
    assert [code for code, _answer, _mark in shown(row, ("CSTDTQ",))] == ["CSTDTQ"]


def test_the_next_title_and_form_are_the_nearest():
    facts = facts_of({"fighter": (2023, 2024), "held": {"LDTT": 2024}})
    assert [line.code for line in next_of(overview(LAW, facts, 1, 2024, DAY))] == ["CSTDT", "KNC"]


def test_people_judging_is_told_from_knowing():
    facts = facts_of({"held": {"LDTT": 2024}, "rating": "HTXS"})
    assert word_of(asked(facts, "LDTT")) == "to_judge"
    assert word_of(asked(facts, "GKS")) == "judged"
    assert word_of(asked(facts, "CSTDCS")) == "eligible"


def test_two_regimes_stand_side_by_side():
    facts = facts_of({"fighter": (2023, 2024), "rating": "HTXS"})
    ours = explain(LAW, asked(facts, "BKT"))
    theirs = what_if(LAW, facts, Question(1, "BKT", 2024, DAY), "R1")
    assert (ours.answer.regime, theirs.answer.regime) == ("R2", "R1")
    assert (ours.word, theirs.word) == ("eligible", "not_eligible")
    pairs = {(pair.left or pair.right).key: pair for pair in paired(ours, theirs)}
    assert pairs["title_years"].right is None
    assert pairs["title_years"].differs
    assert not pairs["chain_length"].differs
    assert [pair.left for pair in paired(ours, theirs) if pair.left] == list(ours.points)
    assert [pair.right for pair in paired(ours, theirs) if pair.right] == list(theirs.points)


def test_a_regime_without_the_award_is_refused():
    facts = facts_of({})
    with pytest.raises(NotInForce):
        what_if(LAW, facts, Question(1, "TTUT", 2024, DAY), "R0")


ROUND_RUNS, ROUND_IS_OVER = date(2025, 3, 31), date(2025, 4, 1)


@pytest.mark.parametrize(
    ("rating", "day", "answer"),
    [
        ("HTXS", ROUND_RUNS, "to_judge"),
        ("HTXS", ROUND_IS_OVER, "not_eligible"),
        ("HT", ROUND_RUNS, "not_eligible"),  # the book bars the lower title too
    ],
)
def test_a_lower_title_of_the_running_round_is_waited_for(rating, day, answer):
    facts = facts_of({"rating": rating})
    assert asked(facts, "CSTDCS", day).outcome == "not_eligible"  # the dossier alone
    rows = pl.DataFrame([dict.fromkeys(ABOUT, "") | {"subject": 1, "kind": "individual"}])
    (row,) = answered(LAW, facts, rows, year=2024, day=day)[0:1]
    assert row["CSTDCS"] == answer
    words = {line.code: line.word for line in overview(LAW, facts, 1, 2024, day)}
    assert words["CSTDCS"] == answer


def test_twin_without_the_round_nobody_can_become_a_fighter_this_year(monkeypatch):
    monkeypatch.setattr(proposing, "with_its_round", lambda _law, facts, _year, _day: facts)
    (row,) = board_of(facts_of({"rating": "HTXS"}))[0:1]
    assert row["CSTDCS"] == "not_eligible"
