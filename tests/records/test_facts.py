"""Facts from the book: written by hand for the cases that are easily wrong, and one subject as among all."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest
from django.db import connection

from guong.base.models import Body, BodyChange, Person
from guong.law import Facts as LawFacts
from guong.law import Question, assess
from guong.records import facts, frames
from guong.records.models import Authorship, Circumstance, Honour, Initiative, Rating, Whole
from guong.regulations.here import national_law
from tests import factories as make

DAY = date(2026, 11, 25)


@pytest.fixture
def root(db) -> Body:
    return make.department()


def line(model, subject: Person | Body, root: Body, /, **fields):
    """A line of the book, whoever wrote it."""
    whose = {"body": subject} if isinstance(subject, Body) else {"person": subject}
    if model is Honour:
        fields = {"name_on_paper": "Tên", "decision_number": str(random.random())} | fields
    return model.objects.create(department=root, unit=root, **whose, **fields)


def whole(unit: Body, since: int, *records: str) -> None:
    for record in records or frames.RECORDS:
        Whole.objects.create(unit=unit, record=record, since=since)


def about(subject: Person | Body, day: date = DAY) -> dict[str, pl.DataFrame]:
    key = {"bodies": [subject.pk]} if isinstance(subject, Body) else {"people": [subject.pk]}
    return facts.facts_for(facts.Subjects(**key), day).frames


def subject_row(subject: Person | Body, day: date = DAY) -> dict:
    return about(subject, day)["subjects"].row(0, named=True)


def counted(body: Body, year: int, day: date = DAY) -> tuple | None:
    """members, fulfilled, advanced, fighters, disciplined."""
    rows = about(body, day)["members"].filter(year=year).drop("subject", "year")
    return rows.row(0) if rows.height else None


# --- since when the book of a person is whole


def test_two_units_vouch_for_the_years_worked_there(root):
    first, second = make.unit(root), make.unit(root)
    whole(first, 2012, "titles", "leave")
    whole(second, 2018, "titles")
    nurse = make.person()
    make.employ(nurse, first, valid_from=date(2010, 5, 1), valid_to=date(2019, 12, 31))
    make.employ(nurse, make.section(second), valid_from=date(2020, 1, 1))
    row = subject_row(nurse)
    assert (row["career_from"], row["titles_from"], row["leave_from"]) == (2010, 2012, None)


def test_a_unit_that_vouches_later_than_the_work_began(root):
    first, second = make.unit(root), make.unit(root)
    whole(first, 2012)
    whole(second, 2023)
    nurse = make.person()
    make.employ(nurse, first, valid_from=date(2010, 5, 1), valid_to=date(2019, 12, 31))
    make.employ(nurse, second, valid_from=date(2020, 1, 1))
    assert subject_row(nurse)["titles_from"] == 2023


def test_a_former_unit_that_never_vouched_leaves_its_years_open(root):
    silent, second = make.unit(root), make.unit(root)
    whole(second, 2015)
    nurse = make.person()
    make.employ(nurse, silent, valid_from=date(2010, 5, 1), valid_to=date(2019, 12, 31))
    make.employ(nurse, second, valid_from=date(2020, 1, 1))
    assert subject_row(nurse)["titles_from"] == 2020


def test_nobody_vouches_for_years_between_two_employments(root):
    unit = make.unit(root)
    whole(unit, 2010)
    nurse = make.person()
    make.employ(nurse, unit, valid_from=date(2010, 5, 1), valid_to=date(2012, 12, 31))
    make.employ(nurse, unit, valid_from=date(2016, 1, 1))
    assert subject_row(nurse)["titles_from"] == 2016
    steady = make.person()
    make.employ(steady, unit, valid_from=date(2010, 5, 1), valid_to=date(2012, 12, 31))
    make.employ(steady, unit, valid_from=date(2013, 3, 1))
    assert subject_row(steady)["titles_from"] == 2010


# --- posts


def test_time_in_two_posts_at_once_counts_once_as_the_better_one(root):
    unit = make.unit(root)
    doctor = make.person(gender="f")
    make.employ(doctor, unit, "Bác sĩ", profession="Bác sỹ CKII", is_direct_worker=True, is_leader=False)
    make.employ(
        doctor, unit, "Chủ tịch công đoàn", category="NLD", valid_from=date(2020, 1, 1),
        valid_to=date(2022, 12, 31), is_leader=True,
    )  # fmt: skip
    read = about(doctor)
    assert read["service"].select("work", "since", "until").sort("since").rows() == [
        ("direct", make.LONG_AGO, date(2019, 12, 31)),
        ("direct", date(2020, 1, 1), date(2022, 12, 31)),
        ("direct", date(2023, 1, 1), None),
    ]
    assert read["employment"]["basis"].unique().to_list() == ["recruited"]
    row = read["subjects"].row(0, named=True)
    assert (row["sex"], row["category"], row["profession"], row["manager"]) == (
        "female",
        "VC",
        "doctor",
        False,
    )


def test_time_in_two_posts_would_be_twice_as_long_without_cutting(root, monkeypatch):
    doctor = make.person()
    for post in ("Bác sĩ", "Trưởng khoa"):
        make.employ(doctor, make.unit(root), post, valid_from=date(2018, 1, 1), is_direct_worker=True)

    def months() -> object:
        found = LawFacts.of(**about(doctor))
        answer = assess(national_law(), found, Question(doctor.pk, "TTUT", 2026, DAY))
        return next(each.compared["months"] for each in answer.finding.leaves() if each.id == "service")

    assert months() == 9 * 12
    plain = pl.col("person").alias("subject"), "since", "until", "direct"
    monkeypatch.setattr(
        frames, "posts_in_turn", lambda work: work.select(*plain, recruited=pl.col("category") != "NLD")
    )
    assert months() == 2 * 9 * 12


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Điều dưỡng hạng III", "nurse"), ("BÁC SỸ chuyên khoa I", "doctor"),
        ("Y sĩ y học cổ truyền", "assistant_doctor"),
        ("Dược sĩ", "pharmacist"), ("Hộ sinh", "midwife"), ("Kỹ thuật viên y", "technician"),
        ("Kế toán", None), ("", None),
    ],
)  # fmt: skip
def test_professions_as_offices_write_them(words, code):
    assert frames.profession_code(words) == code


# --- disciplines, leave, awards


def test_a_discipline_that_ended_and_a_matter_under_examination(root):
    nurse = make.person()
    make.employ(nurse, make.unit(root))
    line(
        Circumstance,
        nurse,
        root,
        nature="discipline",
        kind="warning",
        begins_on=date(2024, 3, 1),
        ends_on=date(2025, 2, 28),
    )
    line(Circumstance, nurse, root, nature="pending", kind="complaint", begins_on=date(2026, 10, 1))
    line(Circumstance, nurse, root, nature="pending", kind="press", begins_on=date(2026, 12, 1))
    rows = about(nurse)["disciplines"].sort("since").select("matter", "since", "until").rows()
    assert rows == [
        ("warning", date(2024, 3, 1), date(2025, 2, 28)),
        ("pending", date(2026, 10, 1), None),
    ]


def test_a_leave_over_two_years_is_split_at_new_year(root):
    nurse = make.person()
    make.employ(nurse, make.unit(root))
    line(
        Circumstance,
        nurse,
        root,
        nature="leave",
        kind="training",
        begins_on=date(2024, 9, 2),
        ends_on=date(2026, 9, 1),
    )
    rows = about(nurse)["leave"].sort("year").select("year", "kind", "days", "months").rows()
    assert rows == [(2024, "study", 87, 24), (2025, "study", 261, 24), (2026, "study", 174, 24)]


def test_revoked_withdrawn_and_future_lines_are_no_facts(root):
    nurse = make.person()
    make.employ(nurse, make.unit(root))
    gone = {"withdrawn_on": DAY, "withdrawn_because": "Nhầm"}
    line(Honour, nurse, root, code="BKT", year=2020)
    line(Honour, nurse, root, code="BKT", year=2021, revoked_on=date(2023, 1, 1))
    line(Honour, nurse, root, code="BKT", year=2022, **gone)
    line(Honour, nurse, root, code="BKT", year=2026, decided_on=date(2026, 12, 1))
    assert about(nurse)["titles"]["year"].to_list() == [2020]


def test_sudden_feats_and_movements_feed_no_merit(root):
    """N152 Đ.4(3): what was given for them is no ground for a higher award for regular merit."""
    nurse = make.person()
    make.employ(nurse, make.unit(root))
    for year, kind in enumerate(("merit", "sudden", "movement", "devotion"), start=2020):
        line(Honour, nurse, root, code="BKT", year=year, kind=kind)
    assert about(nurse)["titles"]["year"].sort().to_list() == [2020, 2023]


def test_ratings_withdrawn_or_of_later_years_are_no_facts(root):
    nurse = make.person()
    make.employ(nurse, make.unit(root))
    line(Rating, nurse, root, year=2023, level="HTT", withdrawn_on=DAY, withdrawn_because="Nhầm")
    line(Rating, nurse, root, year=2024, level="HTXS")
    line(Rating, nurse, root, year=2027, level="HTXS")
    assert about(nurse)["ratings"].select("year", "rating").rows() == [(2024, "HTXS")]


def test_an_initiative_is_a_fact_of_each_author(root):
    unit, nurse, doctor = make.unit(root), make.person(), make.person()
    for who in (nurse, doctor):
        make.employ(who, unit)
    made = Initiative.objects.create(
        department=root, unit=unit, title="Sáng kiến", title_key="sang kien", level="province", year=2025
    )
    for who in (nurse, doctor):
        Authorship.objects.create(initiative=made, person=who)
        assert about(who)["initiatives"].select("year", "level").rows() == [(2025, "province")]


# --- collectives and their members


def test_members_of_a_section_and_of_its_unit(root):
    unit = make.unit(root)
    section, other = make.section(unit), make.section(unit)
    whole(unit, 2020)
    people = [make.person() for _ in range(4)]
    for who, where in zip(people, (section, section, other, unit), strict=True):
        make.employ(who, where)
    for who in people:
        line(Rating, who, root, year=2026, level="HTT")
    line(Honour, people[0], root, code="LDTT", year=2026)
    line(Honour, people[0], root, code="CSTDCS", year=2026)
    line(Honour, people[2], root, code="LDTT", year=2026)
    line(Honour, people[2], root, code="LDTT", year=2025)
    line(Circumstance, people[1], root, nature="discipline", kind="reprimand", begins_on=date(2026, 3, 1))
    line(Circumstance, people[3], root, nature="discipline", kind="warning", begins_on=date(2026, 3, 1))
    assert counted(section, 2026) == (2, 2, 1, 1, 0)
    assert counted(unit, 2026) == (4, 4, 2, 1, 1)
    assert counted(unit, 2025) == (4, None, 1, 0, 0)


def test_a_member_with_two_posts_counts_once_in_the_unit(root):
    unit = make.unit(root)
    one, two = make.section(unit), make.section(unit)
    nurse, doctor = make.person(), make.person()
    for who, where in ((nurse, one), (nurse, two), (doctor, two)):
        make.employ(who, where)
    assert [counted(place, 2026)[0] for place in (one, two, unit)] == [1, 2, 2]


def test_who_left_is_no_member(root):
    unit = make.unit(root)
    for until in (date(2025, 12, 30), date(2025, 12, 31), date(2026, 11, 24), DAY, None):
        make.employ(make.person(), unit, valid_to=until)
    assert (counted(unit, 2025)[0], counted(unit, 2026)[0]) == (4, 2)


def test_what_members_have_is_unknown_where_the_book_is_not_whole(root):
    unit, nurse = make.unit(root), make.person()
    make.employ(nurse, unit)
    assert counted(unit, 2026) == (1, None, None, None, None)
    line(Circumstance, nurse, root, nature="discipline", kind="dismissal", begins_on=date(2026, 3, 1))
    assert counted(unit, 2026) == (1, None, None, None, 1)


def test_a_merged_body_ceased_and_its_successor_has_no_age_of_its_own(root):
    old, other, new = make.unit(root), make.unit(root), make.unit(root, valid_from=date(2025, 7, 1))
    for before in (old, other):
        before.valid_to = date(2025, 6, 30)
        before.save()
        BodyChange.objects.create(kind="merge", before=before, after=new, on=date(2025, 7, 1))
    whole(new, 2025)
    ceased, made = subject_row(old), subject_row(new)
    assert (ceased["founded"], ceased["dissolved"]) == (make.LONG_AGO, date(2025, 6, 30))
    assert (made["founded"], made["career_from"], made["dissolved"]) == (None, None, None)
    kept = make.unit(root)
    BodyChange.objects.create(kind="merge", before=make.unit(root), after=kept, on=date(2025, 7, 1))
    assert subject_row(kept)["founded"] == make.LONG_AGO


# --- one question in a request


def test_facts_of_one_person_are_found_by_indexes(db):
    """Sequential scans are made unattractive: what still scans a table of lines has no index to use."""
    root = make.department()
    nurse = make.person()
    make.employ(nurse, make.unit(root))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for name in ("work", *facts.PACKED):
            plan = "\n".join(facts.plan_of(name, facts.Subjects(people=[nurse.pk]), DAY))
            assert "Seq Scan on records_" not in plan, plan
            assert "Seq Scan on base_employment" not in plan, plan
