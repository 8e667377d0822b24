"""Sources as a reader knows them: `L22 Đ.73(1)` becomes the law's name with article and clause."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guong.law.model import Instrument

_KEY = re.compile(r"(?<![\w/-])([A-Z]+\d*)\b(?![/-])(?=(\s+Đ\.)?)")
_ARTICLE = re.compile(r"Đ\.(\d+(?:[–-]\d+)?)(?:\((\d+)\))?([a-zđ])?(?!\w)")
_CLAUSE = re.compile(r", \((\d+)\)")


def in_full(source: str, instruments: Mapping[str, Instrument]) -> str:
    """The source with instruments by name and articles in words; what names none stays as it is."""

    def name(found: re.Match[str]) -> str:
        instrument = instruments.get(found[1])
        if instrument is None:
            return found[1]
        return f"{instrument.name}," if found[2] else instrument.name

    return _CLAUSE.sub(r" và khoản \1", _ARTICLE.sub(_article, _KEY.sub(name, source)))


def _article(found: re.Match[str]) -> str:
    article, clause, point = found.groups()
    words = [f"Điều {article}"]
    if clause:
        words.append(f"khoản {clause}")
    if point:
        words.append(f"điểm {point}")
    return " ".join(words)
