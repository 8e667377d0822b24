"""Long work people wait for: what was asked, how far it is, and the file it made (design.md decision 12)."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField
from guong.base.models.files import StoredFile

KEPT_FOR = timedelta(days=7)


def a_week_from_now() -> object:
    """When a result may be fetched no more."""
    return timezone.now() + KEPT_FOR


def worker_is_alive() -> bool:
    """A background worker reported within the last half minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - interval '30 seconds')"
        )
        return bool(cursor.fetchone()[0])


class Job(models.Model):
    """One piece of long work. Safe to kill and to run again: the result is attached in one last step.

    The work hangs on a record; the result is reachable only through that record's own page.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("kind"), max_length=40)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    message = CleanCharField(_("message"), max_length=400, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("result")
    )
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    requested_by = models.ForeignKey(
        "base.User", models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    expires = models.DateTimeField(_("may be fetched until"), default=a_week_from_now)

    class Meta:
        verbose_name = _("job")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]), name="job_state_known"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_progress_fits"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(file__isnull=False), name="job_done_has_a_file"
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id", "-id"], name="job_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def fetchable(self) -> bool:
        """The result is there and has not expired."""
        return self.state == self.State.DONE and timezone.now() < self.expires
