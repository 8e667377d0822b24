"""From rows of the book to the frames of the law: careers, posts held at once, leave by years, members.

Plain Polars, computed in one go at the end. `work` is one row an employment, `bodies` one row a body with
what its unit vouches for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from guong.base.text import fold
from guong.law.conditions_of_service import Attribute
from guong.law.facts import SCHEMAS, WORDS
from guong.regulations.here import national_law

RECORDS = ("titles", "initiatives", "disciplines", "leave")
FROM = tuple(f"{record}_from" for record in RECORDS)
COLLECTIVES = ("unit", "section", "office", "private")
AS_READ = ("ratings", "titles", "initiatives")
MARKS = ("rated", "members_HT", "members_LDTT", "members_CSTDCS", "members_disciplined")
FROM_WARNING = ("warning", "demotion", "dismissal")
SEXES = {"f": "female", "m": "male"}
NEVER = date(9999, 12, 31)
A_DAY = timedelta(days=1)
# Written in the order they should run: to optimise the plans takes longer than one subject does.
_AS_WRITTEN = pl.QueryOptFlags.none()
Frames = dict[str, pl.DataFrame]


def of_the_law(
    read: Mapping[str, pl.DataFrame], day: date, wanted: Collection[str], only: Sequence[int] | None = None
) -> Frames:
    """The wanted frames of the law, in its shape, from what was read of the book up to a day.

    only: leave out all other subjects, who were read as members of a body.
    """
    made = _made(read, day, wanted)
    plans = [_shaped(name, plan) for name, plan in made.items()]
    found = dict(zip(made, pl.collect_all(plans, optimizations=_AS_WRITTEN), strict=True))
    found |= {name: read[name] for name in AS_READ if name in wanted}
    if only is None:
        return found
    mine = pl.col("subject").is_in(pl.Series(only, dtype=pl.Int64).implode())
    return {name: frame.filter(mine) for name, frame in found.items()}


def _made(read: Mapping[str, pl.DataFrame], day: date, wanted: Collection[str]) -> dict[str, pl.LazyFrame]:
    of = {name: frame.lazy() for name, frame in read.items()}
    several = bool(read["work"]["person"].is_duplicated().any())
    work = of["work"].with_columns(profession=_professions(read["work"]), category=_category())
    asked = collectives(of["bodies"], day)
    made = {"subjects": people(work, of["bodies"], day, several=several)}
    if read["bodies"]["asked"].any():
        made["subjects"] = pl.concat([made["subjects"], asked], how="diagonal")
        if "members" in wanted:
            made["members"] = members(of, asked, day)
    if "disciplines" in wanted:
        made["disciplines"] = disciplines(of["circumstances"])
    if "leave" in wanted:
        made["leave"] = leave(of["circumstances"])
    if not {"employment", "service"}.isdisjoint(wanted):
        periods = posts_in_turn(of["work"]) if several else _posts(of["work"])
        made |= {"employment": employment(periods), "service": service(periods)}
    return made


def employment(periods: pl.LazyFrame) -> pl.LazyFrame:
    """Who is not on a labour contract was recruited."""
    basis = pl.when("recruited").then(pl.lit("recruited")).otherwise(pl.lit("contract"))
    return periods.select("subject", "since", "until", basis=basis)


def service(periods: pl.LazyFrame) -> pl.LazyFrame:
    """Direct technical work, or other work in the sector."""
    work = pl.when("direct").then(pl.lit("direct")).otherwise(pl.lit("sector"))
    return periods.select("subject", "since", "until", work=work)


def _shaped(name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
    """The columns of the law in their order; what the book does not hold is null."""
    there = frame.collect_schema()
    return frame.select(
        pl.col(column) if there.get(column) == type_ else
        (pl.col(column) if column in there else pl.lit(None)).cast(type_).alias(column)
        for column, type_ in SCHEMAS[name].items()
    )  # fmt: skip


def places_below(bodies: pl.DataFrame) -> list[int]:
    """The bodies that are asked about and all below them."""
    above = _above(bodies.lazy()).join(bodies.lazy().filter("asked").select("id"), on="id", how="semi")
    return above.collect()["body"].unique().to_list()


def people(work: pl.LazyFrame, bodies: pl.LazyFrame, day: date, *, several: bool = True) -> pl.LazyFrame:
    """One row a person: the posts held on the day decide, the newest first; a leader in any is a manager.

    several: whether anybody has more than one employment.
    """
    found = _careers(work, bodies, day)
    if several:
        found = found.join(_gaps(work), on="person", how="left", maintain_order="left")
        found = found.with_columns(pl.max_horizontal(name, "gap").alias(name) for name in FROM)
    whole = {name: pl.max_horizontal(name, "career_from") for name in FROM}
    return found.select(
        "category",
        "profession",
        "career_from",
        subject="person",
        kind=pl.lit("individual", WORDS["kind"]),
        sex=pl.col("gender").replace_strict(SEXES, default=None, return_dtype=WORDS["sex"]),
        in_sector=pl.lit(True),
        manager=pl.when("held").then("leads").otherwise("manager"),
        **{name: pl.when(pl.col(name) <= day.year).then(first) for name, first in whole.items()},
    )


def _careers(work: pl.LazyFrame, bodies: pl.LazyFrame, day: date) -> pl.LazyFrame:
    held = pl.col("until").is_null() | (pl.col("until") >= day)
    posts = work.join(bodies.select("id", *FROM), left_on="body", right_on="id")
    posts = posts.with_columns(*_not_vouched_before(), held=held).sort("person", "held", "since", "id")
    return posts.group_by("person", maintain_order=True).agg(
        pl.col("gender").last(),
        pl.col("category", "profession").drop_nulls().last(),
        (pl.col("manager") & pl.col("held")).any().alias("leads"),
        pl.col("manager", "held").last(),
        pl.col("since").min().dt.year().alias("career_from"),
        pl.col(FROM).max(),
    )


def _not_vouched_before() -> list[pl.Expr]:
    """For each employment and record the first year from which it hinders nobody to call the record whole.

    A unit vouches for the years somebody worked there, as far back as it says its book is whole.
    """
    first, after = pl.col("since").dt.year(), pl.col("until").fill_null(NEVER).dt.year() + 1
    return [
        pl.when(pl.col(name).is_null())
        .then(after)
        .when(pl.col(name) > first)
        .then(pl.min_horizontal(name, after))
        .otherwise(0)
        .cast(pl.Int32)
        .alias(name)
        for name in FROM
    ]


def _gaps(work: pl.LazyFrame) -> pl.LazyFrame:
    """The last year in which somebody began again after a whole year or more for which nobody vouches."""
    several = work.filter(pl.col("person").is_duplicated()).sort("person", "since")
    before = pl.col("until").fill_null(NEVER).dt.year().cum_max().shift(1).over("person")
    began = pl.col("since").dt.year()
    again = several.select("person", gap=pl.when(began > before + 1).then(began))
    return again.group_by("person").agg(pl.col("gap").max())


def _category() -> pl.Expr:
    """`người lao động` may be a worker, a driver or a doctor: the law's question about workers stays open."""
    return pl.when(pl.col("category") != "NLD").then("category")


