"""Files made for the tests: the cases as Word and PDF, and files meant to do harm."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import docx
import pypdfium2
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

GOLD = Path(__file__).parent / "cases"
PLANS = Path(__file__).resolve().parents[2] / "src" / "guong" / "site" / "demo" / "plans"
NAMES = sorted(path.stem for path in PLANS.glob("*.txt"))
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text_of(name: str) -> str:
    return (PLANS / f"{name}.txt").read_text(encoding="utf-8")


def expected(name: str) -> dict:
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def as_word(text: str) -> bytes:
    """A Word file of the text: heading and signature in borderless tables, ` | ` rows as a real table."""
    document = docx.Document()
    lines = text.splitlines()
    start = lines.index("KẾ HOẠCH")
    left = [line for line in lines[:3] if line]
    _side_by_side(document, left, [line for line in lines[3:start] if line])
    table = None
    for line in lines[start:]:
        if " | " in line:
            table = _row(document, table, line.split(" | "))
        elif line.strip():
            table = None
            document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _side_by_side(document, left: list[str], right: list[str]) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def _row(document, table, cells: list[str]):
    table = table or document.add_table(rows=0, cols=len(cells))
    for cell, text in zip(table.add_row().cells, cells, strict=True):
        pieces = text.split("; - ")
        cell.text = pieces[0]
        for piece in pieces[1:]:
            cell.add_paragraph(f"- {piece}")
    return table


def numbered_word(paragraphs: list[tuple[int | None, str]]) -> bytes:
    """A Word file whose numbers are automatic: level 0 "I.", level 1 "1.", level 2 a bullet, None plain."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    shape = OxmlElement("w:abstractNum")
    shape.set(qn("w:abstractNumId"), "77")
    for depth, (form, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "-"))):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            part = OxmlElement(tag)
            part.set(qn("w:val"), value)
            level.append(part)
        shape.append(level)
    numbering.insert(0, shape)
    number = numbering.add_num(77)
    for depth, text in paragraphs:
        paragraph = document.add_paragraph(text)
        if depth is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = depth
            properties.get_or_add_numId().val = number.numId
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(text: str) -> bytes:
    """A PDF with a text layer, its lines broken to the width of the page as an office would print it."""
    lines = [line for line in text.splitlines() if line.strip()]
    start, end = lines.index("KẾ HOẠCH"), lines.index("Nơi nhận:")
    last = next(at for at in range(end + 1, len(lines)) if not lines[at].startswith("- "))
    sign = lines.index("PHỤ LỤC") if "PHỤ LỤC" in lines else len(lines)
    parts = [
        _columns(lines[:3], lines[3:start]),
        *_set(lines[start:end]),
        _columns(lines[end:last], [*lines[last : sign - 1], " ", lines[sign - 1]]),
        *_set(lines[sign:]),
    ]
    paragraphs = "\n\n".join(parts)
    page = '#set page(paper: "a4", margin: 2.2cm)\n#set text(size: 12pt)\n#set par(leading: 0.7em)\n'
    return typst.compile((page + paragraphs).encode())


def _columns(left: list[str], right: list[str]) -> str:
    """Side by side, as NĐ 30/2020 sets heading and signature."""
    cells = ("[" + " #linebreak() ".join(_escaped(line) for line in lines) + "]" for lines in (left, right))
    return f"#grid(columns: (42%, 58%), {', '.join(cells)})"


def _set(text: list[str]) -> Iterator[str]:
    """Typst for each paragraph; neighbouring ` | ` rows become one ruled table."""
    for is_table, lines in groupby(text, lambda line: " | " in line):
        if not is_table:
            yield from (_escaped(line) for line in lines)
            continue
        rows = [line.split(" | ") for line in lines]
        cells = ", ".join(_cell(cell) for row in rows for cell in row)
        yield f"#table(columns: (auto, {', '.join(['1fr'] * (len(rows[0]) - 1))}), {cells})"


def _cell(text: str) -> str:
    pieces = text.replace("; - ", ";\n- ").split("\n")
    return "[" + " #linebreak() ".join(_escaped(piece) for piece in pieces) + "]"


def _escaped(line: str) -> str:
    return "#" + json.dumps(line, ensure_ascii=False)


def as_picture_pdf() -> bytes:
    """A page that is one picture, as scanners make it."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(300, 400, 4))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def written_pdf(extra: bytes = b"", catalog: bytes = b"", trailer: bytes = b"", pages: int = 1) -> bytes:
    """A small PDF written by hand, with room for what a hostile author would add."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages,
    ]
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    data += extra
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )


def encrypted_pdf() -> bytes:
    """Opens with a password only."""
    word = b"<" + b"ab" * 32 + b">"
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O " + word + b" /U " + word + b" >> "
    return written_pdf(
        trailer=lock + b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    )


def package(parts: dict[str, bytes | str], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compress) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def word_parts(body: str = "", **others: bytes | str) -> dict[str, bytes | str]:
    """The least parts of a Word file, around this body."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **others,
    }


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def relation(target: str, kind: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )


def lying_sizes(data: bytes, claimed: int = 100) -> bytes:
    """The same zip, every entry claiming to unpack to `claimed` bytes."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + 24, claimed)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    """A white picture."""
    stream = io.BytesIO()
    Image.new("1", (width, height), 1).convert("L").save(stream, form)
    return stream.getvalue()


def picture_bomb(form: str) -> bytes:
    """A small file that claims, or unpacks to, 900 million pixels."""
    if form == "PNG":
        data = bytearray(picture(100, 100))
        data[16:24] = struct.pack(">II", 30_000, 30_000)
        data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
        return bytes(data)
    if form == "JPEG":
        data = bytearray(picture(100, 100, "JPEG"))
        at = data.find(b"\xff\xc0")
        data[at + 5 : at + 9] = struct.pack(">HH", 30_000, 30_000)
        return bytes(data)
    stream = io.BytesIO()
    Image.new("1", (100, 100)).save(stream, "TIFF", tiffinfo={})
    data = bytearray(stream.getvalue())
    for tag in (256, 257):
        at = data.find(struct.pack("<H", tag), struct.unpack_from("<I", data, 4)[0])
        struct.pack_into("<HHII", data, at, tag, 4, 1, 30_000)
    return bytes(data)


def endless_tiff(pages: int = 400) -> bytes:
    """More pages than any plan has."""
    page = Image.new("1", (50, 50), 1)
    stream = io.BytesIO()
    page.save(stream, "TIFF", save_all=True, append_images=[page.copy() for _ in range(pages - 1)])
    return stream.getvalue()
