from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.papers.words import (
    blank_date,
    date_words,
    grouped,
    money_words,
    number_words,
    paper_date,
    two_digits,
)

HARD = {
    0: "không",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    55: "năm mươi lăm",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1000: "một nghìn",
    1005: "một nghìn không trăm linh năm",
    1015: "một nghìn không trăm mười lăm",
    1021: "một nghìn không trăm hai mươi mốt",
    1100: "một nghìn một trăm",
    2026: "hai nghìn không trăm hai mươi sáu",
    10_000: "mười nghìn",
    105_000: "một trăm linh năm nghìn",
    1_000_000: "một triệu",
    1_000_005: "một triệu không trăm linh năm",
    1_005_000: "một triệu không trăm linh năm nghìn",
    9_880_000: "chín triệu tám trăm tám mươi nghìn",
    1_000_000_000: "một tỷ",
    1_000_000_001: "một tỷ không trăm linh một",
    21_000_000_000: "hai mươi mốt tỷ",
    1_002_000_000_000: "một nghìn không trăm linh hai tỷ",
    5 * 10**18: "năm tỷ tỷ",
    -15: "âm mười lăm",
}
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
UNITS = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


@pytest.mark.parametrize(("number", "words"), HARD.items())
def test_number_words_follow_office_use(number: int, words: str) -> None:
    assert number_words(number) == words


def heard(words: str) -> int:
    """The number a listener writes down: an independent way back."""
    total = group = digit = 0
    for word in words.split():
        if word in UNITS:
            digit = UNITS[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word in ("mươi", "trăm"):
            group, digit = group + digit * (10 if word == "mươi" else 100), 0
        elif word in ("nghìn", "triệu", "tỷ"):
            scale = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            if word == "tỷ":
                total, group, digit = (total + group + digit) * scale, 0, 0
            else:
                total, group, digit = total + (group + digit) * scale, 0, 0
    return total + group + digit


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_number_words_can_be_written_down_again(number: int) -> None:
    assert heard(number_words(number)) == number


def test_money_words_begin_a_sentence() -> None:
    assert money_words(9_880_000) == "Chín triệu tám trăm tám mươi nghìn đồng"


def test_paper_date_has_leading_zeros_where_the_decree_wants_them() -> None:
    assert paper_date(date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert paper_date(date(2026, 2, 10)) == "ngày 10 tháng 02 năm 2026"
    assert paper_date(date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"
    assert paper_date(date(2026, 11, 23)) == "ngày 23 tháng 11 năm 2026"


def test_blank_date_leaves_room_for_a_pen() -> None:
    assert blank_date(2026).split() == ["ngày", "tháng", "năm", "2026"]
    assert "\u00a0" * 5 in blank_date(2026)


def test_date_words_say_april_as_tu() -> None:
    assert date_words(date(2026, 4, 21)) == (
        "ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi sáu"
    )


def test_digits_are_grouped_and_counts_have_two_digits() -> None:
    assert grouped(9_880_000) == "9.880.000"
    assert [two_digits(n) for n in (3, 12, 120)] == ["03", "12", "120"]
