"""The facts of one year and day, one row for each subject: what the conditions read.

Built in one pass over each frame, so that it serves one subject and a whole province. Years become bits, see
`guong.law.conditions`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from guong.law.conditions import LOWEST, SPAN, Read
from guong.law.facts import LEVELS, Facts

BITS = pl.Series("bits", [1 << back for back in range(SPAN)], dtype=pl.Int64)
WHOLE = (1 << SPAN) - 1
NEVER = date(9999, 12, 31)
COUNTED_LEAVE = ("sick", "unpaid", "other")
LONG_STUDY_MONTHS = 12
RATED = ("rated", "rated_HT", "rated_HTT", "rated_HTXS")
SERVICE = tuple(
    f"{basis}{suffix}"
    for basis in ("direct", "sector")
    for suffix in ("", "_difficult", "_special", "_difficult_special")
)


@dataclass(frozen=True)
class Wanted:
    """What the rules to be asked read, so that nothing else is computed: frames, and columns inside them."""

    frames: frozenset[str]
    reads: tuple[Read, ...]
    questions: tuple[str, ...]
    posts: tuple[str, ...]

    def of(self, record: str) -> tuple[Read, ...]:
        """What is read of one record."""
        return tuple(each for each in self.reads if each.record == record)


@dataclass(frozen=True)
class Asked:
    """The year whose merit is asked about, the day on which, what the rules read, which titles there are."""

    year: int
    as_of: date
    wanted: Wanted
    given: frozenset[str] = frozenset()


def snapshot(facts: Facts, year: int, as_of: date, wanted: Wanted) -> pl.LazyFrame:
    """One row for each subject of `facts`, in their order; the year's facts and those of the sixty before."""
    asked = Asked(year, as_of, wanted, frozenset(facts.titles["code"].unique().to_list()))
    subjects = facts.subjects.lazy()
    keys = subjects.select("subject")
    columns = [
        keys.join(part, on="subject", how="left", maintain_order="left").drop("subject")
        for name in sorted(wanted.frames & PARTS.keys())
        for part in PARTS[name](getattr(facts, name).lazy(), asked)
    ]
    base = pl.concat([subjects, *columns], how="horizontal").with_columns(_never_given(asked))
    exists = pl.col("dissolved").is_null() | (pl.col("dissolved") >= as_of)
    return base.with_columns(*_filled(wanted), exists.alias("exists")).with_columns(_knowledge(year, wanted))


def _bit(year: int) -> pl.Expr:
    """The bit of the row's year; the caller keeps to the last sixty."""
    return pl.lit(BITS).gather(year - pl.col("year"))


def _in_span(year: int, years: int) -> pl.Expr:
    return pl.col("year").is_between(year - min(years, SPAN) + 1, year)


def _ratings(ratings: pl.LazyFrame, year: int, years: int) -> pl.LazyFrame:
    level = pl.col("rating").to_physical()
    marked = ratings.filter(_in_span(year, years)).select(
        "subject",
        *(
            pl.when(level >= least).then(_bit(year)).otherwise(0).alias(name)
            for least, name in enumerate(RATED)
        ),
        rating=pl.when(pl.col("year") == year).then(level),
    )
    return marked.group_by("subject").agg(pl.col(*RATED).sum(), pl.col("rating").max())


def _title(titles: pl.LazyFrame, year: int, read: Read) -> pl.LazyFrame:
    mine = titles.filter((pl.col("code") == read.what) & _in_span(year, read.years))
    column = _bit(year).alias(f"has_{read.what}")
    return mine.select("subject", column).group_by("subject").agg(pl.all().bitwise_or())


def _initiatives(initiatives: pl.LazyFrame, year: int, read: Read) -> pl.LazyFrame:
    """For each number: the years with at least so many initiatives of the level or a higher one."""
    rank = LEVELS.index(read.what)
    a_year = (
        initiatives.filter((pl.col("level").to_physical() >= rank) & _in_span(year, read.years))
        .group_by("subject", "year")
        .len()
        .select("subject", "len", _bit(year).alias("bit"))
    )
    columns = (
        pl.when(pl.col("len") >= nth).then(pl.col("bit")).otherwise(0).alias(name)
        for nth, name in enumerate(_initiative_columns(read), start=1)
    )
    return a_year.select("subject", *columns).group_by("subject").agg(pl.all().sum())


def _initiative_columns(read: Read) -> list[str]:
    return [f"initiatives_{read.what}_{nth}" for nth in range(1, read.most + 1)]


