"""The sealed box of a secret vote: envelopes bound to members, piles of slips without names (C1-C11)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards.models.council import Item, Seat, Session
from guong.base.models import User


class Box(models.Model):
    """One round of sealed voting. The private key is on three sheets of paper and was never kept here.

    `setup` holds members, nominees, rule and public key as they were when the key was made; its hash binds
    every envelope. A round that cannot be counted is dropped, with the reason, and another one begins.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="boxes", verbose_name=_("session"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    setup = models.TextField(_("lists and rule as sealed"))
    setup_hash = models.CharField(_("hash of lists and rule"), max_length=64)
    public_key = models.CharField(_("public key"), max_length=44)
    counting_chair = models.ForeignKey(
        Seat, models.PROTECT, related_name="+", verbose_name=_("head of the counting board")
    )
    counting_secretary = models.ForeignKey(
        Seat, models.PROTECT, related_name="+", verbose_name=_("secretary of the counting board")
    )
    counting_member = models.ForeignKey(
        Seat, models.PROTECT, related_name="+", verbose_name=_("member of the counting board")
    )
    made_at = models.DateTimeField(_("key sheets printed at"), default=timezone.now)
    list_hash = models.CharField(_("closing hash"), max_length=64, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    destroyed_at = models.DateTimeField(_("key sheets destroyed at"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sealed box")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["session", "round"], name="box_round_once"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(dropped_at__isnull=True), name="box_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | ~Q(list_hash=""), name="box_closed_before_opened"
            ),
            models.CheckConstraint(
                condition=~Q(counting_chair=F("counting_secretary"))
                & ~Q(counting_chair=F("counting_member"))
                & ~Q(counting_secretary=F("counting_member")),
                name="box_three_holders",
            ),
        ]

    @property
    def holders(self) -> tuple[Seat, Seat, Seat]:
        """Who was given a sheet, in the order of the sheets."""
        return self.counting_chair, self.counting_secretary, self.counting_member

    @property
    def names(self) -> str:
        """The holders by name."""
        return ", ".join(seat.person.name for seat in self.holders)


class Envelope(models.Model):
    """One member's sealed ballot. Whose it is is no secret; what is in it is until the box is opened."""

    box = models.ForeignKey(Box, models.PROTECT, related_name="envelopes", verbose_name=_("sealed box"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="envelopes", verbose_name=_("member"))
    ciphertext = models.BinaryField(_("sealed ballot"))
    tracker = models.CharField(_("tracker"), max_length=24)

    class Meta:
        verbose_name = _("envelope")
        constraints = [
            models.UniqueConstraint(fields=["box", "seat"], name="envelope_once_per_member"),
            models.UniqueConstraint(fields=["box", "tracker"], name="envelope_no_copies"),
        ]


class Pile(models.Model):
    """The slips of one nominee: Y, N, or - for no choice, shuffled, without name or time."""

    box = models.ForeignKey(Box, models.PROTECT, related_name="piles", verbose_name=_("sealed box"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="piles", verbose_name=_("item"))
    slips = models.CharField(_("slips"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("pile of slips")
        constraints = [models.UniqueConstraint(fields=["box", "item"], name="pile_once")]


class PaperCount(models.Model):
    """The totals of ballots on paper as one person counted them; two people must find the same."""

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="paper_counts", verbose_name=_("session")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("counted by"))
    totals = models.JSONField(_("totals"))

    class Meta:
        verbose_name = _("paper count")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "by"], name="paper_count_once_a_person")]
