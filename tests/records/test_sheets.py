"""Sheets into the book: all or nothing, nobody guessed, nothing twice (K-08, G6, I4, B3)."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from django.db import connection

from guong.base.models import Employment, Person, StoredFile
from guong.base.workflow import Refused
from guong.records.actions import sheets
from guong.records.importing import people, writing
from guong.records.models import Honour, Initiative, Rating, SheetImport
from tests import factories as make
from tests.records.book import Office, award, enter, office, send, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Office:
    return office()


def test_a_line_becomes_an_award_of_the_book(at):
    run = enter(send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"))))
    line = Honour.objects.get()
    assert (run.state, run.written) == ("written", 1)
    assert (line.person, line.unit, line.code, line.year) == (at.nurse, at.unit, "GKS", 2024)
    assert (line.decision_number, line.decided_on, line.regime) == ("213/QĐ-SYT", date(2024, 11, 20), "R2")
    assert (line.source, line.sheet, line.department) == ("import", run, at.root)


def test_tone_marks_of_either_school_name_one_person(at):
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hoà")))
    assert run.found["asked"] == 0


def test_the_same_sheet_again_enters_nothing(at):
    data = workbook(award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Lao động tiên tiến"))
    enter(send(at.clerk, at, data))
    again = send(at.clerk, at, data)
    assert (again.found["ready"], again.found["doubles"]) == (0, 2)
    assert enter(again).written == 0
    assert Honour.objects.count() == 2
    assert sheets.sent_earlier(again).written == 2


def test_a_row_twice_in_one_sheet_is_entered_once(at):
    row = award("Nguyễn Thị Hòa")
    run = send(at.clerk, at, workbook(row, award("Nguyễn Thị Hòa", number="QĐ số 213/QD-SYT")))
    assert (run.found["ready"], run.found["doubles"]) == (1, 1)


def test_one_wrong_line_holds_all_of_them_back(at):
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Huy hiệu lạ")))
    assert run.found["wrong"] == 1
    with pytest.raises(Refused, match="1"):
        enter(run)
    assert not Honour.objects.exists()


def test_without_the_rule_half_a_sheet_would_be_entered(at, monkeypatch):
    """The twin: with the rule off, the right line is written and the wrong one is lost."""
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Huy hiệu lạ")))
    honest = writing.check

    def blind(*args):
        checked = honest(*args)
        checked.wrong.clear()
        return checked

    monkeypatch.setattr(writing, "check", blind)
    writing.enter(run, at.clerk)
    assert (run.written, Honour.objects.count()) == (1, 1)


def test_namesakes_are_asked_and_the_answer_counts(at):
    twin = make.person("Nguyễn Thị Hòa", birth_year=1990)
    make.employ(twin, at.unit)
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", "Lao động tiên tiến")))
    (asked,) = run.found["questions"]
    assert {known["pk"] for known in asked["candidates"]} == {twin.pk, at.nurse.pk}
    assert (run.found["ready"], asked["count"]) == (0, 2)
    with pytest.raises(Refused):
        enter(run)
    run = sheets.settle(
        run, answers={asked["key"]: str(twin.pk)}, all_new=False, version=run.version, by=at.clerk
    )
    sheets.start(run, sheets.CHECK, at.clerk)
    run.refresh_from_db()
    enter(run)
    assert set(Honour.objects.values_list("person", flat=True)) == {twin.pk}


def test_year_of_birth_or_staff_code_tell_namesakes_apart(at):
    twin = make.person("Nguyễn Thị Hòa", birth_year=1990)
    make.employ(twin, at.unit)
    run = enter(send(at.clerk, at, workbook(award("Nguyễn Thị Hòa", birth="05/03/1990"))))
    assert (run.written, Honour.objects.get().person) == (1, twin)


def test_without_asking_the_first_of_the_name_would_get_the_award(at, monkeypatch):
    """The twin of the question: with it off, somebody is guessed."""
    make.employ(make.person("Nguyễn Thị Hòa", birth_year=1990), at.unit)

    def guess(self, asked):
        return people.Who(asked.candidates[0].pk)

    monkeypatch.setattr(people.People, "_answered", guess)
    run = enter(send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"))))
    assert run.written == 1


def test_an_answer_that_was_not_offered_is_no_answer(at):
    other = make.person("Trần Văn Lạ")
    run = send(at.clerk, at, workbook(award("Lê Thị Mới")))
    (asked,) = run.found["questions"]
    run = sheets.settle(
        run, answers={asked["key"]: str(other.pk)}, all_new=False, version=run.version, by=at.clerk
    )
    assert run.answers == {}


def test_somebody_new_is_entered_only_when_told_so(at):
    run = send(at.clerk, at, workbook(award("Lê Thị Mới", birth=1961, year=2019, decided="1/2/2020")))
    (asked,) = run.found["questions"]
    assert asked["candidates"] == []
    run = sheets.settle(run, answers={}, all_new=True, version=run.version, by=at.clerk)
    sheets.start(run, sheets.CHECK, at.clerk)
    run.refresh_from_db()
    assert run.found["new"] == 1
    enter(run)
    person = Honour.objects.get().person
    work = Employment.objects.get(person=person)
    assert (person.name, person.birth_year, work.body) == ("Lê Thị Mới", 1961, at.unit)
    assert (work.valid_from, work.valid_to) == (date(2019, 1, 1), date(2019, 12, 31))


def test_people_of_other_units_are_neither_shown_nor_made_anew(at):
    make.employ(make.person("Phạm Văn Xa"), at.other)
    run = send(at.clerk, at, workbook(award("Phạm Văn Xa")))
    assert (run.found["asked"], run.found["wrong"]) == (0, 1)
    assert "1" in run.found["first_wrong"][0][1][0]
    assert send(at.officer, at, workbook(award("Phạm Văn Xa"))).found["asked"] == 1


def test_a_clerk_enters_nothing_for_another_unit(at):
    run = send(at.stranger, at, workbook(award("Nguyễn Thị Hòa")))
    assert (run.found["ready"], run.found["wrong"]) == (0, 1)
    assert at.unit.name in run.found["first_wrong"][0][1][0]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"decided": "31/02/2024"}, "31/02/2024"),
        ({"decided": "20/11/2099"}, "20/11/2099"),
        ({"year": "năm nào đó"}, "năm nào đó"),
        ({"year": 2025}, "2025"),
        ({"unit": "Bệnh viện Không Có"}, "Bệnh viện Không Có"),
        ({"name": "Hòa"}, "Hòa"),
        ({"title": "Tập thể lao động xuất sắc"}, "Tập thể lao động xuất sắc"),
        ({"year": "", "decided": "15/01/2025", "title": "Lao động tiên tiến"}, ""),
        ({"year": "", "decided": ""}, ""),
        ({"title": ""}, ""),
    ],
)
def test_each_fault_is_named_with_its_line(at, cells, words):
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa"), award("Nguyễn Thị Hòa", **cells)))
    assert run.found["wrong"] == 1
    (line, why) = run.found["first_wrong"][0]
    assert line == 5
    assert words in " ".join(why)


def test_five_hundred_planted_faults_are_found_and_no_other(at, monkeypatch):
    """G6, one twentieth in size; the rest of it is measured by `guong bench records`."""
    staff = [make.person(f"Trần Văn {chr(65 + n // 26)}{chr(65 + n % 26)}") for n in range(100)]
    for person in staff:
        make.employ(person, at.section)
    rows = [award(person.name, year=2010 + n, decided="") for n in range(5) for person in staff]
    for place in range(0, 500, 20):
        rows[place][6] = "Huy hiệu lạ"
    run = send(at.clerk, at, workbook(*rows))
    assert [line for line, _why in run.found["first_wrong"]] == list(range(4, 504, 20))
    assert (run.found["ready"], run.found["wrong"]) == (475, 25)


def test_the_copy_with_notes_holds_every_line_and_no_formula(at):
    rows = [award('=HYPERLINK("x")', "Huy hiệu lạ"), award("Nguyễn Thị Hòa")]
    run = send(at.clerk, at, workbook(*rows))
    file = sheets.latest_job(run).file
    page = openpyxl.load_workbook(io.BytesIO(file.content.read())).active
    table = [[cell.value for cell in row] for row in page.iter_rows()]
    assert table[2][0] == "Lỗi"
    assert "Huy hiệu lạ" in table[3][0]
    assert (table[3][1], table[4][0] or "", table[4][3]) == (4, "", "Nguyễn Thị Hòa")
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_the_mended_copy_can_be_sent(at):
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa", "Giấy khen lạ")))
    book = openpyxl.load_workbook(io.BytesIO(sheets.latest_job(run).file.content.read()))
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "Giấy khen lạ")
    cell.value = "Giấy khen"
    data = io.BytesIO()
    book.save(data)
    assert enter(send(at.clerk, at, data.getvalue())).written == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "trống"),
        (b"%PDF-1.4 no sheet", "Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"PK\x03\x04" + b"\0" * 60, "hỏng"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(at, data, words):
    with pytest.raises(Refused, match=words):
        send(at.clerk, at, data)
    assert not SheetImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_cell_at_the_far_corner_is_refused_not_fatal(at):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(1_048_575, 16_383, "x")
    with pytest.raises(Refused):
        send(at.clerk, at, file.getvalue())


def test_columns_are_needed_and_not_chosen_twice(at):
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa")))
    for columns in (["name", "name"], ["name", "year"], []):
        with pytest.raises(Refused):
            sheets.confirm_columns(run, head=run.head, columns=columns, version=run.version, by=at.clerk)


def test_changed_in_another_window(at):
    run = send(at.clerk, at, workbook(award("Nguyễn Thị Hòa")))
    with pytest.raises(Refused):
        sheets.confirm_columns(run, head=run.head, columns=run.columns, version=1, by=at.clerk)


def test_collectives_are_found_by_name_inside_their_unit(at):
    rows = [
        award("Khoa Nội", "Tập thể lao động tiên tiến", post=""),
        award(at.unit.name, "Giấy khen", post=""),
    ]
    enter(send(at.clerk, at, workbook(*rows)))
    assert set(Honour.objects.values_list("body", flat=True)) == {at.section.pk, at.unit.pk}


def test_ratings_with_a_column_a_year(at):
    head = ("STT", "Mã cán bộ", "Họ tên", "Đơn vị", "Xếp loại 2023", "Xếp loại năm 2024")
    rows = [(1, "AB000101", "Nguyễn Thị Hòa", at.unit.name, "HTT", "Hoàn thành xuất sắc nhiệm vụ")]
    enter(send(at.clerk, at, workbook(*rows, head=head), "ratings"))
    assert dict(Rating.objects.values_list("year", "level")) == {2023: "HTT", 2024: "HTXS"}


def test_a_rating_that_contradicts_the_book_is_a_fault(at):
    head = ("Họ tên", "Đơn vị", "Năm", "Xếp loại")
    enter(send(at.clerk, at, workbook(("Nguyễn Thị Hòa", at.unit.name, 2024, "HTT"), head=head), "ratings"))
    again = send(at.clerk, at, workbook(("Nguyễn Thị Hòa", at.unit.name, 2024, "HTXS"), head=head), "ratings")
    assert again.found["wrong"] == 1


def test_initiatives_with_several_authors(at):
    mate = make.person("Lê Văn Bạn")
    make.employ(mate, at.section)
    head = (
        "STT",
        "Tên đề tài/sáng kiến",
        "Ngày công nhận",
        "Đơn vị công nhận",
        "Tóm tắt",
        "Tác giả",
        "Cơ quan",
    )
    row = (1, "Phiếu theo dõi trẻ nhẹ cân", 45_200, "Sở Y tế", "Giảm sót", "Nguyễn Thị Hòa; Lê Văn Bạn",
           at.unit.name)  # fmt: skip
    enter(send(at.clerk, at, workbook(row, head=head), "initiatives"))
    made = Initiative.objects.get()
    assert (made.decided_on, made.level, made.year) == (date(2023, 10, 1), "unit", 2023)
    assert set(made.authors.all()) == {at.nurse, mate}


def test_what_is_in_the_audit_chain_names_no_rating(at):
    head = ("Họ tên", "Đơn vị", "Năm", "Xếp loại")
    enter(send(at.clerk, at, workbook(("Nguyễn Thị Hòa", at.unit.name, 2024, "HTXS"), head=head), "ratings"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM base_auditentry WHERE \"table\" = 'records_rating'")
        (detail,) = cursor.fetchone()
    assert "HTXS" not in str(detail)
    assert Person.objects.filter(name_fold="nguyen thi hoa").count() == 1
