"""What the law answered about a nomination, frozen; and what people judged (K-16, K-25).

Both are written once. A new answer is a new line; triggers refuse any change of an old one.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards.models.nomination import Nomination
from guong.base.fields import CleanTextField
from guong.base.models import StoredFile, User
from guong.law import Assessment as Answer
from guong.regulations.here import national_law

OUTCOMES = ("eligible", "not_eligible", "suspended", "open")


class Assessment(models.Model):
    """One answer of the law, with everything it rests on, as it was on that day."""

    class Reason(models.TextChoices):
        SUBMIT = "submit", _("sent to the department")
        CHANGED = "changed", _("facts or law changed")
        AGAIN = "again", _("asked under another regime")

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible", _("meets the law")
        NOT_ELIGIBLE = "not_eligible", _("does not meet the law")
        SUSPENDED = "suspended", _("must wait")
        OPEN = "open", _("still open")

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="assessments", verbose_name=_("nomination")
    )
    title_code = models.CharField(_("title or form proposed"), max_length=12)
    reason = models.CharField(_("asked because"), max_length=8, choices=Reason.choices)
    received_on = models.DateField(_("received by the deciding level on"))
    regime = models.CharField(_("legal regime"), max_length=2)
    override_reason = CleanTextField(_("why another regime"), blank=True)
    overridden = models.BooleanField(_("another regime than that of the day"), default=False)
    outcome = models.CharField(_("answer"), max_length=12, choices=Outcome.choices)
    checked = models.CharField(
        _("answer if all that people judge is granted"), max_length=12, choices=Outcome.choices
    )
    unverified = models.BooleanField(_("rests on a text not verified"))
    law_version = models.CharField(_("version of the law data"), max_length=12)
    counted_with = models.JSONField(_("dossiers of the same review counted as won"), default=list)
    answer = models.JSONField(_("the whole answer"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    class Meta:
        verbose_name = _("frozen assessment")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=OUTCOMES, checked__in=OUTCOMES), name="assessment_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["submit", "changed", "again"]), name="assessment_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(overridden=False) | ~Q(override_reason=""),
                name="assessment_override_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.get_outcome_display()}"

    def full(self) -> Answer:
        """The answer as the law gave it."""
        return Answer.from_json(self.answer)


class JudgedAnswer(models.Model):
    """What people judged on one question of the law, with its evidence; the latest answer counts."""

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="judged", verbose_name=_("nomination")
    )
    question = models.CharField(_("question"), max_length=40)
    answer = models.BooleanField(_("answer"))
    evidence = CleanTextField(_("what shows it"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("judged by"))
    at = models.DateTimeField(_("judged at"), default=timezone.now)

    class Meta:
        verbose_name = _("judged answer")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="judged_answer_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.answer}"

    @property
    def words(self) -> str:
        """The question as the law asks it."""
        return national_law().words.questions.get(self.question, {}).get("vi", self.question)