def _disciplines(frame: pl.LazyFrame, year: int, as_of: date) -> pl.LazyFrame:
    weight = pl.col("matter").to_physical().cast(pl.Int32)
    begun = pl.col("since").is_null() | (pl.col("since") <= as_of)
    ended = pl.col("until").is_not_null() & (pl.col("until") <= as_of)
    real = pl.when(begun).then(weight).otherwise(0)
    return (
        frame.select(
            "subject",
            pending=(weight == 0) & begun & ~ended,
            discipline_ever=real,
            discipline_year=pl.when(pl.col("since").dt.year() == year).then(real).otherwise(0),
            discipline_serving=pl.when(~ended).then(real).otherwise(0),
            years_since_served=pl.when((real > 0) & ended).then(year - pl.col("until").dt.year()),
        )
        .group_by("subject")
        .agg(pl.col("pending").any(), pl.col("^discipline_.*$").max(), pl.col("years_since_served").min())
    )


def _leave(leave: pl.LazyFrame, year: int) -> pl.LazyFrame:
    study = (pl.col("kind") == "study") & (pl.col("months") >= LONG_STUDY_MONTHS)
    return (
        leave.filter(pl.col("year") == year)
        .select(
            "subject",
            leave_days=pl.when(pl.col("kind").cast(pl.String).is_in(COUNTED_LEAVE)).then("days").otherwise(0),
            study_poor=study & ~pl.col("good_result").fill_null(True),
            study_unknown=study & pl.col("good_result").is_null(),
        )
        .group_by("subject")
        .agg(pl.col("leave_days").sum(), pl.col("study_poor", "study_unknown").any())
    )


