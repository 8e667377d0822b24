"""The words of a PDF page with their places, sign by sign from PDFium's text layer."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from guong.planreader.formats.arrange import Word

# More signs than this on one page are no page of a plan.
MAX_SIGNS = 60_000
# A gap of this part of the height between two signs parts words that no blank parts.
_GAP = 0.45
_BLANKS = frozenset({0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0xFFFF})
# PDFium's signs for a hyphen at the end of a printed line; no Vietnamese word is hyphenated by its printer.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})


def hyphens_kept(text: str) -> str:
    """The text with a plain hyphen wherever PDFium takes one for a broken word."""
    return text.translate(_HYPHENS)


def words_of(layer: pypdfium2.PdfTextPage) -> list[Word]:
    """Words in the order of the file; heights are those of the font, so one line has one height."""
    return list(_joined(layer))


def _joined(layer: pypdfium2.PdfTextPage) -> Iterator[Word]:
    signs: list[str] = []
    left = bottom = right = top = 0.0
    for sign, box in _signs(layer):
        blank = sign in _BLANKS
        tall = max(box.top - box.bottom, 1.0)
        apart = not blank and (
            box.left - right > _GAP * tall or box.left < left - tall or abs(box.bottom - bottom) > 0.6 * tall
        )
        if signs and (blank or apart):
            yield Word("".join(signs), left, -top, right, -bottom)
            signs = []
        if blank:
            continue
        if not signs:
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
        signs.append(hyphens_kept(chr(sign)))
        right, top, bottom = max(right, box.right), max(top, box.top), min(bottom, box.bottom)
    if signs:
        yield Word("".join(signs), left, -top, right, -bottom)


def _signs(layer: pypdfium2.PdfTextPage) -> Iterator[tuple[int, pdfium.FS_RECTF]]:
    raw = layer.raw
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    sign_at, box_at = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    for index in range(min(layer.count_chars(), MAX_SIGNS)):
        sign = sign_at(raw, index)
        if sign not in _BLANKS and not box_at(raw, index, place):
            continue
        yield sign, box
