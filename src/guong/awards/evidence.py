"""What may be kept as evidence: told by its bytes, not by its name (K-11, security G1, G2)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from guong.base.models import StoredFile, User
from guong.base.text import clean
from guong.base.workflow import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
NAME_LETTERS = 200
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {
    "application/pdf": (".pdf",),
    WORD: (".docx",),
    SHEET: (".xlsx",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
ACCEPTED = ",".join(ending for endings in ENDINGS.values() for ending in endings)


def kind_of(data: bytes) -> str:
    """The content type of an accepted file; empty for anything else. Never trusts the name."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return _office_kind(data) if data.startswith(b"PK\x03\x04") else ""


def _office_kind(data: bytes) -> str:
    """Word or Excel without macros, from the directory of the zip alone: nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return ""
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return ""
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return ""
    if "word/document.xml" in names:
        return WORD
    return SHEET if "xl/workbook.xml" in names else ""


def checked(name: str, data: bytes) -> str:
    """The content type of a file that may be kept. Raises Refused with the file's name and what to do."""
    named = {"name": name}
    if not data:
        raise Refused(_("The file “%(name)s” is empty: choose another one.") % named)
    if len(data) > MOST_BYTES:
        raise Refused(_("The file “%(name)s” is larger than 20 MB: make it smaller or give a link.") % named)
    kind = kind_of(data)
    if not kind:
        raise Refused(
            _("The file “%(name)s” cannot be kept: evidence is PDF, Word, Excel without macros, JPG or PNG.")
            % named
        )
    if PurePath(name.lower()).suffix not in ENDINGS[kind]:
        endings = ", ".join(ENDINGS[kind])
        raise Refused(
            _("The name “%(name)s” does not fit what the file is: rename it to end in %(endings)s.")
            % (named | {"endings": endings})
        )
    return kind


def keep(name: str, data: bytes, by: User) -> StoredFile:
    """Store the bytes with their hash and checked type. Raises Refused for a file that may not be kept."""
    kind = checked(name, data)
    path = PurePath(clean(name).replace("\n", " "))
    file = StoredFile(
        name=f"{path.stem[:NAME_LETTERS]}{path.suffix}",
        content_type=kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )
    file.content.save("", ContentFile(data), save=False)
    file.save()
    return file
