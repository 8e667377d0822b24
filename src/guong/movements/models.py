"""A movement as the plan launches it, with the limits of what may be awarded (C-01 … C-16, C-33)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, StoredFile, User
from guong.base.text import fold
from guong.movements import access
from guong.plans.access import OWN_KEEPERS
from guong.plans.models import FocalTask, Plan, Revision


class Subject(models.TextChoices):
    """Whom an award honours; counted apart everywhere (D-10)."""

    COLLECTIVE = "collective", _("collective")
    INDIVIDUAL = "individual", _("individual")


class MovementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> MovementQuerySet:
        return self.filter(access.movements_seen_by(user))

    def of_departments(self) -> MovementQuerySet:
        """Movements of a department's plan; those of a unit's own plan are the unit's business alone."""
        return self.exclude(plan__body__kind__in=OWN_KEEPERS)

    def for_unit(self, unit: Body) -> MovementQuerySet:
        """Movements a unit launches: of the plans above it and of its own."""
        return self.of_departments() | self.filter(plan__body=unit)

    def to_launch(self) -> MovementQuerySet:
        """Movements units launch; the annual review is not launched, it takes place."""
        return self.exclude(route="annual")

    def awarding(self) -> MovementQuerySet:
        """Movements that have any place to award."""
        return self.filter(pk__in=Quota.objects.values("movement_id"))


class Movement(models.Model):
    """One theme of a plan: host, leads, content, when it is judged, how many may be awarded."""

    class QuotaKind(models.TextChoices):
        FIXED = "fixed", _("fixed in the plan")
        PER_PROGRAMME = "per_programme", _("for each programme")
        OPEN = "open", _("not fixed in the plan")

    class Window(models.TextChoices):
        START = "start", _("at the start of the year")
        DURING = "during", _("during the year")
        END = "end", _("at the end of the year")
        LAUNCHER = "launcher", _("as its launcher plans")
        NONE = "none", _("no time given")

    class Route(models.TextChoices):
        THEMATIC = "thematic", _("thematic award")
        AD_HOC = "ad_hoc", _("ad hoc award")
        ANNUAL = "annual", _("annual award")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="movements", verbose_name=_("plan"))
    code = CleanCharField(_("code"), max_length=20, blank=True)
    name = CleanCharField(_("name"), max_length=500)
    route = models.CharField(_("kind of award"), max_length=10, choices=Route.choices, default=Route.THEMATIC)
    host_text = CleanCharField(_("host, as written"), max_length=300, blank=True)
    host = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host")
    )
    content = CleanTextField(_("content"), blank=True)
    judged_at = CleanCharField(_("judged, as written"), max_length=300, blank=True)
    window = models.CharField(_("judging window"), max_length=10, choices=Window.choices, default=Window.NONE)
    window_start = models.DateField(_("window opens"), null=True, blank=True)
    window_end = models.DateField(_("window closes"), null=True, blank=True)
    posts = models.JSONField(_("posts a nominee must hold"), default=list, blank=True)
    quota_kind = models.CharField(_("quota"), max_length=14, choices=QuotaKind.choices)
    per_programme_collectives = models.PositiveSmallIntegerField(
        _("collectives for each programme"), null=True, blank=True
    )
    per_programme_individuals = models.PositiveSmallIntegerField(
        _("individuals for each programme"), null=True, blank=True
    )
    quota_text = CleanCharField(_("quota, as written"), max_length=300, blank=True)
    focal_tasks = models.ManyToManyField(
        FocalTask, blank=True, related_name="movements", verbose_name=_("focal tasks")
    )
    review_of = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("annual review of")
    )
    review_year = models.PositiveSmallIntegerField(_("year of the annual review"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=700, editable=False, default="")

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("emulation movement")
        ordering = ["plan", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(window_end__isnull=True) | Q(window_end__gte=F("window_start")),
                name="movement_window_in_order",
            ),
            models.UniqueConstraint(
                fields=["plan", "code"],
                condition=~Q(code="") & Q(ended_by__isnull=True),
                name="movement_code_once_per_plan",
            ),
            models.CheckConstraint(
                condition=Q(route="annual", review_of__isnull=False, review_year__isnull=False)
                | (~Q(route="annual") & Q(review_of__isnull=True, review_year__isnull=True)),
                name="movement_annual_review_is_of_a_year",
            ),
            models.UniqueConstraint(
                fields=["review_of", "review_year"],
                condition=Q(review_of__isnull=False),
                name="movement_annual_review_once_a_year",
            ),
        ]
        indexes = [GinIndex(OpClass("search", name="gin_trgm_ops"), name="movement_search_trgm")]

    def __str__(self) -> str:
        return f"{self.code}. {self.name}" if self.code else self.name

    def get_absolute_url(self) -> str:
        return reverse("movements:movement", args=[self.pk])

    def fill_keys(self) -> None:
        """The search key; bulk writers call it themselves."""
        self.search = fold(f"{self.code} {self.name} {self.content[:150]}")[:700]

    def save(self, *args, **kwargs) -> None:
        if kwargs.get("update_fields") is None:
            self.fill_keys()
        super().save(*args, **kwargs)


class MovementLead(models.Model):
    """A body in charge of a movement (A-13); as written when it names no single body."""

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="leads", verbose_name=_("movement"))
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="led_movements", verbose_name=_("body")
    )
    text = CleanCharField(_("lead, as written"), max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("movement lead")
        ordering = ["order"]


class Programme(models.Model):
    """A programme for which the movement's quota is repeated (2.1: one quota for each programme)."""

    movement = models.ForeignKey(
        Movement, models.PROTECT, related_name="programmes", verbose_name=_("movement")
    )
    name = CleanCharField(_("programme"), max_length=300)

    class Meta:
        verbose_name = _("programme")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["movement", "name"], name="programme_once")]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """A limit on awards, as a guarded counter (security.md §3.2).

    `used` counts places held since the council's choice and places awarded. The database refuses
    `used > size`; the counter moves only through `take_place` and `free_place` of movements.quota.
    """

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="quotas", verbose_name=_("movement"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="quotas", verbose_name=_("programme")
    )
    subject = models.CharField(_("subject"), max_length=10, choices=Subject.choices)
    size = models.PositiveIntegerField(_("places"))
    used = models.PositiveIntegerField(_("held or awarded"), default=0)

    class Meta:
        verbose_name = _("quota")
        ordering = ["movement", "programme", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "programme", "subject"], name="quota_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(used__gte=0, used__lte=F("size")), name="quota_never_over"),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="quota_subject_known"),
        ]

    def __str__(self) -> str:
        return f"{self.movement} · {self.get_subject_display()}"

    @property
    def left(self) -> int:
        return self.size - self.used


class LaunchQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> LaunchQuerySet:
        return self.filter(access.launches_seen_by(user))


class Launch(models.Model):
    """A unit launched a movement inside its house (C-21)."""

    movement = models.ForeignKey(
        Movement, models.PROTECT, related_name="launches", verbose_name=_("movement")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="launches", verbose_name=_("unit"))
    on = models.DateField(_("launched on"))
    note = CleanTextField(_("how it was launched"), blank=True)
    participants = models.PositiveIntegerField(_("people taking part"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit plan or minutes"),
    )

    version = models.PositiveIntegerField(default=1)

    objects = LaunchQuerySet.as_manager()

    class Meta:
        verbose_name = _("launch")
        constraints = [models.UniqueConstraint(fields=["movement", "body"], name="launch_once_per_unit")]

    def __str__(self) -> str:
        return f"{self.body} · {self.movement}"
