"""A scratch database with the record book of a whole province, made once and kept beside the real one.

The facts are those of `bench._law_people`: answers from the database must be those given from memory.
Only the embedded server is filled: loading needs its administrator.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import polars as pl
import psycopg
from psycopg import sql

from bench._law_people import (
    FOUNDED,
    WHOLE_FROM,
    first_year,
    province,
    section_of,
    unit_of,
    units,
)
from guong.law import Facts
from guong.site import env, pg

BATCH = 500_000
_DECIDED = {"decision_number": "1844/QĐ-SYT", "authority": "Giám đốc Sở Y tế", "decision_key": "1844QDSYT"}
_LINE = {
    "source": "import", "withdrawn_because": "", "version": 1, "created_at": "2025-01-02",
    "decision_number": "1844/QĐ-SYT", "department_id": 0, "unit_id": 0,
}  # fmt: skip
# What is the same in every line; as long as in life, because the width of a line is what a scan costs.
_CONSTANT: dict[str, dict[str, object]] = {
    "base_body": {"short_name": "", "inside": True, "name_fold": "", "sort_key": ""},
    "base_person": {"birth_year": 1985, "name_fold": "", "sort_key": ""},
    "base_employment": {
        "post": "Điều dưỡng", "profession": "Điều dưỡng", "category": "VC", "is_leader": False,
        "is_direct_worker": True, "is_union_chair": False,
    },
    "base_department": {
        "place": "Đo", "parent_issuer": "ỦY BAN", "decision_symbol": "QĐ-DO", "inner_days": 5,
        "signatory_position": "GIÁM ĐỐC", "signatory_name": "Lê Đo", "appraisal_days": 10, "comment_days": 10,
        "vote_percent": 80,
    },
    "records_rating": _LINE,
    "records_honour": {
        **_LINE, **_DECIDED, "kind": "merit", "regime": "R2", "form": "", "achievement": "",
        "name_on_paper": "Nguyễn Thị Thanh Hòa",
        "post_on_paper": "Điều dưỡng, Khoa Nội tổng hợp, Bệnh viện Đa khoa Đồng Mây",
        "search": "nguyen thi thanh hoa dieu duong khoa noi tong hop benh vien da khoa dong may chien si",
    },
    "records_initiative": {**_LINE, **_DECIDED, "kind": "initiative", "scope": "", "effect": ""},
    "records_circumstance": _LINE,
}  # fmt: skip


def address(people: int, bodies: int) -> str:
    """The scratch database of that size as the web role sees it; filled when it is not there yet."""
    name = f"guong_bench_{people}_{bodies}"
    data = env.var() / pg.NAME
    with psycopg.connect(pg.url(data, pg.ADMIN, "postgres"), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            half = f"{name}_half"  # a killed run leaves nothing that looks finished
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(half), sql.Identifier(pg.OWNER))
            )
            _migrate(half)
            _fill(pg.url(data, pg.ADMIN, half), people, bodies)
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name))
            )
    return pg.url(data, pg.WEB, name)


def _migrate(name: str) -> None:
    data = env.var() / pg.NAME
    addresses = {
        env.DATABASE_URL.name: pg.url(data, pg.WEB, name),
        env.OWNER_DATABASE_URL.name: pg.url(data, pg.OWNER, name),
    }
    command = [sys.executable, "-m", "guong.site.commands", "migrate"]
    subprocess.run(command, env=env.for_child(**addresses), cwd=env.ROOT, check=True)


def _fill(address: str, people: int, bodies: int) -> None:
    """Without triggers, checks of other tables and search indexes: the facts read none of them."""
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("DROP INDEX honour_search_trgm, initiative_title_trgm, initiative_once")
        for table, frame in _tables(province(people, bodies), bodies):
            _copy(server, table, frame)
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")


def _copy(server: psycopg.Connection, table: str, frame: pl.DataFrame) -> None:
    """What is the same in every line becomes a default of the column for as long as the copy runs."""
    where = sql.Identifier(table)
    constant = {name: value for name, value in _CONSTANT.get(table, {}).items() if name not in frame.columns}
    for name, value in constant.items():
        change = sql.SQL("ALTER TABLE {} ALTER {} SET DEFAULT {}")
        server.execute(change.format(where, sql.Identifier(name), sql.Literal(value)))
    columns = sql.SQL(", ").join(map(sql.Identifier, frame.columns))
    with (
        server.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(where, columns)) as copy,
    ):
        for part in frame.iter_slices(BATCH):
            copy.write(part.write_csv(include_header=False))
    for name in constant:
        change = sql.SQL("ALTER TABLE {} ALTER {} DROP DEFAULT")
        server.execute(change.format(where, sql.Identifier(name)))


def _tables(facts: Facts, bodies: int) -> Iterator[tuple[str, pl.DataFrame]]:
    singles = facts.subjects.filter(pl.col("subject") > 0)
    yield "base_body", _bodies(facts.subjects.filter(pl.col("subject") < 0), bodies)
    yield (
        "base_person",
        singles.select(
            id="subject",
            name=pl.format("Nguyễn Thị Thanh Hòa {}", "subject"),
            gender=pl.col("sex").cast(pl.String).str.slice(0, 1),
            staff_code=pl.format("DX{}", "subject"),
        ),
    )
    yield "base_department", pl.DataFrame([{"body_id": bodies + 1, "standing_office_id": bodies + 1}])
    yield "base_employment", _employments(singles, bodies)
    yield "records_whole", _wholes(bodies)
    yield "records_rating", facts.ratings.select(*_subject(), "year", level="rating")
    yield (
        "records_honour",
        facts.titles.select(
            *_subject(), "year", pl.col("code").cast(pl.String), decided_on=pl.date("year", 12, 20)
        ),
    )
    made = facts.initiatives.with_row_index("id", offset=1)
    yield (
        "records_initiative",
        made.select(
            "id",
            "year",
            "level",
            title=pl.format("Sáng kiến số {}", "id"),
            title_key=pl.format("sang kien so {}", "id"),
            decided_on=pl.date("year", 11, 20),
        ),
    )
    yield "records_authorship", made.select(initiative_id="id", person_id="subject")
    yield "records_circumstance", _circumstances(facts)


def _subject() -> tuple[pl.Expr, pl.Expr]:
    own = pl.col("subject")
    return (
        pl.when(own > 0).then(own).alias("person_id"),
        pl.when(own < 0).then(-own).alias("body_id"),
    )


def _bodies(subjects: pl.DataFrame, bodies: int) -> pl.DataFrame:
    """The department has the number after the last collective."""
    top = bodies + 1
    made = subjects.select(id=-pl.col("subject"), unit=unit_of(bodies)).with_columns(
        is_unit=pl.col("id") <= units(bodies)
    )
    below = made.select(
        "id",
        code=pl.format("DO{}", "id"),
        name=pl.when("is_unit")
        .then(pl.format("Bệnh viện đo {}", "id"))
        .otherwise(pl.format("Khoa đo {}", "id")),
        kind=pl.when("is_unit").then(pl.lit("unit")).otherwise(pl.lit("section")),
        parent_id=pl.when("is_unit").then(pl.lit(top)).otherwise("unit"),
        path=pl.when("is_unit")
        .then(pl.format(f"/{top}/{{}}/", "id"))
        .otherwise(pl.format(f"/{top}/{{}}/{{}}/", "unit", "id")),
        subordinate="is_unit",
        in_sector=pl.lit(True),
        valid_from=pl.lit(FOUNDED),
    )
    department = {
        "id": top, "code": "DO", "name": "Sở Y tế dùng để đo", "kind": "department", "parent_id": None,
        "path": f"/{top}/", "subordinate": False, "in_sector": False, "valid_from": FOUNDED,
    }  # fmt: skip
    return pl.concat([pl.DataFrame([department], schema=below.schema), below])


def _employments(singles: pl.DataFrame, bodies: int) -> pl.DataFrame:
    """Everybody in one section to this day; a tenth had another one before, in the same unit or not."""
    since = pl.date(first_year(), 3, 1)
    moved = pl.col("subject") % 10 == 0
    change = pl.date(first_year() + 1, 3, 1)
    now = singles.select(
        person_id="subject", body_id=section_of(bodies),
        valid_from=pl.when(moved).then(change).otherwise(since), valid_to=pl.lit(None, pl.Date),
    )  # fmt: skip
    before = singles.filter(moved).select(
        person_id="subject", body_id=units(bodies) + 1 + (pl.col("subject") + 7) % (bodies - units(bodies)),
        valid_from=since, valid_to=change.dt.offset_by("-1d"),
    )  # fmt: skip
    return pl.concat([now, before])


def _wholes(bodies: int) -> pl.DataFrame:
    records = pl.DataFrame({"record": ["titles", "initiatives", "disciplines", "leave"]})
    own = pl.DataFrame({"unit_id": pl.int_range(1, units(bodies) + 1, eager=True)})
    return own.join(records, how="cross").with_columns(since=pl.lit(WHOLE_FROM))


def _circumstances(facts: Facts) -> pl.DataFrame:
    """Disciplines as they are; twenty working days of leave are four weeks from the first Monday of March."""
    disciplines = facts.disciplines.select(
        *_subject(), nature=pl.lit("discipline"), kind=pl.col("matter").cast(pl.String),
        begins_on="since", ends_on="until",
    )  # fmt: skip
    first = pl.date("year", 3, 7)
    monday = first.dt.offset_by("-1w").dt.truncate("1w").dt.offset_by("1w")
    leave = facts.leave.select(
        *_subject(), nature=pl.lit("leave"), kind=pl.lit("other_leave"),
        begins_on=monday, ends_on=monday.dt.offset_by("25d"),
    )  # fmt: skip
    return pl.concat([disciplines, leave])
