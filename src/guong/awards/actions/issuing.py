"""From a number to the issue of a decision, and its revocation (D-17, K-06, K-07, K-17).

Numbers: the series row is locked while a number is taken, and the number is given in the same transaction as
the step, so that numbers neither skip nor repeat. A number once given is never used again: a decision
cancelled before issue stays in the register as void, with its reason.

Places: a place held by an award stays used when the award is revoked, because the plan counts what was
granted in its year (C-07); whoever revokes may give it back by an explicit choice, which is recorded on
the award.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access
from guong.awards.actions import money
from guong.awards.actions.reissuing import recall
from guong.awards.flow import DECISION_STEPS, NOMINATION_STEPS
from guong.awards.models import Award, Decision
from guong.base import numbering
from guong.base.acting import locked, must
from guong.base.models import NumberSeries, User
from guong.base.signed_copy import must_be_a_pdf, store_pdf
from guong.base.workflow import Refused, guarded, refusals, take
from guong.movements.quota import free_place


def give_number(
    *, by: User, decision: Decision, signed_on: date, version: int | None = None, by_hand: int | None = None
) -> Decision:
    """The next number of the year, or the one the registry wrote down by hand (K-07). Raises Refused."""
    step = DECISION_STEPS["number"]
    with guarded(by, step.name, decision):
        decision = locked(decision, version)
        must(*refusals(step, decision, by))
        series = _locked_series(decision, signed_on.year)
        decision.number = numbering.give(
            series, _numbered(series), on=signed_on, day_field="signed_on", by_hand=by_hand
        )
        decision.year, decision.symbol, decision.signed_on = series.year, series.symbol, signed_on
        decision.version += 1
        decision.save()
        money.keep(decision)
        note = _("number from the registry") if by_hand else ""
        return take(
            step, decision, by=by, note=" ".join(part for part in (decision.full_number, note) if part)
        )


def _locked_series(decision: Decision, year: int) -> NumberSeries:
    symbol = decision.department.department.decision_symbol
    return numbering.locked_series(decision.department, symbol, year)


def _numbered(series: NumberSeries):
    return Decision.objects.filter(
        department_id=series.body_id, symbol=series.symbol, year=series.year, number__isnull=False
    )


def keep_signed_copy(*, by: User, decision: Decision, name: str, data: bytes) -> Decision:
    """Keep the signed PDF with its hash; a later copy replaces it until the decision is issued.

    The digital signature in it is not checked here.
    """
    step = DECISION_STEPS["keep_signed_copy"]
    with guarded(by, step.name, decision):
        decision = locked(decision)
        must(*refusals(step, decision, by), must_be_a_pdf(data))
        decision.signed_file = store_pdf(by, name, data)
        decision.save(update_fields=["signed_file"])
        return take(step, decision, by=by, note=f"SHA-256 {decision.signed_file.sha256}")


def issue(*, by: User, decision: Decision) -> Decision:
    """The leader's own act: from now on the awards count, and everybody sees them. Raises Refused."""
    step = DECISION_STEPS["issue"]
    with guarded(by, step.name, decision):
        decision = locked(decision)
        must(*refusals(step, decision, by))
        for award in decision.awards.select_related("nomination"):
            _make_award(award, by)
        decision.issued_at = timezone.now()
        decision.save(update_fields=["issued_at"])
        return take(step, decision, by=by)


def _make_award(award: Award, by: User) -> None:
    if award.nomination is None:
        return
    try:
        take(NOMINATION_STEPS["award"], award.nomination, by=by, note=award.decision.full_number)
    except Refused as refused:
        raise Refused(f"{award.name_on_paper}: {refused}") from refused


def void(*, by: User, decision: Decision, reason: str) -> Decision:
    """Cancel a numbered decision before issue. Its number stays spent, its nominees are free for another."""
    step = DECISION_STEPS["void"]
    with guarded(by, step.name, decision) as log:
        decision = locked(decision)
        must(*refusals(step, decision, by, reason))
        for award in decision.awards.filter(nomination__isnull=False).select_related("nomination"):
            log.about(award.nomination, note=decision.full_number)
        decision.awards.update(nomination=None)
        money.stop(decision.bonuses.all(), by=by)
        decision.revoked_on, decision.revocation_reason = timezone.localdate(), reason
        decision.save(update_fields=["revoked_on", "revocation_reason"])
        return take(step, decision, by=by, note=reason)


def revoke(*, by: User, decision: Decision, reason: str, give_places_back: bool = False) -> Decision:
    """Revoke a whole decision: none of its awards is in force from this moment."""
    step = DECISION_STEPS["revoke"]
    with guarded(by, step.name, decision):
        decision = locked(decision)
        must(*refusals(step, decision, by, reason))
        if give_places_back:
            for award in decision.awards.filter(revoked_on__isnull=True).order_by("quota_id"):
                _return_place(award)
        money.stop(decision.bonuses.all(), by=by)
        recall(decision.awards.all())
        decision.revoked_on, decision.revocation_reason = timezone.localdate(), reason
        decision.save(update_fields=["revoked_on", "revocation_reason"])
        return take(step, decision, by=by, note=reason)


def revoke_award(*, by: User, award: Award, reason: str, give_place_back: bool = False) -> Award:
    """Revoke one line of an issued decision; the others stay in force (K-17)."""
    with guarded(by, "revoke_award", award.decision) as log:
        decision = locked(award.decision)
        award = locked(award)
        must(
            access.must_be_leader(by, decision),
            None
            if decision.state == Decision.State.ISSUED
            else _("Only an issued decision has awards to revoke."),
            _("This award was revoked before.") if award.revoked_on else None,
            None if reason.strip() else _("Write the reason first."),
        )
        award.revoked_on, award.revocation_reason = timezone.localdate(), reason
        award.save(update_fields=["revoked_on", "revocation_reason"])
        money.stop(decision.bonuses.filter(award=award), by=by)
        recall(decision.awards.filter(pk=award.pk))
        if give_place_back:
            _return_place(award)
        log.about(decision, note=f"{award.name_on_paper}: {reason}")
        if award.nomination:
            log.about(award.nomination, note=reason)
    return award


def _return_place(award: Award) -> None:
    if award.quota_id is None or award.place_returned:
        return
    free_place(award.quota_id)
    award.place_returned = True
    award.save(update_fields=["place_returned"])
