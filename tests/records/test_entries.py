"""Lines by hand: entered once, corrected, withdrawn with a reason; what was decided here enters by itself."""

from __future__ import annotations

import threading
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction

from guong.awards.actions import issuing
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from guong.records import facts
from guong.records.actions import sheets
from guong.records.actions.entries import add_author, amend, enter, enter_initiative, say_whole, withdraw
from guong.records.models import Circumstance, Honour, Initiative, Rating, SheetImport
from guong.records.models.kept import decision_key
from tests import factories as make
from tests.awards.house import house
from tests.records.book import Office, award, office, send, workbook

HONOUR = {"code": "BKT", "year": 2021, "kind": "merit", "decision_number": "1844/QĐ-UBND",
          "decided_on": date(2021, 12, 8), "authority": "Chủ tịch UBND tỉnh", "achievement": ""}  # fmt: skip


@pytest.fixture
def at(db) -> Office:
    return office()


def entered(at: Office, **fields) -> Honour:
    return enter(Honour, at.nurse, HONOUR | fields, by=at.clerk, key=uuid.uuid4())


def test_an_award_of_another_level(at):
    line = entered(at)
    assert (line.unit, line.department, line.regime, line.source) == (at.unit, at.root, "R1", "form")
    assert line.name_on_paper == "Nguyễn Thị Hòa"
    assert at.section.name in line.post_on_paper


@pytest.mark.parametrize("number", ["1844/QĐ-UBND", "QĐ 1844/QĐ-UBND", "Quyết định số 01844/QD-UBND"])
def test_the_same_award_is_entered_once(at, number):
    entered(at)
    with pytest.raises(Refused):
        entered(at, decision_number=number)
    assert Honour.objects.count() == 1


def test_without_the_constraint_it_would_be_there_twice(at):
    entered(at)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX honour_person_once")
    entered(at)
    assert Honour.objects.count() == 2


def test_a_withdrawn_line_may_be_entered_again(at):
    line = entered(at)
    withdraw(line, "Ghi nhầm người", version=line.version, by=at.head)
    entered(at)
    assert Honour.objects.in_the_book().count() == 1
    assert Honour.objects.count() == 2