def _professions(work: pl.DataFrame) -> pl.Series:
    return pl.Series("profession", [profession_code(words) for words in work["profession"]], dtype=pl.String)


@lru_cache(maxsize=4096)
def profession_code(words: str | None) -> str | None:
    """The law's code for a profession as offices write it, None when it is none the law names."""
    plain = fold(words or "").replace("sy", "si")
    return next((code for name, code in _law_professions() if plain.startswith(name)), None)


@lru_cache(maxsize=1)
def _law_professions() -> tuple[tuple[str, str], ...]:
    """What the rules ask for as profession, the longest names first."""
    law = national_law()
    codes = {
        code
        for rule in law.rules.values()
        for each in rule.group.criteria()
        if isinstance(each.kind, Attribute) and each.kind.name == "profession"
        for code in each.kind.one_of
    }
    names = ((fold(law.words.terms[code]["vi"]), code) for code in codes)
    return tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair)))


def collectives(bodies: pl.LazyFrame, day: date) -> pl.LazyFrame:
    """One row a unit or section that is asked about. What was made out of others has a past of its own kind:
    people judge what of theirs it carries on.
    """
    mine = bodies.filter(pl.col("asked") & pl.col("kind").is_in(COLLECTIVES) & (pl.col("valid_from") <= day))
    founded = pl.when(~pl.col("made_of_others")).then("valid_from")
    return mine.select(
        subject=-pl.col("id"),
        kind=pl.lit("collective", WORDS["kind"]),
        category="kind",
        in_sector="in_sector",
        founded=founded,
        dissolved="valid_to",
        career_from=founded.dt.year(),
        **{name: pl.col(name) for name in FROM},
    )


