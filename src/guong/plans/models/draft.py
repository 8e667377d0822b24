"""A plan while it is written here: anew, derived, after last year's, or a revision (B-14, B-16, B-21)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, StoredFile, User
from guong.base.text import fold
from guong.plans import access
from guong.plans.models.plan import Plan


class PlanDraftQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> PlanDraftQuerySet:
        return self.filter(access.drafts_seen_by(user))


class PlanDraft(models.Model):
    """A plan being written, approved, numbered and issued.

    `content` has the fields of `planreader.Plan`. Issuing makes the Word and PDF files, reads the Word file
    back, and makes the plan by the same road as a file brought in: a confirmed reading. With `revises` it is
    a new edition of a plan in force; issuing it changes that plan and keeps what is done.
    `unseen` names the parts filled in beforehand that nobody has looked at. Database triggers hold what was
    numbered and what was issued as it is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SUBMITTED = "submitted", _("waiting for approval")
        RETURNED = "returned", _("returned for changes")
        APPROVED = "approved", _("approved, waiting for its number")
        NUMBERED = "numbered", _("numbered, waiting for issue")
        ISSUED = "issued", _("issued")
        DROPPED = "dropped", _("given up")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="plan_drafts", verbose_name=_("issued by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    parent = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("derived from")
    )
    model = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written after")
    )
    revises = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="revision_drafts", verbose_name=_("revises")
    )
    reason = CleanTextField(_("reason of the revision"), blank=True)
    content = models.JSONField(_("content"), default=dict)
    unseen = models.JSONField(_("filled in beforehand, not looked at yet"), default=list, blank=True)
    symbol = CleanCharField(_("symbol"), max_length=40)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    issued_on = models.DateField(_("dated"), null=True, blank=True)
    word_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Word file")
    )
    pdf_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("PDF file")
    )
    plan = models.OneToOneField(
        Plan, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name=_("issued as")
    )
    search = models.CharField(max_length=900, editable=False, default="")
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    objects = PlanDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a plan")
        ordering = ["-pk"]
        indexes = [GinIndex(OpClass("search", name="gin_trgm_ops"), name="plan_draft_search_trgm")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "submitted", "returned", "approved", "numbered", "issued", "dropped"]
                ),
                name="plan_draft_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["numbered", "issued"])
                | Q(number__isnull=False, issued_on__isnull=False),
                name="plan_draft_number_before_issue",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(plan__isnull=False, word_file__isnull=False, pdf_file__isnull=False)
                | Q(revises__isnull=False),
                name="plan_draft_issued_has_its_plan",
            ),
            models.UniqueConstraint(
                fields=["body", "symbol", "year", "number"],
                condition=Q(number__isnull=False),
                name="plan_draft_number_once",
            ),
            models.UniqueConstraint(
                fields=["revises"],
                condition=Q(revises__isnull=False) & ~Q(state__in=["issued", "dropped"]),
                name="plan_draft_one_open_revision",
            ),
            models.UniqueConstraint(
                fields=["parent", "body"],
                condition=Q(parent__isnull=False, revises__isnull=True) & ~Q(state__in=["issued", "dropped"]),
                name="plan_draft_one_open_per_unit",
            ),
        ]

    def fill_keys(self) -> None:
        """The search key."""
        said = (self.content.get(name) or "" for name in ("kind", "title", "theme"))
        self.search = fold(f"{' '.join(said)} {self.full_number} {self.year}")[:900]

    def save(self, *args, **kwargs) -> None:
        """A changed text is found by its new words."""
        fields = kwargs.get("update_fields")
        if fields is None or "content" in fields:
            self.fill_keys()
            kwargs |= {"update_fields": {*fields, "search"}} if fields else {}
        super().save(*args, **kwargs)

    @property
    def full_number(self) -> str:
        """The number as papers cite it, such as 31/KH-SYT or 05/KH-SYT; empty without one."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""

    @property
    def open(self) -> bool:
        """Its text may be changed now."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    def __str__(self) -> str:
        return self.content.get("title") or str(_("plan without a title"))

    def get_absolute_url(self) -> str:
        return reverse("plans:draft", args=[self.pk])
