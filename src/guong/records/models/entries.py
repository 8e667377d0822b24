"""The lines of the book: awards, yearly ratings, and circumstances the law asks about (D-18, K-16, D5)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guong.base.fields import CleanCharField
from guong.base.models import User
from guong.base.text import fold
from guong.records import access, catalogue
from guong.records.models.kept import (
    OfSubject,
    Source,
    decision_key,
    once,
    one_subject,
    withdrawn_with_reason,
    year_known,
)


class EntryQuerySet(models.QuerySet):
    """Questions asked of every kind of line."""

    def in_the_book(self):
        """Lines that were not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def kept_by(self, user: User):
        """Lines the user may change."""
        return self.filter(access.kept_by(user))


class PersonalQuerySet(EntryQuerySet):
    """Lines that are not for everybody."""

    def visible_to(self, user: User) -> PersonalQuerySet:
        """The person, the unit's head and clerk, the standing office, appraisers at work (D5)."""
        return self.filter(access.personal_seen_by(user))


class HonourQuerySet(EntryQuerySet):
    """Awards in the book."""

    def visible_to(self, user: User) -> HonourQuerySet:
        """Everyone of the department; withdrawn lines for those who keep them."""
        return self.filter(access.honours_seen_by(user))

    def in_force_for(self, user: User) -> HonourQuerySet:
        """`visible_to` and `valid` in one: withdrawn lines are out for all, nothing asks who keeps them."""
        return self.valid().filter(access.departments_seen_by(user))

    def valid(self) -> HonourQuerySet:
        """Neither withdrawn from the book nor revoked by who had given them."""
        return self.filter(withdrawn_on__isnull=True, revoked_on__isnull=True)


_IN_FORCE = Q(withdrawn_on__isnull=True, revoked_on__isnull=True)


def _listed(name: str, *fields: str, also: tuple[str, ...]) -> models.Index:
    """An index of the lines in force with every column the list filters by: counted without the table."""
    return models.Index(fields=fields, include=[*also, "department"], condition=_IN_FORCE, name=name)


