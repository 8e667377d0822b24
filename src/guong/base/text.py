"""Vietnamese text: normal form, search without diacritics, dictionary order of names.

The database has no ICU, so order and search keys are made here and stored beside the name;
Python and PostgreSQL then always agree.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x40 + place) for place, letter in enumerate(_LETTERS, start=1)}
# Dictionary order of tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONE = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_OPEN_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OPEN = re.compile(r"(?<![qQ])(" + "|".join(_OPEN_TONES) + r")(?!\w)", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


def clean(text: str) -> str:
    """One spelling of what a person typed: NFC, no invisible or control characters, no stray blanks."""
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " "))
    return _INVISIBLE.sub("", text).replace("\r\n", "\n").strip()


def _bare_letters() -> dict[int, str]:
    """Every Latin letter with marks, and what is left of it without them."""
    found = {ord("đ"): "d", ord("Đ"): "D"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        if bare.isascii():
            found[code] = bare
    return found


_BARE = _bare_letters()


def fold(text: str) -> str:
    """Search key: lower case, no diacritics, đ as d, punctuation as single blanks.

    "Thầy thuốc" and "thay thuoc" meet; so do "123/QĐ-SYT" and "quyet dinh 123" word by word.
    """
    bare = clean(text).translate(_BARE)
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    return _BETWEEN_WORDS.sub(" ", bare.casefold()).strip()


def same_spelling(text: str) -> str:
    """`hoà` and `hòa` are one name: the tone mark of an open syllable goes to its older place."""

    def older(found: re.Match[str]) -> str:
        letters = found.group(0)
        moved = _OPEN_TONES[letters.lower()]
        return moved.upper() if letters.isupper() else moved.capitalize() if letters[0].isupper() else moved

    return _OPEN.sub(older, clean(text))


@lru_cache(maxsize=100_000)
def _word_key(word: str) -> str:
    letters: list[str] = []
    tone = 0
    for mark in unicodedata.normalize("NFD", word.casefold()):
        if mark in _TONE:
            tone = _TONE[mark]
        elif unicodedata.combining(mark) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        else:
            letters.append(mark)
    ranked = "".join(_RANK.get(c, c if c.isascii() and c.isdigit() else "~") for c in letters)
    return f"{ranked}!{tone}"


def sort_key(name: str) -> str:
    """Key that puts names in Vietnamese order: given name first, then family and middle names."""
    words = re.findall(r"[\w’']+", same_spelling(name))
    return " ".join(_word_key(word) for word in [*words[-1:], *words[:-1]])
