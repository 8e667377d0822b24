"""Plain text in whatever encoding Vietnamese was written, form feeds as page breaks."""

from __future__ import annotations

from collections.abc import Iterator

from guong.planreader.formats.charsets import decoded
from guong.planreader.formats.means import Means, Piece
from guong.planreader.reasons import Unreadable


def pages_of(data: bytes, name: str, _means: Means) -> Iterator[Piece]:
    """The pages. Raises Unreadable when no encoding gives Vietnamese."""
    text = decoded(data)
    if text is None:
        raise Unreadable("wrong_encoding", name=name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = text.removesuffix("\n").split("\f")
    return (Piece(number, page) for number, page in enumerate(pages, start=1))
