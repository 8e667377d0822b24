"""Plain text: UTF-8 with or without a byte order mark, form feeds as page breaks."""

from __future__ import annotations

from collections.abc import Iterator

from guong.planreader.reasons import Unreadable


def pages_of(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    """(page, text) pairs. Raises Unreadable when the bytes are not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable("wrong_encoding", name=name) from wrong
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return enumerate(text.removesuffix("\n").split("\f"), start=1)
