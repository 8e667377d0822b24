"""The tree of bodies: ministries, departments, hospitals, stations, unions, councils (A-01 … A-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base import access
from guong.base.fields import CleanCharField
from guong.base.text import fold, sort_key

if TYPE_CHECKING:
    from guong.base.models.people import User


class BodyKind(models.TextChoices):
    """What a body is. Several names of one kind (khối, cụm) are the province's business, not ours."""

    CENTRAL = "central", _("central body")
    PROVINCE = "province", _("provincial body")
    DEPARTMENT = "department", _("department")
    OFFICE = "office", _("office of the department")
    UNIT = "unit", _("unit")
    SECTION = "section", _("section")
    COUNCIL = "council", _("council")
    UNION = "union", _("trade union")
    YOUTH = "youth", _("youth union")
    PARTY = "party", _("Party body")
    PRESS = "press", _("press body")
    PARTNER = "partner", _("partner body")
    PRIVATE = "private", _("private unit of the sector")
    BLOC = "bloc", _("bloc")


class Denominator(models.TextChoices):
    """The two groups a percentage can be of (A-06). Never show one without naming it."""

    SUBORDINATE = "subordinate", _("subordinate units")
    SECTOR = "sector", _("the whole sector")


class BodyQuerySet(models.QuerySet):
    """Questions asked of the tree."""

    def visible_to(self, user: User) -> BodyQuerySet:
        """Everybody with a role knows the organisation he works in."""
        return self.filter(access.bodies_seen_by(user))

    def held_by(self, user: User, *roles: str) -> BodyQuerySet:
        """Bodies on which the user holds one of the roles, directly or from above."""
        return self.filter(access.any_of(Q(path__startswith=path) for path in user.scope.paths(*roles)))

    def on(self, day: date) -> BodyQuerySet:
        """Bodies that exist on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def current(self) -> BodyQuerySet:
        """Bodies that exist today."""
        return self.on(timezone.localdate())

    def under(self, body: Body) -> BodyQuerySet:
        """The body and everything below it."""
        return self.filter(path__startswith=body.path)

    def counted_in(self, denominator: str) -> BodyQuerySet:
        """Units that make up one of the two denominators (A-06)."""
        flag = "subordinate" if denominator == Denominator.SUBORDINATE else "in_sector"
        return self.filter(**{flag: True}, kind__in=(BodyKind.UNIT, BodyKind.PRIVATE))

    def by_name(self) -> BodyQuerySet:
        """In Vietnamese dictionary order."""
        return self.order_by("sort_key", "pk")


class Body(models.Model):
    """One organisation. Names and parents change; the record and its history stay (K-18)."""

    code = CleanCharField(_("code"), max_length=40, unique=True)
    name = CleanCharField(_("name"), max_length=250)
    short_name = CleanCharField(_("short name, as written in a recipients list"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent body")
    )
    path = models.CharField(max_length=250, unique=True, editable=False, db_collation="C")
    tier = models.PositiveSmallIntegerField(_("conference tier"), null=True, blank=True)
    inside = models.BooleanField(_("inside the department"), default=True)
    subordinate = models.BooleanField(_("subordinate unit of the department"), default=False)
    in_sector = models.BooleanField(_("counted in the whole sector"), default=False)
    valid_from = models.DateField(_("exists from"))
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    name_fold = models.CharField(max_length=400, editable=False)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="body_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_known"),
            models.CheckConstraint(
                condition=Q(tier__isnull=True) | Q(tier__in=(1, 2, 3)), name="body_tier_known"
            ),
            models.CheckConstraint(
                condition=Q(subordinate=False) | Q(in_sector=True), name="body_subordinate_is_in_sector"
            ),
        ]
        indexes = [
            GinIndex(OpClass("name_fold", name="gin_trgm_ops"), name="body_name_trgm"),
            models.Index(fields=["parent"], name="body_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_keys(self) -> None:
        """Search and order keys from the names; bulk writers call it themselves."""
        self.name_fold = fold(f"{self.name} {self.short_name} {self.code}")[:400]
        self.sort_key = sort_key_of_body(self.name)

    def save(self, *args, **kwargs) -> None:
        """Keep search key, order key and path true. A new body gets its path after its id is known."""
        self.fill_keys()
        if self.pk is None:
            self.path = f"~{self.code}"  # unique until the id is known, two lines below
            super().save(*args, **kwargs)
            kwargs = {"update_fields": ["path"]}
            args = ()
        self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "path", "name_fold", "sort_key"}
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to this body."""
        return [int(part) for part in self.path.strip("/").split("/") if part.isdigit()]

    def department_above(self) -> Body:
        """The department the body belongs to; a body outside any department is its own."""
        above = Body.objects.filter(pk__in=self.ancestor_ids(), kind=BodyKind.DEPARTMENT)
        return above.order_by("path").first() or self

    def get_absolute_url(self) -> str:
        return reverse("base:body", args=[self.pk])

    def name_on(self, day: date) -> str:
        """The name it bore on a day: papers of that time keep it (K-18)."""
        former = self.names.filter(valid_to__gte=day).order_by("valid_to").first()
        return former.name if former else self.name

    def unit(self) -> Body | None:
        """The unit or office this body belongs to: itself, or the nearest one above."""
        kinds = (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.DEPARTMENT)
        if self.kind in kinds:
            return self
        return Body.objects.filter(pk__in=self.ancestor_ids(), kind__in=kinds).order_by("-path").first()


