"""What happened: the log people read, and the sealed audit trail below it (K-03, J-09)."""

from __future__ import annotations

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from guong.base.access import LOG_READERS
from guong.base.fields import CleanTextField
from guong.base.models.people import User


class LogEntryQuerySet(models.QuerySet):
    """Questions asked of the log."""

    def visible_to(self, user: User) -> LogEntryQuerySet:
        """Administrators, inspectors and auditors read what the accounts below them did (K-03, J-09)."""
        if not user.scope.has(*LOG_READERS):
            return self.none()
        return self.filter(by__in=User.objects.visible_to(user))

    def about(self, record: models.Model) -> LogEntryQuerySet:
        """The timeline of one record, newest first."""
        kind = ContentType.objects.get_for_model(record)
        return (
            self.filter(content_type=kind, object_id=record.pk)
            .select_related("by__person")
            .order_by("-at", "-pk")
        )


class LogEntry(models.Model):
    """One act of a person on a record, in words the timeline shows."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        "base.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    action = models.CharField(_("action"), max_length=60)
    refused = models.BooleanField(_("refused"), default=False)
    before = models.CharField(_("state before"), max_length=30, blank=True)
    after = models.CharField(_("state after"), max_length=30, blank=True)
    note = CleanTextField(_("note"), blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey()

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        indexes = [
            models.Index(fields=["content_type", "object_id", "-at"], name="log_about"),
            models.Index(fields=["by", "-at"], name="log_by"),
            models.Index(fields=["-at", "-id"], name="log_order"),
        ]

    @property
    def is_personal(self) -> bool:
        """Only those who must read the record: the log says what was done, not to whom (D5)."""
        if self.content_type_id is None:
            return False
        model = ContentType.objects.get_for_id(self.content_type_id).model_class()
        return getattr(model, "IS_PERSONAL", False)


class OnceToken(models.Model):
    """A form may be sent twice; what it makes is made once. The token remembers where the first one went."""

    user = models.ForeignKey("base.User", models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("once-only token")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="once_token_unique")]


class AuditSeal(models.Model):
    """One link of the chain: all changes of one transaction, sealed when it commits by a database trigger.

    hash = sha256(hash of the link before · number · hashes of the entries). `txid` is PostgreSQL's.
    """

    number = models.PositiveBigIntegerField(null=True, unique=True)
    txid = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField(null=True)
    entries = models.PositiveIntegerField(null=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("audit seal")


class AuditEntry(models.Model):
    """One changed row, written by a database trigger so that raw SQL leaves a trace too (H1)."""

    txid = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    table = models.CharField(max_length=63)
    row = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=8)
    detail = models.JSONField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        indexes = [models.Index(fields=["table", "row"], name="audit_row")]
