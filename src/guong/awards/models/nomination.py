"""A nomination with its evidence, and the appraisal of a specialised office (D-01 … D-04, D-10, D-14)."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards import access
from guong.base.access import SECTOR_READERS, Role, any_of
from guong.base.fields import CleanCharField, CleanTextField
from guong.base.models import Body, Employment, Person, StoredFile, User
from guong.base.text import fold
from guong.movements.models import Movement, Programme, Subject
from guong.regulations.here import national_law


def reach_of(user: User) -> access.Reach:
    """What the user's roles reach, in at most one query."""
    scope = user.scope
    departments = [(int(path.split("/")[-2]), path) for path in scope.departments]
    below = any_of(Q(path__startswith=path) for path in scope.paths(*access.UNIT_ROLES))
    asked = scope.has(*access.UNIT_ROLES)
    bodies = list(Body.objects.filter(below).values_list("pk", "path")) if asked else []

    def under(places: list[tuple[int, str]], *roles: str) -> frozenset[int]:
        paths = tuple(scope.paths(*roles))
        return frozenset(pk for pk, path in places if path.startswith(paths))

    reached = under(departments, *SECTOR_READERS)
    return access.Reach(
        departments=reached,
        whole=bool(reached) and len(reached) == len(departments),
        kept=under(departments, Role.STANDING_OFFICE),
        led=under(departments, Role.LEADER),
        units=under(bodies, *access.UNIT_SIDE),
        headed=under(bodies, Role.UNIT_HEAD),
        clerked=under(bodies, Role.UNIT_CLERK),
        sections=under(bodies, Role.SECTION_HEAD),
        offices=under(bodies, Role.APPRAISER),
    )


class NominationQuerySet(models.QuerySet):
    def visible_to(self, user: User, reach: access.Reach | None = None) -> NominationQuerySet:
        """What this user may read, each once; `reach` when the caller has asked for it already."""
        reach = reach or reach_of(user)
        seats = Q(items__session__seats__person_id=user.person_id)
        seated = self.model.objects.filter(seats).order_by().values("pk") if user.person_id else []
        return self.filter(access.nominations_seen_by(user, reach, Q(pk__in=seated)))

    def in_the_running(self) -> NominationQuerySet:
        """Neither withdrawn nor passed over."""
        return self.exclude(state__in=(Nomination.State.WITHDRAWN, Nomination.State.NOT_CHOSEN))

    def with_names(self) -> NominationQuerySet:
        """Everything a list row shows, in one query."""
        return self.select_related("movement", "programme", "unit", "person", "body", "employment")


