"""Initiatives and their authors: recognised solutions, research, projects (law: sáng kiến)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Person, User
from guong.base.text import fold
from guong.records import access
from guong.records.models.entries import EntryQuerySet
from guong.records.models.kept import Kept, decision_key, withdrawn_with_reason, year_known


class InitiativeQuerySet(EntryQuerySet):
    """Initiatives of the book."""

    def visible_to(self, user: User) -> InitiativeQuerySet:
        """Recognised work is for everyone of the department; withdrawn lines for those who keep them."""
        return self.filter(access.honours_seen_by(user))


class Initiative(Kept):
    """One recognised initiative or piece of research: level, decision, where it applies, its effect."""

    class Level(models.TextChoices):
        UNIT = "unit", _("unit level")
        PROVINCE = "province", _("province or ministry level")
        NATION = "nation", _("nationwide")

    class Kind(models.TextChoices):
        INITIATIVE = "initiative", _("initiative")
        RESEARCH = "research", _("scientific research")
        PROJECT = "project", _("project")

    title = CleanCharField(_("name of the initiative"), max_length=400)
    kind = models.CharField(_("sort"), max_length=10, choices=Kind.choices, default=Kind.INITIATIVE)
    level = models.CharField(_("recognised at"), max_length=8, choices=Level.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    decision_number = CleanCharField(_("decision number"), max_length=80, blank=True)
    decided_on = models.DateField(_("recognised on"), null=True, blank=True)
    authority = CleanCharField(_("recognised by"), max_length=200, blank=True)
    scope = CleanCharField(_("where it applies"), max_length=200, blank=True)
    effect = CleanTextField(_("effect"), blank=True)
    authors = models.ManyToManyField(Person, through="Authorship", related_name="initiatives")
    title_key = models.CharField(max_length=400, editable=False)
    decision_key = models.CharField(max_length=80, editable=False, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        constraints = [
            year_known("initiative"),
            withdrawn_with_reason("initiative"),
            models.UniqueConstraint(
                fields=["unit", "title_key", "level", "year"], condition=Q(withdrawn_on__isnull=True),
                name="initiative_once",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["unit", "province", "nation"]), name="initiative_level_known"
            ),
        ]  # fmt: skip
        indexes = [
            GinIndex(OpClass("title_key", name="gin_trgm_ops"), name="initiative_title_trgm"),
            models.Index(fields=["-year", "-id"], name="initiative_list"),
        ]

    def __str__(self) -> str:
        return self.title

    def fill_keys(self) -> None:
        """Keys by which one initiative is told from another; bulk writers call it themselves."""
        self.title_key = fold(self.title)[:400]
        self.decision_key = decision_key(self.decision_number)

    def save(self, *args, **kwargs) -> None:
        """Keep the keys true."""
        self.fill_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("records:initiative", args=[self.pk])


class Authorship(models.Model):
    """A person's part in an initiative."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="authorships", verbose_name=_("initiative")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="authorships", verbose_name=_("one of the authors")
    )
    share = models.PositiveSmallIntegerField(_("share in percent"), null=True, blank=True)

    class Meta:
        verbose_name = _("authorship")
        ordering = ["-share", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "person"], name="authorship_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(1, 100)), name="authorship_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.share}\N{NO-BREAK SPACE}%" if self.share else str(self.person)
