"""Which dossiers repeat one another: reckoned from their texts, made anew at any time (J-04)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guong.awards.models.nomination import Nomination


class Fingerprint(models.Model):
    """What finds a text again (awards/likeness.py). `of_version` is the nomination's when it was taken."""

    nomination = models.OneToOneField(Nomination, models.CASCADE, primary_key=True, related_name="+")
    of_version = models.PositiveIntegerField()
    prints = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("fingerprint of a text")
        indexes = [  # no list of pending entries: each look would read all of it
            GinIndex(fields=["prints"], fastupdate=False, name="fingerprint_prints")
        ]


class Likeness(models.Model):
    """So many percent of the later dossier's words stand in the earlier one's text too, in passages."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="repeats")
    other = models.ForeignKey(Nomination, models.CASCADE, related_name="repeated_in")
    percent = models.PositiveSmallIntegerField(_("share repeated"))
    words = models.PositiveIntegerField(_("words repeated"))

    class Meta:
        verbose_name = _("repeated text")
        constraints = [
            models.UniqueConstraint(fields=["nomination", "other"], name="likeness_once"),
            models.CheckConstraint(condition=Q(nomination__gt=F("other")), name="likeness_later_to_earlier"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="likeness_is_a_share"),
        ]

    def beside(self, nomination: Nomination) -> int:
        """The id of the other dossier than this one."""
        return self.other_id if self.nomination_id == nomination.pk else self.nomination_id
