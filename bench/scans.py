"""Scans made from printed pages: a tilted sheet, grain, soft edges, JPEG, as an office scanner gives them."""

from __future__ import annotations

import io
import json

import pypdfium2
import typst
from PIL import Image, ImageChops, ImageFilter

DPI = 200
TILT = 0.6
GRAIN = 18
_PAGE = '#set page(paper: "a4", margin: 2.2cm)\n#set text(size: 13pt)\n#set par(leading: 0.75em)\n'


def printed(text: str) -> bytes:
    """The text as a PDF an office would print, a paragraph a line."""
    lines = ["#" + json.dumps(line, ensure_ascii=False) for line in text.splitlines() if line.strip()]
    return typst.compile((_PAGE + "\n\n".join(lines)).encode())


def sheets(pdf: bytes, tilt: float = TILT, grain: int = GRAIN, dpi: int = DPI) -> list[Image.Image]:
    """The pages of a PDF as a scanner sees them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            _worn(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L"), tilt, grain)
            for page in document
        ]
    finally:
        document.close()


def _worn(sheet: Image.Image, tilt: float, grain: int) -> Image.Image:
    turned = sheet.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    noise = Image.effect_noise(sheet.size, grain).point(lambda level: level // 4)
    soft = turned.filter(ImageFilter.GaussianBlur(0.6)).point(lambda level: 40 + level * 200 // 255)
    return ImageChops.subtract(soft, noise, offset=30)


def as_pdf(pages: list[Image.Image], dpi: int = DPI) -> bytes:
    """The sheets as a PDF without a text layer."""
    return _saved(pages, "PDF", resolution=dpi, quality=60)


def as_tiff(pages: list[Image.Image]) -> bytes:
    """The sheets as one TIFF."""
    return _saved(pages, "TIFF", compression="tiff_lzw")


def _saved(pages: list[Image.Image], form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    first, *rest = [page.copy() for page in pages]  # Pillow leaves its options on a picture it saved
    first.save(stream, form, save_all=True, append_images=rest, **options)
    return stream.getvalue()
