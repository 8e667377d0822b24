"""A plan kept as issued, with its bases, targets and recipients (B-01 … B-13)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField
from guong.base.models import Body, Denominator, StoredFile, User
from guong.base.text import fold
from guong.plans import access
from guong.plans.models.lists import FocalTask, Occasion
from guong.plans.models.reading import Reading
from guong.plans.models.register import LegalDocument


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> PlanQuerySet:
        return self.filter(access.plans_seen_by(user))

    def published(self) -> PlanQuerySet:
        """Plans anyone may read on the portal."""
        return self.filter(state=Plan.State.IN_FORCE, published_at__isnull=False)


class Plan(models.Model):
    """One plan, as its paper says. Its text is fixed; only a numbered revision changes it (B-16, B-21).

    `body` issues it: the department, one of its offices, a unit, the union; nobody of ours for a plan from
    above. `content` is the plan as it stands now, field for field as the reader writes it.
    """

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("in force")
        CLOSED = "closed", _("closed")

    department = models.ForeignKey(Body, models.PROTECT, related_name="plans", verbose_name=_("department"))
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="issued_plans", verbose_name=_("issued by")
    )
    document = models.OneToOneField(
        LegalDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan",
        verbose_name=_("entry in the register of documents"),
    )
    content = models.JSONField(_("content as it stands"), default=dict)
    edition = models.PositiveSmallIntegerField(_("revisions so far"), default=0)
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
    signed_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed copy")
    )
    published_at = models.DateTimeField(_("published on the portal"), null=True, blank=True)
    bases = models.ManyToManyField(
        LegalDocument, through="PlanBasis", related_name="plans", verbose_name=_("legal bases")
    )
    focal_tasks = models.ManyToManyField(
        FocalTask, blank=True, related_name="plans", verbose_name=_("focal tasks")
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

    def parents(self) -> PlanQuerySet:
        """Plans of ours this one stands on, as its legal bases name them (B-02)."""
        return Plan.objects.filter(document__in=self.bases.all())

    def children(self) -> PlanQuerySet:
        """Plans of ours that stand on this one."""
        return Plan.objects.filter(bases=self.document_id) if self.document_id else Plan.objects.none()

    @property
    def kept_by(self) -> Body:
        """Whose people keep the plan: the unit that issued its own, else the department."""
        return self.body if self.body and self.body.kind in access.OWN_KEEPERS else self.department

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


class Citation(models.Model):
    """A document the text of a plan names, apart from those it stands on; `line` is where (B-03)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="citations", verbose_name=_("plan"))
    document = models.ForeignKey(
        LegalDocument, models.PROTECT, related_name="citations", verbose_name=_("document")
    )
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)

    class Meta:
        verbose_name = _("citation")
        ordering = ["line", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "document"], name="citation_once")]


class Peak(models.Model):
    """A peak inside the period, as a rule on an occasion; its days are computed, never typed (B-08)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="peaks", verbose_name=_("plan"))
    text = CleanCharField(_("as written"), max_length=400)
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occasion")
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("peak")
        ordering = ["order"]


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> TargetQuerySet:
        return self.filter(access.plans_seen_by(user, "plan__"))


class Target(models.Model):
    """A figure the plan sets itself, or a requirement with a number, to be checked (B-05)."""

    class Kind(models.TextChoices):
        TARGET = "target", _("target")
        REQUIREMENT = "requirement", _("requirement")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets", verbose_name=_("plan"))
    metric = CleanCharField(_("metric"), max_length=400)
    value = CleanCharField(_("value"), max_length=80)
    denominator = models.CharField(_("share of"), max_length=12, choices=Denominator.choices, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.TARGET)
    reached = CleanCharField(_("reached"), max_length=200, blank=True)
    met = models.BooleanField(_("met"), null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "plans.Revision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    order = models.PositiveSmallIntegerField()

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["target", "requirement"]), name="target_kind_known"),
            models.CheckConstraint(
                condition=Q(met__isnull=True, checked_at__isnull=True)
                | Q(met__isnull=False, checked_at__isnull=False, checked_by__isnull=False),
                name="target_checked_by_somebody",
            ),
        ]


class Recipient(models.Model):
    """One line of "Nơi nhận": to whom, and for what (B-12)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="recipients", verbose_name=_("plan"))
    text = CleanCharField(_("recipient"), max_length=250)
    purpose = CleanCharField(_("purpose"), max_length=80, blank=True)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    group = models.CharField(
        _("group of units"), max_length=12, choices=Denominator.choices, blank=True, default=""
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("recipient")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group="") | Q(group__in=Denominator.values, body__isnull=True),
                name="recipient_one_or_a_group",
            )
        ]
