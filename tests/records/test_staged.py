"""What changed between the check of a sheet and its entry is caught; what did not is not read twice (B3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from guong.base import audit
from guong.base.models import Employment, Grant, Person
from guong.base.workflow import Refused, take
from guong.records.actions import sheets
from guong.records.flow import SHEET_STEPS
from guong.records.importing import staged
from guong.records.models import CheckedSheet, Honour, Rating
from tests import factories as make
from tests.records.book import Office, award, enter, office, send, workbook

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at() -> Office:
    return office()


def _sent(at: Office, *rows):
    return send(at.clerk, at, workbook(*(rows or (award("Nguyễn Thị Hòa"),))))


def _by_hand(at: Office) -> None:
    Honour.objects.create(
        department=at.root, unit=at.unit, person=at.nurse, code="GKS", year=2024, source="form",
        decision_number="213/QĐ-SYT", name_on_paper="Nguyễn Thị Hòa",
    )  # fmt: skip


def test_the_file_is_not_read_again_when_nothing_changed(at):
    run = _sent(at, award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Lao động tiên tiến"))
    run.file.content.storage.delete(run.file.content.name)
    assert enter(run).written == 2
    line = Honour.objects.get(code="GKS")
    assert (line.person, line.unit, line.decided_on.year) == (at.nurse, at.unit, 2024)


def test_new_people_are_kept_with_the_lines(at):
    run = _sent(at, award("Lê Thị Mới", birth=1961, year=2019, decided="1/2/2020"))
    assert staged.still_true(run) is None  # a name is open: nothing is kept
    run = sheets.settle(run, answers={}, all_new=True, version=run.version, by=at.clerk)
    sheets.start(run, sheets.CHECK, at.clerk)
    run.refresh_from_db()
    assert staged.still_true(run) is not None
    enter(run)
    person = Honour.objects.get().person
    assert (person.name, person.employments.get().body) == ("Lê Thị Mới", at.unit)


def test_a_person_renamed_meanwhile_is_asked_about(at):
    run = _sent(at)
    at.nurse.name = "Nguyễn Thị Hường"
    at.nurse.save()
    with pytest.raises(Refused, match="1"):
        enter(run)
    assert not Honour.objects.exists()


def test_without_the_look_at_the_trail_the_renamed_person_gets_the_award(at, monkeypatch):
    """The twin: with the guard off, the line goes to whom the check had found."""
    monkeypatch.setattr(staged, "_changed", lambda kind, seen: False)
    run = _sent(at)
    at.nurse.name = "Nguyễn Thị Hường"
    at.nurse.save()
    enter(run)
    assert Honour.objects.get().person == at.nurse


def test_a_person_gone_meanwhile_holds_the_sheet_back(at):
    twin = make.person("Phạm Thị Tạm", birth_year=1970)
    make.employ(twin, at.section)
    run = _sent(at, award("Phạm Thị Tạm"), award("Nguyễn Thị Hòa"))
    Employment.objects.filter(person=twin).delete()
    Person.objects.filter(pk=twin.pk).delete()
    with pytest.raises(Refused):
        enter(run)
    assert not Honour.objects.exists()


def test_a_namesake_who_came_meanwhile_is_asked_about(at):
    run = _sent(at)
    make.employ(make.person("Nguyễn Thị Hòa", birth_year=1990), at.unit)
    with pytest.raises(Refused):
        enter(run)
    assert not Honour.objects.exists()


def test_an_award_entered_by_hand_meanwhile_is_not_entered_twice(at):
    run = _sent(at, award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Lao động tiên tiến"))
    _by_hand(at)
    assert enter(run).written == 1
    assert Honour.objects.count() == 2


def test_without_the_look_at_the_trail_the_constraint_stops_the_whole_sheet(at, monkeypatch):
    """The twin: the double reaches the database, whose constraint holds every line back."""
    monkeypatch.setattr(staged, "_changed", lambda kind, seen: False)
    run = _sent(at, award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Lao động tiên tiến"))
    _by_hand(at)
    with pytest.raises(Refused):
        enter(run)
    assert Honour.objects.count() == 1


def test_a_right_taken_away_meanwhile_counts(at):
    run = _sent(at)
    Grant.objects.filter(user=at.clerk).delete()
    Grant.objects.create(
        user=at.clerk, role="unit_clerk", body=at.other, valid_from=timezone.localdate() - timedelta(days=9)
    )
    at.clerk.__dict__.pop("scope", None)
    with pytest.raises(Refused):
        enter(run)
    assert not Honour.objects.exists()


def test_lines_kept_yesterday_or_for_another_version_are_checked_again(at):
    run = _sent(at)
    assert staged.still_true(run) is not None
    CheckedSheet.objects.update(checked_on=timezone.localdate() - timedelta(days=1))
    assert staged.still_true(run) is None
    CheckedSheet.objects.update(checked_on=timezone.localdate(), sheet_version=run.version - 1)
    assert staged.still_true(run) is None


def test_lines_of_an_older_release_are_not_guessed(at, monkeypatch):
    run = _sent(at)
    monkeypatch.setitem(staged.LINES, "honours", staged.LINES["ratings"])
    assert staged.still_true(run) is None


def test_nothing_is_kept_of_a_sheet_with_a_fault_or_after_its_end(at):
    _sent(at, award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Huy hiệu lạ"))
    assert not CheckedSheet.objects.exists()
    enter(_sent(at))
    assert not CheckedSheet.objects.exists()
    take(SHEET_STEPS["drop"], _sent(at, award("Nguyễn Thị Hòa", year=2023)), by=at.clerk)
    assert not CheckedSheet.objects.exists()


def test_ratings_and_initiatives_are_kept_and_entered_too(at):
    head = ("Họ tên", "Đơn vị", "Năm", "Xếp loại")
    run = send(at.clerk, at, workbook(("Nguyễn Thị Hòa", at.unit.name, 2024, "HTT"), head=head), "ratings")
    assert staged.still_true(run) is not None
    assert enter(run).written == 1
    assert Rating.objects.get().level == "HTT"
    head = ("Tên sáng kiến", "Ngày công nhận", "Tác giả", "Cơ quan")
    row = ("Bảng nhắc rửa tay", "01/10/2023", "Nguyễn Thị Hòa", at.unit.name)
    run = send(at.clerk, at, workbook(row, head=head), "initiatives")
    assert staged.still_true(run) is not None
    assert enter(run).written == 1


def test_the_trail_records_every_line_and_holds(chain, at):
    rows = [award("Nguyễn Thị Hòa", year=year, decided="") for year in range(2000, 2024)]
    enter(_sent(at, *rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT row), count(DISTINCT txid) FROM base_auditentry"
            " WHERE \"table\" = 'records_honour' AND operation = 'insert' AND actor = %s",
            [at.clerk.pk],
        )
        assert cursor.fetchone() == (24, 1)
    assert audit.verify() == []
