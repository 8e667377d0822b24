"""Sheets of certificates: numbered, issued again for a reason, recalled, handed in (K-15, K-17)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access, signing_keys
from guong.awards.certificate_sheets import facts_of
from guong.awards.models import Award, Decision, IssuedCertificate
from guong.awards.models.certificate import serial_of
from guong.base import numbering
from guong.base.acting import locked, must
from guong.base.models import User
from guong.base.workflow import guarded
from guong.papers import proof
from guong.papers.seal import new_code

Reason = IssuedCertificate.Reason
_SERIES = "giay"  # what series of certificates begin with, apart from those of decisions
_AT_ONCE = 1000


def issue_missing(decision: Decision, by: User) -> None:
    """A first sheet for every award in force that has none. Call it inside an act.

    The decision is locked: two who ask at once get the same sheets, numbered once.
    """
    decision = locked(decision)
    missing = decision.awards.filter(revoked_on__isnull=True, certificates__isnull=True)
    by_kind: dict[str, list[Award]] = {}
    for award in missing.select_related("decision"):
        by_kind.setdefault(award.title_code, []).append(award)
    for kind, awards in sorted(by_kind.items()):
        numbers = _numbers(decision, kind, decision.year, len(awards))
        sheets = [
            _sheet(award, decision.year, number, by, code=award.code)
            for award, number in zip(awards, numbers, strict=True)
        ]
        _sign(sheets)
        IssuedCertificate.objects.bulk_create(sheets, batch_size=_AT_ONCE)


def issue_again(
    *, by: User, certificate: IssuedCertificate, reason: str, note: str = "", name: str = ""
) -> IssuedCertificate:
    """Another sheet in place of one that is lost, damaged or names somebody wrongly. Raises Refused.

    name: the right name; note then says by which decision it was corrected.
    """
    decision = certificate.award.decision
    with guarded(by, "issue_certificate_again", decision) as log:
        decision = locked(decision)
        certificate = locked(certificate)
        award = Award.objects.select_related("decision").get(pk=certificate.award_id)
        must(*_against_another(by, decision, certificate, award, reason, note, name))
        (number,) = _numbers(decision, award.title_code, timezone.localdate().year, 1)
        sheet = _sheet(
            award, timezone.localdate().year, number, by, code=new_code(),
            name=name if reason == Reason.NAME else certificate.printed.name,
        )  # fmt: skip
        sheet.reason, sheet.note, sheet.replaces = reason, note, certificate
        _sign([sheet])
        sheet.save()
        said = {"old": certificate.serial, "new": sheet.serial, "why": sheet.get_reason_display()}
        told = _("%(old)s is replaced by %(new)s: %(why)s") % said
        log.about(decision, note=" · ".join(filter(None, (told, note))))
    return sheet


def note_return(*, by: User, certificate: IssuedCertificate) -> IssuedCertificate:
    """A recalled or replaced sheet lies with the standing office again. Raises Refused."""
    decision = certificate.award.decision
    with guarded(by, "certificate_came_back", decision) as log:
        certificate = locked(certificate)
        replaced = IssuedCertificate.objects.filter(replaces=certificate).exists()
        expected = certificate.recalled_on or replaced
        must(
            access.must_print_certificates(by, decision),
            None if expected else _("Only a recalled or replaced certificate is handed in."),
            _("This certificate was handed in before.") if certificate.returned_on else None,
        )
        certificate.returned_on = timezone.localdate()
        certificate.save(update_fields=["returned_on"])
        log.about(decision, note=certificate.serial)
    return certificate


def recall(awards: QuerySet[Award]) -> int:
    """Every sheet of revoked awards is asked back from today. Call it inside the act that revokes."""
    sheets = IssuedCertificate.objects.filter(award__in=awards, recalled_on__isnull=True)
    return sheets.update(recalled_on=timezone.localdate())


def _against_another(
    by: User, decision: Decision, sheet: IssuedCertificate, award: Award, reason: str, note: str, name: str
) -> list[str | None]:
    in_force = decision.state == Decision.State.ISSUED and not award.revoked_on
    replaced = IssuedCertificate.objects.filter(replaces=sheet).exists()
    named = bool(name.strip() and note.strip())
    known = reason in (Reason.LOST, Reason.DAMAGED, Reason.NAME)
    return [
        access.must_print_certificates(by, decision),
        None if in_force else _("The award is revoked: there is no certificate to issue again."),
        _("This certificate was replaced already: open the list again.") if replaced else None,
        None if known else _("Choose why the certificate is issued again."),
        None
        if reason != Reason.NAME or named
        else _("Write the right name and the decision that corrects it."),
    ]


def _numbers(decision: Decision, kind: str, year: int, count: int) -> range:
    series = numbering.locked_series(decision.department, f"{_SERIES}:{kind}", year)
    return numbering.give_many(series, count)


def _sheet(award: Award, year: int, number: int, by: User, *, code: str, name: str = "") -> IssuedCertificate:
    kind = award.title_code
    facts = facts_of(award, code=code, serial=serial_of(kind, number, year), name=name)
    return IssuedCertificate(
        award=award, department_id=award.decision.department_id, kind=kind, year=year, number=number,
        code=code, facts=vars(facts), issued_by=by,
    )  # fmt: skip


def _sign(sheets: Sequence[IssuedCertificate]) -> None:
    key, private = signing_keys.key_in_use()
    signatures = proof.sign(private, (sheet.printed for sheet in sheets))
    for sheet, signature in zip(sheets, signatures, strict=True):
        sheet.key, sheet.signature = key, signature
