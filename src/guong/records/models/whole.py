"""Since which year a unit's book is whole: only then does a missing line mean that there was nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guong.base.models import Body, User
from guong.records.models.kept import YEARS


class Whole(models.Model):
    """A unit's word that one kind of record is complete since a year. The law reads gaps by it."""

    class Record(models.TextChoices):
        TITLES = "titles", _("awards")
        INITIATIVES = "initiatives", _("initiatives")
        DISCIPLINES = "disciplines", _("disciplines and pending matters")
        LEAVE = "leave", _("leave")

    unit = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("unit"))
    record = models.CharField(_("kind of record"), max_length=12, choices=Record.choices)
    since = models.PositiveSmallIntegerField(_("whole since"))
    said_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("said by"))

    class Meta:
        verbose_name = _("whole book")
        constraints = [
            models.UniqueConstraint(fields=["unit", "record"], name="whole_once"),
            models.CheckConstraint(condition=Q(since__range=YEARS), name="whole_year"),
            models.CheckConstraint(
                condition=Q(record__in=["titles", "initiatives", "disciplines", "leave"]),
                name="whole_record_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_record_display()}: {self.since}"
