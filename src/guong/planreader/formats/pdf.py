"""PDF through PDFium: the text layer where there is a good one, Tesseract for pages that are pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from guong.planreader.formats import scans
from guong.planreader.formats.arrange import Row, pieces_of, rows_of, text_of, without_running_lines
from guong.planreader.formats.charsets import is_garbled, repaired
from guong.planreader.formats.means import Means, Piece
from guong.planreader.formats.mending import mended
from guong.planreader.formats.pdfwords import words_of
from guong.planreader.formats.pictures import LONG_SIDE
from guong.planreader.formats.pictures import MAX_PAGES as MAX_SCANS
from guong.planreader.formats.ruled import Grid, grids_of
from guong.planreader.formats.ruled import rows_of as table_rows
from guong.planreader.reasons import Unreadable

MAX_PAGES = 400
# A page of a scan with a stamp or a page number has fewer letters than this.
LEAST_LETTERS = 25
# A picture that covers this share of a page is the page.
COVERS = 0.3
# A line of fewer signs that the machine doubts is dirt or a stroke of a signature.
_SPECK = 3
_SCALE = 200 / 72
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm)\b")


@dataclass
class _Page:
    """One page on its way: its printed lines, its ruled tables, or the wish to be recognised."""

    rows: list[Row] = field(default_factory=list)
    tables: list[tuple[Grid, list[str]]] = field(default_factory=list)
    scanned: bool = False


def pages_of(data: bytes, name: str, means: Means) -> Iterator[Piece]:
    """The text of all pages in reading order. Raises Unreadable."""
    document = opened(data, name)
    try:
        _refuse_active(document, data, name)
        pages = _pages(document, name)
        _recognise(document, pages, name, means)
    except pypdfium2.PdfiumError as wrong:
        raise Unreadable("broken_pdf", name=name) from wrong
    finally:
        document.close()
    return _pieces(pages)


def opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    """The document with a sensible number of pages. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        raise Unreadable(_why(), name=name) from wrong
    if not 0 < len(document) <= MAX_PAGES:
        code = "too_long" if len(document) else "broken_pdf"
        document.close()
        raise Unreadable(code, name=name)
    return document


def drawn(document: pypdfium2.PdfDocument, index: int, scale: float = _SCALE) -> Image.Image:
    """A page in grey; a giant sheet is drawn no larger than an ordinary one."""
    page = document[index]
    try:
        scale = min(scale, LONG_SIDE / max(1.0, *page.get_size()))
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            picture: Image.Image = bitmap.to_pil().copy()
        finally:
            bitmap.close()
    finally:
        page.close()
    return picture


def _why() -> str:
    last = pdfium.FPDF_GetLastError()
    return "encrypted_pdf" if last in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "broken_pdf"


def _refuse_active(document: pypdfium2.PdfDocument, data: bytes, name: str) -> None:
    scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw)
    files = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
    if scripts > 0 or files > 0 or _ACTIVE.search(data):
        raise Unreadable("active_pdf", name=name)


def _pages(document: pypdfium2.PdfDocument, name: str) -> list[_Page]:
    pages = [_page(document, index) for index in range(len(document))]
    if sum(page.scanned for page in pages) > MAX_SCANS:
        raise Unreadable("too_many_scans", name=name, pages=MAX_SCANS)
    return pages


def _page(document: pypdfium2.PdfDocument, index: int) -> _Page:
    page = document[index]
    layer = page.get_textpage()
    try:
        return _read(page, layer)
    finally:
        layer.close()
        page.close()


def _read(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage) -> _Page:
    rows = rows_of(words_of(layer))
    lines = [text_of(row) for row in rows]
    letters = sum(sign.isalpha() for line in lines for sign in line)
    empty = letters < LEAST_LETTERS
    if (empty and _is_picture(page)) or (not empty and is_garbled(repaired(lines))):
        return _Page(scanned=True)
    tables = [(grid, table_rows(grid, layer)) for grid in grids_of(page)]
    return _Page(rows, tables)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Pictures cover a good part of the page."""
    width, height = page.get_size()
    covered = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > COVERS * width * height


def _recognise(document: pypdfium2.PdfDocument, pages: list[_Page], name: str, means: Means) -> None:
    """Fill in the pages that are pictures."""
    numbers = [number for number, page in enumerate(pages) if page.scanned]
    if not numbers:
        return
    found = scans.recognised(len(numbers), lambda index: drawn(document, index), numbers, name, means)
    for number, lines in found.items():
        pages[number].rows = rows_of(list(scans.flat(lines)))


def _pieces(pages: list[_Page]) -> Iterator[Piece]:
    kept = without_running_lines([page.rows for page in pages])
    for number, (page, rows) in enumerate(zip(pages, kept, strict=True), start=1):
        if page.scanned:
            yield from scanned_pieces(rows, number)
        else:
            yield from _with_tables(page, rows, number)


def scanned_pieces(rows: list[Row], number: int) -> Iterator[Piece]:
    """The lines of a recognised page, mended where only one reading is possible."""
    if not rows:
        yield Piece(number, "", scanned=True)
    for piece in pieces_of(rows, number, scanned=True):
        if piece.doubts and len(piece.text) < _SPECK and not any(sign.isdigit() for sign in piece.text):
            continue
        yield piece._replace(text=mended(piece.text))


def _with_tables(page: _Page, rows: list[Row], number: int) -> Iterator[Piece]:
    """The text of a page from top to bottom, its ruled tables row by row."""
    left = rows
    for grid, lines in page.tables:
        above = [row for row in left if row[0].middle < -grid.top]
        left = [row for row in left if row[0].middle > -grid.bottom]
        yield from pieces_of(above, number)
        yield from (Piece(number, line) for line in lines)
    yield from pieces_of(left, number)
