"""People, their employments over time, accounts, and the roles granted to them (A-21, A-22, K-01, K-19)."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base import access
from guong.base.access import Holding, Role, Scope
from guong.base.fields import CleanCharField
from guong.base.models.organisation import Body, BodyChange, Department
from guong.base.text import fold, sort_key


class PersonQuerySet(models.QuerySet):
    """Questions asked of people."""

    def visible_to(self, user: User) -> PersonQuerySet:
        """Everyone sees oneself; units see their people; readers of the sector see those who left too.

        One table of ids: an OR of subqueries is planned as a search per person once it outgrows work_mem.
        """
        scope = user.scope
        unit_side = (Role.UNIT_HEAD, Role.UNIT_CLERK, Role.SECTION_HEAD)
        employed = Employment.objects.in_force().filter(scope.within("body", *unit_side))
        known = Employment.objects.filter(scope.within("body", Role.ADMINISTRATOR, *access.SECTOR_READERS))
        oneself = Person.objects.filter(pk=scope.person_id).values("pk")
        seen = oneself.union(employed.values("person_id"), known.values("person_id"))
        return self.filter(pk__in=seen)

    def by_name(self) -> PersonQuerySet:
        """Given name first, as a Vietnamese list is read."""
        return self.order_by("sort_key", "pk")


class Person(models.Model):
    """One human being. Never merged by name: homonyms are told apart by birth year, post and staff code."""

    name = CleanCharField(_("full name"), max_length=120)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    gender = models.CharField(
        _("gender"), max_length=1, blank=True, choices=[("f", _("female")), ("m", _("male"))]
    )
    staff_code = CleanCharField(_("staff code"), max_length=30, null=True, blank=True, unique=True)
    name_fold = models.CharField(max_length=160, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="person_birth_year",
            )
        ]
        indexes = [
            GinIndex(OpClass("name_fold", name="gin_trgm_ops"), name="person_name_trgm"),
            models.Index(fields=["sort_key"], name="person_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_keys(self) -> None:
        """Search and order keys from the name; bulk writers call it themselves."""
        self.name_fold = fold(self.name)
        self.sort_key = sort_key(self.name)

    def save(self, *args, **kwargs) -> None:
        """Keep search and order keys true."""
        self.fill_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("base:person", args=[self.pk])

    def employment_on(self, day: date) -> Employment | None:
        """Where the person worked on a day; the newest start wins when two overlap."""
        return self.employments.in_force(day).select_related("body").order_by("-valid_from").first()


class EmploymentQuerySet(models.QuerySet):
    """Questions asked of employments."""

    def in_force(self, day: date | None = None) -> EmploymentQuerySet:
        """Employments that hold on a day, today unless told."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Employment(models.Model):
    """A person in a unit or section over a time: post, profession, category (A-21)."""

    class Category(models.TextChoices):
        CIVIL_SERVANT = "CC", _("civil servant")
        PUBLIC_EMPLOYEE = "VC", _("public employee")
        WORKER = "NLD", _("contract worker")

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments", verbose_name=_("person"))
    body = models.ForeignKey(
        Body, models.PROTECT, related_name="employments", verbose_name=_("unit or section")
    )
    post = CleanCharField(_("post"), max_length=120)
    profession = CleanCharField(_("profession"), max_length=120, blank=True)
    category = models.CharField(_("category"), max_length=3, choices=Category.choices)
    is_leader = models.BooleanField(_("leader"), default=False)
    is_direct_worker = models.BooleanField(_("direct worker"), default=False)
    is_union_chair = models.BooleanField(_("union chair"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="employment_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(category__in=["CC", "VC", "NLD"]), name="employment_category_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.body}"

    @property
    def traits(self) -> list[str]:
        """Profession and the marks of A-21 that hold, in words."""
        names = ("is_leader", "is_direct_worker", "is_union_chair")
        marks = [str(self._meta.get_field(name).verbose_name) for name in names if getattr(self, name)]
        return [words for words in (self.profession, ", ".join(marks)) if words]


class UserQuerySet(models.QuerySet):
    """Questions asked of accounts."""

    def visible_to(self, user: User) -> UserQuerySet:
        """One's own; those of people below for administrators, inspectors and auditors."""
        return self.filter(pk__in=User.objects.filter(access.accounts_seen_by(user)).values("pk"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Accounts are made by administrators only."""

    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. Rights come only from grants; there is no superuser."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.person.name if self.person else self.username

    @cached_property
    def scope(self) -> Scope:
        """Roles in force now. Cached on the instance, and every request loads its own instance."""
        held = Grant.objects.in_force().filter(user=self).select_related("body")
        standing = list(Department.objects.values_list("standing_office_id", "body__path"))
        holdings = tuple(found for grant in held if (found := grant.holding(dict(standing))))
        return Scope(
            user_id=self.pk,
            person_id=self.person_id,
            holdings=(*holdings, *inherited(holdings)),
            departments=tuple(path for _office, path in standing),
        )

    def get_absolute_url(self) -> str:
        return reverse("base:account", args=[self.pk])

    @cached_property
    def own_unit_ids(self) -> frozenset[int]:
        """Bodies the person works in today, up to the unit: of these one judges nothing (D-23)."""
        if not self.person_id:
            return frozenset()
        bodies = [work.body for work in self.person.employments.in_force().select_related("body")]
        units = [body.unit() for body in bodies]
        return frozenset(body.pk for body in [*bodies, *units] if body)


def inherited(holdings: tuple[Holding, ...]) -> list[Holding]:
    """Roles on a body reach the bodies merged into it, so that their records keep an owner (K-18)."""
    found: list[Holding] = []
    heirs = list(holdings)
    while heirs:
        merged = BodyChange.objects.filter(
            kind=BodyChange.Kind.MERGE, after__in={heir.body_id for heir in heirs}
        ).values_list("after_id", "before_id", "before__path")
        heirs = [
            Holding(heir.role, path, before)
            for after, before, path in merged
            for heir in heirs
            if heir.body_id == after and heir.role != Role.STANDING_OFFICE
        ]
        heirs = [heir for heir in heirs if heir not in found]
        found += heirs
    return found


class GrantQuerySet(models.QuerySet):
    """Questions asked of grants."""

    def visible_to(self, user: User) -> GrantQuerySet:
        """Grants of the accounts one sees, and what one lent to others."""
        return self.filter(Q(user__in=User.objects.visible_to(user)) | Q(delegated_from__user=user))

    def in_force(self, day: date | None = None) -> GrantQuerySet:
        """Grants that hold on a day, of open accounts; a delegation falls with the grant it came from."""
        day = day or timezone.localdate()
        open_now = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        source = Q(delegated_from__isnull=True) | (
            (Q(delegated_from__valid_to__isnull=True) | Q(delegated_from__valid_to__gte=day))
            & Q(delegated_from__valid_from__lte=day)
        )
        return self.filter(open_now, source, valid_from__lte=day, user__is_active=True)


class Grant(models.Model):
    """A role on a body for a time, perhaps delegated while its holder is away (K-19)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    body = models.ForeignKey(Body, models.PROTECT, related_name="grants", verbose_name=_("on body"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("delegated from"),
    )
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    reason = CleanCharField(_("reason"), max_length=200, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | Q(valid_to__isnull=False),
                name="grant_delegation_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_from"], name="grant_user")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.body}"

    def holding(self, standing: dict[int, str]) -> Holding | None:
        """What the grant lets its holder reach.

        The standing office is whichever office the department's settings name (A-12): the role reaches
        the whole department there, and nothing at all once the settings name another office.
        """
        path = self.body.path
        if self.role == Role.STANDING_OFFICE:
            path = standing.get(self.body_id, "")
        return Holding(self.role, path, self.body_id) if path else None
