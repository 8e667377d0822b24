"""What a plan makes people do: tasks of bodies, obligations with dates, duties of units (B-11, B-19)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guong.base.access import Role
from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, StoredFile, User
from guong.plans import access
from guong.plans.models.plan import Plan


class Precision(models.TextChoices):
    """How exact a date in a plan is; kept as given, never invented."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> AssignmentQuerySet:
        return self.filter(plan__in=Plan.objects.visible_to(user))


class Assignment(models.Model):
    """One task the plan gives to a body (B-11)."""

    class State(models.TextChoices):
        OPEN = "open", _("not done yet")
        DONE = "done", _("done")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="assignments", verbose_name=_("plan"))
    unit_text = CleanCharField(_("assigned to, as written"), max_length=400)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    text = CleanTextField(_("task"))
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.OPEN)
    ended_by = models.ForeignKey(
        "plans.Revision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    order = models.PositiveSmallIntegerField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "done"]), name="assignment_state")
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def kept_by(self) -> Body:
        """The body whose plan gives the task."""
        return self.plan.kept_by


class Obligation(models.Model):
    """Something due on a date, as the plan says it (H-01 … H-04). Owned by units through `Duty`.

    What recurs is one obligation for each year, with the numbers each unit owes (B-19).
    `due_on` is the last good day: "trước ngày D" ends with the day before D.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="obligations", verbose_name=_("plan"))
    what = CleanTextField(_("what"))
    by_text = CleanCharField(_("by whom, as written"), max_length=400, blank=True)
    to_text = CleanCharField(_("to whom, as written"), max_length=400, blank=True)
    on_text = CleanCharField(_("date as written"), max_length=80)
    due_on = models.DateField(_("last good day"))
    precision = models.CharField(_("precision"), max_length=8, choices=Precision.choices)
    collectives = models.PositiveSmallIntegerField(_("collectives owed"), null=True, blank=True)
    individuals = models.PositiveSmallIntegerField(_("individuals owed"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "plans.Revision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("obligation")
        ordering = ["due_on", "order"]

    def __str__(self) -> str:
        return self.what[:80]

    @property
    def owed(self) -> str:
        """The numbers each unit owes, as papers write them: 01 tập thể, 02 cá nhân."""
        parts = (
            (self.collectives, gettext("%(n)s collectives")),
            (self.individuals, gettext("%(n)s individuals")),
        )
        return ", ".join(words % {"n": f"{number:02d}"} for number, words in parts if number)


class DutyQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DutyQuerySet:
        """A unit sees its own duties; readers of the sector see all."""
        scope = user.scope
        own = scope.within("body", Role.UNIT_HEAD, Role.UNIT_CLERK)
        return self.filter(own | scope.within("obligation__plan__department", *access.SECTOR_READERS))

    def waiting(self) -> DutyQuerySet:
        return self.filter(state__in=[Duty.State.DUE, Duty.State.RETURNED])

    def late(self, today: date) -> DutyQuerySet:
        return self.waiting().filter(obligation__due_on__lt=today)


class Duty(models.Model):
    """One unit's share of an obligation: reported or not."""

    class State(models.TextChoices):
        DUE = "due", _("due")
        REPORTED = "reported", _("reported")
        RETURNED = "returned", _("returned for fixing")
        ACCEPTED = "accepted", _("accepted")

    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="duties", verbose_name=_("obligation")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="duties", verbose_name=_("unit"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DUE)
    report = CleanTextField(_("report"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        constraints = [
            models.UniqueConstraint(fields=["obligation", "body"], name="duty_once_per_unit"),
            models.CheckConstraint(
                condition=Q(state__in=["due", "reported", "returned", "accepted"]), name="duty_state_known"
            ),
        ]
        indexes = [models.Index(fields=["body", "state"], name="duty_body_state")]

    def __str__(self) -> str:
        return str(self.obligation)

    def get_absolute_url(self) -> str:
        return reverse("plans:duty", args=[self.pk])

    @property
    def kept_by(self) -> Body:
        """The body that waits for the report."""
        return self.obligation.plan.kept_by

    @property
    def was_late(self) -> bool:
        """Reported after the last good day."""
        return bool(self.reported_at and timezone.localdate(self.reported_at) > self.obligation.due_on)
