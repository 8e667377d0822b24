"""Sections that already are text: printed as they stand, and asked whether they say a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from guong.papers.model import Annex, Article
from guong.planreader import Plan, Section
from guong.plans.paper.wording import day_forms

_HEADING = re.compile(r"^(?:[IVX]+\.|[A-Z]\.|\d{1,2}(?:\.\d{1,2})*\.)\s+\S")
_SENTENCE_END = (".", ";", ":", ",")
_LONGEST_HEADING = 150
_CELLS = " | "


class Said:
    """All words of the given sections, to keep what they say from being written again."""

    def __init__(self, plan: Plan) -> None:
        lines = (line for section in plan.sections for line in (section.title or "", *section.paragraphs))
        self._text = "\n".join(lines).casefold()

    def __call__(self, *texts: str | None) -> bool:
        """Every text that is given stands there; False when none is given."""
        given = [text.casefold() for text in texts if text]
        return bool(given) and all(text in self._text for text in given)

    def date(self, *dates: str | None) -> bool:
        """Every date that is given stands there, in one way of writing it or another."""
        given = [day_forms(on) for on in dates if on]
        return bool(given) and all(any(form.casefold() in self._text for form in forms) for forms in given)


def numbered(sections: Sequence[Section]) -> list[Section]:
    """Those with a number or a heading; text around them belongs to the preamble or to the end."""
    return [section for section in sections if section.code or section.title]


def closing_of(sections: Sequence[Section]) -> str:
    """The paragraphs after the last section, without the end mark."""
    last = sections[-1] if sections else Section()
    if last.code or last.title or not last.paragraphs:
        return ""
    return " ".join(last.paragraphs).removesuffix("./.").rstrip()


def written(section: Section, code: str | None) -> Iterator[Article]:
    """The section under this number: headings inside it stand out, table rows become a table again."""
    number = f"{code}. " if code else ""
    yield Article(f"{number}{section.title or ''}".strip(), own_line=True)
    for tabular, lines in groupby(section.paragraphs, _is_row):
        if tabular:
            yield Article("", (_table(list(lines)),))
        else:
            yield from (Article(*_line(line)) for line in lines)


def _is_row(line: str) -> bool:
    return line.count(_CELLS) > 1


def _line(line: str) -> tuple[str, tuple[str, ...], bool]:
    if _HEADING.match(line) and len(line) <= _LONGEST_HEADING and not line.endswith(_SENTENCE_END):
        return line, (), True
    return "", (line,), False


def _table(lines: list[str]) -> Annex:
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    width = len(rows[0])
    fitted = tuple((*row, *[""] * (width - len(row)))[:width] for row in rows[1:])
    return Annex("", tuple(rows[0]), fitted, widths=_widths(rows[0]))


def _widths(headings: tuple[str, ...]) -> tuple[float, ...]:
    """A column of running numbers is narrow, the others share the rest."""
    return tuple(12.0 if heading.upper() in ("TT", "STT") else 30.0 for heading in headings)
