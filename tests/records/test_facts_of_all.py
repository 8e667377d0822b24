"""One subject has the facts and gets the answers it has and gets among all, on random books."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from guong.base.models import Body, Person
from guong.law import Facts as LawFacts
from guong.law import Question, assess, screen
from guong.records import facts, frames
from guong.records.models import Authorship, Circumstance, Honour, Initiative, Rating
from guong.regulations.here import national_law
from tests import factories as make
from tests.records.test_facts import DAY, about, line, whole


def random_book(seed: int) -> Body:
    """Some units, sections and people with lines of every kind, beside another department."""
    drawn = random.Random(seed)
    root = make.department()
    stranger = make.department("Sở Y tế Hòa Giang")
    units = [make.unit(root) for _ in range(3)]
    places = [*units, *(make.section(unit) for unit in units for _ in range(2))]
    foreign = make.unit(stranger)
    for unit in (*units, foreign):
        for record in drawn.sample(frames.RECORDS, drawn.randint(0, 4)):
            whole(unit, drawn.randint(2010, 2024), record)
    people = [make.person(gender=drawn.choice(["f", "m", ""])) for _ in range(14)]
    for who in people:
        for _ in range(drawn.randint(1, 3)):
            random_post(who, drawn.choice([*places, foreign]), drawn)
    for subject in (*people, *places):
        random_lines(subject, root, drawn)
    for number in range(8):
        made = Initiative.objects.create(
            department=root, unit=units[0], title=str(number), title_key=str(number),
            level=drawn.choice(["unit", "province"]), year=drawn.randint(2016, 2026),
        )  # fmt: skip
        for who in drawn.sample(people, 2):
            Authorship.objects.create(initiative=made, person=who)
    return root


def random_post(who: Person, where: Body, drawn: random.Random) -> None:
    since = date(drawn.randint(2008, 2026), drawn.randint(1, 12), 1)
    until = drawn.choice([None, since + timedelta(days=drawn.randint(1, 4000))])
    make.employ(
        who, where, valid_from=since, valid_to=until, category=drawn.choice(["CC", "VC", "NLD"]),
        profession=drawn.choice(["", "Bác sĩ", "Kế toán, \"trưởng\"", "Điều dưỡng"]),
        is_leader=drawn.random() < 0.3, is_direct_worker=drawn.random() < 0.5,
    )  # fmt: skip


def random_lines(subject: Person | Body, root: Body, drawn: random.Random) -> None:
    gone = [{}, {}, {}, {"withdrawn_on": DAY, "withdrawn_because": "Nhầm"}]
    for year in drawn.sample(range(2016, 2028), 6):
        line(
            Rating,
            subject,
            root,
            year=year,
            level=drawn.choice(["KHT", "HT", "HTT", "HTXS"]),
            **drawn.choice(gone),
        )
    for _ in range(drawn.randint(0, 8)):
        year = drawn.randint(2016, 2026)
        revoked = drawn.choice([None, None, DAY])
        line(
            Honour, subject, root, year=year, revoked_on=revoked, **drawn.choice(gone),
            code=drawn.choice(["LDTT", "CSTDCS", "BKT", "BKTTG", "TTLDXS", "COT"]),
            decided_on=drawn.choice([None, date(year, 12, 20)]),
        )  # fmt: skip
    for _ in range(drawn.randint(0, 3)):
        nature = drawn.choice(["discipline", "pending", "leave"])
        kind = drawn.choice(Circumstance.KINDS[Circumstance.Nature(nature)])
        begins = date(2023, 1, 1) + timedelta(days=drawn.randint(0, 1500))
        ends = begins + timedelta(days=drawn.randint(0, 900))
        line(
            Circumstance, subject, root, nature=nature, kind=kind, begins_on=begins,
            ends_on=ends if nature == "leave" else drawn.choice([ends, None]),
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_one_subject_has_the_facts_it_has_among_all(db, seed):
    root = random_book(seed)
    day = random.Random(seed).choice([DAY, date(2025, 1, 10), date(2023, 12, 20)])
    among = facts.facts_for(facts.everybody(root), day).frames
    subjects = among["subjects"]["subject"].to_list()
    assert len(subjects) > 12
    assert min(subjects) < 0 < max(subjects)
    for key in subjects:
        alone = facts.facts_for(one(key), day).frames
        for name, frame in among.items():
            mine = frame.filter(pl.col("subject") == key)
            assert_frame_equal(mine, alone.get(name, mine.clear()), check_row_order=False)


@pytest.mark.parametrize("seed", range(2))
def test_one_subject_gets_the_answer_it_gets_among_all(db, seed):
    root, law = random_book(seed), national_law()
    known = LawFacts.of(**facts.facts_for(facts.everybody(root), DAY).frames)
    answers = screen(law, known, year=2026, received_on=DAY)
    for row in answers.iter_rows(named=True):
        alone = LawFacts.of(**facts.facts_for(one(row["subject"]), DAY).frames)
        for code in ("CSTDCS", "BKT", "TTLDTT", "TTLDXS"):
            if row[code]:
                found = assess(law, alone, Question(row["subject"], code, 2026, DAY))
                assert (found.outcome, found.checked) == (row[code], row[f"{code}.checked"])


def one(key: int) -> facts.Subjects:
    return facts.Subjects(people=[key]) if key > 0 else facts.Subjects(bodies=[-key])


def test_without_the_members_a_body_alone_would_have_none(db, monkeypatch):
    root = random_book(3)
    unit = Body.objects.filter(kind="unit", parent=root).first()
    assert about(unit)["members"].height
    monkeypatch.setattr(frames, "places_below", lambda _bodies: [])
    assert not about(unit)["members"].height
