"""Every old Vietnamese encoding gives its letters back, and is told by its syllables alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.planreader import Unreadable, read
from guong.planreader.formats import charsets, lines_of
from guong.planreader.formats.syllables import is_syllable
from tests.planreader import made

YEARLY = made.text_of("an-binh-yearly")
PLAN = made.expected("an-binh-yearly")["plan"]
TONES = "\u0300\u0301\u0303\u0309\u0323"
VOWELS = "aăâeêioôơuưy"
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *TONES)] + ["đ"]
LETTERS = [*SMALL, *(letter.upper() for letter in SMALL)]


def in_tcvn3(text: str) -> bytes:
    """As a typist with a .Vn font: toned capitals do not exist, the small letter is typed for them."""
    signs = {letter: code for code, letter in charsets.TCVN3.items()}
    return b"".join(
        bytes([signs[found]])
        if (found := letter if letter in signs else letter.lower()) in signs
        else letter.encode("cp1252")
        for letter in text
    )


def in_vni(text: str) -> str:
    marks = {marks: sign for sign, marks in charsets._VNI_MARKS.items()}
    alone = {letter: sign for sign, letter in charsets._VNI_ALONE.items()}
    return "".join(_vni(letter, marks, alone) for letter in text)


def _vni(letter: str, marks: dict[str, str], alone: dict[str, str]) -> str:
    small = letter.lower()
    if small in alone:
        sign = alone[small]
    else:
        apart = unicodedata.normalize("NFD", small)
        horned = unicodedata.normalize("NFC", apart[0] + "\u031b") if "\u031b" in apart else apart[0]
        rest = apart[1:].replace("\u031b", "")
        ordered = "".join(sorted(rest, key=lambda mark: mark in TONES))
        sign = alone.get(horned, horned) + (marks[ordered] if ordered else "")
    return sign.upper() if letter.isupper() else sign


def in_cp1258(text: str) -> bytes:
    out = ""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in TONES)
        out += unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES)) + tones
    return out.encode("cp1258")


def twice(text: str) -> str:
    return "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in text.encode())


@pytest.mark.parametrize("letter", SMALL)
def test_every_letter_comes_back_from_tcvn3(letter: str) -> None:
    assert charsets.from_tcvn3(in_tcvn3(letter).decode("latin-1")) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back_from_vni_and_cp1258_and_double_utf8(letter: str) -> None:
    assert charsets.from_vni(in_vni(letter)) == letter
    assert unicodedata.normalize("NFC", in_cp1258(letter).decode("cp1258")) == letter
    assert charsets.from_twice(twice(letter)) == letter


@given(st.lists(st.sampled_from(LETTERS), max_size=30))
def test_any_letters_come_back_together(letters: list[str]) -> None:
    text = " ".join(letters)
    assert charsets.from_vni(in_vni(text)) == text
    assert charsets.from_tcvn3(in_tcvn3(text.lower()).decode("latin-1")) == text.lower()


WAYS = {
    "UTF-16 LE": YEARLY.encode("utf-16"),
    "UTF-16 BE": b"\xfe\xff" + YEARLY.encode("utf-16-be"),
    "UTF-16 unmarked": YEARLY.encode("utf-16-le"),
    "CP1258": in_cp1258(YEARLY),
    "VNI": in_vni(YEARLY).encode("cp1252"),
    "VNI in Unicode": in_vni(YEARLY).encode(),
    "TCVN3": in_tcvn3(YEARLY),
    "TCVN3 in Unicode": in_tcvn3(YEARLY).decode("cp1252").encode(),
    "UTF-8 twice": twice(YEARLY).encode(),
    "NFD": unicodedata.normalize("NFD", YEARLY).encode(),
}


@pytest.mark.parametrize("data", WAYS.values(), ids=WAYS)
def test_a_plan_says_the_same_in_every_encoding(data: bytes) -> None:
    found = read(data, "x.txt").to_json()["plan"]
    assert {name: _small(value) for name, value in found.items()} == {
        name: _small(value) for name, value in PLAN.items()
    }


def _small(value: object) -> str:
    """TCVN3 keeps no toned capitals at the start of a sentence: case is compared elsewhere."""
    return str(value).lower()


def test_headings_in_capitals_come_back_in_capitals() -> None:
    line = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert charsets.from_tcvn3(in_tcvn3(line).decode("latin-1")) == line


def test_a_document_may_mix_an_old_font_with_unicode() -> None:
    lines = YEARLY.splitlines()
    mixed = [in_vni(line) if at % 2 else line for at, line in enumerate(lines)]
    assert charsets.repaired(mixed) == lines


@given(st.text(max_size=200))
def test_repairing_never_fails_and_keeps_plain_text(text: str) -> None:
    lines = text.split("\n")
    assert len(charsets.repaired(lines)) == len(lines)
    plain = [line for line in lines if line.isascii()]
    assert charsets.repaired(plain) == plain


@pytest.mark.parametrize("name", made.NAMES)
def test_good_vietnamese_is_left_alone(name: str) -> None:
    lines = made.text_of(name).splitlines()
    assert charsets.repaired(lines) == lines
    assert not charsets.is_garbled(lines)


def test_what_no_encoding_explains_is_refused_and_not_kept() -> None:
    garbled = YEARLY.translate({ord("ế"): "¤", ord("ạ"): "ß", ord("ị"): "þ", ord("á"): "Ø", ord("ộ"): "ð"})
    garbled = garbled.translate({ord("i"): "ï", ord("a"): "å", ord("o"): "ø"})
    for data in (garbled.encode(), garbled.encode("cp1252", "replace")):
        with pytest.raises(Unreadable) as refused:
            lines_of(data, "x")
        assert refused.value.code == "wrong_encoding"


def test_garbled_text_would_be_kept_where_the_check_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: without the share of syllables mojibake becomes lines."""
    garbled = YEARLY.translate({ord("i"): "ï", ord("a"): "å", ord("o"): "ø"}).encode()
    monkeypatch.setattr(charsets, "FEW", 10**9)
    assert lines_of(garbled, "x").lines


@pytest.mark.parametrize("word", ["khuếch", "nghiêng", "giếng", "uỷ", "hoà", "hòa", "Đặng", "gìn"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ho¹ch", "Keá", "hoaïch", "kÕ", "tổt́", "bãc", "việtnam", "áº¿", ""])
def test_what_is_no_syllable_is_known(word: str) -> None:
    assert not is_syllable(word)
