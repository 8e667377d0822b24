"""Automatic numbers of Word paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# Styles are based on styles no deeper than this.
MAX_PARENTS = 8
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True)
class _Level:
    shape: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of one document, so `label` must be asked in document order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels = _levels(numbering) if numbering is not None else {}
        self._styles = _styles(styles) if styles is not None else {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Element) -> str:
        """The number Word shows before this paragraph ("II.", "-"), or an empty text."""
        place = _place(paragraph.find(W + "pPr"), self._styles)
        if place is None or place[0] not in self._levels:
            return ""
        key, depth = place
        levels = self._levels[key]
        if depth not in levels:
            return ""
        counts = self._counts[key]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _written(levels, counts, depth)


def _written(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.shape == "bullet":
        return "+" if "+" in level.text or level.text == "o" else "-"
    if level.shape == "none":
        return ""

    def number(found: re.Match[str]) -> str:
        at = int(found.group(1)) - 1
        upper = levels.get(at, level)
        return _count(counts.get(at, upper.start), upper.shape)

    return _PLACE.sub(number, level.text).strip()


def _count(number: int, shape: str) -> str:
    if shape.endswith("Roman"):
        text = "".join(sign * times for sign, times in _roman_parts(number))
        return text if shape.startswith("upper") else text.lower()
    if shape.endswith("Letter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if shape.startswith("upper") else letter
    return f"{number:02d}" if shape == "decimalZero" else str(number)


def _roman_parts(number: int) -> list[tuple[str, int]]:
    parts = []
    for value, sign in _ROMAN:
        times, number = divmod(min(number, 3999), value)
        parts.append((sign, times))
    return parts


def _place(properties: Element | None, styles: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    if properties is None:
        return None
    numbers = properties.find(W + "numPr")
    if numbers is not None:
        return _numbers(numbers)
    style = properties.find(W + "pStyle")
    return styles.get(style.get(_VAL, "")) if style is not None else None


def _numbers(numbers: Element) -> tuple[str, int] | None:
    key, depth = numbers.find(W + "numId"), numbers.find(W + "ilvl")
    if key is None:
        return None
    return key.get(_VAL, ""), _whole(depth, 0)


def _styles(root: Element) -> dict[str, tuple[str, int]]:
    """Where each style stands in a list, by itself or by the style it is based on."""
    found: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in root.iter(W + "style"):
        name = style.get(W + "styleId", "")
        numbers, parent = style.find(f"{W}pPr/{W}numPr"), style.find(W + "basedOn")
        place = _numbers(numbers) if numbers is not None else None
        if place is not None:
            found[name] = place
        elif parent is not None:
            parents[name] = parent.get(_VAL, "")
    for _ in range(MAX_PARENTS):
        known = [name for name, parent in parents.items() if parent in found and name not in found]
        found |= {name: found[parents[name]] for name in known}
    return found


def _levels(root: Element) -> dict[str, dict[int, _Level]]:
    shapes = {
        item.get(W + "abstractNumId", ""): {
            int(level.get(W + "ilvl", "0")): _level(level)
            for level in item.findall(W + "lvl")
            if level.get(W + "ilvl", "0").isdecimal()
        }
        for item in root.findall(W + "abstractNum")
    }
    found = {}
    for item in root.findall(W + "num"):
        shape = item.find(W + "abstractNumId")
        if shape is not None:
            found[item.get(W + "numId", "")] = shapes.get(shape.get(_VAL, ""), {})
    return found


def _level(level: Element) -> _Level:
    shape, text = level.find(W + "numFmt"), level.find(W + "lvlText")
    return _Level(
        shape.get(_VAL, "decimal") if shape is not None else "decimal",
        text.get(_VAL, "") if text is not None else "",
        _whole(level.find(W + "start"), 1),
    )


def _whole(element: Element | None, otherwise: int) -> int:
    text = element.get(_VAL, "") if element is not None else ""
    return min(int(text), 9999) if text.isdecimal() else otherwise
