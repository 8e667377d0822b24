"""Sections in free text beside the pages: what the other pages say is written once (B-21).

A plan read from a file keeps its whole text as sections. A draft made from it would print a changed movement
twice, as changed and as it was; so the paragraphs its pages say are taken out of the sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guong.base.text import fold

_LEAST = 8  # letters of a value that may be looked for in a paragraph
_LABELS = 45  # letters around values: "Cơ quan chủ trì", "chậm nhất ngày", numbers
_OURS = ("sections", "citations")


def without_repeats(content: dict[str, Any]) -> dict[str, Any]:
    """The content with the sections no page says; headings and labels without a text of their own go too."""
    texts = sorted({text for text in _texts(content) if len(text) >= _LEAST}, key=len, reverse=True)
    kept = []
    for section in content.get("sections") or ():
        paragraphs = [line for line in section.get("paragraphs") or () if not _said(fold(line), texts)]
        if paragraphs:
            kept.append(section | {"paragraphs": paragraphs})
    return content | {"sections": kept}


def _texts(content: Mapping[str, Any]) -> Iterator[str]:
    for name, value in content.items():
        if name not in _OURS:
            yield from _leaves(value)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str):
        yield fold(value)


def _said(line: str, texts: list[str]) -> bool:
    """Little but labels is left of the paragraph without the values of the pages."""
    if any(line in text for text in texts if len(text) >= len(line)):
        return True
    left = line
    for text in texts:
        left = left.replace(text, " ")
    return len("".join(left.split())) <= _LABELS
