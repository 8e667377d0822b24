"""What every line of the book has: where it came from, who wrote it, whether it was withdrawn."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanTextField
from guong.base.models import Body, Person, User

YEARS = (1945, 2100)
_PREFIX = re.compile(r"^(QUYETDINH|QD)?(SO)?(?=\d)")


class Source(models.TextChoices):
    """How a line came into the book."""

    GUONG = "guong", _("decided here")
    IMPORT = "import", _("from a sheet")
    FORM = "form", _("by hand")


@lru_cache(maxsize=20_000)
def decision_key(number: str) -> str:
    """One spelling of a decision's number: `QĐ số 05/QĐ-SYT`, `5/QD-SYT` and `5/QĐ-SYT` are one decision.

    The database makes the same key for decisions issued here (awards/record.sql).
    """
    plain = number.upper().replace("Đ", "D")
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return _PREFIX.sub("", re.sub(r"[^0-9A-Z]+", "", bare)).lstrip("0")[:80]


class Kept(models.Model):
    """Abstract. A line is never deleted: what was wrong is withdrawn, with a reason."""

    IS_PERSONAL = False  # True: read only by those who must, also in the log (D5)

    department = models.ForeignKey(
        Body, models.PROTECT, related_name="+", db_index=False, verbose_name=_("department")
    )
    unit = models.ForeignKey(
        Body, models.PROTECT, related_name="+", db_index=False, verbose_name=_("unit at the time")
    )
    source = models.CharField(_("source"), max_length=6, choices=Source.choices, default=Source.FORM)
    sheet = models.ForeignKey(
        "records.SheetImport", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("from the sheet"),
    )  # fmt: skip
    withdrawn_on = models.DateField(_("withdrawn from the book on"), null=True, blank=True)
    withdrawn_because = CleanTextField(_("why withdrawn"), blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now)

    class Meta:
        abstract = True


class OfSubject(Kept):
    """Abstract. A line about exactly one person or one collective."""

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("person")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="%(class)ss",
        verbose_name=_("collective"),
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def subject(self) -> Person | Body:
        """Whom the line is about."""
        return self.person or self.body


def one_subject(kind: str) -> models.CheckConstraint:
    """Exactly one of person and collective."""
    return models.CheckConstraint(
        condition=Q(person__isnull=False, body__isnull=True) | Q(person__isnull=True, body__isnull=False),
        name=f"{kind}_subject_is_one",
    )


def year_known(kind: str) -> models.CheckConstraint:
    """A year somebody may have lived in."""
    return models.CheckConstraint(condition=Q(year__range=YEARS), name=f"{kind}_year")


def withdrawn_with_reason(kind: str) -> models.CheckConstraint:
    """Nothing leaves the book without a reason."""
    return models.CheckConstraint(
        condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""),
        name=f"{kind}_withdrawn_with_reason",
    )


def once(kind: str, subject: str, *fields: str) -> models.UniqueConstraint:
    """The same line is in the book once; withdrawn lines do not count, awards decided here have a code."""
    return models.UniqueConstraint(
        fields=[subject, *fields],
        condition=Q(**{f"{subject}__isnull": False}, withdrawn_on__isnull=True) & ~Q(source=Source.GUONG),
        name=f"{kind}_{subject}_once",
    )
