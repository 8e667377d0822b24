"""Certificates on paper: each sheet with serial number, signature and what became of it (K-15, J1-J5)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards import access
from guong.awards.models.decision import Award
from guong.base.fields import CleanCharField
from guong.base.models import Body, User
from guong.papers.proof import Facts


class SigningKey(models.Model):
    """A published key that certificates are signed with; its private half lies in a file of the installation.

    A key that is no longer used stays published: what it signed stays good.
    """

    name = models.CharField(_("name"), max_length=20, unique=True)
    public = models.CharField(_("public key"), max_length=43, unique=True)
    used_from = models.DateTimeField(_("in use from"), default=timezone.now)
    used_until = models.DateTimeField(_("in use until"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing key")
        ordering = ["-used_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(used_until__isnull=True), name="signing_key_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(used_until__isnull=True) | Q(used_until__gte=F("used_from")),
                name="signing_key_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> CertificateQuerySet:
        """A certificate is as visible as its decision."""
        return self.filter(access.decisions_seen_by(user, prefix="award__decision__"))

    def current(self) -> CertificateQuerySet:
        """Sheets that nothing has replaced."""
        return self.filter(replacement__isnull=True)


class IssuedCertificate(models.Model):
    """One sheet of paper. It is never changed: what is printed anew is another sheet with another number."""

    class Reason(models.TextChoices):
        FIRST = "first", _("first issue")
        LOST = "lost", _("lost")
        DAMAGED = "damaged", _("damaged or badly printed")
        NAME = "name", _("name corrected")

    award = models.ForeignKey(Award, models.PROTECT, related_name="certificates", verbose_name=_("award"))
    department = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("department"))
    kind = models.CharField(_("title or form"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("serial number"))
    code = models.CharField(_("verification code"), max_length=40, unique=True)
    facts = models.JSONField(_("what is printed and signed"))
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", verbose_name=_("signing key"))
    signature = models.CharField(_("signature"), max_length=86)
    reason = models.CharField(_("why issued"), max_length=8, choices=Reason.choices, default=Reason.FIRST)
    note = CleanCharField(_("note"), max_length=400, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name=_("replaces")
    )
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    recalled_on = models.DateField(_("recalled on"), null=True, blank=True)
    returned_on = models.DateField(_("paper came back on"), null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued certificate")
        ordering = ["award__order", "award_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "kind", "year", "number"], name="certificate_number_once"
            ),
            models.UniqueConstraint(
                fields=["award"], condition=Q(reason="first"), name="certificate_first_once"
            ),
            models.CheckConstraint(
                condition=Q(reason="first", replaces__isnull=True)
                | Q(reason__in=["lost", "damaged", "name"], replaces__isnull=False),
                name="certificate_again_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason="name") | ~Q(note=""), name="certificate_name_by_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def serial(self) -> str:
        """As it is printed, such as GKS 000012/2026."""
        return serial_of(self.kind, self.number, self.year)

    @property
    def printed(self) -> Facts:
        """The facts as they were signed."""
        return Facts(**self.facts)

    @property
    def again(self) -> bool:
        """Whether it stands for an earlier sheet, and says so."""
        return self.reason != self.Reason.FIRST


def serial_of(kind: str, number: int, year: int) -> str:
    """A serial number as certificates print it."""
    return f"{kind} {number:06d}/{year}"
