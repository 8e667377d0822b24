"""Councils, their sessions, and votes counted on all members (D-05, D-23, D-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards import access
from guong.awards.models.nomination import Nomination
from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, Person, User


class CouncilRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    VICE = "vice", _("vice chair")
    SECRETARY = "secretary", _("secretary")
    MEMBER = "member", _("member")


class CouncilQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CouncilQuerySet:
        return self.filter(pk__in=self.model.objects.filter(access.councils_seen_by(user)).values("pk"))


class Council(models.Model):
    """A council set up by a decision that names its members."""

    department = models.ForeignKey(
        Body, models.PROTECT, related_name="councils", verbose_name=_("department")
    )
    name = CleanCharField(_("name"), max_length=250)
    established_by = CleanCharField(_("set up by decision"), max_length=120)
    established_on = models.DateField(_("set up on"))

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("council")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("awards:council", args=[self.pk])


class CouncilMember(models.Model):
    """A member named in the establishing decision."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="members", verbose_name=_("council"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="council_seats", verbose_name=_("member"))
    role = models.CharField(_("role"), max_length=10, choices=CouncilRole.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("council member")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["council", "person"], name="council_member_once")]


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> SessionQuerySet:
        return self.filter(pk__in=self.model.objects.filter(access.sessions_seen_by(user)).values("pk"))

    def where_seated(self, user: User) -> SessionQuerySet:
        """Those the user sits in: a part of `visible_to`, found without asking for roles."""
        return self.filter(seats__person_id=user.person_id) if user.person_id else self.none()


class Session(models.Model):
    """One meeting. Its member list and its rule are copied when it is called and never change after."""

    class Kind(models.TextChoices):
        SECRET = "secret", _("secret ballot")
        OPEN = "open", _("open vote")
        WRITTEN = "written", _("written opinions")

    class State(models.TextChoices):
        CALLED = "called", _("called")
        VOTING = "voting", _("voting")
        BOXED = "boxed", _("box closed")
        CLOSED = "closed", _("voting closed")
        CONCLUDED = "concluded", _("concluded")

    council = models.ForeignKey(Council, models.PROTECT, related_name="sessions", verbose_name=_("council"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CALLED)
    title = CleanCharField(_("title"), max_length=250)
    held_at = models.DateTimeField(_("held at"))
    place = CleanCharField(_("place"), max_length=200, blank=True)
    vote_percent = models.PositiveSmallIntegerField(_("share of all members needed, in percent"))
    kind = models.CharField(_("kind of vote"), max_length=8, choices=Kind.choices, default=Kind.OPEN)
    on_paper = models.BooleanField(_("secret ballots on paper"), default=False)
    issued = models.PositiveSmallIntegerField(_("ballots issued"), null=True, blank=True)
    returned = models.PositiveSmallIntegerField(_("ballots returned"), null=True, blank=True)
    valid = models.PositiveSmallIntegerField(_("valid ballots"), null=True, blank=True)
    invalid = models.PositiveSmallIntegerField(_("invalid ballots"), null=True, blank=True)
    conclusion = CleanTextField(_("conclusion"), blank=True)
    audit_head = models.CharField(_("head of the audit chain at the conclusion"), max_length=90, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("council session")
        ordering = ["-held_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["called", "voting", "boxed", "closed", "concluded"]),
                name="session_state_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["secret", "open", "written"]), name="session_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True)
                | Q(returned=F("valid") + F("invalid"), issued__gte=F("returned")),
                name="session_ballots_add_up",
            ),
            models.CheckConstraint(
                condition=Q(vote_percent__gte=1, vote_percent__lte=100), name="session_vote_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:session", args=[self.pk])

    @property
    def department(self) -> Body:
        """The department whose council meets."""
        return self.council.department

    @property
    def is_secret(self) -> bool:
        """Nobody learns who voted how."""
        return self.kind == self.Kind.SECRET

    @property
    def is_sealed(self) -> bool:
        """Secret, with sealed envelopes instead of paper."""
        return self.is_secret and not self.on_paper

    @property
    def box(self) -> Any:
        """The box of the round that counts, or None."""
        return self.boxes.filter(dropped_at__isnull=True).first()

    @property
    def local_day(self) -> date:
        """The day it is held, in the province's time zone."""
        return timezone.localdate(self.held_at)


class Seat(models.Model):
    """A member of the fixed list of one session, and whether they came."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="seats", verbose_name=_("session"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats", verbose_name=_("member"))
    role = models.CharField(_("role"), max_length=10, choices=CouncilRole.choices)
    present = models.BooleanField(_("present"), null=True)
    absence_reason = CleanCharField(_("reason of absence"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("seat")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="seat_once")]


class Item(models.Model):
    """One nominee before one session. Counts and verdict are written once, when voting closes."""

    class Verdict(models.TextChoices):
        CHOSEN = "chosen", _("chosen")
        RESERVE = "reserve", _("enough votes, no place left")
        NOT_ENOUGH = "not_enough", _("not enough votes")

    session = models.ForeignKey(Session, models.PROTECT, related_name="items", verbose_name=_("session"))
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="items", verbose_name=_("nomination")
    )
    order = models.PositiveSmallIntegerField(default=0)
    yes = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    no = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    blank = models.PositiveSmallIntegerField(_("no choice on a valid ballot"), null=True, blank=True)
    members = models.PositiveSmallIntegerField(_("members counted"), null=True, blank=True)
    vote_percent = models.PositiveSmallIntegerField(
        _("share the title needs, in percent"), null=True, blank=True
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    reserve = models.PositiveSmallIntegerField(_("number in reserve"), null=True, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nomination"], name="item_once"),
            models.CheckConstraint(
                condition=Q(yes__isnull=True) | Q(members__gte=F("yes") + F("no")),
                name="item_votes_fit_members",
            ),
        ]

    @property
    def percent(self) -> int:
        """The share of all members this nominee needs: that of the title, or the department's."""
        return self.session.vote_percent if self.vote_percent is None else self.vote_percent


class Recusal(models.Model):
    """A member who takes no part in one item, and why (D-23). Still counted among all members."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="recusals", verbose_name=_("item"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="recusals", verbose_name=_("member"))
    reason = CleanCharField(_("reason"), max_length=250)

    class Meta:
        verbose_name = _("recusal")
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="recusal_once")]


class OpenVote(models.Model):
    """An open vote of one member on one item, or a written opinion: the name stays with the choice."""

    class Choice(models.TextChoices):
        YES = "yes", _("in favour")
        NO = "no", _("against")

    item = models.ForeignKey(Item, models.PROTECT, related_name="votes", verbose_name=_("item"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="votes", verbose_name=_("member"))
    choice = models.CharField(_("choice"), max_length=3, choices=Choice.choices)
    cast_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("cast by"))
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("open vote")
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="vote_once_per_member"),
            models.CheckConstraint(condition=Q(choice__in=["yes", "no"]), name="vote_choice_known"),
        ]
