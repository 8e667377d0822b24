"""The order, wording and cleaning of a paper's parts: the one content Word and PDF both draw."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from guong.papers.model import Annex, Cell, OfficialPaper, Signature
from guong.papers.words import grouped

MOTTO_ABOVE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 18  # NĐ 30/2020: 20-25, 20-25, 30-35, 15-20
UPRIGHT_MM = 210 - LEFT_MM - RIGHT_MM
SIDEWAYS_MM = 297 - TOP_MM - BOTTOM_MM
_MOST_EQUAL_COLUMNS = 7
_SQUEEZE = 1.1  # wishes a little too wide are narrowed rather than laid on their side
_FIRST_GROUPED = 10_000  # four digits may be a year
_UNPRINTABLE = {"Cc", "Cs", "Cn", "Co"}
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")

Lines = tuple[str, ...]
Style = Literal["basis", "resolve", "text", "heading", "table"]


@dataclass(frozen=True)
class Block:
    """One paragraph: how it looks, a bold opening such as "Điều 1.", and its text; or a table."""

    style: Style
    text: str
    label: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Table:
    """An annex; a cell is its lines. `align`: a letter a column (l, c, r); `widths`: mm, filling the page."""

    title: str
    subject: str
    intro: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Lines, ...], ...]
    widths: tuple[float, ...]
    align: str
    sideways: bool


@dataclass(frozen=True)
class Signed:
    """A signature: the lines above the name, and the name."""

    lines: Lines
    name: str


@dataclass(frozen=True)
class Content:
    """Everything printed on a paper, cleaned and in order."""

    issuer_above: str
    issuer: str
    number: str
    draft: str
    place_and_day: str
    kind: str
    subject: str
    authority: str
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: Signed
    secretary: Signed | None
    annexes: tuple[Table, ...]


def plain(text: str) -> str:
    """Text every format can carry: NFC, one blank between words, nothing invisible or forbidden in XML."""
    lines = _BREAKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    visible = "".join(c for c in lines if unicodedata.category(c) not in _UNPRINTABLE)
    return re.sub(" +", " ", visible).strip(" ")


def content(paper: OfficialPaper) -> Content:
    """The paper as it is printed: capitals, end marks and dates set by NĐ 30/2020."""
    return Content(
        issuer_above=plain(paper.issuer_above).upper(),
        issuer=plain(paper.issuer).upper(),
        number=plain(paper.number_line),
        draft="DỰ THẢO" if paper.draft else "",
        place_and_day=", ".join(filter(None, (plain(paper.place), paper.day_line))),
        kind=plain(paper.kind).upper(),
        subject=plain(paper.subject),
        authority=plain(paper.authority).upper(),
        blocks=_blocks(paper),
        recipients=_listed(paper.recipients),
        signature=_signed(paper.signature),
        secretary=_signed(paper.secretary) if paper.secretary else None,
        annexes=tuple(_table(annex) for annex in paper.annexes),
    )


def _blocks(paper: OfficialPaper) -> tuple[Block, ...]:
    blocks = _bases(paper)
    if paper.authority:
        blocks.append(Block("resolve", f"{plain(paper.kind).upper()}:"))
    for article in paper.articles:
        title, blocks_under = plain(article.title), [_block(part) for part in article.paragraphs]
        if article.own_line or not blocks_under:
            blocks.append(Block("heading", "", title))
        elif title:
            blocks.append(replace(blocks_under.pop(0), label=title))
        blocks += blocks_under
    if paper.closing:
        blocks.append(Block("text", plain(paper.closing)))
    return _ended(blocks)


def _block(part: str | Annex) -> Block:
    return Block("text", plain(part)) if isinstance(part, str) else Block("table", "", table=_inside(part))


def _bases(paper: OfficialPaper) -> list[Block]:
    """Legal bases end with a semicolon, the last of them (or the proposal) with a full stop."""
    lines = [plain(line).rstrip(" ;.,") for line in (*paper.bases, paper.proposal)]
    lines = [line for line in lines if line]
    marks = [";"] * (len(lines) - 1) + ["."]
    return [Block("basis", line + mark) for line, mark in zip(lines, marks, strict=False)]


def _ended(blocks: list[Block]) -> tuple[Block, ...]:
    """The text of a paper closes with "./."."""
    if not blocks or blocks[-1].style != "text":
        return tuple(blocks)
    last = blocks[-1]
    return (*blocks[:-1], Block(last.style, f"{last.text.removesuffix('./.').rstrip(' .;')}./.", last.label))


def _listed(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Lines of "Nơi nhận": a dash before, a semicolon behind, a full stop after the last."""
    lines = [line for line in (plain(r).lstrip("-– ").rstrip(" ;.") for r in recipients) if line]
    marks = [";"] * (len(lines) - 1) + ["."]
    return tuple(f"- {line}{mark}" for line, mark in zip(lines, marks, strict=False))


def _signed(signature: Signature) -> Signed:
    lines = (*signature.authority.splitlines(), signature.position)
    return Signed(tuple(plain(line).upper() for line in lines if plain(line)), plain(signature.name))


def _table(annex: Annex) -> Table:
    wishes = annex.widths or (UPRIGHT_MM / _MOST_EQUAL_COLUMNS,) * len(annex.headings)
    sideways = sum(wishes) > UPRIGHT_MM * _SQUEEZE
    scale = (SIDEWAYS_MM if sideways else UPRIGHT_MM) / sum(wishes)
    return Table(
        title=plain(annex.title).upper(),
        subject=plain(annex.subject),
        intro=plain(annex.intro),
        headings=tuple(plain(heading) for heading in annex.headings),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in annex.rows),
        widths=tuple(round(wish * scale, 2) for wish in wishes),
        align=_alignment(annex),
        sideways=sideways,
    )


def _inside(annex: Annex) -> Table:
    """A table between paragraphs never turns the page on its side."""
    table = _table(annex)
    scale = UPRIGHT_MM / sum(table.widths)
    return replace(table, sideways=False, widths=tuple(round(width * scale, 2) for width in table.widths))


def _cell(value: Cell) -> Lines:
    if isinstance(value, tuple):
        lines = [plain(line) for line in value]
        return tuple(f"- {line}" for line in lines) if len(lines) > 1 else tuple(lines) or ("",)
    if isinstance(value, int):
        return (grouped(value) if abs(value) >= _FIRST_GROUPED else str(value),)
    return (plain(value),)


def _alignment(annex: Annex) -> str:
    """Amounts to the right, short figures such as running numbers in the middle, words to the left."""
    rows = [row for row in annex.rows if len(row) == len(annex.headings)]
    return "".join(_column_align([row[place] for row in rows]) for place in range(len(annex.headings)))


def _column_align(cells: list[Cell]) -> str:
    if any(isinstance(cell, int) and abs(cell) >= _FIRST_GROUPED for cell in cells):
        return "r"
    figures = [str(cell) for cell in cells if str(cell).strip()]
    short = all(len(figure) <= 7 and any(c.isdigit() for c in figure) for figure in figures)
    return "c" if figures and short else "l"
