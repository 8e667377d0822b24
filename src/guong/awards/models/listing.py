"""A list posted for comment before the council meets (D-04, D-15)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards import access
from guong.awards.models.nomination import Nomination
from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, User


class ListingQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> ListingQuerySet:
        return self.filter(access.listings_seen_by(user))


class Listing(models.Model):
    """Nominations shown to everyone of the department, open for comment until the end of its last day."""

    class State(models.TextChoices):
        OPEN = "open", _("open for comment")
        CLOSED = "closed", _("closed")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    title = CleanCharField(_("title"), max_length=250)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.OPEN)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day for comment"))
    nominations = models.ManyToManyField(Nomination, through="ListingEntry", related_name="listings")

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("list for comment")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="listing_dates_in_order"),
            models.CheckConstraint(condition=Q(state__in=["open", "closed"]), name="listing_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:listing", args=[self.pk])


class ListingEntry(models.Model):
    """One nomination on one list."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="entries")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="listing_entries")

    class Meta:
        verbose_name = _("list entry")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["listing", "nomination"], name="listing_entry_once")]


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CommentQuerySet:
        """Each once."""
        return self.filter(pk__in=self.model.objects.filter(access.comments_seen_by(user)).values("pk"))


class Comment(models.Model):
    """What someone said about a nominee on a list, and the answer the council will see."""

    entry = models.ForeignKey(ListingEntry, models.PROTECT, related_name="comments", verbose_name=_("entry"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    text = CleanTextField(_("comment"))
    answer = CleanTextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="comment_answer_has_an_author",
            )
        ]