class Honour(OfSubject):
    """One award ever given, at any level. Awards decided here enter by themselves (awards/record.sql)."""

    class Kind(models.TextChoices):
        """Types of commendation, Law 06/2022 Article 8; resistance awards are the rest of Article 96."""

        MERIT = "merit", _("merit")
        SUDDEN = "sudden", _("sudden feat")
        MOVEMENT = "movement", _("emulation movement")
        DEVOTION = "devotion", _("years of devotion")
        SERVICE = "service", _("length of service")
        FOREIGN = "foreign", _("foreign relations")
        RESISTANCE = "resistance", _("resistance war")

    code = models.CharField(_("title or form"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year of the achievement"))
    kind = models.CharField(
        _("type of commendation"), max_length=10, choices=Kind.choices, default=Kind.MERIT
    )
    regime = models.CharField(_("legal regime"), max_length=2, blank=True)
    decision_number = CleanCharField(_("decision number"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    authority = CleanCharField(_("decided by"), max_length=200, blank=True)
    form = CleanCharField(_("as the paper calls it"), max_length=160, blank=True)
    name_on_paper = CleanCharField(_("name on paper"), max_length=250)
    post_on_paper = CleanCharField(_("post and unit on paper"), max_length=400, blank=True)
    achievement = CleanCharField(_("what it is for"), max_length=2000, blank=True)
    award_code = models.CharField(_("code of the award"), max_length=40, null=True, blank=True, unique=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    decision_key = models.CharField(max_length=80, editable=False, blank=True)
    search = models.CharField(max_length=900, editable=False)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = _("award in the record book")
        verbose_name_plural = _("awards in the record book")
        constraints = [
            one_subject("honour"),
            year_known("honour"),
            withdrawn_with_reason("honour"),
            once("honour", "person", "code", "year", "decision_key"),
            once("honour", "body", "code", "year", "decision_key"),
            models.CheckConstraint(
                condition=~Q(source=Source.GUONG) | Q(award_code__isnull=False),
                name="honour_decided_here_has_a_code",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__year__gte=F("year")),
                name="honour_decided_in_or_after_its_year",
            ),
            models.CheckConstraint(
                condition=Q(regime__in=["", *catalogue.REGIMES]), name="honour_regime_known"
            ),
        ]
        indexes = [
            GinIndex(SearchVector("search", config="simple"), name="honour_words", condition=_IN_FORCE),
            _listed("honour_list", "-year", "-id", also=("code", "kind", "unit")),
            _listed("honour_code", "code", "-year", "-id", also=("kind", "unit")),
            _listed("honour_unit", "unit", "-year", "-id", also=("code", "kind")),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.year}"

    @property
    def title(self) -> str:
        """The award in words; forms outside the catalogue as the paper calls them."""
        return self.form if self.form and self.code == catalogue.OTHER else catalogue.name_of(self.code)

    @property
    def short(self) -> str:
        """The award as tables write it."""
        return self.form if self.form and self.code == catalogue.OTHER else catalogue.short_of(self.code)

    def fill_keys(self) -> None:
        """Search key, decision key, regime; bulk writers call it themselves."""
        self.decision_key = decision_key(self.decision_number)
        words = (self.name_on_paper, self.post_on_paper, self.title, self.decision_number)
        self.search = fold(" ".join(words))[:900]
        if not self.regime and self.decided_on:
            self.regime = catalogue.regime_on(self.decided_on)

    def save(self, *args, **kwargs) -> None:
        """Keep the keys true."""
        self.fill_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("records:honour", args=[self.pk])


class Rating(OfSubject):
    """How a person or a collective was rated for a year."""

    class Level(models.TextChoices):
        EXCELLENT = "HTXS", _("excellent")
        GOOD = "HTT", _("good")
        DONE = "HT", _("fulfilled")
        NOT_DONE = "KHT", _("not fulfilled")

    IS_PERSONAL = True

    year = models.PositiveSmallIntegerField(_("year"))
    level = models.CharField(_("rating"), max_length=4, choices=Level.choices)
    decision_number = CleanCharField(_("decision number"), max_length=80, blank=True)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly rating")
        constraints = [
            one_subject("rating"),
            year_known("rating"),
            withdrawn_with_reason("rating"),
            once("rating", "person", "year"),
            once("rating", "body", "year"),
            models.CheckConstraint(
                condition=Q(level__in=["HTXS", "HTT", "HT", "KHT"]), name="rating_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.year}"

    def get_absolute_url(self) -> str:
        return book_of(self.subject)


class Circumstance(OfSubject):
    """What bars, suspends or interrupts: a discipline, a matter under examination, a leave. Dates only."""

    IS_PERSONAL = True

    class Nature(models.TextChoices):
        DISCIPLINE = "discipline", _("discipline")
        PENDING = "pending", _("under examination")
        LEAVE = "leave", _("leave")

    class Kind(models.TextChoices):
        REPRIMAND = "reprimand", _("reprimand")
        WARNING = "warning", _("warning")
        DEMOTION = "demotion", _("demotion")
        DISMISSAL = "dismissal", _("dismissal")
        PROCEEDING = "proceeding", _("disciplinary proceeding")
        INVESTIGATION = "investigation", _("criminal investigation")
        INSPECTION = "inspection", _("inspection with signs of a violation")
        COMPLAINT = "complaint", _("complaint or denunciation being verified")
        PRESS = "press", _("press report being verified")
        MATERNITY = "maternity", _("maternity leave")
        TRAINING = "training", _("training")
        OTHER_LEAVE = "other_leave", _("other leave")

    KINDS = {
        Nature.DISCIPLINE: (Kind.REPRIMAND, Kind.WARNING, Kind.DEMOTION, Kind.DISMISSAL),
        Nature.PENDING: (
            Kind.PROCEEDING, Kind.INVESTIGATION, Kind.INSPECTION, Kind.COMPLAINT, Kind.PRESS,
        ),
        Nature.LEAVE: (Kind.MATERNITY, Kind.TRAINING, Kind.OTHER_LEAVE),
    }  # fmt: skip

    nature = models.CharField(_("what it is"), max_length=10, choices=Nature.choices)
    kind = models.CharField(_("which"), max_length=14, choices=Kind.choices)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    decision_number = CleanCharField(_("decision number"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("circumstance")
        constraints = [
            one_subject("circumstance"),
            withdrawn_with_reason("circumstance"),
            once("circumstance", "person", "kind", "begins_on"),
            once("circumstance", "body", "kind", "begins_on"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="circumstance_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(nature="leave") | Q(ends_on__isnull=False), name="circumstance_leave_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(nature="discipline", kind__in=["reprimand", "warning", "demotion", "dismissal"])
                | Q(
                    nature="pending",
                    kind__in=["proceeding", "investigation", "inspection", "complaint", "press"],
                )
                | Q(nature="leave", kind__in=["maternity", "training", "other_leave"]),
                name="circumstance_kind_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return book_of(self.subject)


def book_of(subject) -> str:
    """The page of the book of a person or a collective."""
    name = "records:body" if hasattr(subject, "path") else "records:person"
    return reverse(name, args=[subject.pk])
