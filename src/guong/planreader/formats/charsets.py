"""Vietnamese encodings older than Unicode, told apart by which of them gives Vietnamese syllables.

TCVN3 (TCVN 5712:1993 VN3, the .Vn fonts), VNI for Windows, CP1258, UTF-16, and UTF-8 encoded twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from guong.planreader.formats.syllables import is_syllable, odd_words, share

# Below this share of syllables a text is not what it claims to be; above RIGHT a decoding is believed.
WRONG, RIGHT = 0.6, 0.85
# Fewer odd words than this cannot tell a wrong encoding of a whole file.
FEW = 8
_HEAD = 200_000

TCVN3: dict[int, str] = dict(
    zip(
        b"\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae"
        b"\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb"
        b"\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde"
        b"\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee"
        b"\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
# VNI writes the marks of a vowel as a second sign after it; these are the marks.
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT, "â": _HAT, "á": _HAT + _ACUTE,
    "à": _HAT + _GRAVE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE, "ä": _HAT + _DOT, "ê": _BREVE,
    "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(
    "([aeouyôöAEOUYÔÖ])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])|(.)", re.DOTALL
)
# Letters only Unicode writes as one sign: a line that has them is in no old font.
_MODERN = re.compile("[\u1e00-\u1eff]")
# What a browser or an old Word made of bytes 0x80 to 0x9f.
_WINDOWS = {chr(code): bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}


def decoded(data: bytes) -> str | None:
    """The text of a file of whatever Vietnamese encoding; None when none gives Vietnamese."""
    wide = _utf16(data)
    if wide is not None:
        return wide
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        return None
    readings = [data.decode("cp1258", "replace"), _latin(data)]
    return _best([unicodedata.normalize("NFC", readings[0]), *(old(readings[1]) for old in LEGACY)])


def _best(readings: Sequence[str]) -> str | None:
    shares = [share(odd_words(text[:_HEAD])) for text in readings]
    best = max(shares)
    return readings[shares.index(best)] if best >= RIGHT else None


def _utf16(data: bytes) -> str | None:
    """UTF-16 with a mark, or without one when every other byte of its Latin letters is nought."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _strictly(data[2:], name)
    head = data[:2000]
    for odd, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        here, there = head[odd::2].count(0), head[1 - odd :: 2].count(0)
        if len(data) % 2 == 0 and here * 3 > len(head) and there * 50 < len(head):
            return _strictly(data, name)
    return None


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _latin(data: bytes) -> str:
    """Bytes as the characters an old Word shows for them."""
    text = data.decode("latin-1")
    return text.translate({ord(code): sign for code, sign in _WINDOWS.items() if sign != "\ufffd"})


def from_tcvn3(text: str) -> str:
    """Characters of a .Vn font to letters. Toned capitals do not exist in it: neighbours tell the case."""
    return _cased(text.translate(TCVN3))


def _cased(text: str) -> str:
    """The text with toned capitals where the plain letters of the word, or its neighbours, are capitals."""
    return "\n".join(_cased_line(line) for line in text.split("\n"))


def _cased_line(line: str) -> str:
    pieces = re.split(r"([^\W\d_]+)", line)
    words = pieces[1::2]
    kinds = [_capitals(word) for word in words]
    sure = [kind > 1 and is_syllable(word.upper()) for kind, word in zip(kinds, words, strict=True)]
    for at, kind in enumerate(kinds):
        beside = sure[max(0, at - 1) : at] + sure[at + 1 : at + 2]
        if kind > 1 or (kind == 1 and any(beside)):
            pieces[2 * at + 1] = words[at].upper()
    return "".join(pieces)


def _capitals(word: str) -> int:
    """How many plain letters are capitals: 0 when one is small, 2 and more when the word is in capitals."""
    plain = [sign for sign in word if sign.isascii()]
    if not all(sign.isupper() for sign in plain):
        return 0
    return len(plain) + (bool(plain) and word[0] != plain[0])


def from_vni(text: str) -> str:
    """Characters of a VNI font to letters."""
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni, text))


def _vni(found: re.Match[str]) -> str:
    base, mark, single = found.groups()
    if single is not None:
        return _vni_alone(single)
    return _vni_alone(base) + _VNI_MARKS[mark.lower()]


def _vni_alone(sign: str) -> str:
    letter = _VNI_ALONE.get(sign.lower(), sign.lower())
    return letter.upper() if sign.isupper() else letter if sign.islower() else sign


def from_twice(text: str) -> str:
    """UTF-8 whose bytes were taken for Windows-1252 and encoded again."""
    back = {sign: code for code, sign in _WINDOWS.items() if sign != "\ufffd"}
    once = "".join(back.get(sign, sign) for sign in text)
    try:
        return once.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


LEGACY: tuple[Callable[[str], str], ...] = (from_tcvn3, from_vni, from_twice)


def repaired(lines: Sequence[str]) -> list[str]:
    """Lines with those put right that hold letters of an old font or of UTF-8 encoded twice.

    Lines too short to tell follow what most others of the text are written in.
    """
    choices = [_choice(line) for line in lines]
    told = Counter(choice for choice in choices if choice is not None)
    usual = told.most_common(1)[0][0] if told else None
    if usual is None:
        return list(lines)
    mixed = sum(_MODERN.search(line) is not None for line in lines) * 5 > told.total()
    return [_put_right(line, choice or usual, mixed) for line, choice in zip(lines, choices, strict=True)]


def _choice(line: str) -> Callable[[str], str] | None:
    words = odd_words(line)
    if len(words) < 2 or share(words) >= WRONG:
        return None
    for old in LEGACY:
        if share(odd_words(old(line))) >= RIGHT:
            return old
    return None


def _put_right(line: str, old: Callable[[str], str], mixed: bool) -> str:
    """The line in letters when that makes it more Vietnamese; in a text all of one kind, no less so."""
    words = odd_words(line)
    if not words or _MODERN.search(line) or (mixed and share(words) >= WRONG):
        return line
    right = old(line)
    better, before = share(odd_words(right)), share(words)
    return right if better > before or (not mixed and better == before) or not odd_words(right) else line


def is_garbled(lines: Iterator[str] | Sequence[str]) -> bool:
    """Most words beyond ASCII are no syllables: the letters are not what the author wrote."""
    words = [word for line in lines for word in odd_words(line)]
    known = sum(is_syllable(word) for word in words)
    return len(words) >= FEW and known < WRONG * len(words)
