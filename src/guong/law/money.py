"""Bonuses: multiple × base salary on the day of the decision, rounded, and which awards of one person are
paid (K-14).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from guong.law.book import Law
from guong.law.model import Cited, NotInForce, NotKnown, SubjectKind


@dataclass(frozen=True)
class Line:
    """One award of a decision. `period` are the first and last year whose merit it counts; `fund` is who
    pays.
    """

    subject: int
    kind: SubjectKind
    code: str
    period: tuple[int, int]
    fund: str = ""


@dataclass(frozen=True)
class Bonus:
    """What one line is paid, in đồng. `amount` is None where a figure is not known; `why` says what decided.

    paid: False where the rule pays only a higher title of the same period; None where nobody can say.
    """

    line: Line
    paid: bool | None
    amount: int | None
    multiple: Decimal | None
    base_salary: int | None
    rounding: int | None
    why: str
    rests_on: tuple[Cited, ...]

    @property
    def unverified(self) -> bool:
        """Whether the sum rests on something not verified."""
        return self.amount is None or any(each.is_unverified for each in self.rests_on)


@dataclass(frozen=True)
class Payment:
    """All lines of one decision, and what each fund pays."""

    bonuses: tuple[Bonus, ...]
    per_fund: dict[str, int]
    unverified: bool


def bonus(law: Law, line: Line, decided_on: date) -> Bonus:
    """What one award brings, by the law on the day of the decision. Raises KeyError for an unknown award."""
    law.awards[line.code]
    try:
        multiple = _multiple(law, line, decided_on)
        salary = law.value("money.base_salary", decided_on)
        rounding = law.value("money.rounding", decided_on)
    except (NotKnown, NotInForce, KeyError) as problem:
        return Bonus(line, None, None, None, None, None, _unknown(problem, decided_on), ())
    rests = (*multiple, salary, rounding)
    factor = Decimal(1)
    for each in multiple:
        factor *= Decimal(str(each.value))
    amount = _round_up(factor * int(str(salary.value)), int(str(rounding.value)))
    return Bonus(
        line,
        True,
        amount,
        factor,
        int(str(salary.value)),
        int(str(rounding.value)),
        "",
        rests,
    )


_FIGURES = {"base_salary": "mức lương cơ sở", "rounding": "cách làm tròn", "multiple": "hệ số tiền thưởng"}


def _unknown(problem: LookupError, day: date) -> str:
    """Which figure is missing, in words for the clerk."""
    missing = next((vi for name, vi in _FIGURES.items() if f"money.{name}" in str(problem)), "quy định chung")
    return f"chưa rõ mức tiền: chưa có {missing} áp dụng ngày {day:%d/%m/%Y} trong dữ liệu luật"


def _multiple(law: Law, line: Line, day: date) -> tuple[Cited, ...]:
    """The multiple, for a household that of an individual times its factor."""
    if line.kind == "household":
        return (
            law.value(f"money.multiple.{line.code}.individual", day),
            law.value("money.household_factor", day),
        )
    return (law.value(f"money.multiple.{line.code}.{line.kind}", day),)


def _round_up(amount: Decimal, step: int) -> int:
    return int((amount / step).to_integral_value(ROUND_CEILING)) * step


def decision_bonus(law: Law, lines: Iterable[Line], decided_on: date) -> Payment:
    """Every line of a decision with the rule for several awards at once, and the total of each fund.

    Titles of one subject for the same years: only the highest is paid, where the regime says so. Titles of
    different years, and a title beside a form, are each paid.
    """
    bonuses = [bonus(law, line, decided_on) for line in lines]
    together: dict[tuple[int, tuple[int, int]], list[Bonus]] = defaultdict(list)
    for each in bonuses:
        together[each.line.subject, each.line.period].append(each)
    paid = [
        _against_others(law, each, together[each.line.subject, each.line.period], decided_on)
        for each in bonuses
    ]
    totals: dict[str, int] = {}
    for each in paid:
        if each.paid and each.amount is not None:
            totals[each.line.fund] = totals.get(each.line.fund, 0) + each.amount
    return Payment(tuple(paid), totals, any(each.unverified for each in paid))


def _against_others(law: Law, one: Bonus, all_: list[Bonus], day: date) -> Bonus:
    higher = [each for each in all_ if _beats(law, each, one, all_)]
    if not higher or one.amount is None:
        return one
    try:
        rule = law.value("money.titles_same_period", day)
    except (NotKnown, NotInForce) as problem:
        return replace(one, paid=None, why=_unknown(problem, day))
    if not rule.value:
        return replace(one, rests_on=(*one.rests_on, rule))
    names = ", ".join(law.awards[each.line.code].vi for each in higher)
    why = f"cùng thời gian tính thành tích, chỉ trả mức cao hơn: {names}"
    return replace(one, paid=False, why=why, rests_on=(*one.rests_on, rule))


def _beats(law: Law, other: Bonus, one: Bonus, all_: list[Bonus]) -> bool:
    """Of one subject and years: a title with the higher multiple; of two equal ones the first."""
    if other is one:
        return False
    if {law.awards[each.line.code].category for each in (other, one)} != {"title"}:
        return False
    left, right = other.multiple or Decimal(0), one.multiple or Decimal(0)
    first = [each is other for each in all_].index(True) < [each is one for each in all_].index(True)
    return left > right or (left == right and first)
