"""Numbers and bullets at the start of a line: what they are, how deep, what they were meant to be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guong.planreader.grammar import UPPER
from guong.planreader.spelling import is_upper

PART, ROMAN, ARABIC, DOTTED, CLOSED, LETTER, BRACKET, DASH, PLUS = 0, 1, 2, 2, 5, 6, 7, 8, 9

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_STRICT = re.compile(r"(?:Mục\s+)?([IVX]{1,6})\s*[.:/)\-–]+\s*(?=\S)")
# What scanners make of Roman numbers: "BI", "Ill", "1V", "lI".
_LOOSE = re.compile(r"([IVXLBHTl1|]{1,5})\s*[.:]\s*(?=\S)")
_PART = re.compile(r"(?:PHẦN\s+)?([A-G])\s*[.:]\s+(?=\S)")
# "Phần II", "PHẦN THỨ NHẤT", "Chương I": its title may stand on the next line.
_LONG_PART = re.compile(
    r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+((?:thứ|THỨ)\s+[^\W\d]+|[IVX]{1,5}|[A-H]|\d{1,2})(?=[\s.:/)\-–]|$)"
    r"\s*[.:/)\-–]*\s*"
)
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6}
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})\.?\)?\s*(?=[^\W\d]|[“\"‘(])")
_ARABIC = re.compile(r"(\d{1,2})\s?[.:](?:\s*(?=[^\s\d.])|\s+(?=\d{1,3}\s?%))")
_CLOSED = re.compile(r"(\d{1,2})\s?\)\s*(?=\S)")
_LETTER = re.compile(rf"([a-zđ])(?:\)|\.(?=\s*[{UPPER}]))\s*(?=\S)")
_BRACKET = re.compile(r"\((\d{1,2}|[a-zđ])\)\s*(?=\S)")
_PLUS = re.compile(r"([+○o])\s+(?=\S)|(\+)(?=[^\W\d])")
_DASH = re.compile(r"([-–—·•▪●◦■□➢✓*\uf0b7])(?:\s+(?=\S)|(?=[^\W_a-z]))")


@dataclass(frozen=True)
class Mark:
    """`label` as written, `number` as meant (None for bullets), `end` where the text after it begins."""

    rank: int
    label: str
    number: int | None
    end: int
    misread: bool = False

    @property
    def is_heading(self) -> bool:
        """May open a section of the body."""
        return self.rank <= ARABIC + 1

    @property
    def is_section(self) -> bool:
        """Surely opens a section: a Roman number or a part."""
        return self.rank in (PART, ROMAN) and not self.misread

    @property
    def is_bullet(self) -> bool:
        return self.rank >= DASH


def mark_of(text: str) -> Mark | None:
    """The mark a squeezed text begins with, or None."""
    first = text[:1]
    if not first:
        return None
    if first.isdigit():
        return _digits(text)
    if first in "IVXLBHTl|PMABCDEFGHK":
        return _capital(text)
    for pattern, rank in ((_DASH, DASH), (_PLUS, PLUS), (_BRACKET, BRACKET), (_LETTER, LETTER)):
        if found := pattern.match(text):
            label = next(group for group in found.groups() if group)
            number = _order(label) if rank in (BRACKET, LETTER) else None
            return Mark(rank, label, number, found.end())
    return None


def _digits(text: str) -> Mark | None:
    if found := _DOTTED.match(text):
        parts = found.group(1).split(".")
        return Mark(DOTTED + len(parts) - 1, found.group(1), int(parts[-1]), found.end())
    if found := _ARABIC.match(text):
        return Mark(ARABIC, found.group(1), int(found.group(1)), found.end())
    if found := _CLOSED.match(text):
        return Mark(CLOSED, found.group(1), int(found.group(1)), found.end())
    return _misread(text)


def _long_part(text: str) -> Mark | None:
    found = _LONG_PART.match(text)
    if found is None or not (text[found.end() : found.end() + 1].isupper() or found.end() == len(text)):
        return None
    label = found.group(1)
    last = label.split()[-1].casefold()
    number = int(last) if last.isdigit() else _ORDINALS.get(last) or _roman_or_letter(label)
    return Mark(PART, found.group().rstrip(" .:/)-–"), number, found.end())


def _roman_or_letter(label: str) -> int | None:
    if set(label) <= set(_VALUES):
        return roman(label)
    return ord(label) - 64 if len(label) == 1 else None


def _capital(text: str) -> Mark | None:
    if part := _long_part(text):
        return part
    found = _STRICT.match(text)
    if found and text[found.end() : found.end() + 1].isupper() and (number := roman(found.group(1))):
        return Mark(ROMAN, found.group(1), number, found.end())
    if (found := _PART.match(text)) and is_upper(text[found.end() :]):
        return Mark(PART, found.group(1), ord(found.group(1)) - 64, found.end())
    return _misread(text)


def _misread(text: str) -> Mark | None:
    found = _LOOSE.match(text)
    rest = text[found.end() :] if found else ""
    if found and len(rest) > 6 and _opens_in_capitals(rest):
        return Mark(ROMAN, found.group(1), None, found.end(), misread=True)
    return None


def _opens_in_capitals(rest: str) -> bool:
    return is_upper(" ".join(rest.split()[:3]), 0.95)


def is_label(text: str) -> bool:
    """The text is the number of a part and nothing else, its title still to come."""
    mark = _long_part(text)
    return mark is not None and mark.end == len(text)


def _order(label: str) -> int:
    if label.isdigit():
        return int(label)
    return "abcdđeghiklmnopqrstuvxy".find(label) + 1


def roman(label: str) -> int | None:
    """The value of a Roman number, None for a wrong one ("IIX")."""
    total = 0
    for sign, after in zip(label, [*label[1:], ""], strict=True):
        value = _VALUES[sign]
        total += -value if after and _VALUES[after] > value else value
    return total if to_roman(total) == label else None


def to_roman(number: int) -> str:
    """Numbers of sections, up to 89."""
    tens, ones = divmod(number, 10)
    lower = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
    return ("X" * tens if tens < 4 else "XL" if tens == 4 else "L" + "X" * (tens - 5)) + lower
