"""Managed lists used by everything later: focal tasks (B-10), occasions of the year (B-08, B-09)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, User
from guong.plans import access, lunar


class FocalListQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> FocalListQuerySet:
        return self.filter(access.plans_seen_by(user))


class FocalList(models.Model):
    """A numbered list of focal tasks and the years it holds for: 08 tasks of 2020, 06 groups of 2021-2025."""

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    name = CleanCharField(_("name"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("from year"))
    last_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    source = CleanCharField(_("according to"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FocalListQuerySet.as_manager()

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

    @property
    def kept_by(self) -> Body:
        """The department whose standing office keeps it."""
        return self.department

    def get_absolute_url(self) -> str:
        return f"{reverse('plans:lists')}#danh-muc-{self.pk}"


class FocalTaskQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> FocalTaskQuerySet:
        return self.filter(access.plans_seen_by(user, "focal_list__"))

    def of_year(self, department: Body, year: int) -> FocalTaskQuerySet:
        """Tasks of the lists that hold in a year: what may be chosen as a tag."""
        lists = FocalList.objects.filter(
            Q(last_year__gte=year) | Q(last_year__isnull=True), department=department, first_year__lte=year
        )
        return self.filter(focal_list__in=lists)


class FocalTask(models.Model):
    """One focal task: a tag of plans, movements, activities and exemplars."""

    focal_list = models.ForeignKey(FocalList, models.PROTECT, related_name="tasks", verbose_name=_("list"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = CleanTextField(_("task"))
    version = models.PositiveIntegerField(default=1)

    objects = FocalTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal task")
        ordering = ["focal_list", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["focal_list", "number"],
                name="focal_task_number_once",
                deferrable=models.Deferrable.DEFERRED,  # two tasks may change places
            )
        ]

    def __str__(self) -> str:
        return f"({self.number}) {self.text}"

    @property
    def kept_by(self) -> Body:
        """The department whose standing office keeps it."""
        return self.department

    def get_absolute_url(self) -> str:
        return f"{reverse('plans:lists')}#danh-muc-{self.focal_list_id}"

    @property
    def department(self) -> Body:
        """The department whose list it stands in."""
        return self.focal_list.department


class OccasionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> OccasionQuerySet:
        return self.filter(access.plans_seen_by(user))


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
    last_year = models.PositiveSmallIntegerField(_("no longer kept after the year"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OccasionQuerySet.as_manager()

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

    @property
    def kept_by(self) -> Body:
        """The department whose standing office keeps it."""
        return self.department

    def get_absolute_url(self) -> str:
        return f"{reverse('plans:lists')}#dip-{self.pk}"

    def on(self, year: int) -> date | None:
        """The day it falls on in a year of our calendar, or of the lunar one. None: not in that year.

        A year that lacks the day (29/02, the 30th of a short lunar month) keeps it a day earlier.
        """
        if (self.last_year and year > self.last_year) or (self.since and year < self.since):
            return None
        if self.year is not None and year != self.year:
            return None
        if self.calendar == self.Calendar.LUNAR:
            known = lunar.FIRST_YEAR <= year <= lunar.LAST_YEAR
            return self._lunar(year) if known else None
        return self._solar(year)

    def _lunar(self, year: int) -> date | None:
        found = lunar.solar_day(year, self.month, self.day)
        return found or lunar.solar_day(year, self.month, self.day - 1)

    def _solar(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            after = date(year + self.month // 12, self.month % 12 + 1, 1)
            return after - timedelta(days=1)

    def count(self, year: int) -> int | None:
        """Which anniversary it is: 65 in 2020 for a day counted from 1955 (B-09). None: not counted."""
        return year - self.since if self.since and year > self.since else None

    def peak(self, year: int) -> tuple[date, date] | None:
        """First and last day of the peak: whole weeks from Monday to Sunday round the day (B-08)."""
        day = self.on(year)
        if day is None:
            return None
        monday = day - timedelta(days=day.weekday())
        return monday - timedelta(weeks=self.weeks_before), monday + timedelta(weeks=self.weeks_after, days=6)