def sort_key_of_body(name: str) -> str:
    """Bodies are ordered by their words from the left, unlike people."""
    first, *rest = name.split() or [""]
    return sort_key(" ".join([*rest, first]))[:600]


class BodyName(models.Model):
    """A name a body bore, with its dates: papers of that time keep it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="names", verbose_name=_("body"))
    name = CleanCharField(_("name"), max_length=250)
    short_name = CleanCharField(_("short name"), max_length=120, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"))

    class Meta:
        verbose_name = _("former name")
        ordering = ["-valid_to"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="body_name_dates_in_order"
            )
        ]


class BodyChange(models.Model):
    """A merger or a split: what became of what, on which day, under which decision (K-18)."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged into")
        SPLIT = "split", _("split off to")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    before = models.ForeignKey(Body, models.PROTECT, related_name="became", verbose_name=_("before"))
    after = models.ForeignKey(Body, models.PROTECT, related_name="came_from", verbose_name=_("after"))
    on = models.DateField(_("on"))
    decision = CleanCharField(_("under decision"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("reorganisation")
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "on"], name="body_change_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="body_change_between_two"),
        ]


class Department(models.Model):
    """Settings of one department: names of offices and lengths of periods are its data (A-12, A-26)."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="department", verbose_name=_("department"))
    standing_office = models.ForeignKey(
        Body, models.PROTECT, related_name="+", verbose_name=_("holder of the standing office")
    )
    place = CleanCharField(_("place name on papers"), max_length=80)
    parent_issuer = CleanCharField(_("issuer above, on papers"), max_length=120)
    decision_symbol = CleanCharField(_("symbol of decisions"), max_length=20)
    signatory_position = CleanCharField(_("signatory's position"), max_length=120)
    signatory_name = CleanCharField(_("signatory's name"), max_length=120)
    appraisal_days = models.PositiveSmallIntegerField(_("days for an appraisal"), default=10)
    comment_days = models.PositiveSmallIntegerField(_("days a list is open for comment"), default=10)
    inner_days = models.PositiveSmallIntegerField(
        _("days a unit's own deadline lies before the department's"), default=5
    )
    vote_percent = models.PositiveSmallIntegerField(
        _("share of all council members needed, in percent"), default=80
    )

    class Meta:
        verbose_name = _("department settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(vote_percent__gte=1, vote_percent__lte=100), name="department_vote_percent"
            ),
            models.CheckConstraint(
                condition=Q(comment_days__gte=1, appraisal_days__gte=1), name="department_periods_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.body.name
