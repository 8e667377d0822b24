"""The Word file to edit: an official paper as .docx in the layout of NĐ 30/2020.

Fonts are named, not embedded: "Times New Roman" is on every office machine.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from guong.papers import layout, word_table
from guong.papers.layout import Block, Content, Signed, Table
from guong.papers.model import OfficialPaper

_INDENT = Mm(12.7)
_LONGEST_PROPERTY = 255  # of a Word file


def to_docx(paper: OfficialPaper) -> bytes:
    """The paper as a Word file with its annexes, every word of it editable."""
    content = layout.content(paper)
    document = _blank(paper, content)
    _head(document, content)
    _titles(document, content)
    for place, block in enumerate(content.blocks, start=1):
        _block(document, block, last=place == len(content.blocks))
    _end(document, content)
    for table in content.annexes:
        _annex(document, table)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _blank(paper: OfficialPaper, content: Content) -> WordDocument:
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(14)
    word_table.set_font(normal.element.get_or_add_rPr())
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    made = datetime.combine(paper.day or date(paper.year or 1, 1, 1), time())
    properties = document.core_properties
    title = " ".join(part for part in (content.kind, content.number, content.subject) if part)
    properties.title, properties.author = title[:_LONGEST_PROPERTY], content.issuer[:_LONGEST_PROPERTY]
    properties.language, properties.comments = "vi-VN", ""
    properties.created = properties.modified = made
    _page(document.sections[0], sideways=False)
    return document


def _page(section: Section, *, sideways: bool) -> None:
    """A4 with the margins of NĐ 30; the page number in the top margin, not on the first page."""
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if sideways else (Mm(210), Mm(297))
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    left, right = (layout.TOP_MM, layout.BOTTOM_MM) if sideways else (layout.LEFT_MM, layout.RIGHT_MM)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    margins = section._sectPr.find(qn("w:pgMar"))
    margins.addnext(word_table.element("w:pgNumType", start="1"))  # Word wants this order


def _number_pages(section: Section) -> None:
    """The field PAGE, centred. Later sections are linked to this header."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    field = word_table.element("w:fldSimple", instr="PAGE")
    paragraph._p.append(field)
    run = paragraph.add_run("2")
    run.font.size = Pt(13)
    field.append(run._r)


def _head(document: WordDocument, content: Content) -> None:
    _number_pages(document.sections[0])
    grid = document.add_table(rows=2, cols=2)
    word_table.shape(grid, (layout.UPRIGHT_MM * 0.4, layout.UPRIGHT_MM * 0.6), borders=False)
    (issuer, motto), (number, day) = (row.cells for row in grid.rows)
    if content.issuer_above:
        _line(issuer, content.issuer_above, size=13)
    _line(issuer, content.issuer, size=13, bold=True)
    word_table.rule_below(issuer.paragraphs[-1], inset_mm=20)
    _line(motto, layout.MOTTO_ABOVE, size=13, bold=True)
    _line(motto, layout.MOTTO, size=14, bold=True)
    word_table.rule_below(motto.paragraphs[-1], inset_mm=18.5)
    _line(number, content.number, size=13, before=5)
    if content.draft:
        _line(number, content.draft, size=13, bold=True, before=3)
    _line(day, content.place_and_day, size=14, italic=True, before=5)


def _titles(document: WordDocument, content: Content) -> None:
    _centred(document, content.kind, before=14)
    if content.subject:
        _centred(document, content.subject)
    word_table.rule_below(document.paragraphs[-1], inset_mm=65)
    if content.authority:
        _centred(document, content.authority, before=12, after=6)


def _block(document: WordDocument, block: Block, *, last: bool) -> None:
    if block.table:
        word_table.fill(document, block.table)
        return
    if block.style == "resolve":
        _centred(document, block.text, before=8, after=4).paragraph_format.keep_with_next = True
        return
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_before, shape.space_after = _INDENT, Pt(3), Pt(3)
    shape.line_spacing = 1.1
    shape.keep_with_next = last or block.style == "heading"  # no signature on a page without text
    if block.label:
        paragraph.add_run(block.label + (" " if block.text else "")).bold = True
    paragraph.add_run(block.text).italic = block.style == "basis" or None


def _end(document: WordDocument, content: Content) -> None:
    """Recipients and signature side by side; in minutes two signatures, the recipients below them."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    if content.secretary is None and not content.recipients:
        _signed_alone(document, content.signature)
        return
    grid = document.add_table(rows=1, cols=2)
    word_table.shape(grid, (layout.UPRIGHT_MM * 0.45, layout.UPRIGHT_MM * 0.55), borders=False)
    left, right = grid.rows[0].cells
    _signed(right, content.signature)
    if content.secretary is None:
        _recipients(left, content.recipients)
        return
    _signed(left, content.secretary)
    below = grid.add_row().cells
    _recipients(below[0].merge(below[1]), content.recipients, before=8)


def _signed_alone(document: WordDocument, signature: Signed) -> None:
    """On the right without a table: a draft that does not know its recipients yet."""
    for text in (*signature.lines, *[""] * 5, signature.name):
        shape = _centred(document, text).paragraph_format
        shape.left_indent, shape.keep_with_next = Mm(layout.UPRIGHT_MM * 0.45), True


def _signed(cell: _Cell, signature: Signed) -> None:
    for text in signature.lines:
        _line(cell, text, bold=True)
    for _ in range(5):  # room for signature and seal
        _line(cell, "")
    _line(cell, signature.name, bold=True)


def _recipients(cell: _Cell, recipients: tuple[str, ...], *, before: int = 0) -> None:
    if not recipients:
        return
    _line(cell, "Nơi nhận:", size=12, bold=True, italic=True, before=before).alignment = ALIGN.LEFT
    for text in recipients:
        _line(cell, text, size=11).alignment = ALIGN.LEFT


def _annex(document: WordDocument, table: Table) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)  # add_section copies the settings of the section before
    _page(section, sideways=table.sideways)
    _centred(document, table.title)
    if table.subject:
        _centred(document, table.subject)
    if table.intro:
        _centred(document, table.intro, bold=False, italic=True)
    word_table.rule_below(document.paragraphs[-1], inset_mm=100 if table.sideways else 65)
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)
    word_table.fill(document, table)


def _line(
    cell: _Cell, text: str, *, size: int = 14, bold: bool = False, italic: bool = False, before: int = 0
) -> Paragraph:
    """One centred line of a cell; the empty paragraph every cell begins with is used up first."""
    first = cell.paragraphs[0]
    fresh = len(cell.paragraphs) == 1 and not first.runs
    paragraph: Paragraph = first if fresh else cell.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold or None, italic or None
    return paragraph


def _centred(
    document: WordDocument,
    text: str,
    *,
    bold: bool = True,
    italic: bool = False,
    before: int = 0,
    after: int = 0,
) -> Paragraph:
    paragraph: Paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    return paragraph
