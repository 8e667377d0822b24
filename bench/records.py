"""The record book: a sheet of 100,000 awards from the file to the commit, the sector's list over a million
lines, and facts for the law: `guong bench records`.

Makes an invented department in the database of the settings and leaves it there: run it on one that may be
thrown away. `GUONG_BENCH_PEOPLE` sets the number of people (500,000).
"""

from __future__ import annotations

import io
import os
import random
import time
import uuid
from collections.abc import Iterator
from datetime import date

import psycopg
import xlsxwriter
from django.db import connection, transaction

from bench import Figure, _sector, median_ms
from guong.base.access import Role
from guong.base.models import Body, Department, Grant, Person, User
from guong.papers.tables import read_rows
from guong.records import facts, register
from guong.records.actions import sheets
from guong.records.models import Honour, Rating, SheetImport
from guong.site import database

LINES = 100_000
TIMES = 12


def figures() -> Iterator[Figure]:
    """Load once, then measure."""
    root, officer = department()
    people(root)
    yield from sheet(root, officer)
    history(root)
    yield Figure("awards in the book", Honour.objects.count(), "lines", PEOPLE, more_is_better=True)
    yield from lists(officer)
    yield from facts_of(root)


def workbook(root: Body) -> bytes:
    """One hundred thousand awards of different people, as an office would list them."""
    units = dict(Body.objects.filter(parent=root).values_list("pk", "name"))
    rows = Person.objects.filter(staff_code__startswith="DX").values_list(
        "name", "birth_year", "staff_code", "employments__body"
    )
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["DANH SÁCH KHEN THƯỞNG"])
        page.write_row(2, 0, ["STT", "Họ và tên", "Năm sinh", "Mã nhân viên", "Chức vụ", "Đơn vị",
                              "Danh hiệu",
                              "Năm", "Số QĐ", "Ngày QĐ", "Cơ quan ban hành"])  # fmt: skip
        for at, (name, birth, code, unit) in enumerate(rows[:LINES]):
            page.write_row(at + 3, 0, [at + 1, name, birth, code, "Điều dưỡng", units[unit],
                                       "Lao động tiên tiến",
                                       2005, f"{at // 200}/QĐ-SYT", "20/12/2005", "Giám đốc Sở"])  # fmt: skip
    return file.getvalue()


def sheet(root: Body, officer: User) -> Iterator[Figure]:
    """File to commit in one road; the check on screen before it is measured apart."""
    Honour.objects.filter(department=root, year=2016).delete()
    data = workbook(root)
    yield Figure("100,000 lines: reading the file", _timed(lambda: read_rows(data)), "s", 8)
    run = sheets.send_sheet(
        by=officer, department=root, unit=None, kind="honours", data=data, name="do.xlsx", key=uuid.uuid4()
    )
    run = sheets.confirm_columns(run, head=run.head, columns=run.columns, version=run.version, by=officer)
    yield Figure(
        "100,000 lines: check shown on screen", _timed(lambda: _work(run, sheets.CHECK, officer)), "s", 8
    )
    run.refresh_from_db()
    yield Figure("100,000 lines: file to commit", _timed(lambda: _work(run, sheets.WRITE, officer)), "s", 8)
    run.refresh_from_db()
    yield Figure("lines entered", run.written, "lines", LINES, more_is_better=True)


def _work(run: SheetImport, kind: str, by: User) -> None:
    sheets.work(sheets.start(run, kind, by).pk, loud=True)


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


def history(root: Body) -> None:
    """Ten years of ratings and titles; the triggers of the audit are off for this once."""
    if Rating.objects.filter(department=root).exists():
        return
    with psycopg.connect(database.owner_url()) as owner:
        for table, rows in (("records_rating", _RATINGS), ("records_honour", _TITLES)):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner.execute(rows, [root.pk])
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    _analyze()


_RATINGS = """
INSERT INTO records_rating (department_id, unit_id, source, person_id, year, level, decision_number,
    withdrawn_because, version, created_at)
SELECT %s, e.body_id, 'import', p.id, y, (ARRAY['HTXS','HTT','HTT','HTT','HT'])[1 + (p.id * 7 + y * 3) %% 5],
    '', '', 1, now()
FROM base_person p JOIN base_employment e ON e.person_id = p.id, generate_series(2017, 2026) y
WHERE p.staff_code LIKE 'DX%%'
"""
_TITLES = """
INSERT INTO records_honour (department_id, unit_id, source, person_id, code, year, kind, regime,
    decision_number, decided_on, authority, form, name_on_paper, post_on_paper, achievement, decision_key,
    search, withdrawn_because, version, created_at)
SELECT %s, e.body_id, 'import', p.id, code, y, 'merit', '', y || '/QĐ-SYT', make_date(y, 12, 20),
    'Giám đốc Sở', '', p.name, 'Điều dưỡng', '', y || 'QDSYT', p.name_fold || ' dieu duong', '', 1, now()
FROM base_person p JOIN base_employment e ON e.person_id = p.id, generate_series(2017, 2026) y,
    LATERAL (SELECT (ARRAY['LDTT','CSTDCS','GKS','BKT','LDTT'])[1 + (p.id + y) %% 5] AS code) c
WHERE p.staff_code LIKE 'DX%%' AND (p.id + y * 3) %% 5 = 0
"""


def lists(officer: User) -> Iterator[Figure]:
    """Filters of the sector's list: the rows of a page and the count above them."""
    unit = Body.objects.filter(code=f"{CODE}7").get()
    for name, values in (
        ("no filter", {}), ("one year", {"year": 2024}), ("one title", {"code": "CSTDCS"}),
        ("one level", {"level": "province"}), ("one unit", {"unit": unit.pk}),
        ("year and title", {"year": 2024, "code": "BKT"}), ("a name", {"q": "nguyen thi hoa"}),
        ("a name nobody bears", {"q": "zzyzx"}),
    ):  # fmt: skip
        yield Figure(f"list, {name}", median_ms(lambda v=values: _page(officer, v), 10, 2), "ms", 100)


def _page(officer: User, values: dict[str, object]) -> None:
    found = register.found(officer, values)
    register.with_subjects(found[:50])
    register.count(found)


def facts_of(root: Body) -> Iterator[Figure]:
    """All facts of everybody, as frames."""
    began = time.perf_counter()
    read = facts.facts_for(facts.everybody(root), date(2026, 11, 25))
    yield Figure("facts of everybody, ten years", time.perf_counter() - began, "s", 13)
    yield Figure("rows of facts", read.rows, "rows", PEOPLE, more_is_better=True)
    began = time.perf_counter()
    one = Person.objects.filter(staff_code="DX0000007").get()
    facts.facts_for(facts.Subjects(people=(one.pk,)), date(2026, 11, 25))
    yield Figure("facts of one person", (time.perf_counter() - began) * 1000, "ms", 10)
