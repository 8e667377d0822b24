"""What the reader found in one file, until a person confirms it (B-22)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from guong.base.models import Body, StoredFile, User
from guong.plans import access


class ReadingQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ReadingQuerySet:
        return self.filter(access.readings_seen_by(user))


class Reading(models.Model):
    """What the reader found in one file, waiting for a person to confirm it. Creates nothing by itself."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        FAILED = "failed", _("could not be read")
        READ = "read", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        DISCARDED = "discarded", _("discarded")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.READ)
    found = models.JSONField(_("what was read"), default=dict)
    lines = models.JSONField(_("lines of the document"), default=list)
    edits = models.JSONField(_("values changed by a person"), default=dict)
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("read by"))
    read_at = models.DateTimeField(_("read at"), default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reading", "failed", "read", "confirmed", "discarded"]),
                name="reading_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["read", "confirmed"]) | Q(found__has_key="plan"),
                name="reading_read_has_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        """The confirm screen."""
        return reverse("plans:reading", args=[self.pk])

    @property
    def kept_by(self) -> Body:
        """Whose people confirm it: the unit whose own plan it is, else the department."""
        return self.body or self.department

    @property
    def scanned(self) -> list[int]:
        """Pages a machine recognised: a person compares their values with the picture before confirming."""
        return self.found.get("scanned", [])

    @property
    def has_pictures(self) -> bool:
        """Its pages can be shown as they look."""
        return self.file.content_type.startswith(("image/", "application/pdf"))

    @property
    def title(self) -> str:
        """What the plan calls itself, or the file's name."""
        plan = self.found.get("plan", {})
        return plan.get("number") or Truncator(plan.get("title") or self.file.name).chars(160)
