"""Last year's plan moved on by a year: years, dates, the count of an anniversary; without its number.

Numbers of documents, their dates and spans of years such as 2021-2026 stay: a person looks at every page.
"""

from __future__ import annotations

import copy
import re
from calendar import isleap
from collections.abc import Mapping
from typing import Any

from guong.plans.models import Plan

DOCTORS_DAY = 1955  # Ngày Thầy thuốc Việt Nam, 27/02/1955: a plan counts its anniversaries (B-10)
_KEPT = ("legal_bases", "citations", "signatory", "distribution", "place", "issuer", "kind")
_ISO = re.compile(r"(\d{4})(-\d{2}(-\d{2})?|-Q[1-4])?$")
_SPAN = re.compile(r"\b20\d\d\s*[-–]\s*20\d\d\b")
_CITED = re.compile(r"\b\d+/\d{4}/[A-ZĐ][\w-]*|\bsố\s+\d+/[A-ZĐ][\w-]*(\s+ngày\s+[\d/ thángnăm]+\d{4})?")
_DAY = re.compile(r"\b27\s*[/-]\s*0?2\b|thầy thuốc việt nam", re.IGNORECASE)


def moved_on(plan: Plan) -> dict[str, Any]:
    """The content of `plan` for the year after it."""
    said = copy.deepcopy(plan.content)
    moved = {name: value if name in _KEPT else _moved(value, plan.year) for name, value in said.items()}
    return moved | {"number": None, "issued_on": None}


def _moved(value: Any, year: int) -> Any:
    if isinstance(value, Mapping):
        return {name: _moved(part, year) for name, part in value.items()}
    if isinstance(value, list):
        return [_moved(part, year) for part in value]
    return text_moved(value, year) if isinstance(value, str) else value


def text_moved(text: str, year: int) -> str:
    """A text or an ISO date of the plan of `year`, a year later."""
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]) + 1, found[2] or "")
    if _DAY.search(text):
        text = re.sub(
            rf"\b{year - DOCTORS_DAY}(?= năm\b)|(?<=lần thứ ){year - DOCTORS_DAY}\b",
            str(year + 1 - DOCTORS_DAY),
            text,
        )
    kept = [found.span() for pattern in (_SPAN, _CITED) for found in pattern.finditer(text)]

    def next_year(found: re.Match[str]) -> str:
        inside = any(start <= found.start() < end for start, end in kept)
        return found[0] if inside or abs(int(found[0]) - year) > 1 else str(int(found[0]) + 1)

    return re.sub(r"(?<!\d)20\d\d(?!\d)", next_year, text)


def _date(year: int, rest: str) -> str:
    """29 February becomes the 28th in a year without it."""
    return f"{year}-02-28" if rest == "-02-29" and not isleap(year) else f"{year}{rest}"
