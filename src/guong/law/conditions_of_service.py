"""Conditions on work, conduct, service and collectives; see `guong.law.conditions` for the logic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import polars as pl

from guong.law.conditions import DISCIPLINES, Chain, Check, Condition, DisciplineLevel

MONTH = 30
YEAR = 12 * MONTH


@dataclass(frozen=True)
class MonthsEmployed(Condition):
    """Employed at least so many months of the year, with or without contract time before recruitment."""

    fact = "employment"
    months: int
    count_contract: bool = False

    def check(self, chain: Chain | None) -> Check:
        days = pl.col("days_employed" if self.count_contract else "days_recruited")
        return Check(days >= self.months * MONTH, {"months": days // MONTH})


@dataclass(frozen=True)
class ContractMonths(Condition):
    """A worker on a labour contract has one of at least so many months; others need none."""

    fact = "employment"
    months: int

    def check(self, chain: Chain | None) -> Check:
        term = pl.col("contract_months")
        return Check(~pl.col("on_contract") | (term >= self.months), {"contract_months": term})


@dataclass(frozen=True)
class LeaveDays(Condition):
    """Absent at most so many working days in the year; maternity and treatment after a brave act do not
    count.
    """

    fact = "leave"
    at_most: int

    def check(self, chain: Chain | None) -> Check:
        days = pl.col("leave_days")
        return Check(
            pl.when(days > self.at_most).then(False).when(pl.col("leave_known")).then(True), {"days": days}
        )


@dataclass(frozen=True)
class StudyResult(Condition):
    """Training of so many months or more ended with the result "khá" or better."""

    fact = "leave"
    months: int

    def check(self, chain: Chain | None) -> Check:
        poor, unknown = pl.col("study_poor"), pl.col("study_unknown")
        return Check(pl.when(poor).then(False).when(~unknown & pl.col("leave_known")).then(True))


@dataclass(frozen=True)
class NoDiscipline(Condition):
    """No discipline of this level or a heavier one, decided in the year or ever."""

    fact = "disciplines"
    level: DisciplineLevel
    when: Literal["year", "ever"]

    def check(self, chain: Chain | None) -> Check:
        heaviest = pl.col(f"discipline_{self.when}")
        found = heaviest >= DISCIPLINES.index(self.level) + 1
        known = pl.col(f"disciplines_known_{self.when}")
        return Check(pl.when(found).then(False).when(known).then(True), {"heaviest": heaviest})


@dataclass(frozen=True)
class NotServing(Condition):
    """No discipline of this level or a heavier one is still being served on the day."""

    fact = "disciplines"
    level: DisciplineLevel

    def check(self, chain: Chain | None) -> Check:
        serving = pl.col("discipline_serving") >= DISCIPLINES.index(self.level) + 1
        return Check(pl.when(serving).then(False).when(pl.col("disciplines_known_year")).then(True))


@dataclass(frozen=True)
class YearsSinceServed(Condition):
    """The last discipline was served before the last so many years; the year of serving itself is open."""

    fact = "disciplines"
    years: int

    def check(self, chain: Chain | None) -> Check:
        since = pl.col("years_since_served")
        bad = (pl.col("discipline_serving") > 0) | (since < self.years - 1)
        fine = pl.col("disciplines_known_ever") | (pl.col("disciplines_known_years") >= self.years)
        good = (since.is_null() | (since >= self.years)) & fine
        return Check(pl.when(bad).then(False).when(good).then(True), {"years_since": since})


@dataclass(frozen=True)
class NoPendingMatter(Condition):
    """No discipline, inquiry, inspection, complaint or press allegation is being verified on the day."""

    fact = "disciplines"

    def check(self, chain: Chain | None) -> Check:
        return Check(pl.when(pl.col("pending")).then(False).when(pl.col("disciplines_known_year")).then(True))


@dataclass(frozen=True)
class Service(Condition):
    """Years of direct technical work, or in the sector, some places or fields counting more."""

    fact = "service"
    basis: Literal["direct", "sector"]
    years: int
    years_women: int | None = None
    difficult: Decimal = Decimal(1)
    special: Decimal = Decimal(1)

    def check(self, chain: Chain | None) -> Check:
        days = self._days()
        enough = days >= self.years * YEAR
        if self.years_women is not None:
            woman = pl.col("sex") == "female"
            reduced = days >= self.years_women * YEAR
            enough = enough | (reduced & woman)
        return Check(
            pl.when(enough).then(True).when(pl.col("service_whole")).then(enough), {"months": days // MONTH}
        )

    def _days(self) -> pl.Expr:
        """Counted thirtieths of months, in whole numbers: 14/12 of a month must not be lost by rounding."""
        days = pl.col(self.basis)
        hard, field = pl.col(f"{self.basis}_difficult"), pl.col(f"{self.basis}_special")
        both = pl.col(f"{self.basis}_difficult_special")
        best = max(self.difficult, self.special)
        more_hard, more_field = self.difficult - 1, self.special - 1
        extra = (hard - both) * _sixths(more_hard) + (field - both) * _sixths(more_field)
        return days + (extra + both * _sixths(best - 1)) // 6


def _sixths(share: Decimal) -> int:
    """A coefficient beyond 1 in sixths: 14/12 is written 1.1667, 2 is 2."""
    return round(share * 6)


@dataclass(frozen=True)
class Post(Condition):
    """Years in a leading post, time in higher posts included; a woman between the reduced and the full time
    is open.
    """

    fact = "service"
    post: str
    years: int
    below: int | None = None
    women_less: Literal["third", "three_years"] = "third"

    def check(self, chain: Chain | None) -> Check:
        days = pl.col(f"post_{self.post}")
        full = self.years * YEAR
        reduced = full * 2 // 3 if self.women_less == "third" else full - 3 * YEAR
        maybe = (pl.col("sex") == "female") & (days >= reduced)
        lower = (
            pl.when(days >= full).then(True).when(maybe).then(None).when(pl.col("service_whole")).then(False)
        )
        below = self.below
        holds = lower if below is None else lower & (days < below * YEAR)
        return Check(holds, {"months": days // MONTH})


@dataclass(frozen=True)
class Attribute(Condition):
    """An attribute of the subject is one of these words."""

    fact = "subjects"
    name: Literal["sex", "category", "profession", "manager", "in_sector", "flag_eligible"]
    one_of: tuple[str, ...]

    def check(self, chain: Chain | None) -> Check:
        column = pl.col(self.name)
        return Check(column.cast(pl.String).is_in(self.one_of), {self.name: column})


@dataclass(frozen=True)
class Existence(Condition):
    """The collective has existed for at least so many years at the end of the year."""

    fact = "subjects"
    years: int

    def check(self, chain: Chain | None) -> Check:
        age = pl.col("years_existing")
        return Check(age >= self.years, {"years": age})


@dataclass(frozen=True)
class MemberShare(Condition):
    """A share of the members has something; compared in whole numbers, `strictly` means more than."""

    fact = "members"
    having: Literal["HT", "LDTT"]
    percent: int
    strictly: bool = False

    def check(self, chain: Chain | None) -> Check:
        have, all_ = pl.col(f"members_{self.having}"), pl.col("members")
        left, right = have * 100, all_ * self.percent
        enough = left > right if self.strictly else left >= right
        return Check(pl.when(all_ > 0).then(enough), {"having": have, "members": all_})


@dataclass(frozen=True)
class MemberCount(Condition):
    """At least so many members have something."""

    fact = "members"
    having: Literal["CSTDCS"]
    at_least: int

    def check(self, chain: Chain | None) -> Check:
        have = pl.col(f"members_{self.having}")
        return Check(have >= self.at_least, {"having": have})


@dataclass(frozen=True)
class NoMemberDisciplined(Condition):
    """No member was disciplined with a warning (cảnh cáo) or more in the year."""

    fact = "members"

    def check(self, chain: Chain | None) -> Check:
        found = pl.col("members_disciplined")
        return Check(found == 0, {"disciplined": found})


@dataclass(frozen=True)
class Judged(Condition):
    """People judge it by the evidence listed; open until their answer is recorded."""

    fact = "answers"
    by_people = True
    question: str
    evidence: tuple[str, ...]

    def check(self, chain: Chain | None) -> Check:
        return Check(pl.col(f"answer_{self.question}"))


@dataclass(frozen=True)
class JudgedOfHead(Judged):
    """People judge it of those who lead a collective; who is known not to lead one is not asked."""

    def check(self, chain: Chain | None) -> Check:
        return Check(~pl.col("manager") | pl.col(f"answer_{self.question}"))


@dataclass(frozen=True)
class NotDissolved(Condition):
    """The collective has not ceased to exist by merger or split before the day."""

    fact = "subjects"

    def check(self, chain: Chain | None) -> Check:
        until = pl.col("dissolved")
        return Check(pl.col("exists"), {"dissolved": until.cast(pl.String)})
