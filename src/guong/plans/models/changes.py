"""What happens to a plan after issue: difficulties, revisions, reviews, deliveries (B-12, B-15, B-16)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, StoredFile, User
from guong.plans import access
from guong.plans.models.draft import PlanDraft
from guong.plans.models.plan import Plan


class Revision(models.Model):
    """One numbered change of a plan in force: why, when, what was and what is; never changed itself."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("revision"))
    paper_number = CleanCharField(_("number of the paper"), max_length=80, blank=True)
    issued_on = models.DateField(_("dated"), null=True, blank=True)
    reason = CleanTextField(_("reason"))
    before = models.JSONField(_("content before"))
    after = models.JSONField(_("content after"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("revision of a plan")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(reason=""), name="revision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(_("revision %(n)s") % {"n": self.number})

    def get_absolute_url(self) -> str:
        return reverse("plans:revision", args=[self.plan_id, self.number])


class DifficultyQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DifficultyQuerySet:
        return self.filter(access.difficulties_seen_by(user))


class Difficulty(models.Model):
    """What stands in a unit's way under a plan, and what the issuer answered (B-15)."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ANSWERED = "answered", _("answered")
        ADJUSTED = "adjusted", _("answered by a revision")
        WITHDRAWN = "withdrawn", _("withdrawn")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="difficulties", verbose_name=_("plan"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("unit"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    text = CleanTextField(_("difficulty"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reported by"))
    at = models.DateTimeField(_("reported at"), default=timezone.now)
    answer = CleanTextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="difficulties",
        verbose_name=_("answered by revision"),
    )
    draft = models.ForeignKey(
        PlanDraft,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="difficulties",
        verbose_name=_("revision being written"),
    )
    noted_at = models.DateTimeField(_("answer noted by the unit at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        verbose_name = _("difficulty")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "adjusted", "withdrawn"]),
                name="difficulty_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="difficulty_answer_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(state="adjusted") | Q(revision__isnull=False),
                name="difficulty_adjusted_by_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True) | Q(state__in=["answered", "adjusted"]),
                name="difficulty_noted_once_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("plans:difficulty", args=[self.pk])

    @property
    def kept_by(self) -> Body:
        """Whose people answer it."""
        return self.plan.kept_by


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ReviewQuerySet:
        return self.filter(access.reviews_seen_by(user))


class Review(models.Model):
    """A derived plan to be looked at again, because the plan it stands on was revised (B-16)."""

    class State(models.TextChoices):
        OPEN = "open", _("to be reviewed")
        KEPT = "kept", _("reviewed, stays as it is")
        REVISED = "revised", _("revised")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews", verbose_name=_("derived plan"))
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="reviews", verbose_name=_("because of")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a derived plan")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "revision"], name="review_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "kept", "revised"]), name="review_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.revision}"

    def get_absolute_url(self) -> str:
        return self.revision.get_absolute_url()


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> DeliveryQuerySet:
        return self.filter(access.deliveries_seen_by(user))

    def current(self) -> DeliveryQuerySet:
        """Copies of the plan as it stands, not of an earlier edition."""
        return self.filter(edition=F("plan__edition"))

    def unread(self) -> DeliveryQuerySet:
        return self.filter(read_at__isnull=True)


class Delivery(models.Model):
    """One body's copy of one edition of a plan: for what, who read it there and when (B-12, B-20).

    A unit passes its copy on to its sections: `passed_on` leads from the section's copy to the unit's.
    """

    class Purpose(models.TextChoices):
        REPORT = "report", _("for report")
        EXECUTE = "execute", _("to carry out")
        COORDINATE = "coordinate", _("to coordinate")
        INFORM = "inform", _("for information")
        FILE = "file", _("to keep")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="deliveries", verbose_name=_("plan"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="deliveries", verbose_name=_("recipient"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=0)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    passed_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="handed", verbose_name=_("passed on from")
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    read_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        ordering = ["plan", "edition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "body", "edition"], name="delivery_once_per_edition"),
            models.CheckConstraint(
                condition=Q(purpose__in=["report", "execute", "coordinate", "inform", "file"]),
                name="delivery_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, read_at__gte=F("sent_at")),
                name="delivery_read_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["body", "read_at"], name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.body} · {self.plan}"

    def get_absolute_url(self) -> str:
        return reverse("plans:delivery", args=[self.pk])


class Reminder(models.Model):
    """A body was reminded of a plan on a day: to read it, or to issue its own; once a day at most (B-20)."""

    class About(models.TextChoices):
        READ = "read", _("to read the plan")
        DERIVE = "derive", _("to issue its own plan")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reminders", verbose_name=_("plan"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("reminded"))
    about = models.CharField(_("about"), max_length=8, choices=About.choices)
    day = models.DateField(_("day"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reminded by"))

    class Meta:
        verbose_name = _("reminder")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "body", "about", "day"], name="reminder_once_a_day"),
            models.CheckConstraint(condition=Q(about__in=["read", "derive"]), name="reminder_about_known"),
        ]
