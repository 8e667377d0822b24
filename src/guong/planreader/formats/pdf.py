"""PDF with a text layer, through PDFium. Pages that are pictures only are refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from guong.planreader.formats.ruled import grids_of, rows_of
from guong.planreader.reasons import Unreadable

MAX_PAGES = 200
# A page of a scan with a stamp or a page number has fewer letters than this.
LEAST_LETTERS = 25
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm)\b")

# PDFium's signs for a hyphen at the end of a printed line; no Vietnamese word is hyphenated by its printer.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})


def pages_of(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    """(page, text) pairs in reading order. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        raise Unreadable(_why(), name=name) from wrong
    try:
        _refuse_active(document, data, name)
        texts = _texts(document, name)
    finally:
        document.close()
    letters = sum(c.isalpha() for text in texts for c in text)
    if letters < LEAST_LETTERS * len(texts):
        raise Unreadable("image_pdf", name=name)
    return enumerate(texts, start=1)


def _why() -> str:
    last = pdfium.FPDF_GetLastError()
    return "encrypted_pdf" if last in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "broken_pdf"


def _refuse_active(document: pypdfium2.PdfDocument, data: bytes, name: str) -> None:
    scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw)
    files = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
    if scripts > 0 or files > 0 or _ACTIVE.search(data):
        raise Unreadable("active_pdf", name=name)


def _texts(document: pypdfium2.PdfDocument, name: str) -> list[str]:
    pages = len(document)
    if pages == 0:
        raise Unreadable("broken_pdf", name=name)
    if pages > MAX_PAGES:
        raise Unreadable("too_long", name=name)
    try:
        return [_text(document, index) for index in range(pages)]
    except pypdfium2.PdfiumError as wrong:
        raise Unreadable("broken_pdf", name=name) from wrong


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    layer = page.get_textpage()
    try:
        text = _with_tables(page, layer)
    finally:
        layer.close()
        page.close()
    return text.translate(_HYPHENS).replace("\r\n", "\n").replace("\r", "\n")


def _with_tables(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage) -> str:
    """The text of a page from top to bottom, its ruled tables row by row."""
    grids = grids_of(page)
    if not grids:
        whole: str = layer.get_text_range()
        return whole
    left, bottom, right, top = page.get_bbox()
    parts = []
    for grid in grids:
        parts += [layer.get_text_bounded(left, grid.top, right, top), *rows_of(grid, layer)]
        top = grid.bottom
    parts.append(layer.get_text_bounded(left, bottom, right, top))
    return "\n".join(part for part in parts if part.strip())
