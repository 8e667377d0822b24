"""One spelling of the text of a file: NFC, plain line ends, no invisible characters, no markdown marks."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\x00-\x08\x0b-\x1f\x7f]"
)
_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_MARKS = re.compile(r"\*{2,}|^\s*#{1,6}\s+|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_WHITE = re.compile(r"\s+")


def _bare(code: int) -> str | None:
    """The letter under the accents of one code point, None when it bears none."""
    base = unicodedata.normalize("NFD", chr(code))[0]
    return base if base.isascii() and base.isalpha() and ord(base) != code else None


_BARE = {code: letter for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if (letter := _bare(code))}
_BARE |= {ord("đ"): "d", ord("Đ"): "D", ord("Ð"): "D", ord("ð"): "d"}


def tidy(line: str) -> str:
    """One line as the reader keeps it; tabs stay, because flattened tables are told by them."""
    line = _BLANK.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", line)))
    if "*" in line or "#" in line or "__" in line:
        line = _MARKS.sub("", line)
    return line.rstrip(" \n")


def squeeze(text: str) -> str:
    """White space of any kind as single blanks, none at the ends."""
    return _WHITE.sub(" ", text).strip()


def bare(text: str) -> str:
    """The same text without accents, letter for letter: places found in it hold in `text`.

    Scanners lose or change the accents of capitals, and some offices print headings without them.
    """
    return text.translate(_BARE)


def bare_pattern(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern to be searched in `bare` text, by default in capitals and small letters alike."""
    return re.compile(bare(pattern), flags)


_SYMBOLS = (("QD", "QĐ"), ("ND", "NĐ"))
_PART = re.compile(r"(?<=/)[A-ZÐ]+(?=-)")


def symbol(text: str) -> str:
    """A document symbol without blanks, its kind with the letter Đ that printers and scanners lose."""
    tight = re.sub(r"\s", "", text).replace("Ð", "Đ")
    return _PART.sub(lambda found: dict(_SYMBOLS).get(found.group(), found.group()), tight)


def is_upper(text: str, share: float = 0.8) -> bool:
    """Most letters are capitals, as in the headings of official documents."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= share * len(letters)


def mixes_accents(text: str) -> bool:
    """Some letters are written composed and others decomposed (a usual fault of converted files)."""
    composed = any(len(unicodedata.normalize("NFD", c)) > 1 for c in text)
    return composed and any(unicodedata.combining(c) for c in text)
