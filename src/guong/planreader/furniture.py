"""What a printer adds to every page: page numbers, running heads and feet. No paragraph ends at them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from guong.planreader.marks import mark_of
from guong.planreader.model import Line
from guong.planreader.spelling import squeeze

_PAGE = re.compile(r"^\W*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_LONGEST = 100
# A running line stands this near to a page number or to the end of a page.
_NEAR = 2


def furniture_of(lines: Sequence[Line]) -> frozenset[int]:
    """The rows that belong to the pages and not to the text."""
    texts = [squeeze(line.text) for line in lines]
    pages = {row for row, text in enumerate(texts) if _is_page(lines[row].text, text)}
    edges = pages | {row for row in range(1, len(lines)) if lines[row].page != lines[row - 1].page}
    near = [
        row for row in range(len(lines)) if _is_near(row, edges) and _may_run(lines[row].text, texts[row])
    ]
    counted = Counter(_masked(texts[row]) for row in near)
    return frozenset(pages | {row for row in near if counted[_masked(texts[row])] > 1})


def _is_page(raw: str, text: str) -> bool:
    """A number alone on its line; in a flattened table lines begin with a tab and are cells."""
    return bool(text) and not raw.lstrip(" ").startswith("\t") and bool(_PAGE.match(text))


def _is_near(row: int, edges: set[int]) -> bool:
    return (
        any(other in edges for other in range(row - _NEAR, row + _NEAR + 1) if other != row) or row in edges
    )


def _may_run(raw: str, text: str) -> bool:
    return 3 < len(text) < _LONGEST and "|" not in text and not raw.startswith("\t") and mark_of(text) is None


def _masked(text: str) -> str:
    return _NUMBERS.sub("0", text)
