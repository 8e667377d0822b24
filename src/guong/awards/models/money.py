"""Funds, and what each award of a numbered decision is paid (K-14)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guong.awards import access
from guong.base.fields import CleanCharField
from guong.base.models import Body, User


class FundQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> FundQuerySet:
        """The sector's readers see the funds of their department."""
        return self.filter(access.funds_seen_by(user))

    def in_use(self) -> FundQuerySet:
        """Funds a decision may still name."""
        return self.filter(closed_on__isnull=True)


class Fund(models.Model):
    """A fund for emulation and commendation: who decides an award pays it (law.md 6.3)."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        DEPARTMENT = "department", _("department")
        UNIT = "unit", _("unit")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    name = CleanCharField(_("name of the fund"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.DEPARTMENT)
    payer = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("who pays"))
    closed_on = models.DateField(_("no longer used since"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "name"], name="fund_name_once"),
            models.CheckConstraint(
                condition=Q(level__in=["province", "department", "unit"]), name="fund_level_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("awards:funds")


class BonusQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> BonusQuerySet:
        """The sector's readers see all; a unit its own and a person the own, once the decision is issued."""
        return self.filter(access.bonuses_seen_by(user))

    def owed(self) -> BonusQuerySet:
        """What a fund gives or has given: planned and paid."""
        return self.filter(state__in=(Bonus.State.PLANNED, Bonus.State.PAID))

    def total(self) -> int:
        """In đồng."""
        return self.aggregate(sum=Sum("amount"))["sum"] or 0


class Bonus(models.Model):
    """The money of one award, by the law on the day of its decision.

    Made when the decision gets its number; from then on figures and what they rest on stay as they are
    (trigger `guong_bonus_holds`), only the payment moves along its steps.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("to be paid")
        UNKNOWN = "unknown", _("amount not known")
        COVERED = "covered", _("not paid beside a higher title")
        PAID = "paid", _("paid")
        DUE_BACK = "due_back", _("to be recovered")
        RECOVERED = "recovered", _("recovered")
        DROPPED = "dropped", _("no longer paid")

    award = models.OneToOneField(
        "awards.Award", models.PROTECT, related_name="bonus", verbose_name=_("award")
    )
    decision = models.ForeignKey(
        "awards.Decision", models.PROTECT, related_name="bonuses", verbose_name=_("decision")
    )
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="bonuses", verbose_name=_("fund")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    year = models.PositiveSmallIntegerField(_("year of the achievement"))
    multiple = models.DecimalField(_("multiple"), max_digits=6, decimal_places=3, null=True, blank=True)
    base_salary = models.PositiveIntegerField(_("base salary"), null=True, blank=True)
    rounding = models.PositiveIntegerField(_("rounded up to"), null=True, blank=True)
    amount = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    why = CleanCharField(_("why so"), max_length=400, blank=True)
    rests_on = models.JSONField(_("rests on"), default=list)
    unverified = models.BooleanField(_("not verified"), default=False)
    law_version = models.CharField(_("version of the law data"), max_length=12)
    document_number = CleanCharField(_("payment document"), max_length=60, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    recovery_number = CleanCharField(_("recovery document"), max_length=60, blank=True)
    recovered_on = models.DateField(_("recovered on"), null=True, blank=True)

    objects = BonusQuerySet.as_manager()

    class Meta:
        verbose_name = _("bonus")
        ordering = ["decision", "award__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["planned", "unknown", "covered", "paid", "due_back", "recovered", "dropped"]
                ),
                name="bonus_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unknown", "dropped"]) | Q(amount__isnull=False),
                name="bonus_amount_or_unknown",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "due_back", "recovered"])
                | (Q(paid_on__isnull=False, fund__isnull=False) & ~Q(document_number="")),
                name="bonus_paid_by_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="recovered") | (Q(recovered_on__isnull=False) & ~Q(recovery_number="")),
                name="bonus_recovered_by_a_document",
            ),
        ]
        indexes = [models.Index(fields=["decision", "state"], name="bonus_decision")]

    def __str__(self) -> str:
        return str(self.award)

    @property
    def factor(self) -> str:
        """The multiple without idle zeros: 0.3, 1, 12.5; empty when it is not known."""
        return "" if self.multiple is None else f"{self.multiple.normalize():f}"

    @property
    def department(self) -> Body:
        """Whose fund office keeps it."""
        return self.decision.department
