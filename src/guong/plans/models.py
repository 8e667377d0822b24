"""A plan kept as issued, the reading it came from, and what it obliges people to (B-01 … B-13, B-22)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from guong.base.access import Role
from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, Denominator, StoredFile, User
from guong.base.text import fold
from guong.plans import access


class Precision(models.TextChoices):
    """How exact a date in a plan is; kept as given, never invented."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")


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


class LegalDocument(models.Model):
    """A document others stand on: kind, number, date, issuer (B-03)."""

    kind = CleanCharField(_("kind"), max_length=60)
    number = CleanCharField(_("number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = CleanCharField(_("issuer"), max_length=250, blank=True)
    subject = CleanCharField(_("subject"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("legal document")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "issued_on"], condition=~Q(number=""), name="legal_document_once"
            )
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.number) if part)


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> PlanQuerySet:
        return self.filter(access.plans_seen_by(user))

    def published(self) -> PlanQuerySet:
        """Plans anyone may read on the portal."""
        return self.filter(state=Plan.State.IN_FORCE, published_at__isnull=False)


class Plan(models.Model):
    """One plan, as its paper says. Its text is fixed; what it makes people do lives below."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("in force")
        CLOSED = "closed", _("closed")

    department = models.ForeignKey(Body, models.PROTECT, related_name="plans", verbose_name=_("department"))
    reading = models.OneToOneField(
        Reading, models.PROTECT, null=True, related_name="plan", verbose_name=_("reading")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.IN_FORCE)
    kind = CleanCharField(_("kind of document"), max_length=80)
    number = CleanCharField(_("number"), max_length=80, blank=True)
    place = CleanCharField(_("place"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issued_text = CleanCharField(_("date as written"), max_length=60, blank=True)
    issuer = CleanCharField(_("issuer"), max_length=250, blank=True)
    title = CleanCharField(_("title"), max_length=600)
    theme = CleanCharField(_("theme"), max_length=400, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    period_start = models.DateField(_("from"), null=True, blank=True)
    period_end = models.DateField(_("until"), null=True, blank=True)
    period_text = CleanCharField(_("period as written"), max_length=80, blank=True)
    signatory_position = CleanCharField(_("signatory's position"), max_length=120, blank=True)
    signatory_name = CleanCharField(_("signatory"), max_length=120, blank=True)
    topics = models.JSONField(_("communication topics"), default=list)
    activities = models.JSONField(_("activity table"), default=list)
    event = models.JSONField(_("event outline"), null=True, blank=True)
    published_at = models.DateTimeField(_("published on the portal"), null=True, blank=True)
    bases = models.ManyToManyField(
        LegalDocument, through="PlanBasis", related_name="plans", verbose_name=_("legal bases")
    )
    search = models.CharField(max_length=900, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        ordering = ["-year", "-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["in_force", "closed"]), name="plan_state_known"),
            models.CheckConstraint(
                condition=Q(period_end__isnull=True) | Q(period_end__gte=F("period_start")),
                name="plan_period_in_order",
            ),
        ]
        indexes = [GinIndex(OpClass("search", name="gin_trgm_ops"), name="plan_search_trgm")]

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.pk])

    def fill_keys(self) -> None:
        """The search key; bulk writers call it themselves."""
        self.search = fold(f"{self.kind} {self.number} {self.title} {self.theme} {self.year}")[:900]

    def save(self, *args, **kwargs) -> None:
        if kwargs.get("update_fields") is None:
            self.fill_keys()
        super().save(*args, **kwargs)


class PlanBasis(models.Model):
    """A document the plan is made under, in the order of its preamble."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    document = models.ForeignKey(LegalDocument, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("legal basis")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "document"], name="plan_basis_once")]


class Target(models.Model):
    """A figure the plan sets itself."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets", verbose_name=_("plan"))
    metric = CleanCharField(_("metric"), max_length=400)
    value = CleanCharField(_("value"), max_length=80)
    denominator = models.CharField(_("share of"), max_length=12, choices=Denominator.choices, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("target")
        ordering = ["order"]


class Recipient(models.Model):
    """One line of "Nơi nhận": to whom, and for what (B-12)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="recipients", verbose_name=_("plan"))
    text = CleanCharField(_("recipient"), max_length=250)
    purpose = CleanCharField(_("purpose"), max_length=80, blank=True)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("recipient")
        ordering = ["order"]


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
    def department(self) -> Body:
        """The department whose plan gives the task."""
        return self.plan.department


class Obligation(models.Model):
    """Something due on a date, as the plan says it (H-01 … H-04). Owned by units through `Duty`.

    `due_on` is the last good day: "trước ngày D" ends with the day before D.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="obligations", verbose_name=_("plan"))
    what = CleanTextField(_("what"))
    by_text = CleanCharField(_("by whom, as written"), max_length=400, blank=True)
    to_text = CleanCharField(_("to whom, as written"), max_length=400, blank=True)
    on_text = CleanCharField(_("date as written"), max_length=80)
    due_on = models.DateField(_("last good day"))
    precision = models.CharField(_("precision"), max_length=8, choices=Precision.choices)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("obligation")
        ordering = ["due_on", "order"]

    def __str__(self) -> str:
        return self.what[:80]


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
    def department(self) -> Body:
        """The department that waits for the report."""
        return self.obligation.plan.department

    @property
    def was_late(self) -> bool:
        """Reported after the last good day."""
        return bool(self.reported_at and timezone.localdate(self.reported_at) > self.obligation.due_on)
