"""Pictures of pages: PNG, JPEG, TIFF with one or many pages, checked before they are unpacked."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from guong.planreader.reasons import Unreadable

MAX_PAGES = 150
# A sheet of A3 at 600 dpi has 70 million; a picture is unpacked only below this.
MAX_PIXELS = 72_000_000
# A4 at 200 dpi, on which Tesseract is both quick and right.
LONG_SIDE = 2340
_FORMATS = ("PNG", "JPEG", "TIFF")
_SHORTEST = 40


def count(data: bytes, name: str) -> int:
    """How many pages the picture has. Raises Unreadable."""
    with _opened(data, name) as picture:
        pages = int(getattr(picture, "n_frames", 1))
    if pages > MAX_PAGES:
        raise Unreadable("too_many_scans", name=name, pages=MAX_PAGES)
    return pages


def pages(data: bytes, name: str) -> Iterator[Image.Image]:
    """The pages in grey, upright as the camera says, no larger than Tesseract needs. Raises Unreadable."""
    with _opened(data, name) as picture:
        for frame in ImageSequence.Iterator(picture):
            _must_be_small(frame, name)
            yield _grey(frame)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image.Image]:
    """An open picture; whatever goes wrong inside is a reason."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                _must_be_small(picture, name)
                yield picture
    except Image.DecompressionBombError as bomb:
        raise Unreadable("too_many_pixels", name=name) from bomb
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
    ) as wrong:
        raise Unreadable("broken_picture", name=name) from wrong


def _must_be_small(picture: Image.Image, name: str) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise Unreadable("too_many_pixels", name=name)
    if min(width, height) < _SHORTEST:
        raise Unreadable("unclear_scan", name=name)


def _grey(frame: Image.Image) -> Image.Image:
    if frame.format == "JPEG":
        frame.draft("L", (LONG_SIDE, LONG_SIDE))
    if frame.mode in ("RGBA", "LA", "P", "PA"):
        frame = Image.alpha_composite(Image.new("RGBA", frame.size, "white"), frame.convert("RGBA"))
    grey = ImageOps.exif_transpose(frame.convert("L"))
    grey.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return grey
