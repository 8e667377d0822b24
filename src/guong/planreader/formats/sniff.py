"""What a file really is, told by its bytes and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from guong.planreader.reasons import Unreadable


class Kind(Enum):
    TEXT = "text"
    WORD = "word"
    OLD_WORD = "old word"
    PDF = "pdf"
    PICTURE = "picture"


_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
    (b"{\\rtf", "rich_text"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"BZh", "archive"),
    (b"PK\x05\x06", "archive"),
)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_WEB = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|script|svg|\?xml)\b", re.IGNORECASE | re.DOTALL
)
_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/", "spreadsheet"),
    ("ppt/", "presentation"),
    ("content.xml", "open_document"),
)


def kind_of(data: bytes, name: str) -> Kind:
    """Raises Unreadable with the reason that fits what the file is."""
    if not data.strip():
        raise Unreadable("empty", name=name)
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(data, name)
    if data.startswith(_PICTURES):
        return Kind.PICTURE
    if data[4:8] == b"ftyp":
        raise Unreadable("image", name=name)
    if _is_text(data) or _is_wide(data):
        return _text(data, name)
    for start, reason in _STARTS:
        if data.startswith(start):
            raise Unreadable(reason, name=name)
    raise Unreadable("unknown_format", name=name)


def _pdf(data: bytes, name: str) -> Kind:
    if zipfile.is_zipfile(io.BytesIO(data)) or re.search(rb"<(?:html|script)\b", data[:2048], re.IGNORECASE):
        raise Unreadable("two_formats", name=name)
    return Kind.PDF


def _zip(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeDecodeError) as broken:
        raise Unreadable("broken_word", name=name) from broken
    if "word/document.xml" in parts:
        return Kind.WORD
    for start, reason in _PARTS:
        if any(part.startswith(start) for part in parts):
            raise Unreadable(reason, name=name)
    raise Unreadable("archive", name=name)


def _compound(data: bytes, name: str) -> Kind:
    """The old Office container: which of its programs wrote it."""
    for stream, reason in (
        ("EncryptedPackage", "encrypted_word"),
        ("WordDocument", ""),
        ("Workbook", "spreadsheet"),
        ("PowerPoint", "presentation"),
    ):
        if stream.encode("utf-16-le") in data:
            if not reason:
                return Kind.OLD_WORD
            raise Unreadable(reason, name=name)
    raise Unreadable("unknown_format", name=name)


def _is_wide(data: bytes) -> bool:
    """UTF-16: marked, or Latin letters with a nought beside each."""
    head = data[:2000]
    halves = (head[0::2].count(0), head[1::2].count(0))
    marked = data.startswith(_WIDE) and len(data) % 2 == 0
    return marked or (max(halves) * 3 > len(head) and min(halves) * 50 < len(head))


def _is_text(data: bytes) -> bool:
    head = data[:65536]
    return not data.startswith(b"#!") and sum(b < 9 or 13 < b < 32 for b in head) * 200 <= len(head)


def _text(data: bytes, name: str) -> Kind:
    if data.startswith(b"{\\rtf"):
        raise Unreadable("rich_text", name=name)
    if data.startswith((b"GIF8", b"BM\x00")):
        raise Unreadable("image", name=name)
    if _WEB.match(data[:4096]):
        raise Unreadable("web_page", name=name)
    return Kind.TEXT