def posts_in_turn(work: pl.LazyFrame) -> pl.LazyFrame:
    """Periods that do not overlap: time in two posts at once counts once, as the better of both."""
    own = _posts(work)
    double = pl.col("subject").is_duplicated()
    several = own.filter(double).with_columns(pl.col("until").fill_null(NEVER))
    ends = several.select("subject", since=pl.col("until").clip(upper_bound=NEVER - A_DAY) + A_DAY)
    cuts = pl.concat([several.select("subject", "since"), ends]).unique().sort("subject", "since")
    spans = cuts.with_columns(until=pl.col("since").shift(-1).over("subject") - A_DAY).drop_nulls("until")
    found = (
        spans.join(several, on="subject", suffix="_of_post")
        .filter(pl.col("since") >= pl.col("since_of_post"), pl.col("since") <= pl.col("until_of_post"))
        .group_by("subject", "since", "until")
        .agg(pl.col("direct", "recruited").any())
        .with_columns(until=pl.when(pl.col("until") < NEVER - A_DAY - A_DAY).then("until"))
    )
    columns = ("subject", "since", "until", "direct", "recruited")
    return pl.concat([own.filter(~double), found.select(columns)]).sort("subject", "since")


def _posts(work: pl.LazyFrame) -> pl.LazyFrame:
    return work.select(
        "since", "until", "direct", subject="person", recruited=pl.col("category") != "NLD"
    ).select("subject", "since", "until", "direct", "recruited")  # fmt: skip


def disciplines(circumstances: pl.LazyFrame) -> pl.LazyFrame:
    """Disciplines, and matters under examination of whatever kind."""
    pending = pl.col("nature") == "pending"
    return circumstances.filter(pl.col("nature").is_in(["discipline", "pending"])).select(
        "subject", "since", "until",
        matter=pl.when(pending).then(pl.lit("pending")).otherwise("kind").cast(WORDS["matter"]),
    )  # fmt: skip


def leave(circumstances: pl.LazyFrame) -> pl.LazyFrame:
    """Working days of each year, Monday to Friday; the months are those of the whole leave."""
    taken = circumstances.filter(pl.col("nature") == "leave").with_columns(
        year=pl.int_ranges(pl.col("since").dt.year(), pl.col("until").dt.year() + 1, dtype=pl.Int32)
    )
    years = taken.explode("year")
    begins = pl.max_horizontal("since", pl.date("year", 1, 1))
    ends = pl.min_horizontal("until", pl.date("year", 12, 31))
    kinds = {"maternity": "maternity", "training": "study"}
    return years.select(
        "subject",
        "year",
        kind=pl.col("kind").replace_strict(kinds, default="other", return_dtype=WORDS["leave_kind"]),
        days=pl.business_day_count(begins, ends + A_DAY).cast(pl.Int32),
        months=_months(pl.col("since"), pl.col("until") + A_DAY),
    )


def _months(since: pl.Expr, until: pl.Expr) -> pl.Expr:
    """Whole months between two days."""
    whole = (until.dt.year() - since.dt.year()) * 12 + until.dt.month().cast(pl.Int32) - since.dt.month()
    return (whole - (until.dt.day() < since.dt.day()).cast(pl.Int32)).cast(pl.Int32)


