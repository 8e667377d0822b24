"""A spreadsheet on its way into the book: what it is, what its columns mean, what was answered (K-08)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.models import Body, StoredFile, User
from guong.records import access


class SheetImportQuerySet(models.QuerySet):
    """Sheets somebody sent."""

    def visible_to(self, user: User) -> SheetImportQuerySet:
        """One's own, and all of the department for the standing office."""
        return self.filter(access.imports_seen_by(user))


class SheetImport(models.Model):
    """One file with one meaning. It is written whole or not at all, once."""

    class State(models.TextChoices):
        OPEN = "open", _("being checked")
        WRITTEN = "written", _("entered")
        DROPPED = "dropped", _("dropped")

    class Kind(models.TextChoices):
        HONOURS = "honours", _("awards")
        RATINGS = "ratings", _("yearly ratings")
        INITIATIVES = "initiatives", _("initiatives")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    unit = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("unit of rows that name none"),
    )  # fmt: skip
    kind = models.CharField(_("what the sheet lists"), max_length=11, choices=Kind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    head = models.PositiveIntegerField(_("line of the headings"), default=0)
    columns = models.JSONField(_("meaning of each column"), default=list)
    confirmed = models.BooleanField(_("columns were confirmed"), default=False)
    answers = models.JSONField(_("who is who"), default=dict)
    found = models.JSONField(_("what the check found"), default=dict)
    written = models.PositiveIntegerField(_("lines entered"), default=0)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet import")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "written", "dropped"]), name="sheet_import_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="written") | Q(confirmed=True), name="sheet_import_columns_first"
            ),
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        return reverse("records:sheet", args=[self.pk])


class CheckedSheet(models.Model):
    """The lines a check found ready, until they are entered or the sheet is dropped (importing/staged.py)."""

    sheet = models.OneToOneField(
        SheetImport, models.CASCADE, primary_key=True, related_name="checked", verbose_name=_("sheet")
    )
    sheet_version = models.PositiveIntegerField(_("version of the sheet that was checked"))
    checked_on = models.DateField(_("checked on"))
    snapshot = models.TextField(_("changes the check had seen"))
    lines = models.BinaryField(_("lines ready to be entered"))

    class Meta:
        verbose_name = _("checked sheet")

    def __str__(self) -> str:
        return str(self.sheet)