def law_days(since: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Days of a calendar of months of 30, from `since` to the day before `end`; neighbours add up exactly."""
    years = end.dt.year().cast(pl.Int64) - since.dt.year().cast(pl.Int64)
    months = years * 12 + end.dt.month().cast(pl.Int64) - since.dt.month().cast(pl.Int64)
    return (months * 30 + end.dt.day().cast(pl.Int64) - since.dt.day().cast(pl.Int64)).clip(lower_bound=0)


def _until(year: int) -> pl.Expr:
    """The first day after the period, at most the first after the year."""
    last = pl.min_horizontal(pl.col("until").fill_null(NEVER), pl.lit(date(year, 12, 31)))
    return last + timedelta(days=1)


def _employment(frame: pl.LazyFrame, year: int) -> pl.LazyFrame:
    since = pl.max_horizontal(pl.col("since"), pl.lit(date(year, 1, 1)))
    days = law_days(since, _until(year))
    recruited = pl.col("basis") == "recruited"
    now = (pl.col("since") <= date(year, 12, 31)) & (pl.col("until").fill_null(NEVER) >= date(year, 12, 31))
    return (
        frame.select(
            "subject",
            days_employed=days,
            days_recruited=pl.when(recruited).then(days).otherwise(0),
            recruited_now=now & recruited,
            contract_now=now & ~recruited,
            contract_months=pl.when(now & ~recruited).then("contract_months"),
        )
        .group_by("subject")
        .agg(
            pl.col("days_employed", "days_recruited").sum(),
            pl.col("recruited_now", "contract_now").any(),
            pl.col("contract_months").max(),
        )
        .with_columns(on_contract=pl.col("contract_now") & ~pl.col("recruited_now"))
        .with_columns(days_recruited=pl.when("on_contract").then("days_employed").otherwise("days_recruited"))
        .drop("recruited_now", "contract_now")
    )


def _service(frame: pl.LazyFrame, year: int, posts: Collection[str]) -> pl.LazyFrame:
    days = law_days(pl.col("since"), _until(year))
    hard, field = pl.col("difficult").fill_null(False), pl.col("special").fill_null(False)
    direct = pl.col("work") == "direct"
    columns = {}
    for name, in_it in (("direct", direct), ("sector", pl.lit(True))):
        columns[name] = pl.when(in_it).then(days).otherwise(0)
        columns[f"{name}_difficult"] = pl.when(in_it & hard).then(days).otherwise(0)
        columns[f"{name}_special"] = pl.when(in_it & field).then(days).otherwise(0)
        columns[f"{name}_difficult_special"] = pl.when(in_it & hard & field).then(days).otherwise(0)
    for post in posts:
        columns[f"post_{post}"] = pl.when(pl.col("post") == post).then(days).otherwise(0)
    return frame.select("subject", **columns).group_by("subject").agg(pl.all().sum())


def _answers(frame: pl.LazyFrame, year: int, question: str) -> pl.LazyFrame:
    mine = frame.filter((pl.col("year") == year) & (pl.col("question") == question))
    return mine.group_by("subject").agg(pl.col("answer").last().alias(f"answer_{question}"))


def _filled(wanted: Wanted) -> Iterator[pl.Expr]:
    """What no row speaks of is nothing; whether it is known is told by `_knowledge`."""
    zero: dict[str, list[str]] = {
        "ratings": list(RATED),
        "titles": [f"has_{read.what}" for read in wanted.of("titles")],
        "initiatives": [name for read in wanted.of("initiatives") for name in _initiative_columns(read)],
        "disciplines": ["discipline_ever", "discipline_year", "discipline_serving"],
        "leave": ["leave_days"],
        "service": [*SERVICE, *(f"post_{post}" for post in wanted.posts)],
    }
    no = {"disciplines": ["pending"], "leave": ["study_poor", "study_unknown"]}
    for frame in sorted(wanted.frames):
        if columns := zero.get(frame):
            yield pl.col(columns).fill_null(0)
        if columns := no.get(frame):
            yield pl.col(columns).fill_null(False)
    if "service" in wanted.frames:
        yield pl.col("service_whole").fill_null(False)


def _knowledge(year: int, wanted: Wanted) -> Iterator[pl.Expr]:
    """What is not known, as bits of years or as yes and no."""
    if "ratings" in wanted.frames:
        yield (pl.lit(WHOLE) & ~pl.col("rated")).alias("rating_unknown")
    career = _bits_since(year, pl.col("career_from"), WHOLE)
    for record in ("titles", "initiatives"):
        if record in wanted.frames:
            whole = _bits_since(year, pl.col(f"{record}_from"), 0)
            yield (career & ~whole).alias(f"{record}_unknown")
    since = pl.col("disciplines_from")
    yield (since <= year).fill_null(False).alias("disciplines_known_year")
    yield (since <= pl.col("career_from")).fill_null(False).alias("disciplines_known_ever")
    yield (year - since + 1).fill_null(0).alias("disciplines_known_years")
    yield (pl.col("leave_from") <= year).fill_null(False).alias("leave_known")
    founded = law_days(pl.col("founded"), pl.lit(date(year + 1, 1, 1)))
    yield (founded // 360).alias("years_existing")
    yield from _higher_posts(wanted.posts)


def _bits_since(year: int, first: pl.Expr, if_null: int) -> pl.Expr:
    """Bits of the years from `first` to the year; `if_null` when there is no first year."""
    back = (year - first + 1).clip(0, SPAN)
    return pl.lit(LOWEST).gather(back).fill_null(if_null)


def _higher_posts(posts: Collection[str]) -> Iterator[pl.Expr]:
    """Time in a post counts in every lower one; `posts` come from the highest down."""
    total = pl.lit(0, pl.Int64)
    for post in posts:
        total = total + pl.col(f"post_{post}")
        yield total.alias(f"post_{post}")


def _titles(frame: pl.LazyFrame, asked: Asked) -> Iterator[pl.LazyFrame]:
    reads = (read for read in asked.wanted.of("titles") if read.what in asked.given)
    return (_title(frame, asked.year, read) for read in reads)


def _never_given(asked: Asked) -> Iterator[pl.Expr]:
    """No year of any title nobody has: a join for each would cost one subject more than all else."""
    reads = (read for read in asked.wanted.of("titles") if read.what not in asked.given)
    return (pl.lit(0, pl.Int64).alias(f"has_{read.what}") for read in reads)


def _all_initiatives(frame: pl.LazyFrame, asked: Asked) -> Iterator[pl.LazyFrame]:
    return (_initiatives(frame, asked.year, read) for read in asked.wanted.of("initiatives"))


def _all_answers(frame: pl.LazyFrame, asked: Asked) -> Iterator[pl.LazyFrame]:
    return (_answers(frame, asked.year, question) for question in asked.wanted.questions)


PARTS: dict[str, Callable[[pl.LazyFrame, Asked], Iterable[pl.LazyFrame]]] = {
    "ratings": lambda frame, asked: (
        _ratings(frame, asked.year, max(read.years for read in asked.wanted.of("ratings"))),
    ),
    "titles": _titles,
    "initiatives": _all_initiatives,
    "disciplines": lambda frame, asked: (_disciplines(frame, asked.year, asked.as_of),),
    "leave": lambda frame, asked: (_leave(frame, asked.year),),
    "employment": lambda frame, asked: (_employment(frame, asked.year),),
    "service": lambda frame, asked: (_service(frame, asked.year, asked.wanted.posts),),
    "members": lambda frame, asked: (frame.filter(pl.col("year") == asked.year).drop("year"),),
    "answers": _all_answers,
}
