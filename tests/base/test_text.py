"""Vietnamese text: one spelling, search keys, dictionary order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from guong.base.text import clean, fold, same_spelling, sort_key

LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ"
WORDS = some.text(alphabet=LETTERS + LETTERS.upper(), min_size=1, max_size=8)
NAMES = some.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Thầy thuốc như mẹ hiền", "thay thuoc"),
        ("Quyết định 123/QĐ-SYT", "quyet dinh 123"),
        ("ĐẶNG THỊ MƯỜI", "dang thi muoi"),
        ("Nguyễn–Văn, A", "nguyen van a"),
    ],
)
def test_fold_meets_what_people_type(typed, query):
    assert query in fold(typed)


@given(NAMES)
def test_fold_is_plain_ascii_and_stable(name):
    folded = fold(name)
    assert folded.isascii()
    assert fold(folded) == folded


@given(NAMES)
def test_fold_sees_no_difference_between_composed_and_decomposed(name):
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


@given(some.text(max_size=60))
def test_clean_is_stable_and_leaves_nothing_invisible(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(letter in cleaned for letter in "\u200b\u202e\ufeff\x00")


@pytest.mark.parametrize(("new", "old"), [("hoà", "hòa"), ("HOÀ", "HÒA"), ("thuý", "thúy"), ("quý", "quý")])
def test_two_spellings_of_one_syllable_meet(new, old):
    assert same_spelling(new) == old


def test_names_are_ordered_by_given_name_then_family_name():
    names = ["Trần Thị Ánh", "Lê Văn An", "Đỗ Thị Bình", "Nguyễn Văn Ân", "Hoàng Ân", "Lê Thị Ảnh"]
    assert sorted(names, key=sort_key) == [
        "Lê Văn An", "Lê Thị Ảnh", "Trần Thị Ánh", "Hoàng Ân", "Nguyễn Văn Ân", "Đỗ Thị Bình",
    ]  # fmt: skip


def test_letters_come_in_dictionary_order_and_tones_after_them():
    words = ["đa", "da", "dạ", "dá", "dã", "dả", "dà", "ea", "ăn", "an", "ân"]
    expected = ["an", "ăn", "ân", "da", "dà", "dả", "dã", "dá", "dạ", "đa", "ea"]
    assert sorted(words, key=sort_key) == expected


@given(NAMES, NAMES)
def test_order_does_not_depend_on_case_or_normal_form(first, second):
    assert sort_key(first) == sort_key(first.lower())
    assert sort_key(unicodedata.normalize("NFD", second)) == sort_key(second)
