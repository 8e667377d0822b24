"""Word .docx: checks on the package first, then paragraphs and tables in document order.

Automatic numbering is written out, since "II." or "a)" often stands in no run of the document.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from guong.planreader.formats.means import Means, Piece
from guong.planreader.formats.wordbody import blocks
from guong.planreader.formats.wordnumbers import Numbering
from guong.planreader.reasons import Unreadable

MAX_ENTRIES = 2_000
MAX_PART = 24 * 1024 * 1024
MAX_UNPACKED = 96 * 1024 * 1024
MAX_DEPTH = 120
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HARMLESS = ("/hyperlink",)
_HEADER = re.compile(r"word/header\d*\.xml")
_LETTERHEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|^\s*Số\s*:", re.MULTILINE)
_DDE = re.compile(rb"\bDDE(?:AUTO)?\b")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00D\x00O\x00C\x00T\x00|\x00<\x00!\x00D\x00O\x00C\x00T")


def pages_of(data: bytes, name: str, _means: Means) -> Iterator[Piece]:
    """One piece per block; tables are ` | ` rows. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _checked(package, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as broken:
        raise Unreadable("broken_word", name=name) from broken
    _refuse_links(parts, name)
    body = _parse(parts["word/document.xml"], name)
    numbering = Numbering(
        _parse(parts["word/numbering.xml"], name) if "word/numbering.xml" in parts else None,
        _parse(parts["word/styles.xml"], name) if "word/styles.xml" in parts else None,
    )
    letterhead = _letterhead(parts, numbering, name)
    return (Piece(page, text) for page, text in (*letterhead, *blocks(body, numbering)))


def _letterhead(parts: dict[str, bytes], numbering: Numbering, name: str) -> list[tuple[int, str]]:
    """A page header that holds the head of the paper; any other is the page's furniture and is left out."""
    for part in sorted(part for part in parts if _HEADER.fullmatch(part)):
        found = list(blocks(_parse(parts[part], name), numbering))
        if any(_LETTERHEAD.search(text) for _page, text in found):
            return found
    return []


def _checked(package: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """The XML parts, unpacked under limits that do not trust the sizes the package declares."""
    entries = package.infolist()
    _check_names(entries, name)
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            parts[entry.filename] = _unpack(package, entry, name)
            total += len(parts[entry.filename])
            if total > MAX_UNPACKED:
                raise Unreadable("zip_bomb", name=name)
    return parts


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    """What the table of contents alone already shows."""
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unreadable("zip_bomb", name=name)
    if len(set(names)) != len(names):
        raise Unreadable("broken_word", name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted_word", name=name)
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise Unreadable("macro_word", name=name)
    if any(
        part.lower().startswith(("word/embeddings/", "word/activex/")) and part.endswith(".bin")
        for part in names
    ):
        raise Unreadable("embedded_object", name=name)


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    with package.open(entry) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise Unreadable("zip_bomb", name=name)
    if _DTD.search(data):
        raise Unreadable("forbidden_xml", name=name)
    return data


def _refuse_links(parts: dict[str, bytes], name: str) -> None:
    for part, data in parts.items():
        if not part.endswith(".rels"):
            continue
        for relation in _parse(data, name).iter(_RELATION):
            outside = relation.get("TargetMode") == "External"
            if outside and not relation.get("Type", "").endswith(_HARMLESS):
                raise Unreadable("external_link", name=name)
    if _DDE.search(parts["word/document.xml"]):
        raise Unreadable("external_link", name=name)


def _parse(data: bytes, name: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as forbidden:
        raise Unreadable("forbidden_xml", name=name) from forbidden
    except (ParseError, ValueError, LookupError) as broken:
        raise Unreadable("broken_word", name=name) from broken
    if _too_deep(root):
        raise Unreadable("forbidden_xml", name=name)
    return root


def _too_deep(root: Element) -> bool:
    """Nesting no word processor writes; told level by level, so the check itself cannot overflow."""
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for parent in level for child in parent]
        if not level:
            return False
    return True
