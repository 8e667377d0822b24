"""Decisions with numbers that neither skip nor repeat, and the awards they grant (D-17, D-18, K-07, K-15)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards import access
from guong.awards.models.council import Session
from guong.awards.models.money import Fund
from guong.awards.models.nomination import Nomination
from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, Person, StoredFile, User
from guong.base.text import fold
from guong.movements.models import Movement, Quota, Subject


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DecisionQuerySet:
        return self.filter(access.decisions_seen_by(user))

    def having(self, query: str) -> DecisionQuerySet:
        """Decisions with every word of the query. A number is a whole number: 2 finds neither 12 nor 2026."""
        found = self
        for word in fold(query).split():
            if word.isascii() and word.isdigit():
                whole = Q(search__contains=f" {word} ") | Q(search__endswith=f" {word}")
                found = found.filter(whole | Q(number=int(word)) if len(word) < 10 else whole)
            else:
                found = found.filter(search__contains=word)
        return found


class Decision(models.Model):
    """A decision of the department to commend, from draft to issue, and its revocation."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        NUMBERED = "numbered", _("numbered, waiting for the signed copy")
        SIGNED = "signed", _("signed copy received")
        ISSUED = "issued", _("issued")
        REVOKED = "revoked", _("revoked")
        VOID = "void", _("cancelled before issue")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    movement = models.ForeignKey(
        Movement, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("movement")
    )
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("session")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    title = CleanCharField(_("subject of the decision"), max_length=400)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    symbol = models.CharField(_("symbol"), max_length=20)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    signed_on = models.DateField(_("dated"), null=True, blank=True)
    bases = models.JSONField(_("legal bases, line by line"), default=list)
    merit = CleanCharField(_("for what, as Article 1 says"), max_length=400, blank=True)
    execution = CleanTextField(_("who carries it out"), blank=True)
    authority_line = CleanCharField(_("authority"), max_length=200)
    sign_form = CleanCharField(_("signing form"), max_length=120, blank=True)
    signatory_position = CleanCharField(_("signatory's position"), max_length=120)
    signatory_name = CleanCharField(_("signatory"), max_length=120)
    recipients = models.JSONField(_("recipients, line by line"), default=list)
    signed_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed copy")
    )
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = CleanTextField(_("reason of revocation"), blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    search = models.CharField(max_length=600, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "symbol", "year", "number"],
                condition=Q(number__isnull=False),
                name="decision_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "numbered", "signed", "issued", "revoked", "void"]),
                name="decision_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(number__isnull=False, signed_on__isnull=False, year__isnull=False),
                name="decision_number_after_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "revoked"]) | Q(issued_at__isnull=False),
                name="decision_issued_has_a_time",
            ),
        ]
        indexes = [
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="decision_search_trgm"),
            models.Index(fields=["department", "state", "-year", "-number"], name="decision_list"),
        ]

    def __str__(self) -> str:
        return self.full_number or self.title

    def fill_keys(self) -> None:
        """The search key; bulk writers call it themselves."""
        self.search = fold(f"quyet dinh {self.full_number} {self.title}")[:600]

    def save(self, *args, **kwargs) -> None:
        if kwargs.get("update_fields") is None:
            self.fill_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("awards:decision", args=[self.pk])

    @property
    def full_number(self) -> str:
        """The number as papers cite it, such as 213/QĐ-SYT or 05/QĐ-SYT (NĐ 30/2020); empty for a draft."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""


class AwardQuerySet(models.QuerySet):
    def valid(self) -> AwardQuerySet:
        """Awards in force: granted by an issued decision, not revoked one by one."""
        return self.filter(revoked_on__isnull=True, decision__state=Decision.State.ISSUED)

    def visible_to(self, user: User) -> AwardQuerySet:
        """An award is as visible as its decision."""
        return self.filter(access.decisions_seen_by(user, prefix="decision__"))


class Award(models.Model):
    """One line of a decision. Name, post and unit are kept as the paper prints them."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards", verbose_name=_("decision"))
    nomination = models.OneToOneField(
        Nomination, models.PROTECT, null=True, blank=True, related_name="award", verbose_name=_("nomination")
    )
    quota = models.ForeignKey(
        Quota, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("quota")
    )
    subject = models.CharField(_("subject"), max_length=10, choices=Subject.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("person")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("collective")
    )
    unit = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title_code = models.CharField(_("title or form"), max_length=12, default="GKS")
    form = CleanCharField(_("form of commendation"), max_length=120)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fund that pays")
    )
    name_on_paper = CleanCharField(_("name on paper"), max_length=250)
    post_on_paper = CleanCharField(_("post and unit on paper"), max_length=400, blank=True)
    achievement = CleanTextField(_("for"))
    order = models.PositiveIntegerField(default=0)
    code = models.CharField(_("verification code"), max_length=40, unique=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revocation_reason = CleanTextField(_("reason of revocation"), blank=True)
    place_returned = models.BooleanField(_("its place was given back"), default=False)
    search = models.CharField(max_length=700, editable=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        ordering = ["decision", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="individual", person__isnull=False, body__isnull=True)
                | Q(subject="collective", body__isnull=False, person__isnull=True),
                name="award_subject_is_one",
            )
        ]
        indexes = [
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="award_search_trgm"),
            models.Index(fields=["unit", "-id"], name="award_unit"),
            models.Index(fields=["decision", "order"], name="award_line"),
            models.Index(fields=["-decision", "order", "id"], name="award_newest"),
            models.Index(fields=["form"], name="award_form"),
        ]

    def __str__(self) -> str:
        return self.name_on_paper

    def fill_keys(self) -> None:
        """The search key; bulk writers call it themselves."""
        self.search = fold(f"{self.name_on_paper} {self.post_on_paper} {self.form}")[:700]

    def save(self, *args, **kwargs) -> None:
        if kwargs.get("update_fields") is None:
            self.fill_keys()
        super().save(*args, **kwargs)
