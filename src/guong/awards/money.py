"""What the awards of a decision are paid, by the law on its day, and what each fund gives (K-14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from guong import law as rules
from guong.awards.models import Award, Bonus, Decision, Fund
from guong.law import Law
from guong.regulations.here import law_of

State = Bonus.State
_OUTSIDE = "chưa rõ mức tiền: hình thức này không có trong dữ liệu luật"
GIVEN = (State.PLANNED, State.PAID)


@dataclass(frozen=True)
class FundTotal:
    """What one fund gives under a decision, in đồng; `fund` is None for lines that name none yet."""

    fund: Fund | None
    amount: int
    lines: int


def bonuses_of(decision: Decision) -> list[Bonus]:
    """The kept lines of a numbered decision; for a draft what they would be if it were numbered today."""
    if decision.state == Decision.State.DRAFT:
        return reckon(decision, lines_of(decision), timezone.localdate())
    kept = decision.bonuses.select_related("award__unit", "fund")
    return list(kept.order_by("award__order", "pk"))


def lines_of(decision: Decision) -> list[Award]:
    """The awards with what the reckoning asks of them."""
    return list(decision.awards.select_related("unit", "fund", "nomination__movement__plan"))


def reckon(decision: Decision, awards: Sequence[Award], day: date) -> list[Bonus]:
    """One unsaved bonus for each award, by the law of the department on the day."""
    law = law_of(decision.department)
    years = [year_of(award, day) for award in awards]
    known = [place for place, award in enumerate(awards) if award.title_code in law.awards]
    lines = [_line(awards[place], years[place]) for place in known]
    found = dict(zip(known, rules.decision_bonus(law, lines, day).bonuses, strict=True))
    return [
        _kept(decision, award, years[place], found.get(place), law.version)
        for place, award in enumerate(awards)
    ]


def year_of(award: Award, day: date) -> int:
    """The year whose achievement the award honours: that of the plan, or the one before the decision."""
    return award.nomination.movement.plan.year if award.nomination else day.year


def _line(award: Award, year: int) -> rules.Line:
    """People and collectives never meet under one number: a collective's is negative."""
    subject = award.person_id or -(award.body_id or 0)
    return rules.Line(subject, award.subject, award.title_code, (year, year), str(award.fund_id or ""))


def _kept(decision: Decision, award: Award, year: int, found: rules.Bonus | None, version: str) -> Bonus:
    figures = _figures(found) if found else {"state": State.UNKNOWN, "why": _OUTSIDE, "unverified": True}
    return Bonus(
        award=award, decision=decision, fund=award.fund, year=year, law_version=version, **figures
    )  # fmt: skip


def _figures(found: rules.Bonus) -> dict[str, Any]:
    known = found.amount is not None and found.paid is not None
    return {
        "state": (State.PLANNED if found.paid else State.COVERED) if known else State.UNKNOWN,
        "multiple": found.multiple,
        "base_salary": found.base_salary,
        "rounding": found.rounding,
        "amount": found.amount,
        "why": found.why,
        "unverified": found.unverified,
        "rests_on": [
            {"name": each.name, "value": str(each.value), "source": each.source, "sure": each.confidence}
            for each in found.rests_on
        ],
    }


def totals(bonuses: Iterable[Bonus]) -> list[FundTotal]:
    """What each fund gives, in order of first appearance; lines that are not paid count nowhere."""
    found: dict[int | None, FundTotal] = {}
    for bonus in bonuses:
        if bonus.state not in GIVEN or bonus.amount is None:
            continue
        before = found.get(bonus.fund_id, FundTotal(bonus.fund, 0, 0))
        found[bonus.fund_id] = FundTotal(before.fund, before.amount + bonus.amount, before.lines + 1)
    return list(found.values())


def doubts(bonuses: Sequence[Bonus]) -> list[str]:
    """What the clerk must know of the money before the paper goes out, in sentences."""
    unknown = [bonus for bonus in bonuses if bonus.state == State.UNKNOWN]
    said = [
        _("%(name)s: %(why)s.") % {"name": bonus.award.name_on_paper, "why": bonus.why}
        for bonus in unknown[:5]
    ]
    if len(unknown) > len(said):
        said.append(_("%(n)s more awards have no known amount.") % {"n": len(unknown) - len(said)})
    if any(bonus.unverified and bonus.state != State.UNKNOWN for bonus in bonuses):
        said.append(_("The amounts rest on figures of the law that nobody has compared with its text."))
    if any(bonus.fund_id is None and bonus.state in GIVEN for bonus in bonuses):
        said.append(_("No fund is chosen for some awards: the decision names only the funds chosen."))
    return said


def title_of(law: Law, award: Award) -> str:
    """The name of the award in full; for one outside the catalogue the words of its paper."""
    return law.awards[award.title_code].vi if award.title_code in law.awards else award.form
