"""Files people send: checked by what is in them, kept with hash and size."""

from __future__ import annotations

import hashlib
import io
import zipfile

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from guong.base.models import StoredFile, User
from guong.base.text import clean
from guong.base.workflow import Refused
from guong.planreader.formats.charsets import decoded

MOST_BYTES = 20 * 1024 * 1024
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = "text/plain; charset=utf-8"
OLD_WORD = "application/msword"
_MAGIC = (
    (b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"),
)  # fmt: skip
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = (("word/document.xml", WORD), ("xl/workbook.xml", EXCEL))


def type_of(data: bytes) -> str:
    """Content type by the bytes themselves; empty for what is not accepted."""
    for start, kind in _MAGIC:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(_COMPOUND):
        return OLD_WORD if "WordDocument".encode("utf-16-le") in data else ""
    return _text(data)


def _text(data: bytes) -> str:
    """Text in UTF-8, or in an older Vietnamese encoding, which the header must not call UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        older = decoded(data)
        return "text/plain" if older is not None and "\x00" not in older else ""
    return PLAIN if "\x00" not in text else "text/plain" if decoded(data) not in (None, text) else ""


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    return next((kind for name, kind in _OFFICE if name in names), "")


def keep(data: bytes, name: str, by: User) -> StoredFile:
    """Store the bytes inside the running act. Raises Refused for an empty, too big or unknown file."""
    name = plain_name(name)
    if not data:
        raise Refused(_("The file “%(name)s” is empty. Choose it again.") % {"name": name})
    if len(data) > MOST_BYTES:
        raise Refused(
            _("The file “%(name)s” is larger than %(n)s MB. Make it smaller and send it again.")
            % {"name": name, "n": MOST_BYTES // 1024 // 1024}
        )
    kind = type_of(data)
    if not kind:
        raise Refused(
            _("“%(name)s” is not accepted. Send PDF, Word, Excel (.xlsx), JPEG, PNG, TIFF or text.")
            % {"name": name}
        )
    stored = StoredFile(
        name=name, content_type=kind, size=len(data), sha256=hashlib.sha256(data).hexdigest(), uploaded_by=by
    )
    stored.content.save(name, ContentFile(data), save=False)
    stored.save()
    return stored


def keep_upload(upload: UploadedFile | None, by: User) -> StoredFile | None:
    """Store what a form brought; nothing for no file."""
    if not upload:
        return None
    if upload.size and upload.size > MOST_BYTES:
        raise Refused(
            _("The file “%(name)s” is larger than %(n)s MB. Make it smaller and send it again.")
            % {"name": plain_name(upload.name or ""), "n": MOST_BYTES // 1024 // 1024}
        )
    return keep(upload.read(), upload.name or "", by)


def plain_name(name: str) -> str:
    """The last part of a file name, without anything that could break a line or a header."""
    last = clean(name).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:255] or _("file")
