"""Which files are kept as evidence, and how they come back (K-11, D8, G1, G2, G4)."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guong.awards import evidence
from guong.base.access import Role
from guong.base.models import StoredFile
from guong.base.workflow import Refused
from tests import factories as make
from tests.awards.road import Road, road

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPG = b"\xff\xd8\xff\xe0" + bytes(40)


def office(*names: str, size: int = 10) -> bytes:
    """A zip with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, bytes(size))
    return file.getvalue()


WORD, SHEET = office("word/document.xml"), office("xl/workbook.xml")
GOOD = [
    ("So đẻ A3.pdf", PDF), ("ảnh.png", PNG), ("ẢNH.JPG", JPG), ("anh.jpeg", JPG), ("bao-cao.docx", WORD),
    ("bang.xlsx", SHEET),
]  # fmt: skip
BAD = [
    ("rong.pdf", b""),
    ("virus.pdf", b"MZ\x90\x00" + bytes(100)),
    ("trang.pdf", b"<html><script>alert(1)</script></html>"),
    ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("anh.png", PDF),
    ("bao-cao.docx", SHEET),
    ("bao-cao.docm", office("word/document.xml", "word/vbaProject.bin")),
    ("bao-cao.docx", office("word/document.xml", "word/vbaProject.bin")),
    ("nen.zip", office("mot.txt")),
    ("cu.doc", b"\xd0\xcf\x11\xe0" + bytes(100)),
    ("gia.docx", b"PK\x03\x04" + bytes(30)),
    ("bom.docx", office("word/document.xml", size=evidence.MOST_UNPACKED // 2 + 1)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), GOOD, ids=[name for name, _data in GOOD])
def test_good_file_is_accepted(name, data):
    assert evidence.checked(name, data)


@pytest.mark.parametrize(("name", "data"), BAD, ids=[f"{place}-{bad[0]}" for place, bad in enumerate(BAD)])
def test_bad_file_is_refused_by_name(name, data):
    with pytest.raises(Refused, match=name):
        evidence.checked(name, data)


def test_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="lớn hơn 20 MB"):
        evidence.checked("to.pdf", PDF)


def test_bad_file_would_be_kept_if_its_name_were_believed(monkeypatch):
    monkeypatch.setattr(evidence, "kind_of", lambda _data: "application/pdf")
    assert evidence.checked("virus.pdf", b"MZ\x90\x00") == "application/pdf"


@pytest.fixture
def at(db) -> Road:
    return road()


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(at: Road, name: str = "Sổ đẻ A3.pdf", data: bytes = PDF):
    """What the page answers to one file, and the nomination."""
    made = make.nomination(at.movement, at.unit, created_by=at.clerk)
    page = of(at.clerk).get(made.get_absolute_url())
    key = page.context["file_form"]["key"].value()
    sent = {"tep-file": SimpleUploadedFile(name, data), "tep-caption": "Sổ đẻ", "tep-key": str(key)}
    return of(at.clerk).post(f"/de-nghi/{made.pk}/minh-chung/tep/", sent, follow=True), made


def test_uploaded_file_comes_back_byte_for_byte(at):
    _page, made = upload(at)
    piece = made.evidence.get()
    assert piece.file.sha256 == hashlib.sha256(PDF).hexdigest()
    answer = of(at.clerk).get(f"/de-nghi/{made.pk}/minh-chung/{piece.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_bad_upload_is_told_and_nothing_stored(at):
    page, made = upload(at, "virus.pdf", b"MZ\x90\x00" + bytes(50))
    assert "Không nhận được tệp “virus.pdf”" in page.content.decode()
    assert not made.evidence.exists()
    assert not StoredFile.objects.exists()


def test_file_is_served_only_to_who_sees_the_nomination(at):
    _page, made = upload(at)
    piece = made.evidence.get()
    address = f"/de-nghi/{made.pk}/minh-chung/{piece.pk}/"
    other = make.unit(at.department)
    mine = make.nomination(at.movement, other, created_by=make.user(Role.UNIT_CLERK, other))
    stranger = of(mine.created_by)
    assert stranger.get(address).status_code == 404
    # The same file under a nomination the stranger does see is not there either.
    assert stranger.get(f"/de-nghi/{mine.pk}/minh-chung/{piece.pk}/").status_code == 404
    assert of(at.clerk).get(address).status_code == 200
    assert Client().get(address).status_code == 302


def test_unit_without_the_nomination_cannot_add_or_remove(at):
    _page, made = upload(at)
    piece = made.evidence.get()
    stranger = of(make.user(Role.UNIT_CLERK, make.unit(at.department)))
    link = {"lien-ket-url": "https://example.org", "lien-ket-key": "6f1c1f0e-7a52-4a8e-8d0e-3a1f6c9a0b11"}
    assert stranger.post(f"/de-nghi/{made.pk}/minh-chung/lien-ket/", link).status_code == 404
    assert stranger.post(f"/de-nghi/{made.pk}/minh-chung/{piece.pk}/bo/").status_code == 404
    assert made.evidence.count() == 1
