"""Issued certificates as paper: from the records to what `guong.papers` draws (K-15)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from guong.awards import drafting, papers
from guong.awards.models import Award, Decision, IssuedCertificate
from guong.papers.certificates import Certificate
from guong.papers.proof import Facts
from guong.papers.words import paper_date
from guong.regulations.here import national_law

_AGAIN = "CẤP LẠI"


def verification_url(code: str, signature: str = "") -> str:
    """The address the QR code opens, with what makes it checkable off-line."""
    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('portal:certificate', args=[code])}"
    return f"{address}?s={signature}" if signature else address


def facts_of(award: Award, *, code: str, serial: str, name: str = "") -> Facts:
    """What the paper of an award says and its signature covers."""
    decision = award.decision
    return Facts(
        code=code,
        serial=serial,
        name=name or award.name_on_paper,
        title=award.form.upper(),  # as it is printed
        decision=decision.full_number,
        day=decision.signed_on.isoformat(),
        unit=award.post_on_paper,
    )


def certificate(decision: Decision, issued: IssuedCertificate) -> Certificate:
    """One certificate: the signed facts, the other words from the decision's list."""
    award, facts = issued.award, issued.printed
    return Certificate(
        authority=decision.authority_line,
        form=facts.title,
        grants="Tặng danh hiệu" if drafting.is_title(national_law(), award.title_code) else "Tặng",
        name=facts.name,
        post=facts.unit,
        achievement=award.achievement,
        decision_number=facts.decision,
        day=decision.signed_on,
        place=decision.department.department.place,
        signature=papers.signature_of(decision),
        code=facts.code,
        url=verification_url(issued.code, issued.signature),
        entry=award.order or None,
        serial=f"Số hiệu: {facts.serial}",
        again=f"{_AGAIN} {paper_date(timezone.localdate(issued.issued_at))}" if issued.again else "",
    )
