"""Files meant to do harm, or sent by mistake: refused with what to do next (security G1)."""

from __future__ import annotations

import io
import os
import random
import zipfile

import pytest

from guong.planreader import REASONS, Unreadable, read
from guong.planreader.formats import pictures, programs, word
from tests.planreader import made

DTD = '<?xml version="1.0"?><!DOCTYPE d [{}]><w:document {}><w:body>&a;</w:body></w:document>'
LAUGHS = '<!ENTITY z "lol">' + "".join(f'<!ENTITY {c} "{"&z;" * 10}">' for c in "abcdefgh")
OUTSIDE = '<!ENTITY a SYSTEM "file:///etc/passwd">'
DEEP = "<w:p>" * 5000 + "</w:p>" * 5000


def word_with(**parts: bytes | str) -> bytes:
    return made.package(made.word_parts(made.paragraph("KẾ HOẠCH"), **parts))


def bomb(size: int) -> bytes:
    return made.package(made.word_parts(made.paragraph(" " * size)))


def twins() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for _ in range(2):
            with (
                pytest.warns(UserWarning, match="Duplicate")
                if archive.namelist()
                else pytest.MonkeyPatch.context()
            ):
                archive.writestr("word/document.xml", "<a/>")
    return stream.getvalue()


def scrambled(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def locked_word() -> bytes:
    data = bytearray(word_with())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


YEARLY = made.text_of("an-binh-yearly")
WORD_STREAM = "WordDocument".encode("utf-16-le")
# What is said depends on the programs of the machine.
OLD_WORD = "broken_word" if programs.reads_old_word() else "old_word"
NOTHING_SEEN = "unclear_scan" if programs.reads_scans() else "no_ocr"
CORPUS = {
    "nothing": (b"", "empty"),
    "only blanks": (b" \n\t \n", "empty"),
    "over 20 MB": (b"a" * (20 * 1024 * 1024 + 1), "too_big"),
    "endless text": (b"KE HOACH\n" + b"a b\n" * 200_000, "too_long"),
    "endless line": (b"a" * 300_000, "too_long"),
    "random": (scrambled(5000), "unknown_format"),
    "UTF-16 cut off": ("KẾ HOẠCH".encode("utf-16")[:-1], "unknown_format"),
    "old vietnamese text": ("Kế hoạch năm".encode("cp1258", "ignore") + b"\xff\xfe", "wrong_encoding"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), OLD_WORD),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "spreadsheet"),
    "Word with password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted_word"),
    "unknown compound file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unknown_format"),
    "spreadsheet": (made.package({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
    "slides": (made.package({"ppt/presentation.xml": "<a/>"}), "presentation"),
    "ODF": (made.package({"content.xml": "<a/>"}), "open_document"),
    "zip": (made.package({"ke-hoach.txt": YEARLY}), "archive"),
    "zip in zip": (made.package({"in.zip": made.package({"a": "b"})}), "archive"),
    "empty zip": (b"PK\x05\x06" + b"\0" * 18, "archive"),
    "gzip": (b"\x1f\x8b\x08\x00" + b"\x00" * 40, "archive"),
    "program": (b"MZ\x90\x00\x03" + b"\x00" * 200, "program"),
    "Linux program": (b"\x7fELF\x02\x01" + b"\x00" * 200, "program"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "old Word of noise": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + WORD_STREAM + scrambled(9000), OLD_WORD),
    "PNG without end": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, "broken_picture"),
    "JPEG without end": (b"\xff\xd8\xff\xe0" + b"\x00" * 60, "broken_picture"),
    "TIFF of noise": (b"II*\x00" + scrambled(900), "broken_picture"),
    "PNG bomb": (made.picture_bomb("PNG"), "too_many_pixels"),
    "JPEG bomb": (made.picture_bomb("JPEG"), "too_many_pixels"),
    "TIFF bomb": (made.picture_bomb("TIFF"), "too_many_pixels"),
    "TIFF of endless pages": (made.endless_tiff(), "too_many_scans"),
    "a dot of a picture": (made.picture(20, 20), "unclear_scan"),
    "WebP": (b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 60, "image"),
    "GIF with script": (b"GIF89a/*" + b"\x00" * 30 + b"*/=1;alert(1)", "image"),
    "HEIC": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 60, "image"),
    "RTF": (b"{\\rtf1 KE HOACH}", "rich_text"),
    "web page": (b"<!DOCTYPE html><html><body>K</body></html>", "web_page"),
    "web page called PDF": (b"<html>\n%PDF-1.7</html>", "web_page"),
    "SVG": (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "web_page"),
    "virus test": (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "not_a_plan"),
    "zip bomb": (bomb(30_000_000), "zip_bomb"),
    "bomb that lies": (made.lying_sizes(bomb(30_000_000)), "broken_word"),
    "many entries": (word_with(**{f"word/x{n}.xml": "" for n in range(2100)}), "zip_bomb"),
    "sum of entries": (word_with(**{f"word/x{n}.xml": " " * 11_000_000 for n in range(10)}), "zip_bomb"),
    "two of one name": (twins(), "broken_word"),
    "locked entry": (locked_word(), "encrypted_word"),
    "laughs": (word_with(**{"word/document.xml": DTD.format(LAUGHS, made.W)}), "forbidden_xml"),
    "outside entity": (word_with(**{"word/document.xml": DTD.format(OUTSIDE, made.W)}), "forbidden_xml"),
    "entity in styles": (word_with(**{"word/styles.xml": DTD.format(OUTSIDE, made.W)}), "forbidden_xml"),
    "entity in UTF-16": (
        word_with(**{"word/styles.xml": DTD.format(OUTSIDE, made.W).encode("utf-16-le")}),
        "forbidden_xml",
    ),
    "deep": (made.package(made.word_parts(DEEP)), "forbidden_xml"),
    "broken XML": (word_with(**{"word/document.xml": "<w:document"}), "broken_word"),
    "linked template": (
        word_with(
            **{"word/_rels/settings.xml.rels": made.relation("http://x.example/a.dotm", "attachedTemplate")}
        ),
        "external_link",
    ),
    "linked picture": (
        word_with(**{"word/_rels/document.xml.rels": made.relation("file://x.example/a.png", "image")}),
        "external_link",
    ),
    "DDE": (
        made.package(made.word_parts("<w:p><w:r><w:instrText>DDEAUTO c:\\cmd</w:instrText></w:r></w:p>")),
        "external_link",
    ),
    "macros": (word_with(**{"word/vbaProject.bin": b"x"}), "macro_word"),
    "OLE object": (word_with(**{"word/embeddings/oleObject1.bin": b"x"}), "embedded_object"),
    "cut Word": (made.as_word(YEARLY)[:4000], "broken_word"),
    "Word without plan": (made.package(made.word_parts(made.paragraph("Thư mời họp"))), "not_a_plan"),
    "empty Word": (made.package(made.word_parts()), "empty"),
    "cut PDF": (made.as_pdf(YEARLY)[:3000], "broken_pdf"),
    "PDF of a few bytes": (b"%PDF-1.7\n", "broken_pdf"),
    "PDF of noise": (b"%PDF-1.7\n" + scrambled(4000), "broken_pdf"),
    "encrypted PDF": (made.encrypted_pdf(), "encrypted_pdf"),
    "picture PDF": (made.as_picture_pdf(), NOTHING_SEEN),
    "empty PDF page": (made.written_pdf(), "empty"),
    "PDF of 10,000 pages": (made.written_pdf(pages=10_000), "too_long"),
    "PDF with script": (
        made.written_pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        "active_pdf",
    ),
    "PDF that launches": (
        made.written_pdf(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
        "active_pdf",
    ),
    "PDF with a file": (
        made.written_pdf(catalog=b"/Names << /EmbeddedFiles << /Names [] >> >>"),
        "active_pdf",
    ),
    "PDF and zip": (made.as_pdf(YEARLY) + made.package({"a": "b"}), "two_formats"),
    "PDF and HTML": (b"%PDF-1.7\n<html><script>1</script></html>", "two_formats"),
    "decision": ("QUYẾT ĐỊNH\nVề việc khen thưởng\nĐiều 1. Khen\nĐiều 2. Thưởng".encode(), "not_a_plan"),
    "a plan's name only": ("KẾ HOẠCH\nNăm 2026".encode(), "not_a_plan"),
    "letter": ("Kính gửi các đơn vị,\nĐề nghị gửi kế hoạch.\n1. Một\n2. Hai".encode(), "not_a_plan"),
}


@pytest.mark.parametrize(("data", "code"), CORPUS.values(), ids=CORPUS)
def test_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, "kế hoạch.docx")
    assert refused.value.code == code
    assert "kế hoạch.docx" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_corpus_covers_the_reasons() -> None:
    made_elsewhere = {
        "too_slow",
        "too_hungry",
        "reader_failed",
        "no_room",
        "needs_time",
        "no_ocr",
        "old_word",
    }
    assert REASONS.keys() - made_elsewhere <= {code for _, code in CORPUS.values()}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\a\\b.docx",
        "a\0b.docx",
        "\u202efdp.exe",
        "x" * 300,
        "kế\nhoạch.docx",
        "{name}",
        "%s",
    ],
)
def test_file_name_cannot_break_the_sentence(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(b"", name)
    line = str(refused.value)
    assert line.isprintable()
    assert "/" not in line
    assert "\\" not in line
    assert len(line) < 250


@pytest.mark.parametrize("size", [0, 1, 3, 64, 4096])
def test_noise_behind_a_good_start_is_refused(size: int) -> None:
    for start in (b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"RIFF"):
        with pytest.raises(Unreadable):
            read(start + os.urandom(size), "x")


def test_bomb_is_unpacked_where_the_limit_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the zip bomb: without the limit the same file is taken apart to its end."""
    monkeypatch.setattr(word, "MAX_PART", 10**9)
    with pytest.raises(Unreadable) as refused:
        read(CORPUS["zip bomb"][0], "x")
    assert refused.value.code != "zip_bomb"


def test_pixels_are_unpacked_where_the_limit_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the picture bombs: a smaller one, let through, is drawn."""
    small = made.picture(3000, 3000)
    monkeypatch.setattr(pictures, "MAX_PIXELS", 3000 * 3000 - 1)
    with pytest.raises(Unreadable, match="điểm ảnh"):
        next(pictures.pages(small, "x"))
    monkeypatch.undo()
    assert max(next(pictures.pages(small, "x")).size) == pictures.LONG_SIDE


def test_outside_target_passes_where_the_check_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "_refuse_links", lambda parts, name: None)
    with pytest.raises(Unreadable) as refused:
        read(CORPUS["linked template"][0], "x")
    assert refused.value.code == "not_a_plan"


def test_links_to_web_pages_are_no_harm() -> None:
    parts = made.word_parts(
        "".join(made.paragraph(line) for line in YEARLY.splitlines() if line),
        **{"word/_rels/document.xml.rels": made.relation("https://x.example/", "hyperlink")},
    )
    assert read(made.package(parts), "x.docx").plan.number == "07/KH-SYT"
