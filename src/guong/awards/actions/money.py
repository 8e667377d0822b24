"""The money of a decision: kept with its number, paid and recovered by documents; the funds (K-14).

A payment is recorded for many lines at once. Every line is checked against its row of the step table, and
one line about them all goes into the timeline of the decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access, money
from guong.awards.flow import BONUS_STEPS
from guong.awards.models import Bonus, Decision, Fund
from guong.base.acting import locked, must
from guong.base.models import Body, User
from guong.base.workflow import Log, Step, guarded, refusals
from guong.papers.words import grouped

State = Bonus.State


@dataclass(frozen=True)
class Document:
    """The paper by which money was paid or came back."""

    number: str
    day: date


def keep(decision: Decision) -> None:
    """Write the money of every line down, by the law on the decision's day. Part of giving the number."""
    lines = money.reckon(decision, money.lines_of(decision), decision.signed_on or timezone.localdate())
    Bonus.objects.bulk_create(lines)


def choose_funds(*, by: User, decision: Decision, version: int, funds: Mapping[str, Fund | None]) -> Decision:
    """Which fund pays each title of a draft, by its code. Raises Refused."""
    with guarded(by, "choose_funds", decision) as log:
        decision = locked(decision, version)
        in_draft = decision.state == Decision.State.DRAFT
        must(
            access.must_be_standing_office(by, decision),
            None if in_draft else _("The decision has its number: its text can no longer be changed."),
        )
        for code, fund in funds.items():
            decision.awards.filter(title_code=code).update(fund=fund)
        decision.version += 1
        decision.save(update_fields=["version"])
        log.about(decision, note="; ".join(f"{code}: {fund or '—'}" for code, fund in funds.items()))
    return decision


def pay(
    *, by: User, decision: Decision, bonuses: Collection[int], document: Document, fund: Fund | None = None
) -> int:
    """Record that these lines were paid by a document; `fund` for lines that name none yet. The sum in đồng.

    Raises Refused when a line was paid meanwhile, by another hand or the same one twice.
    """
    step = BONUS_STEPS["pay"]
    with guarded(by, step.name, decision) as log:
        lines = _locked_lines(decision, bonuses)
        without = [line for line in lines if line.fund is None]
        _set(without, fund=fund)
        must(_not_later_than_today(document.day), _not_before(document.day, decision.signed_on))
        _rows(without).update(fund=fund)
        _take_all(step, lines, by=by, document_number=document.number, paid_on=document.day)
        return _tell(log, decision, lines, document)


def recover(*, by: User, decision: Decision, bonuses: Collection[int], document: Document) -> int:
    """Record that money of revoked awards came back. The sum in đồng. Raises Refused."""
    step = BONUS_STEPS["recover"]
    with guarded(by, step.name, decision) as log:
        lines = _locked_lines(decision, bonuses)
        paid = max((line.paid_on for line in lines if line.paid_on), default=None)
        must(_not_later_than_today(document.day), _not_before(document.day, paid))
        _take_all(step, lines, by=by, recovery_number=document.number, recovered_on=document.day)
        return _tell(log, decision, lines, document)


def undo_payment(*, by: User, bonus: Bonus, reason: str) -> Bonus:
    """A payment recorded by mistake: the line waits for its payment again. Raises Refused."""
    step = BONUS_STEPS["undo_payment"]
    with guarded(by, step.name, bonus.decision) as log:
        (line,) = _locked_lines(bonus.decision, [bonus.pk])
        said = f"{line.award.name_on_paper}: {line.document_number}. {reason}"
        _take_all(step, [line], by=by, note=reason, document_number="", paid_on=None)
        log.about(line.decision, note=said)
    return line


def stop(bonuses: QuerySet[Bonus], *, by: User) -> None:
    """Awards fell: what was paid must come back, what was not is no longer paid. Part of revoking."""
    lines = list(bonuses.select_related("decision__department").select_for_update(of=("self",)))
    for name in ("drop", "call_back"):
        step = BONUS_STEPS[name]
        _take_all(step, [line for line in lines if line.state in step.source], by=by)


def _locked_lines(decision: Decision, wanted: Collection[int]) -> list[Bonus]:
    must(None if wanted else _("Choose at least one line."))
    lines = decision.bonuses.select_related("decision__department", "award", "fund").order_by("pk")
    found = list(lines.filter(pk__in=wanted).select_for_update(of=("self",)))
    must(None if len(found) == len(set(wanted)) else _("Some lines do not belong to this decision."))
    return found


def _take_all(step: Step, lines: list[Bonus], *, by: User, note: str = "", **values: Any) -> None:
    """One step of many lines with what it writes down, each checked; refusals of several are said once."""
    _set(lines, **values)
    must(*dict.fromkeys(why for line in lines for why in refusals(step, line, by, note)))
    _rows(lines).update(state=step.target, **values)


def _set(lines: Iterable[Bonus], **values: Any) -> None:
    for line in lines:
        for name, value in values.items():
            setattr(line, name, value)


def _rows(lines: Iterable[Bonus]) -> QuerySet[Bonus]:
    return Bonus.objects.filter(pk__in=[line.pk for line in lines])


def _tell(log: Log, decision: Decision, lines: list[Bonus], document: Document) -> int:
    total = sum(line.amount or 0 for line in lines)
    log.about(
        decision,
        note=_("%(n)s awards, %(sum)s đ, document %(number)s of %(day)s")
        % {
            "n": len(lines),
            "sum": grouped(total),
            "number": document.number,
            "day": f"{document.day:%d/%m/%Y}",
        },
    )
    return total


def _not_later_than_today(day: date) -> str | None:
    return _("The document lies in the future.") if day > timezone.localdate() else None


def _not_before(day: date, first: date | None) -> str | None:
    if first is None or day >= first:
        return None
    return _("The document is older than %(day)s, when this could first happen.") % {
        "day": f"{first:%d/%m/%Y}"
    }


def save_fund(*, by: User, fund: Fund, version: int, values: Mapping[str, Any]) -> Fund:
    """A new fund, or new words of one. What numbered decisions name keeps the fund. Raises Refused."""
    with guarded(by, "save_fund", fund.department) as log:
        if fund.pk:
            fund = locked(fund, version)
            fund.version += 1
        must(access.must_be_standing_office(by, fund), _taken(fund.department, values["name"], fund.pk))
        for name in ("name", "level", "payer", "closed_on"):
            setattr(fund, name, values[name])
        fund.save()
        log.about(fund, note=fund.name)
    return fund


def _taken(department: Body, name: str, but: int | None) -> str | None:
    same = Fund.objects.filter(department=department, name__iexact=name.strip()).exclude(pk=but)
    return _("The department has a fund of this name.") if same.exists() else None
