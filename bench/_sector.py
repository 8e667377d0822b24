"""An invented department for measuring: people, units, and half a million awards written by COPY.

It stays in the database: measure on one that may be thrown away.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
from django.db import connection, transaction

from guong.base.access import Role
from guong.base.models import Body, Department, Grant, Person, User
from guong.base.text import fold
from guong.records import catalogue
from guong.records.models.kept import decision_key
from guong.site import database

PEOPLE = int(os.environ.get("GUONG_BENCH_PEOPLE", "500000"))
HONOURS = 500_000
UNITS = 300
CODE = "DOXEP"
FAMILY = ("Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Thị", "Thị", "Văn", "Ngọc", "Minh", "Thu", "Đức", "Hữu", "Kim", "Thanh", "Quang")
GIVEN = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Hoa", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc",
         "Quân")  # fmt: skip
POSTS = ("Điều dưỡng", "Điều dưỡng", "Bác sĩ", "Dược sĩ", "Kỹ thuật viên", "Hộ sinh", "Trưởng khoa")
CODES = ("LDTT",) * 50 + ("CSTDCS",) * 20 + ("GKS",) * 15 + ("BKT",) * 6 + ("CSTDT", "BKB", "KNC-SKND")
KINDS = ("merit",) * 15 + ("movement",) * 3 + ("sudden", "devotion", "service")
YEARS = range(2006, 2026)


def department() -> tuple[Body, User]:
    """A department with three hundred units and its standing office, made once."""
    found = Body.objects.filter(code=CODE).first()
    if found:
        return found, User.objects.get(username="doxep")
    day = date(2005, 1, 1)
    root = Body.objects.create(code=CODE, name="Sở Y tế dùng để đo", kind="department", valid_from=day)
    office = Body.objects.create(
        code=f"{CODE}-VP", name="Văn phòng", kind="office", parent=root, valid_from=day
    )
    Department.objects.create(
        body=root, standing_office=office, place="Đo", parent_issuer="ỦY BAN", decision_symbol="QĐ-DO",
        signatory_position="GIÁM ĐỐC", signatory_name="Lê Đo",
    )  # fmt: skip
    for number in range(UNITS):
        Body.objects.create(
            code=f"{CODE}{number}", name=f"Bệnh viện đo số {number}", kind="unit", parent=root,
            valid_from=day, subordinate=True, in_sector=True,
        )  # fmt: skip
    officer = User.objects.create_user("doxep", person=Person.objects.create(name="Lê Thị Đo"))
    Grant.objects.create(user=officer, role=Role.STANDING_OFFICE, body=office, valid_from=day)
    return root, officer


def clerk() -> User:
    """The clerk of one unit, made once: reads what was withdrawn in that unit only."""
    unit = Body.objects.get(code=f"{CODE}7")
    found = User.objects.filter(username="doxep-donvi").first()
    if found is None:
        found = User.objects.create_user("doxep-donvi", person=Person.objects.create(name="Trần Thị Đo"))
        Grant.objects.create(user=found, role=Role.UNIT_CLERK, body=unit, valid_from=date(2015, 1, 1))
    return found


def people(root: Body) -> None:
    """So many people, each with a staff code and one employment; names repeat as they do in life."""
    missing = PEOPLE - Person.objects.filter(staff_code__startswith="DX").count()
    if missing <= 0:
        return
    drawn = random.Random(1)
    made = [
        Person(
            name=f"{drawn.choice(FAMILY)} {drawn.choice(MIDDLE)} {drawn.choice(GIVEN)}",
            birth_year=drawn.randint(1965, 2003), staff_code=f"DX{number:07d}",
        )
        for number in range(missing)
    ]  # fmt: skip
    for person in made:
        person.fill_keys()
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.cursor.copy(
            "COPY base_person (name, birth_year, gender, staff_code, name_fold, sort_key) FROM STDIN"
        ) as copy:
            for one in made:
                copy.write_row((one.name, one.birth_year, "", one.staff_code, one.name_fold, one.sort_key))
        cursor.execute(_WORK, [root.pk, UNITS])
    analyze()


_WORK = """
INSERT INTO base_employment (person_id, body_id, post, profession, category, is_leader, is_direct_worker,
    is_union_chair, valid_from)
SELECT p.id, u.id, 'Điều dưỡng', '', 'VC', false, true, false, DATE '2016-01-01'
FROM base_person p JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM base_body
    WHERE parent_id = %s AND kind = 'unit') u ON u.n = p.id %% %s
WHERE p.staff_code LIKE 'DX%%' AND NOT EXISTS (SELECT FROM base_employment e WHERE e.person_id = p.id)
"""


def analyze() -> None:
    """Statistics and visibility as autovacuum keeps them on a server that runs."""
    with psycopg.connect(database.owner_url(), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


_COLUMNS = (
    "department_id, unit_id, source, person_id, code, year, kind, regime, decision_number, decided_on,"
    " authority, form, name_on_paper, post_on_paper, achievement, decision_key, search,"
    " withdrawn_because, version, created_at"
)


def honours(root: Body) -> None:
    """Half a million awards over twenty years; the triggers of the audit are off for this once."""
    with psycopg.connect(database.owner_url()) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_honour WHERE department_id = %s", [root.pk])
        missing = HONOURS - cursor.fetchone()[0]
        if missing <= 0:
            return
        cursor.execute(
            "SELECT p.id, p.name, e.body_id FROM base_person p JOIN base_employment e ON e.person_id = p.id"
            " WHERE p.staff_code LIKE 'DX%' ORDER BY p.staff_code"
        )
        known = cursor.fetchall()
        owner.execute("ALTER TABLE records_honour DISABLE TRIGGER USER")
        with cursor.copy(f"COPY records_honour ({_COLUMNS}) FROM STDIN") as copy:
            for row in _rows(root.pk, known, missing):
                copy.write_row(row)
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("ALTER TABLE records_honour ENABLE TRIGGER USER")
    analyze()


def _rows(root: int, known: list[tuple[int, str, int]], count: int) -> Iterator[tuple[Any, ...]]:
    drawn = random.Random(2)
    folded: dict[str, str] = {}
    for at in range(count):
        person, name, unit = known[at % len(known)]
        code, post, year = drawn.choice(CODES), drawn.choice(POSTS), drawn.choice(YEARS)
        number = f"{drawn.randint(1, 900)}-{at // len(known)}/QĐ-SYT"
        words = f"{name}|{post}|{catalogue.name_of(code)}"
        search = folded.get(words) or folded.setdefault(words, fold(words))
        day = date(year, 12, 20)
        yield (
            root, unit, "import", person, code, year, drawn.choice(KINDS), catalogue.regime_on(day), number,
            day, "Giám đốc Sở Y tế", "", name, post, "", decision_key(number), f"{search} {fold(number)}",
            "", 1, "2026-01-01",
        )  # fmt: skip
