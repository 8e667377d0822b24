"""Uploaded and generated files. A file has no address of its own: the record that owns it serves it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField


def place_of(stored: StoredFile, _name: str) -> str:
    """Random place in the store; the name people know is kept in the record only."""
    key = stored.key.hex
    return f"{key[:2]}/{key}"


class StoredFile(models.Model):
    """Bytes with their hash, size, checked type and the name they came with."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(_("content"), upload_to=place_of, max_length=80)
    name = CleanCharField(_("file name"), max_length=255)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    uploaded_by = models.ForeignKey("base.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty")]

    def __str__(self) -> str:
        return self.name
