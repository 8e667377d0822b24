"""The record book: a sheet of 100,000 awards from the file to the commit, the sector's list over 500,000
awards, and facts for the law: `guong bench records`.

Makes an invented department in the database of the settings and leaves it there: run it on one that may be
thrown away. `GUONG_BENCH_PEOPLE` sets the number of people (500,000).
"""

from __future__ import annotations

import io
import itertools
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
import xlsxwriter
from django.db import connection

from bench import Figure, _sector, p95_ms
from guong.base.models import Body, Job, Person, User
from guong.records import facts, register
from guong.records.actions import sheets
from guong.records.models import Honour, Rating, SheetImport
from guong.site import database

LINES = 100_000
TIMES = 12


def figures() -> Iterator[Figure]:
    """Load once, then measure."""
    root, officer = _sector.department()
    _sector.people(root)
    _sector.honours(root)
    yield from sheet(root, officer)
    yield Figure("awards in the book", Honour.objects.count(), "lines", _sector.HONOURS, more_is_better=True)
    for name, user in (("standing office", officer), ("clerk of a unit", _sector.clerk())):
        yield from lists(name, user)
    history(root)
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
    """The two waits of the one who sends the sheet, and both together: from the file to the commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM records_honour WHERE department_id = %s AND sheet_id IS NOT NULL", [root.pk]
        )
    data = workbook(root)
    run = sheets.send_sheet(
        by=officer, department=root, unit=None, kind="honours", data=data, name="do.xlsx", key=uuid.uuid4()
    )
    run = sheets.confirm_columns(run, head=run.head, columns=run.columns, version=run.version, by=officer)
    checking = _timed(lambda: _work(run, sheets.CHECK, officer))
    yield Figure("100,000 lines: read, checked, shown", checking, "s", 8)
    run.refresh_from_db()
    writing = _timed(lambda: _work(run, sheets.WRITE, officer))
    yield Figure("100,000 lines: entered", writing, "s", 8)
    yield Figure("100,000 lines: file to commit", checking + writing, "s", 8)
    run.refresh_from_db()
    yield Figure("lines entered", run.written, "lines", LINES, more_is_better=True)


def _work(run: SheetImport, kind: str, by: User) -> None:
    """One job as the worker does it."""
    job = Job.objects.create(kind=kind, record=run, requested_by=by, total=LINES)
    sheets.work(job.pk, loud=True)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
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
    _sector.analyze()


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


SEARCHES = (
    "nguyen thi hoa", "nguyễn", "điều dưỡng", "thị văn", "lao động", "213 qd syt", "zzyzx",
)  # fmt: skip


def lists(name: str, user: User) -> Iterator[Figure]:
    """The rows of a page and the count above them: each filter alone, then every combination of filters."""
    unit = Body.objects.get(code=f"{_sector.CODE}7")
    filters = {"year": 2020, "code": "CSTDCS", "level": "province", "kind": "sudden", "unit": unit.pk}
    alone = [{}, *({field: value} for field, value in filters.items()), *({"q": words} for words in SEARCHES)]
    for values in alone:
        label = ", ".join(f"{field} {value}" for field, value in values.items()) or "no filter"
        taken = p95_ms(lambda v=values: _page(user, v), TIMES)
        yield Figure(f"list for {name}: {label}, p95", taken, "ms", 100)
    slowest = max(
        (p95_ms(lambda v=values: _page(user, v), TIMES), str(values)) for values in _combined(filters)
    )
    yield Figure(f"list for {name}: slowest combination {slowest[1]}, p95", slowest[0], "ms", 100)


def _combined(filters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Two or more filters, with and without words."""
    for size in range(1, len(filters) + 1):
        for fields in itertools.combinations(filters, size):
            chosen = {field: filters[field] for field in fields}
            if size > 1:
                yield chosen
            yield from ({**chosen, "q": words} for words in SEARCHES[:4])


def _page(user: User, values: dict[str, Any]) -> None:
    found = register.page_source(user, values)
    found.count()
    register.with_subjects(found[:50])


def facts_of(root: Body) -> Iterator[Figure]:
    """All facts of everybody, as frames."""
    began = time.perf_counter()
    read = facts.facts_for(facts.everybody(root), date(2026, 11, 25))
    yield Figure("facts of everybody, ten years", time.perf_counter() - began, "s", 13)
    yield Figure("rows of facts", read.rows, "rows", _sector.PEOPLE, more_is_better=True)
    began = time.perf_counter()
    one = Person.objects.filter(staff_code="DX0000007").get()
    facts.facts_for(facts.Subjects(people=(one.pk,)), date(2026, 11, 25))
    yield Figure("facts of one person", (time.perf_counter() - began) * 1000, "ms", 10)
