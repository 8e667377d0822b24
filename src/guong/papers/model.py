"""What an official paper says, apart from how it is drawn (NĐ 30/2020, Annex I and III).

One `OfficialPaper` gives the Word file to edit and the PDF to sign: both are drawn from `layout.content`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from guong.papers.words import BLANK, blank_date, paper_date

Cell = str | int | tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """One numbered part of the text.

    title: "Điều 1." or, for minutes, "I. Thời gian, địa điểm".
    paragraphs: the text; a paragraph is one string, breaks inside it become blanks. An `Annex` without
        a title is a table between paragraphs; it stays upright.
    own_line: the title stands on a line of its own (minutes) instead of opening the first paragraph.
    """

    title: str
    paragraphs: tuple[str | Annex, ...] = ()
    own_line: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signs.

    authority: the lines above the position, such as "KT. GIÁM ĐỐC", or "TM. ỦY BAN NHÂN DÂN" and below it
        "KT. CHỦ TỊCH" after a line break; empty for the head who signs himself.
    """

    position: str
    name: str
    authority: str = ""


@dataclass(frozen=True)
class Annex:
    """A list that goes with the paper, on pages of its own.

    title: "DANH SÁCH"; subject: what the list holds.
    intro: "(Kèm theo Quyết định số …)", see `OfficialPaper.cited`.
    rows: cells are text or whole numbers; from 10.000 on these are amounts, drawn with thousands points.
        A cell that is a tuple is a list: each of its items opens a line of its own with a dash.
        A row of one cell is the heading of a group and spans the table.
    widths: wished width of each column in millimetres; empty means equal columns. A list whose wishes
        exceed the page by over a tenth, or with more than seven equal columns, is laid on its side.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    subject: str = ""
    intro: str = ""
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.headings)
        if not columns or any(width <= 0 for width in self.widths):
            raise ValueError("an annex needs headings, and widths above zero")
        if self.widths and len(self.widths) != columns:
            raise ValueError(f"{len(self.widths)} widths for {columns} columns")
        if any(len(row) not in (1, columns) for row in self.rows):
            raise ValueError(f"a row must have {columns} cells, or one as the heading of a group")


@dataclass(frozen=True)
class OfficialPaper:
    """A decision, a plan, a submission or minutes, ready to be drawn.

    number: "213/QĐ-SYT"; empty in a draft, which then shows "Số:      /" and `symbol`. Without both no line
        of the number is drawn.
    day: date of the paper; None in a draft, which then shows blanks, `month` when it is known, and `year`.
    draft: the head carries "DỰ THẢO".
    authority: who decides, "GIÁM ĐỐC SỞ Y TẾ"; when given, the text opens with "<KIND>:".
    bases: "Căn cứ …" lines; proposal: "Theo đề nghị của …". Their end marks are set by the drawing.
    closing: last paragraph after the articles. The end mark "./." is set by the drawing.
    recipients: lines of "Nơi nhận", without the dash.
    secretary: signs on the left of minutes; the recipients then stand below both signatures.
    """

    issuer: str
    kind: str
    place: str
    signature: Signature
    issuer_above: str = ""
    number: str = ""
    symbol: str = ""
    day: date | None = None
    year: int | None = None
    month: int | None = None
    draft: bool = False
    subject: str = ""
    authority: str = ""
    bases: tuple[str, ...] = ()
    proposal: str = ""
    articles: tuple[Article, ...] = ()
    closing: str = ""
    recipients: tuple[str, ...] = ()
    secretary: Signature | None = None
    annexes: tuple[Annex, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.day is None and self.year is None:
            raise ValueError("a paper without a day needs its year")

    @property
    def number_line(self) -> str:
        """ "Số: 04/QĐ-SYT"; a draft leaves room for the number."""
        if not self.number:
            return f"Số: {BLANK}/{self.symbol}" if self.symbol else ""
        lone_digit = self.number[:1].isdigit() and not self.number[1:2].isdigit()
        return f"Số: {'0' if lone_digit else ''}{self.number}"

    @property
    def day_line(self) -> str:
        """ "ngày 05 tháng 01 năm 2026"; a draft leaves room for day and month."""
        return paper_date(self.day) if self.day else blank_date(self.year or 0, self.month)

    def cited(self, by: str = "") -> str:
        """How another paper names this one: "Quyết định số 213/QĐ-SYT ngày 23 tháng 11 năm 2026 của …"."""
        number = self.number_line.removeprefix("Số: ")
        return f"{self.kind.capitalize()} số {number} {self.day_line}" + (f" của {by}" if by else "")
