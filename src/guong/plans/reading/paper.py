"""The document as lines with the words marked that values were read from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guong.base.text import fold

NUMBER = re.compile(
    r"\b\d{1,5}[a-zA-Z]?(?:/\d{4})?(?:/|-(?=(?:NQ|CT|KL|QĐ|QC|HD|KH)\b))[A-ZĐ][A-ZĐƯÔa-zđ0-9&.-]*(?:/[A-ZĐ][A-ZĐ-]*)?"
)
DOUBTFUL = 0.7  # below this the reader inferred the value
_MARKUP = re.compile(r"\*{1,3}|^#{1,6}\s*")
_HEADING = re.compile(r"^\W*[IVX]{1,5}\s*[.,]\s|^\W*(Phụ lục|PHỤ LỤC)\b")


@dataclass(frozen=True)
class Piece:
    """A stretch of one line; with a mark when values come from it."""

    text: str
    mark: str = ""
    look: str = ""
    shreds: tuple[tuple[str, str], ...] = ()  # the same text cut where it names documents: (text, address)


@dataclass(frozen=True)
class Line:
    """One line that is not blank; `page` is set on the first line of a page."""

    number: int
    pieces: tuple[Piece, ...]
    page: int = 0
    heading: bool = False


@dataclass
class Paper:
    """Lines, and for every path the mark or line where it stands."""

    lines: list[Line] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)


@dataclass
class _Span:
    start: int
    end: int
    paths: list[str]
    look: str


def paper_of(lines: list[Mapping[str, Any]], found: Mapping[str, Any]) -> Paper:
    """The paper of a reading: `found` holds its sources and defects."""
    paper = Paper()
    spans = _spans(lines, found)
    page, count = 0, 0
    for line in lines:
        here = _merged(spans.get(line["number"], []))
        pieces = []
        at = 0
        for span in here:
            count += 1
            mark = f"v{count}"
            paper.marks |= dict.fromkeys(span.paths, mark)
            pieces += [Piece(_plain(line["text"][at : span.start]))]
            pieces += [Piece(_plain(line["text"][span.start : span.end]), mark, span.look)]
            at = span.end
        pieces.append(Piece(_plain(line["text"][at:])))
        if not line["text"].strip():
            continue
        first = line["page"] if line["page"] != page else 0
        page = line["page"]
        shown = tuple(piece for piece in pieces if piece.text)
        paper.lines.append(Line(line["number"], shown, first, bool(_HEADING.match(line["text"]))))
    return paper


def linked(paper: Paper, addresses: Mapping[str, str]) -> Paper:
    """The paper with every number of `addresses` (folded number: address) made a link (B-03)."""
    for place, line in enumerate(paper.lines):
        pieces = tuple(_shredded(piece, addresses) for piece in line.pieces)
        paper.lines[place] = replace(line, pieces=pieces)
    return paper


def _shredded(piece: Piece, addresses: Mapping[str, str]) -> Piece:
    shreds, at = [], 0
    for found in NUMBER.finditer(piece.text):
        if address := addresses.get(fold(found[0])):
            shreds += [(piece.text[at : found.start()], ""), (found[0], address)]
            at = found.end()
    if not shreds:
        return piece
    return replace(piece, shreds=(*((text, url) for text, url in shreds if text), (piece.text[at:], "")))


def numbers_in(paper: Paper) -> set[str]:
    """Everything in the paper that looks like the number of a document."""
    return {
        found[0] for line in paper.lines for piece in line.pieces for found in NUMBER.finditer(piece.text)
    }


def _plain(text: str) -> str:
    return _MARKUP.sub("", text)


def _spans(lines: list[Mapping[str, Any]], found: Mapping[str, Any]) -> dict[int, list[_Span]]:
    texts = {line["number"]: line["text"] for line in lines}
    spans: dict[int, list[_Span]] = defaultdict(list)
    for path, source in _all_sources(found):
        text = texts.get(source["line"], "")
        start = text.find(source["words"]) if source["words"] else -1
        place = (start, start + len(source["words"])) if start >= 0 else (0, len(text))
        look = "d" if path.startswith("defect:") else "q" if source["confidence"] < DOUBTFUL else ""
        if place[1]:
            spans[source["line"]].append(_Span(*place, [path], look))
    return spans


def _all_sources(found: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    defects = [
        (f"defect:{place}", defect["source"])
        for place, defect in enumerate(found.get("defects", ()))
        if defect.get("source")
    ]
    prose = ("sections[",)  # the whole text again: no value of its own
    values = [item for item in found.get("sources", {}).items() if not item[0].startswith(prose)]
    return [*values, *defects]


def _merged(spans: list[_Span]) -> list[_Span]:
    """Spans that overlap become one mark of all their values; the gravest look wins."""
    merged: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            last.end = max(last.end, span.end)
            last.paths += span.paths
            last.look = min(last.look or "z", span.look or "z").replace("z", "")
        else:
            merged.append(span)
    return merged
