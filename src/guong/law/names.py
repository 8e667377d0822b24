"""What awards are called: from the words of a sheet or an old decision to the code of the law (D-09)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from guong.law.model import Award

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def key_of(words: str) -> str:
    """Capitals, diacritics and punctuation do not tell two awards apart."""
    bare = unicodedata.normalize("NFD", words.casefold()).replace("đ", "d")
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", plain).strip()


def names_of(award: Award) -> tuple[str, ...]:
    """Everything it may be called; its code, name and short name first."""
    return (award.code, award.vi, award.short, *award.also)


def codes_by_key(awards: Iterable[Award]) -> dict[str, str]:
    """Key of a name to code. Raises LawError when a name means two awards."""
    found: dict[str, str] = {}
    for award in awards:
        for name in names_of(award):
            code = found.setdefault(key_of(name), award.code)
            if code != award.code:
                raise award.where.wrong(f"{name!r} means {code} and {award.code}")
    return found
