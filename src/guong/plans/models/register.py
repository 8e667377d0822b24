"""The register of documents plans stand on and cite (B-02, B-03)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField
from guong.base.models import Body, User
from guong.base.text import fold
from guong.plans import access


class LegalDocumentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> LegalDocumentQuerySet:
        return self.filter(access.plans_seen_by(user))

    def in_force_on(self, day: date) -> LegalDocumentQuerySet:
        """Documents that hold on a day: begun, not ended, not yet replaced by one that holds."""
        begun = Q(in_force_from__lte=day) | Q(in_force_from__isnull=True, issued_on__lte=day)
        undated = Q(in_force_from__isnull=True, issued_on__isnull=True)
        successor = Q(replaced_by__in_force_from__lte=day) | Q(
            replaced_by__isnull=False, replaced_by__in_force_from__isnull=True
        ) & (Q(replaced_by__issued_on__lte=day) | Q(replaced_by__issued_on__isnull=True))
        return self.filter(begun | undated, Q(in_force_to__gte=day) | Q(in_force_to__isnull=True)).exclude(
            successor
        )


class LegalDocument(models.Model):
    """A document others stand on: what it is, when it holds, what replaced it (B-03).

    A plan kept in Gương is a document too (`Plan.document`): its parents are the plans among its bases, its
    children the plans that stand on it (B-02).
    """

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    kind = CleanCharField(_("kind"), max_length=60)
    number = CleanCharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = CleanCharField(_("issuer"), max_length=250, blank=True)
    subject = CleanCharField(_("subject"), max_length=500, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    version = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=900, editable=False, default="")

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal document")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "kind", "number", "issued_on"],
                condition=~Q(number=""),
                nulls_distinct=False,
                name="legal_document_once",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="legal_document_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="legal_document_not_its_own_successor",
            ),
        ]
        indexes = [GinIndex(OpClass("search", name="gin_trgm_ops"), name="legal_document_search_trgm")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.number) if part)

    @property
    def begins(self) -> date | None:
        """The first day it holds: as said, else the day it was issued."""
        return self.in_force_from or self.issued_on

    def why_not_on(self, day: date) -> str:
        """Why it does not hold on a day, in one sentence; empty when it does. Reads `replaced_by`."""
        shown = {"document": self, "day": f"{day:%d/%m/%Y}"}
        if self.begins and self.begins > day:
            return gettext("%(document)s was not in force yet on %(day)s.") % shown
        if self.in_force_to and self.in_force_to < day:
            ended = {"end": f"{self.in_force_to:%d/%m/%Y}"}
            return gettext("%(document)s was in force only until %(end)s.") % (shown | ended)
        successor = self.replaced_by
        if successor and (successor.begins is None or successor.begins <= day):
            return gettext("%(document)s is replaced by %(successor)s.") % (shown | {"successor": successor})
        return ""

    @property
    def kept_by(self) -> Body:
        """The department whose standing office keeps it."""
        return self.department

    def get_absolute_url(self) -> str:
        return reverse("plans:document", args=[self.pk])

    def fill_keys(self) -> None:
        """The search key; bulk writers call it themselves."""
        self.search = fold(f"{self.kind} {self.number} {self.issuer} {self.subject}")[:900]

    def save(self, *args, **kwargs) -> None:
        if kwargs.get("update_fields") is None:
            self.fill_keys()
        super().save(*args, **kwargs)