class Nomination(models.Model):
    """One person or collective put forward under one movement by one unit."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        WITH_HEAD = "with_head", _("with the unit head")
        RETURNED = "returned", _("returned")
        SUBMITTED = "submitted", _("being appraised")
        APPRAISED = "appraised", _("appraised")
        LISTED = "listed", _("posted for comment")
        TABLED = "tabled", _("before the council")
        CHOSEN = "chosen", _("chosen")
        NOT_CHOSEN = "not_chosen", _("not chosen")
        AWARDED = "awarded", _("awarded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Branch(models.TextChoices):
        """Which achievements are looked at; names of the law's branches, given by the movement's route."""

        MERIT = "merit", _("merit of the year")
        MOVEMENT = "movement", _("result of a movement")
        SUDDEN = "sudden", _("sudden achievement")

    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    movement = models.ForeignKey(
        Movement, models.PROTECT, related_name="nominations", verbose_name=_("movement")
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("programme"),
    )
    unit = models.ForeignKey(
        Body, models.PROTECT, related_name="nominations", verbose_name=_("nominating unit")
    )
    section = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section of the nominee"),
    )
    subject = models.CharField(_("subject"), max_length=10, choices=Subject.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name=_("person")
    )
    employment = models.ForeignKey(
        Employment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("employment")
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("collective")
    )
    title_code = models.CharField(_("title or form proposed"), max_length=12, default="GKS")
    branch = models.CharField(
        _("achievements looked at"), max_length=8, choices=Branch.choices, default=Branch.MOVEMENT
    )
    insisted_because = CleanTextField(_("sent although a text not verified says no, because"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    achievement = CleanTextField(_("achievement"), blank=True)
    achieved_on = models.DateField(_("achieved on"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("created by"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    search = models.CharField(max_length=700, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "with_head",
                        "returned",
                        "submitted",
                        "appraised",
                        "listed",
                        "tabled",
                        "chosen",
                        "not_chosen",
                        "awarded",
                        "withdrawn",
                    ]
                ),
                name="nomination_state_known",
            ),
            models.CheckConstraint(
                condition=Q(branch__in=["merit", "movement", "sudden"]), name="nomination_branch_known"
            ),
            models.CheckConstraint(
                condition=Q(subject="individual", person__isnull=False, body__isnull=True)
                | Q(subject="collective", body__isnull=False, person__isnull=True),
                name="nomination_subject_is_one",
            ),
            models.UniqueConstraint(
                fields=["movement", "programme", "person"],
                condition=Q(person__isnull=False)
                & ~Q(state__in=["withdrawn", "not_chosen"])
                & ~Q(branch="merit"),
                nulls_distinct=False,
                name="nomination_person_once_per_movement",
            ),
            models.UniqueConstraint(
                fields=["movement", "programme", "person", "title_code"],
                condition=Q(person__isnull=False) & ~Q(state__in=["withdrawn", "not_chosen"]),
                nulls_distinct=False,
                name="nomination_person_once_per_title",
            ),
            models.UniqueConstraint(
                fields=["movement", "programme", "body"],
                condition=Q(body__isnull=False)
                & ~Q(state__in=["withdrawn", "not_chosen"])
                & ~Q(branch="merit"),
                nulls_distinct=False,
                name="nomination_body_once_per_movement",
            ),
            models.UniqueConstraint(
                fields=["movement", "programme", "body", "title_code"],
                condition=Q(body__isnull=False) & ~Q(state__in=["withdrawn", "not_chosen"]),
                nulls_distinct=False,
                name="nomination_body_once_per_title",
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state", "-id"], name="nomination_state"),
            models.Index(fields=["department", "-id"], name="nomination_newest"),
            models.Index(fields=["unit", "state", "-id"], name="nomination_unit"),
            models.Index(fields=["movement", "state"], name="nomination_movement"),
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="nomination_search_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_keys(self) -> None:
        """The search key; bulk writers call it themselves."""
        self.search = fold(f"{self.name} {self.unit.name} {self.unit.short_name} {self.movement.name}")[:700]

    def save(self, *args, **kwargs) -> None:
        if kwargs.get("update_fields") is None:
            self.fill_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("awards:nomination", args=[self.pk])

    @property
    def title(self) -> str:
        """The title or form proposed, by its name in the law; the code itself for one the law lost."""
        award = national_law().awards.get(self.title_code)
        return award.vi if award else self.title_code

    @property
    def name(self) -> str:
        """Who is honoured."""
        return self.person.name if self.person else self.body.name if self.body else ""


class Evidence(models.Model):
    """A file or a link behind the achievement (D-14)."""

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="evidence", verbose_name=_("nomination")
    )
    caption = CleanCharField(_("what it shows"), max_length=250)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    url = models.URLField(_("link"), max_length=500, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file__isnull=False) & Q(url="")) | (Q(file__isnull=True) & ~Q(url="")),
                name="evidence_file_or_link",
            )
        ]


class Appraisal(models.Model):
    """The opinion asked of one specialised office, with its due date (D-03)."""

    class Opinion(models.TextChoices):
        AGREE = "agree", _("agrees")
        DISAGREE = "disagree", _("disagrees")
        MORE = "more", _("asks for more")

    nomination = models.OneToOneField(
        Nomination, models.PROTECT, related_name="appraisal", verbose_name=_("nomination")
    )
    office = models.ForeignKey(
        Body, models.PROTECT, related_name="appraisals", verbose_name=_("office asked")
    )
    due_on = models.DateField(_("due on"))
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices, blank=True)
    text = CleanTextField(_("reasons"), blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)

    class Meta:
        verbose_name = _("appraisal")
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion="") | Q(given_by__isnull=False, given_at__isnull=False),
                name="appraisal_opinion_has_an_author",
            )
        ]
        indexes = [models.Index(fields=["office", "due_on"], name="appraisal_office")]
