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

MOST_BYTES = 20 * 1024 * 1024
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = "text/plain; charset=utf-8"
_MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_OFFICE = (("word/document.xml", WORD), ("xl/workbook.xml", EXCEL))


def type_of(data: bytes) -> str:
    """Content type by the bytes themselves; empty for what is not accepted."""
    for start, kind in _MAGIC:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if b"\x00" in data:
        return ""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return PLAIN


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
            _("“%(name)s” is not accepted. Send PDF, Word (.docx), Excel (.xlsx), JPEG, PNG or text.")
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
