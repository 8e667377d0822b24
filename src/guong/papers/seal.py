"""Codes of certificates: none can be guessed, and a slip of the hand is noticed (security J1)."""

from __future__ import annotations

import re
import secrets

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_VALUE = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_RANDOM_LETTERS = 27  # 135 random bits, over the 128 promised
_LENGTH = _RANDOM_LETTERS + 1
_GROUP = 4
_BETWEEN = re.compile(r"[\s.\-‐‑‒–—_]+")
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: arithmetic of 32 letters as a field


def new_code() -> str:
    """A fresh certificate code: seven groups of four, the last letter checks the others."""
    body = "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM_LETTERS))
    return _grouped(body + _check_letter(body))


def normal_code(text: str) -> str | None:
    """The code a person typed, as it is stored; None when it cannot be one.

    Case, blanks and dashes do not matter; O reads as 0, I and L as 1. The check letter finds every
    single wrong letter and every two letters exchanged.
    """
    letters = _BETWEEN.sub("", text).upper()
    if len(letters) != _LENGTH or any(letter not in _VALUE for letter in letters):
        return None
    plain = "".join(_LETTERS[_VALUE[letter]] for letter in letters)
    return _grouped(plain) if _check_letter(plain[:-1]) == plain[-1] else None


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def _check_letter(body: str) -> str:
    """Sum of the letters, each times another power of x in the field of 32: any one error changes the sum."""
    total, power = 0, 1
    for letter in body:
        power = _times_x(power)
        total ^= _product(_VALUE[letter], power)
    return _LETTERS[total]


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 0b100000 else doubled


def _product(left: int, right: int) -> int:
    result = 0
    while right:
        if right & 1:
            result ^= left
        left, right = _times_x(left), right >> 1
    return result
