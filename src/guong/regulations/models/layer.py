"""A layer over the national law: the text of a department or unit, its decision and its days (D-22)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guong.base.fields import CleanCharField
from guong.base.models import Body, StoredFile, User
from guong.regulations import access

LONGEST = 100_000  # characters of a layer; a whole provincial regulation has some 5,000


class LayerQuerySet(models.QuerySet):
    """Questions asked of layers."""

    def visible_to(self, user: User) -> LayerQuerySet:
        """What was ever in force: the department. Drafts: those who work on them."""
        return self.filter(access.layers_seen_by(user))

    def of_law(self) -> LayerQuerySet:
        """Put in force and not withdrawn: they apply on their days, past ones too."""
        return self.filter(state__in=(Layer.State.IN_FORCE, Layer.State.ENDED))

    def over(self, body: Body) -> LayerQuerySet:
        """Layers that apply to a body: its own and those of the bodies above it."""
        return self.filter(applies_to__in=body.ancestor_ids())

    def on(self, day: date) -> LayerQuerySet:
        """Layers whose days cover this one."""
        ends = Q(until__isnull=True) | Q(until__gte=day)
        return self.filter(ends, Q(ended_on__isnull=True) | Q(ended_on__gte=day), since__lte=day)

    def meeting(self, other: Layer) -> LayerQuerySet:
        """Layers that share a day with another."""
        later = Q(until__isnull=True) | Q(until__gte=other.since)
        found = self.filter(later, Q(ended_on__isnull=True) | Q(ended_on__gte=other.since))
        last = other.last_day
        return (found.filter(since__lte=last) if last else found).exclude(pk=other.pk)


class Layer(models.Model):
    """One decision of a department or unit as law data. Once in force its text is never changed.

    code, name, decision, since and until are those of the text. `speaks_of` names the values and rules it
    lays down, `ended_on` is the last day when it was ended before `until`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", pgettext_lazy("layer", "in force")
        ENDED = "ended", _("ended")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DROPPED = "dropped", _("dropped")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    applies_to = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("applies to"))
    code = CleanCharField(_("code"), max_length=60)
    name = CleanCharField(_("name"), max_length=250)
    decision = CleanCharField(_("decision number"), max_length=80)
    signed_on = models.DateField(_("signed on"))
    since = models.DateField(_("in force from"))
    until = models.DateField(_("in force until"), null=True, blank=True)
    ended_on = models.DateField(_("ended early with"), null=True, blank=True)
    text = models.TextField(_("text (YAML)"))
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    speaks_of = models.JSONField(_("values and rules"), default=list)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("the decision as PDF"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("imported by")
    )
    created_at = models.DateTimeField(_("imported at"), default=timezone.now)

    objects = LayerQuerySet.as_manager()

    class Meta:
        verbose_name = _("layer")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_force", "ended", "withdrawn", "dropped"]),
                name="layer_state_known",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="layer_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | (Q(ended_on__gte=F("since")) & (Q(until__isnull=True) | Q(ended_on__lte=F("until")))),
                name="layer_ends_within_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_on__isnull=False), name="layer_ended_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "ended"]) | Q(file__isnull=False),
                name="layer_in_force_has_its_decision",
            ),
            models.UniqueConstraint(
                fields=["applies_to", "code"],
                condition=Q(state__in=["draft", "in_force", "ended"]),
                name="layer_code_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("regulations:layer", args=[self.pk])

    @property
    def last_day(self) -> date | None:
        """The last day it applies on; none when it is open."""
        return self.ended_on or self.until

    def day_for(self, today: date) -> date:
        """The day on which it is compared: today, or the nearest of its days."""
        day = max(today, self.since)
        return min(day, self.last_day) if self.last_day else day

    @property
    def of_a_unit(self) -> bool:
        """Whether it applies below the department only."""
        return self.applies_to_id != self.department_id
