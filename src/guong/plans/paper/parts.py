"""What the sections of a plan are put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guong.papers.model import Annex, Article


@dataclass(frozen=True)
class Part:
    """A section before it has its number: its heading, what stands under it; `said` elsewhere already."""

    title: str
    articles: tuple[Article, ...]
    said: bool = False


def heading(title: str, lines: Sequence[str] = ()) -> Article:
    """A title on its own line with paragraphs under it."""
    return Article(title, tuple(lines), own_line=True)


def plain(lines: Sequence[str | Annex]) -> Article:
    """Paragraphs without a title."""
    return Article("", tuple(lines))


def dashed(texts: Sequence[str]) -> list[str]:
    return [f"- {text}" for text in texts]


def marked(label: str) -> str:
    """A number before a text: "2." and "2.1.", but "a)"."""
    return f"{label})" if label.isalpha() and label.islower() else f"{label}."
