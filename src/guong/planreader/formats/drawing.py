"""A page as a picture for the screen, so that people compare what was recognised with what was scanned."""

from __future__ import annotations

import io
from itertools import islice

from PIL import Image

from guong.planreader.formats import pdf, pictures
from guong.planreader.formats.sniff import Kind, kind_of
from guong.planreader.reasons import Unreadable

# Wide enough to read handwriting on a screen: A4 at about 130 dpi.
LONG_SIDE = 1500
_QUALITY = 72


def page_of(data: bytes, name: str, number: int) -> bytes:
    """Page `number`, counted from 1, as JPEG in grey. Raises Unreadable when there is no such page."""
    picture = _drawn(data, name, number)
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _drawn(data: bytes, name: str, number: int) -> Image.Image:
    kind = kind_of(data, name)
    if kind == Kind.PDF:
        document = pdf.opened(data, name)
        try:
            if 0 < number <= len(document):
                return pdf.drawn(document, number - 1)
        finally:
            document.close()
    elif kind == Kind.PICTURE and number > 0:
        found = next(islice(pictures.pages(data, name), number - 1, None), None)
        if found is not None:
            return found
    raise Unreadable("empty", name=name)
