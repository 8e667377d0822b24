"""The conditions a rule may ask, each written once as a Polars expression over a snapshot of the facts.

Kleene logic: true = met, false = failed, null = a fact is missing. Years are bits of one whole number, bit 0
being the year asked about. `sure` bits are known to be set, `may` bits are set or unknown; a count of sure
bits is the least, a count of may bits the most that can still come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import polars as pl

RatingLevel = Literal["HT", "HTT", "HTXS"]
InitiativeLevel = Literal["unit", "province", "nation"]
DisciplineLevel = Literal["reprimand", "warning", "demotion", "dismissal"]
DISCIPLINES: tuple[DisciplineLevel, ...] = ("reprimand", "warning", "demotion", "dismissal")
MOST_PER_YEAR = 5
SPAN = 60
Codes = tuple[str, ...]
# Looked up instead of computed: an expression that names its input twice doubles with every step.
LOWEST = pl.Series("lowest", [(1 << length) - 1 for length in range(64)], dtype=pl.Int64)
BELOW_HIGHEST = pl.Series("below", [(1 << max(63 - zeros, 0)) - 1 for zeros in range(65)], dtype=pl.Int64)


@dataclass(frozen=True)
class Check:
    """A compiled condition: does it hold, what was compared, and which record would settle it."""

    holds: pl.Expr
    shows: Mapping[str, pl.Expr] = field(default_factory=dict)


def bits(count: int) -> int:
    """A mask of that many years back from the year asked about."""
    return (1 << min(count, SPAN)) - 1


def between(least: pl.Expr, most: pl.Expr, wanted: int) -> pl.Expr:
    """True when the least is enough, false when not even the most is, null between."""
    return pl.when(least >= wanted).then(True).when(most < wanted).then(False)


def unless_whole(found: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """True when found; otherwise false if the record is whole, null if it is not."""
    return pl.when(found).then(True).when(whole).then(False)


def run(mask: pl.Expr) -> pl.Expr:
    """Bits of the unbroken run that ends with the year asked about."""
    return pl.lit(LOWEST).gather(mask.bitwise_trailing_ones())


def years_after_first(mask: pl.Expr) -> pl.Expr:
    """Bits of the years later than the earliest set year; none when no year is set."""
    return pl.lit(BELOW_HIGHEST).gather(mask.bitwise_leading_zeros())


def count(mask: pl.Expr) -> pl.Expr:
    """How many years are set."""
    return mask.bitwise_count_ones().cast(pl.Int64)


def sure_titles(codes: Codes) -> pl.Expr:
    """Years in which one of these was certainly given."""
    mask = pl.col(f"has_{codes[0]}")
    for code in codes[1:]:
        mask = mask | pl.col(f"has_{code}")
    return mask


def may_titles(codes: Codes) -> pl.Expr:
    """Years in which one of these was given or may have been."""
    return sure_titles(codes) | pl.col("titles_unknown")


def _initiatives(level: InitiativeLevel, window: pl.Expr | int, most: int) -> pl.Expr:
    total = pl.lit(0, pl.Int64)
    for nth in range(1, min(most, MOST_PER_YEAR) + 1):
        total = total + count(pl.col(f"initiatives_{level}_{nth}") & window)
    return total


def _unknown_initiatives(window: pl.Expr | int) -> pl.Expr:
    return count(pl.col("initiatives_unknown") & window) * MOST_PER_YEAR


@dataclass(frozen=True)
class Read:
    """One column of the past a condition reads: a record, a title or level in it, how many years back.

    most: how many initiatives of a year can matter.
    """

    record: str
    what: str = ""
    years: int = SPAN
    most: int = 1


@dataclass(frozen=True)
class Chain:
    """Unbroken years up to the one asked about, rated so or better, all after one of these awards."""

    rating: RatingLevel
    years: int
    after: Codes = ()
    or_title: Codes = ()

    def sure(self) -> pl.Expr:
        """Bits of the shortest run there can be."""
        good = pl.col(f"rated_{self.rating}")
        if self.or_title:
            good = good | sure_titles(self.or_title)
        mask = run(good)
        return mask & years_after_first(sure_titles(self.after)) if self.after else mask

    def reads(self) -> Iterable[Read]:
        """The ratings, and the awards it begins after or counts as years, of all time."""
        titles = (Read("titles", code) for code in (*self.after, *self.or_title))
        return (Read("ratings"), *titles)

    def may(self) -> pl.Expr:
        """Bits of the longest run there can be."""
        good = pl.col(f"rated_{self.rating}") | pl.col("rating_unknown")
        if self.or_title:
            good = good | may_titles(self.or_title)
        mask = run(good)
        return mask & years_after_first(may_titles(self.after)) if self.after else mask


@dataclass(frozen=True)
class Condition:
    """What every condition has: the record that settles it, and whether only a person can."""

    fact: ClassVar[str]
    by_people: ClassVar[bool] = False
    in_chain: ClassVar[bool] = False

    def check(self, chain: Chain | None) -> Check:
        """Compile for the chain of the rule, if it has one."""
        raise NotImplementedError

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        """What it reads of the past; by default nothing beyond the fixed columns of its record."""
        return chain.reads() if chain and self.in_chain else ()


@dataclass(frozen=True)
class Rating(Condition):
    """The rating of the year is at least this."""

    fact = "ratings"
    at_least: RatingLevel

    def check(self, chain: Chain | None) -> Check:
        sure = pl.col(f"rated_{self.at_least}") & 1
        known = (pl.col("rating_unknown") & 1) == 0
        return Check(unless_whole(sure == 1, known), {"rating": pl.col("rating")})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        return (Read("ratings", years=1),)


@dataclass(frozen=True)
class ChainLength(Condition):
    """The chain of the rule has at least its number of years."""

    fact = "ratings, titles"
    in_chain = True

    def check(self, chain: Chain | None) -> Check:
        run_of = _needed(chain)
        least, most = count(run_of.sure()), count(run_of.may())
        return Check(between(least, most, run_of.years), {"years": least, "years_at_most": most})


@dataclass(frozen=True)
class TitlesInChain(Condition):
    """So many of these titles within the chain."""

    fact = "titles"
    in_chain = True
    codes: Codes
    count: int

    def check(self, chain: Chain | None) -> Check:
        run_of = _needed(chain)
        least = count(sure_titles(self.codes) & run_of.sure())
        most = count(may_titles(self.codes) & run_of.may())
        return Check(between(least, most, self.count), {"titles": least, "titles_at_most": most})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        return (*_needed(chain).reads(), *(Read("titles", code) for code in self.codes))


@dataclass(frozen=True)
class RatingsInChain(Condition):
    """So many years of a better rating within the chain."""

    fact = "ratings"
    in_chain = True
    at_least: RatingLevel
    count: int

    def check(self, chain: Chain | None) -> Check:
        run_of = _needed(chain)
        rated = pl.col(f"rated_{self.at_least}")
        least = count(rated & run_of.sure())
        most = count((rated | pl.col("rating_unknown")) & run_of.may())
        return Check(between(least, most, self.count), {"years": least, "years_at_most": most})


@dataclass(frozen=True)
class InitiativesInChain(Condition):
    """So many initiatives of a level within the chain."""

    fact = "initiatives"
    in_chain = True
    level: InitiativeLevel
    count: int

    def check(self, chain: Chain | None) -> Check:
        run_of = _needed(chain)
        least = _initiatives(self.level, run_of.sure(), self.count)
        most = _initiatives(self.level, run_of.may(), self.count) + _unknown_initiatives(run_of.may())
        return Check(between(least, most, self.count), {"initiatives": least})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        return (*_needed(chain).reads(), Read("initiatives", self.level, most=self.count))


def _needed(chain: Chain | None) -> Chain:
    if chain is None:
        raise LookupError("this condition needs a chain in its rule")
    return chain


@dataclass(frozen=True)
class TitleYears(Condition):
    """One of these titles in each of so many years up to the one asked about; 1 = in that year."""

    fact = "titles"
    codes: Codes
    years: int

    def check(self, chain: Chain | None) -> Check:
        least, most = count(run(sure_titles(self.codes))), count(run(may_titles(self.codes)))
        return Check(between(least, most, self.years), {"years": least, "years_at_most": most})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        return (Read("titles", code, self.years) for code in self.codes)


@dataclass(frozen=True)
class TitlesInARow(Condition):
    """The title in the year asked about, and the same once before, at most so many years earlier."""

    fact = "titles"
    codes: Codes
    apart_at_most: int

    def check(self, chain: Chain | None) -> Check:
        earlier = bits(self.apart_at_most + 1) - 1
        sure, may = sure_titles(self.codes), may_titles(self.codes)
        least = ((sure & 1) == 1) & ((sure & earlier) != 0)
        most = ((may & 1) == 1) & ((may & earlier) != 0)
        return Check(unless_whole(least, ~most), {"titles": count(sure & (earlier | 1))})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        return (Read("titles", code, self.apart_at_most + 1) for code in self.codes)


@dataclass(frozen=True)
class Held(Condition):
    """One of these was given, in the year asked about or before."""

    fact = "titles"
    codes: Codes

    def check(self, chain: Chain | None) -> Check:
        sure, may = sure_titles(self.codes), may_titles(self.codes)
        return Check(unless_whole(sure != 0, may == 0), {"times": count(sure)})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        return (Read("titles", code) for code in self.codes)


@dataclass(frozen=True)
class NotHeld(Condition):
    """None of these was ever given; with years: not within so many years."""

    fact = "titles"
    codes: Codes
    years: int = SPAN

    def check(self, chain: Chain | None) -> Check:
        window = bits(self.years)
        sure, may = sure_titles(self.codes) & window, may_titles(self.codes) & window
        return Check(unless_whole(may == 0, sure != 0), {"times": count(sure)})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        return (Read("titles", code, self.years) for code in self.codes)


@dataclass(frozen=True)
class Initiatives(Condition):
    """So many initiatives of a level within so many years; `older` says what older ones do."""

    fact = "initiatives"
    level: InitiativeLevel
    count: int
    years: int
    older: Literal["ask", "fail"] = "fail"

    def check(self, chain: Chain | None) -> Check:
        window = bits(self.years)
        least = _initiatives(self.level, window, self.count)
        far = bits(SPAN) if self.older == "ask" else window
        most = _initiatives(self.level, far, self.count) + _unknown_initiatives(far)
        return Check(between(least, most, self.count), {"initiatives": least})

    def reads(self, chain: Chain | None) -> Iterable[Read]:
        years = SPAN if self.older == "ask" else self.years
        return (Read("initiatives", self.level, years, self.count),)
