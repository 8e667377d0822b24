"""Managed lists used by everything later: focal tasks (B-10), occasions of the year (B-08, B-09)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body


class FocalList(models.Model):
    """A numbered list of focal tasks and the years it holds for: 08 tasks of 2020, 06 groups of 2021-2025."""

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    name = CleanCharField(_("name"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("from year"))
    last_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    source = CleanCharField(_("according to"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("list of focal tasks")
        ordering = ["-first_year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["department", "name"], name="focal_list_once"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="focal_list_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FocalTask(models.Model):
    """One focal task: a tag of plans, movements, activities and exemplars."""

    focal_list = models.ForeignKey(FocalList, models.PROTECT, related_name="tasks", verbose_name=_("list"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = CleanTextField(_("task"))

    class Meta:
        verbose_name = _("focal task")
        ordering = ["focal_list", "number"]
        constraints = [
            models.UniqueConstraint(fields=["focal_list", "number"], name="focal_task_number_once")
        ]

    def __str__(self) -> str:
        return f"({self.number}) {self.text}"


class Occasion(models.Model):
    """A day the year turns round: 27/2 counted from 1955, Tết by the lunar calendar, a congress."""

    class Calendar(models.TextChoices):
        SOLAR = "solar", _("same day every year")
        LUNAR = "lunar", _("same day of the lunar year")
        ONCE = "once", _("one date only")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    name = CleanCharField(_("name"), max_length=200)
    calendar = models.CharField(_("repeats"), max_length=6, choices=Calendar.choices)
    day = models.PositiveSmallIntegerField(_("day"))
    month = models.PositiveSmallIntegerField(_("month"))
    since = models.PositiveSmallIntegerField(_("counted from the year"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year, for one date only"), null=True, blank=True)
    weeks_before = models.PositiveSmallIntegerField(_("whole weeks of peak before"), default=0)
    weeks_after = models.PositiveSmallIntegerField(_("whole weeks of peak after"), default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("occasion")
        ordering = ["month", "day", "name"]
        constraints = [
            models.UniqueConstraint(fields=["department", "name"], name="occasion_once"),
            models.CheckConstraint(
                condition=Q(calendar__in=["solar", "lunar", "once"]), name="occasion_calendar_known"
            ),
            models.CheckConstraint(
                condition=Q(day__gte=1, day__lte=31, month__gte=1, month__lte=12),
                name="occasion_day_possible",
            ),
            models.CheckConstraint(
                condition=Q(calendar="once", year__isnull=False)
                | (~Q(calendar="once") & Q(year__isnull=True)),
                name="occasion_year_only_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
