"""The PDF to sign: an official paper drawn by Typst as PDF/A-2b (NĐ 30/2020)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from guong.papers import layout
from guong.papers.model import OfficialPaper
from guong.papers.printing import draw


def to_pdf(paper: OfficialPaper) -> bytes:
    """The paper as PDF/A-2b with its annexes. Raises NotPrintableError for a character outside the font."""
    content = layout.content(paper)
    day = paper.day or date(paper.year or 1, 1, 1)  # no clock in the file: equal papers are equal bytes
    page = {
        "title": " ".join(part for part in (content.kind, content.number, content.subject) if part),
        "date": (day.year, day.month, day.day),
        "motto_above": layout.MOTTO_ABOVE,
        "motto": layout.MOTTO,
        "top": layout.TOP_MM,
        "bottom": layout.BOTTOM_MM,
        "left": layout.LEFT_MM,
        "right": layout.RIGHT_MM,
    }
    return draw("paper.typ", paper=asdict(content) | page)