def members(read: Mapping[str, pl.LazyFrame], asked: pl.LazyFrame, day: date) -> pl.LazyFrame:
    """What the members of each collective have in the year of the day and the year before.

    Members are those who work there or below on the last day of the year, on the day itself while the year
    runs; nobody counts twice. A sum is unknown as long as a member's rating is, or the book is not whole.
    """
    staff = pl.concat([_staff(read["work"], year, day) for year in (day.year - 1, day.year)])
    places = _above(read["bodies"]).select("body", subject=-pl.col("id"))
    places = places.join(asked.select("subject"), on="subject", how="semi")
    sums = _sums(_marked(read, staff, day.year), places)
    vouched = sums.join(asked.select("subject", "titles_from", "disciplines_from"), on="subject")
    return vouched.select("subject", "year", "members", *_known_sums())


def _sums(staff: pl.LazyFrame, places: pl.LazyFrame) -> pl.LazyFrame:
    """Those with one post are summed up in it first; those with several are counted person by person."""
    one, several = staff.filter(~pl.col("double")), staff.filter("double")
    added = pl.col("members", *MARKS).sum()
    apart = several.join(places, on="body").unique(["subject", "person", "year"])
    parts = (
        one.group_by("body", "year").agg(added).join(places, on="body"),
        apart.group_by("subject", "year").agg(added),
    )
    columns = ("subject", "year", "members", *MARKS)
    return pl.concat([part.select(columns) for part in parts]).group_by("subject", "year").agg(added)


def _known_sums() -> tuple[pl.Expr, ...]:
    titles = (pl.col("titles_from") <= pl.col("year")).fill_null(False)
    disciplined = pl.col("members_disciplined")
    whole = (pl.col("disciplines_from") <= pl.col("year")).fill_null(False)
    return (
        pl.when(pl.col("rated") == pl.col("members")).then("members_HT"),
        *(pl.when(titles).then(name).alias(name) for name in ("members_LDTT", "members_CSTDCS")),
        pl.when((disciplined > 0) | whole).then(disciplined),
    )


def _staff(work: pl.LazyFrame, year: int, day: date) -> pl.LazyFrame:
    on = min(date(year, 12, 31), day)
    there = (pl.col("since") <= on) & (pl.col("until").is_null() | (pl.col("until") >= on))
    found = work.filter(there).select(
        "person", "body", year=pl.lit(year, pl.Int32), members=pl.lit(1, pl.Int64)
    )
    return found.with_columns(double=pl.col("person").is_duplicated())


def _marked(read: Mapping[str, pl.LazyFrame], staff: pl.LazyFrame, year: int) -> pl.LazyFrame:
    """For each member and year 1 or null: rated, fulfilled or better, the titles, disciplined hard."""
    recent = pl.col("year") >= year - 1
    hard = (pl.col("nature") == "discipline") & pl.col("kind").is_in(FROM_WARNING)
    fulfilled = pl.col("rating") >= pl.lit("HT", WORDS["rating"])
    ratings = read["ratings"].filter(recent).select(
        "subject", "year", rated=pl.lit(1, pl.Int64), members_HT=fulfilled.cast(pl.Int64)
    )  # fmt: skip
    staff = staff.join(ratings, left_on=("person", "year"), right_on=("subject", "year"), how="left")
    known = (
        *(read["titles"].filter(recent & (pl.col("code") == code)) for code in ("LDTT", "CSTDCS")),
        read["circumstances"].filter(hard).with_columns(year=pl.col("since").dt.year()),
    )
    for name, found in zip(MARKS[2:], known, strict=True):
        mark = found.select("subject", "year").unique().with_columns(pl.lit(1, pl.Int64).alias(name))
        staff = staff.join(mark, left_on=("person", "year"), right_on=("subject", "year"), how="left")
    return staff


def _above(bodies: pl.LazyFrame) -> pl.LazyFrame:
    """Each body with every one above it and itself: `body`, `id`."""
    ids = pl.col("path").str.strip_chars("/").str.split("/")
    return bodies.select(body="id", id=ids).explode("id").with_columns(pl.col("id").cast(pl.Int64))
