"""What the paper with a code is worth now, told without more than it says itself (J1-J5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from guong.awards.models import Award, Decision, IssuedCertificate
from guong.papers import proof
from guong.papers.proof import Facts
from guong.papers.seal import normal_code

_NOBODY = Facts("", "", "", "", "", "", "")  # checked when nothing is found: an answer takes the same time
_ANY_KEY = "GX9rI-FshTLGq8g_-PqMT0L1bq3y4IRhyXWpqbNoFdc"
_FOUND = ("award__decision", "award__unit", "key", "replacement")


@dataclass(frozen=True)
class Verdict:
    """What is known. forged: the QR code carries a signature that does not belong to what was issued."""

    code: str
    award: Award | None = None
    sheet: IssuedCertificate | None = None
    state: str = "unknown"  # unknown | valid | replaced | revoked
    revoked_on: date | None = None
    name: str = ""
    replacement: IssuedCertificate | None = None
    forged: bool = False


def verify(text: str, signature: str = "") -> Verdict:
    """Look a certificate up by what was typed or scanned. Never tells anything about codes nearby."""
    code = normal_code(text)
    if code is None:
        return Verdict(text)
    sheet = IssuedCertificate.objects.select_related(*_FOUND).filter(code=code).first()
    award = Award.objects.select_related("decision", "unit").filter(code=code).first()
    public, facts = (sheet.key.public, sheet.printed) if sheet else (_ANY_KEY, _NOBODY)
    fits = proof.fits(public, facts, signature)
    award = sheet.award if sheet else award
    if award is None or award.decision.state not in (Decision.State.ISSUED, Decision.State.REVOKED):
        return Verdict(code)
    forged = bool(signature) and not fits
    return replace(_state(code, award, sheet), forged=forged)


def _newest(sheet: IssuedCertificate | None) -> IssuedCertificate | None:
    """The sheet at the end of the line: replaced ones may have been replaced again."""
    while sheet is not None and (newer := getattr(sheet, "replacement", None)):
        sheet = newer
    return sheet


def _state(code: str, award: Award, sheet: IssuedCertificate | None) -> Verdict:
    revoked_on = award.revoked_on or award.decision.revoked_on
    newer = getattr(sheet, "replacement", None)
    state = "revoked" if revoked_on else "replaced" if newer else "valid"
    name = sheet.printed.name if sheet else award.name_on_paper
    return Verdict(code, award, sheet, state, revoked_on, name, _newest(newer))
