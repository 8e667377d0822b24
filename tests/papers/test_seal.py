from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guong.papers import seal
from guong.papers.seal import new_code, normal_code

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def codes() -> st.SearchStrategy[str]:
    return st.text(alphabet=LETTERS, min_size=27, max_size=27).map(
        lambda body: seal._grouped(body + seal._check_letter(body))
    )


def test_new_code_is_seven_groups_of_four_and_never_twice() -> None:
    made = {new_code() for _ in range(2000)}
    assert len(made) == 2000
    assert all(re.fullmatch(rf"[{LETTERS}]{{4}}(-[{LETTERS}]{{4}}){{6}}", code) for code in made)
    assert all(normal_code(code) == code for code in made)
    assert len(LETTERS) ** seal._RANDOM_LETTERS >= 2**128


@given(codes(), st.integers(0, 27), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_never_accepted(code: str, place: int, letter: str) -> None:
    plain = code.replace("-", "")
    assume(plain[place] != letter)
    assert normal_code(plain[:place] + letter + plain[place + 1 :]) is None


@given(codes(), st.integers(0, 27), st.integers(0, 27))
def test_two_letters_exchanged_are_never_accepted(code: str, first: int, second: int) -> None:
    letters = list(code.replace("-", ""))
    assume(letters[first] != letters[second])
    letters[first], letters[second] = letters[second], letters[first]
    assert normal_code("".join(letters)) is None


def test_a_plain_sum_would_accept_exchanged_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: without the powers a check letter misses what people mistype most."""
    monkeypatch.setattr(seal, "_times_x", lambda value: value)
    code = "AB" + "0" * 25
    good = code + seal._check_letter(code)
    assert normal_code(good) is not None
    assert normal_code("BA" + good[2:]) is not None


@given(codes(), st.data())
def test_any_way_of_typing_gives_the_same_code(code: str, data: st.DataObject) -> None:
    spell = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(spell.get(c, c + c.lower()) if c != "-" else ["-", " ", "", " – ", "."]))
        for c in code
    )
    assert normal_code(f"  {typed}\n") == code


@given(st.text())
def test_no_text_breaks_the_reading_of_codes(text: str) -> None:
    code = normal_code(text)
    assert code is None or normal_code(code) == code


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 28, "Đ" * 28, "0" * 27, "0" * 29])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert normal_code(text) is None