def test_withdrawing_needs_a_reason_and_the_version_seen(at):
    line = entered(at)
    for reason, version in ((" ", line.version), ("Nhầm", line.version + 1)):
        with pytest.raises(Refused):
            withdraw(line, reason, version=version, by=at.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Honour.objects.update(withdrawn_on=date(2026, 1, 1))


def test_a_correction_keeps_what_was_said_before(at):
    line = amend(entered(at), HONOUR | {"decided_on": date(2024, 2, 1)}, version=1, by=at.clerk)
    assert (line.regime, line.version) == ("R2", 2)
    assert "2021-12-08" in LogEntry.objects.about(line).first().note


def test_others_keep_their_hands_off(at):
    line = entered(at)
    for user in (at.stranger, at.own):
        with pytest.raises(Refused):
            amend(line, HONOUR, version=1, by=user)
        with pytest.raises(Refused):
            enter(
                Rating,
                at.nurse,
                {"year": 2024, "level": "HTT", "decision_number": ""},
                by=user,
                key=uuid.uuid4(),
            )
    assert amend(line, HONOUR, version=1, by=at.officer).version == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"nature": "leave", "kind": "maternity", "begins_on": date(2025, 3, 1), "ends_on": None},
        {"nature": "leave", "kind": "reprimand", "begins_on": date(2025, 3, 1), "ends_on": date(2025, 4, 1)},
        {
            "nature": "discipline",
            "kind": "warning",
            "begins_on": date(2025, 3, 1),
            "ends_on": date(2025, 2, 1),
        },
    ],
)
def test_dates_and_kinds_are_guarded_by_the_database(at, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Circumstance.objects.create(department=at.root, unit=at.unit, person=at.nurse, **fields)


def test_authors_share_no_more_than_the_whole(at):
    values = {"title": "Phiếu", "kind": "initiative", "level": "unit", "year": 2024, "decision_number": "",
              "decided_on": None, "authority": "", "scope": "", "effect": ""}  # fmt: skip
    made = enter_initiative(at.nurse, values, 70, by=at.clerk, key=uuid.uuid4())
    with pytest.raises(Refused, match="110"):
        add_author(made, at.head.person, 40, by=at.clerk)
    add_author(made, at.head.person, 30, by=at.clerk)
    assert Initiative.objects.get().authors.count() == 2


# --- awards decided here


def test_an_issued_award_is_in_the_book_by_itself(db):
    there = house(members=3)
    decision = there.signed(2)
    assert not Honour.objects.exists()
    decision = issuing.issue(by=there.leader, decision=decision)
    lines = Honour.objects.order_by("pk")
    assert [line.award_code for line in lines] == list(decision.awards.values_list("code", flat=True))
    assert {line.source for line in lines} == {"guong"}
    assert {line.decision_number for line in lines} == {decision.full_number}
    assert {line.decision_key for line in lines} == {decision_key(decision.full_number)}
    with pytest.raises(Refused):
        amend(lines[0], HONOUR, version=lines[0].version, by=there.clerk)


def test_a_revoked_award_is_revoked_in_the_book(db):
    there = house(members=3)
    decision = there.issued(2)
    issuing.revoke_award(by=there.leader, award=decision.awards.first(), reason="Sai")
    assert [bool(line.revoked_on) for line in Honour.objects.order_by("pk")] == [True, False]
    issuing.revoke(by=there.leader, decision=decision, reason="Sai cả")
    assert Honour.objects.valid().count() == 0


def test_a_line_written_before_the_issue_becomes_the_award(db):
    there = house(members=3)
    decision = there.signed(1)
    award_ = decision.awards.get()
    plan_year = decision.movement.plan.year if decision.movement else decision.year
    early = Honour.objects.create(
        department=decision.department, unit=award_.unit, person=award_.person, body=award_.body, code="GKS",
        year=plan_year, decision_number=decision.full_number, name_on_paper=award_.name_on_paper,
    )  # fmt: skip
    issuing.issue(by=there.leader, decision=decision)
    line = Honour.objects.get()
    assert (line.pk, line.source, line.award_code) == (early.pk, "guong", award_.code)


def test_without_the_trigger_the_book_would_not_know(db):
    there = house(members=3)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE awards_decision DISABLE TRIGGER guong_record_update")
    there.issued(1)
    assert not Honour.objects.exists()


# --- facts


def test_facts_of_one_person(at):
    entered(at, code="CSTDCS", year=2024, decided_on=date(2025, 1, 18))
    enter(
        Rating,
        at.nurse,
        {"year": 2024, "level": "HTXS", "decision_number": ""},
        by=at.clerk,
        key=uuid.uuid4(),
    )
    leave = {"nature": "leave", "kind": "maternity", "begins_on": date(2024, 12, 2),
             "ends_on": date(2025, 1, 3), "decision_number": "", "decided_on": None}  # fmt: skip
    enter(Circumstance, at.nurse, leave, by=at.clerk, key=uuid.uuid4())
    say_whole(at.unit, "titles", 2016, by=at.clerk)
    read = facts.facts_for(facts.Subjects(people=[at.nurse.pk]), date(2026, 11, 25)).frames
    assert read["titles"].rows() == [(at.nurse.pk, "CSTDCS", 2024)]
    assert read["ratings"].rows() == [(at.nurse.pk, 2024, "HTXS")]
    leave = read["leave"].sort("year").select("year", "kind", "days").rows()
    assert leave == [(2024, "maternity", 22), (2025, "maternity", 3)]
    subject = read["subjects"].row(0, named=True)
    assert (subject["titles_from"], subject["leave_from"], subject["career_from"]) == (2016, None, 2015)


def test_facts_of_a_department_and_of_a_day(at):
    entered(at, decided_on=date(2021, 12, 8))
    early = facts.facts_for(facts.everybody(at.root), date(2021, 12, 7)).frames
    later = facts.facts_for(facts.everybody(at.root), date(2021, 12, 8)).frames
    assert (early["titles"].height, later["titles"].height) == (0, 1)
    assert -at.section.pk in later["subjects"]["subject"]
    members = later["members"].filter(subject=-at.unit.pk, year=2021).row(0, named=True)
    assert (members["members"], members["members_HT"], members["members_LDTT"]) == (3, None, None)


def test_withdrawn_lines_are_no_facts(at):
    line = entered(at)
    withdraw(line, "Nhầm", version=1, by=at.clerk)
    assert facts.facts_for(facts.everybody(at.root), date(2026, 1, 1)).frames["titles"].height == 0


# --- two at once


@pytest.mark.django_db(transaction=True)
def test_one_file_sent_twice_and_entered_at_the_same_moment_is_entered_once(chain):
    at = office()
    data = workbook(*(award("Nguyễn Thị Hòa", year=year, decided="") for year in range(2005, 2025)))
    runs = [send(at.clerk, at, data), send(at.officer, at, data)]
    said: list[str] = []

    def write(run: SheetImport) -> None:
        try:
            sheets.ask_to_write(run, run.created_by)
        except Refused as refused:
            said.append(str(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(run,)) for run in (*runs, *runs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Honour.objects.count() == 20
    assert sorted(SheetImport.objects.values_list("written", flat=True)) == [0, 20]
    assert len(said) == 2


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_and_the_constraint_it_would_be_entered_twice(chain, monkeypatch):
    at = office()
    data = workbook(award("Nguyễn Thị Hòa"))
    runs = [send(at.clerk, at, data), send(at.officer, at, data)]
    ready = [sheets.check(run, run.created_by) for run in runs]  # both looked before either wrote
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX honour_person_once")
    try:
        for run, checked in zip(runs, ready, strict=True):
            monkeypatch.setattr("guong.records.importing.writing.check", lambda *_args, c=checked: c)
            sheets.ask_to_write(run, run.created_by)
        assert Honour.objects.count() == 2
    finally:
        Honour.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE UNIQUE INDEX honour_person_once ON records_honour"
                " (person_id, code, year, decision_key)"
                " WHERE person_id IS NOT NULL AND withdrawn_on IS NULL AND source <> 'guong'"
            )


def test_somebody_of_the_same_line_meanwhile_is_said_in_words(at, monkeypatch):
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa")))
    checked = sheets.check(run, at.clerk)
    entered(at, code="GKS", year=2024, decision_number="213/QĐ-SYT", decided_on=None)
    monkeypatch.setattr("guong.records.importing.writing.check", lambda *_args: checked)
    with pytest.raises(Refused):
        sheets.ask_to_write(run, at.clerk)
    run.refresh_from_db()
    assert (run.state, Honour.objects.count()) == ("open", 1)


def test_a_long_sheet_is_work_for_the_background(at, monkeypatch):
    monkeypatch.setattr(sheets, "AT_ONCE", 0)
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa")))
    assert run.found == {}
    sheets.work(sheets.latest_job(run).pk)
    run.refresh_from_db()
    job = sheets.ask_to_write(run, at.clerk)
    assert not Honour.objects.exists()
    sheets.work(job.pk)
    sheets.work(job.pk)  # killed and run again: done once
    run.refresh_from_db()
    assert (run.state, run.written, make.person().pk > 0) == ("written", 1, True)
