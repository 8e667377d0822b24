"""Tables, fonts and rules of Word papers, written as OOXML: the library's cells slow down with every row."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from guong.papers.layout import Lines, Table

FONT = "Times New Roman"
_CELL_SIZE = "26"  # half points
_JUSTIFY = {"l": "left", "c": "center", "r": "right"}
_TWIPS_PER_MM = 1440 / 25.4


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """One OOXML element: element("w:jc", val="center")."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def set_font(properties: BaseOxmlElement) -> None:
    """Times New Roman for every script: Word chooses among four fonts letter by letter."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("w:rFonts")
        properties.insert(0, fonts)
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))


def rule_below(paragraph: Paragraph, *, inset_mm: float) -> None:
    """A thin line under `paragraph`, shorter than the column by `inset_mm` on both sides.

    It is the lower border of an empty paragraph of 2 points: it stays in place when the words change.
    """
    line = element("w:p")
    paragraph._p.addnext(line)
    inset = str(round(inset_mm * _TWIPS_PER_MM))
    border = element("w:bottom", val="single", sz="6", space="1", color="000000")
    line.append(
        element(
            "w:pPr",
            element("w:pBdr", border),
            element("w:spacing", before="0", after="0", line="40", lineRule="exact"),
            element("w:ind", left=inset, right=inset),
        )
    )


def shape(table: WordTable, widths: tuple[float, ...], *, borders: bool) -> None:
    """Fixed column widths in millimetres, no borders unless wanted, rows never torn between pages."""
    table.autofit = False
    properties = table._tbl.tblPr
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if borders:
        table.style = "Table Grid"
    side = "80" if borders else "0"
    margins = [element(f"w:{edge}", w=side, type="dxa") for edge in ("left", "right")]
    look = properties.find(qn("w:tblLook"))
    look.addprevious(element("w:tblCellMar", *margins))
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:w"), str(round(sum(widths) * _TWIPS_PER_MM)))
    width.set(qn("w:type"), "dxa")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def fill(document: WordDocument, table: Table) -> None:
    """The annex table: head rows repeated on every page, rows of one cell as group headings."""
    columns = len(table.headings)
    grid = document.add_table(rows=0, cols=columns)
    shape(grid, table.widths, borders=True)
    headings = tuple((heading,) for heading in table.headings)
    grid._tbl.append(_row(table, headings, "c" * columns, heading=True))
    for row in table.rows:
        group = len(row) == 1 < columns
        grid._tbl.append(_row(table, row, "l" if group else table.align, group=group))


def _row(
    table: Table, cells: tuple[Lines, ...], align: str, *, heading: bool = False, group: bool = False
) -> BaseOxmlElement:
    settings = element("w:trPr", element("w:cantSplit"))
    if heading:
        settings.append(element("w:tblHeader"))
    row = element("w:tr", settings)
    widths = (sum(table.widths),) if group else table.widths
    for lines, letter, width in zip(cells, align, widths, strict=True):
        span = len(table.headings) if group else 1
        row.append(_cell(lines, letter, width, span, bold=heading or group, keep=group))
    return row


def _cell(lines: Lines, letter: str, width: float, span: int, *, bold: bool, keep: bool) -> BaseOxmlElement:
    settings = element("w:tcPr", element("w:tcW", w=str(round(width * _TWIPS_PER_MM)), type="dxa"))
    if span > 1:
        settings.append(element("w:gridSpan", val=str(span)))
    settings.append(element("w:vAlign", val="center"))
    return element("w:tc", settings, *(_line(text, letter, bold=bold, keep=keep) for text in lines))


def _line(text: str, letter: str, *, bold: bool, keep: bool) -> BaseOxmlElement:
    look = element("w:pPr", *([element("w:keepNext")] if keep else []))
    look.append(element("w:spacing", before="40", after="40"))
    look.append(element("w:jc", val=_JUSTIFY[letter]))
    words = element("w:t")
    words.text = text
    style = element("w:rPr", *([element("w:b")] if bold else []), element("w:sz", val=_CELL_SIZE))
    return element("w:p", look, element("w:r", style, words))
