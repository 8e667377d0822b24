"""The signed copy of a paper that came back, and the PDFs made here (K-06)."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from guong.base.models import StoredFile, User

PDF = "application/pdf"
ZIP = "application/zip"
LARGEST = 20 * 1024 * 1024  # bytes, security.md 3.6
_HEAD, _TAIL = b"%PDF-", b"%%EOF"
_TAIL_WITHIN = 2048  # bytes from the end in which readers look for the end mark


def must_be_a_pdf(data: bytes) -> str | None:
    """Whole PDF files only, told by their content. Says nothing about signatures in them."""
    if len(data) > LARGEST:
        return _("The file is larger than %(size)s MB: scan it at a lower resolution.") % {
            "size": LARGEST >> 20
        }
    if not data.startswith(_HEAD):
        return _("The file is not a PDF: save or scan the signed paper as PDF and upload that.")
    if _TAIL not in data[-_TAIL_WITHIN:]:
        return _("The PDF is cut off at the end: upload the whole file again.")
    return None


def store_pdf(by: User | None, name: str, data: bytes) -> StoredFile:
    """Keep the bytes of a PDF with their hash."""
    return store(by, name, data, PDF)


def store(by: User | None, name: str, data: bytes, content_type: str) -> StoredFile:
    """Keep the bytes of a file made or checked here with their hash."""
    return StoredFile.objects.create(
        content=ContentFile(data, name=name),
        name=name[-255:],
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )
