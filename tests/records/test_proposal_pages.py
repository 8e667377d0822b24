"""Pages of what may be proposed: who sees them (D5), what they say, and how quick they are."""

from __future__ import annotations

import io
import threading
import uuid
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guong.base.access import Role
from guong.base.models import Job, StoredFile, User
from guong.records import board_pages
from guong.records.actions import answers
from guong.records.actions.entries import enter, say_whole
from guong.records.models import Circumstance, Honour, Rating
from guong.records.views import proposals
from tests import factories as make
from tests.records.book import Office, office

pytestmark = pytest.mark.django_db
HERE = "/so-khen-thuong/de-nghi/"
YEAR = timezone.localdate().year - 1
FIGHTER = {
    "code": "CSTDCS",
    "kind": "merit",
    "decision_number": "14/QĐ-SYT",
    "authority": "Sở",
    "achievement": "",
}


@pytest.fixture
def at() -> Office:
    made = office()
    for year in (YEAR - 1, YEAR):
        fields = FIGHTER | {"year": year, "decided_on": date(year + 1, 1, 18)}
        enter(Honour, made.nurse, fields, by=made.clerk, key=uuid.uuid4())
        rating = {"year": year, "level": "HTXS", "decision_number": ""}
        enter(Rating, made.nurse, rating, by=made.clerk, key=uuid.uuid4())
    for record in ("titles", "initiatives", "disciplines", "leave"):
        say_whole(made.unit, record, 2015, by=made.clerk)
    return made


def ask(user: User, path: str, **data: object):
    client = Client()
    client.force_login(user)
    return client.get(path, data)


def words(user: User, path: str, **data: object) -> str:
    answer = ask(user, path, **data)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def everyone(at: Office) -> dict[str, User]:
    """Somebody of each sort, beside those of the office."""
    others = {
        "leader": (Role.LEADER, at.root), "inspector": (Role.INSPECTOR, at.root),
        "auditor": (Role.AUDITOR, at.root), "administrator": (Role.ADMINISTRATOR, at.root),
        "section head": (Role.SECTION_HEAD, at.section), "colleague": (Role.EMPLOYEE, at.unit),
        "chair": (Role.COUNCIL_CHAIR, at.root), "union": (Role.UNION_OFFICER, at.root),
    }  # fmt: skip
    made = {name: make.user(role, place) for name, (role, place) in others.items()}
    for user in made.values():
        make.employ(user.person, at.section)
    return made | {
        "self": at.own, "clerk": at.clerk, "head": at.head, "officer": at.officer, "stranger": at.stranger,
    }  # fmt: skip


def statuses(at: Office, path: str) -> dict[str, int]:
    return {name: ask(user, path).status_code for name, user in everyone(at).items()}


def allowed(found: dict[str, int]) -> set[str]:
    assert set(found.values()) <= {200, 403, 404}
    return {name for name, status in found.items() if status == 200}


@pytest.mark.parametrize("page", ["", "CSTDT/"])
def test_a_persons_answers_are_for_those_who_see_the_ratings(at, page):
    path = f"{HERE}nguoi/{at.nurse.pk}/{page}"
    assert allowed(statuses(at, path)) == {"self", "clerk", "head", "officer"}


@pytest.mark.parametrize(
    "page", ["{unit}/danh-sach/", "{unit}/danh-sach.xlsx", "{section}/danh-sach/", "{unit}/"]
)
def test_a_units_answers_are_for_those_who_keep_its_book(at, page):
    path = f"{HERE}don-vi/{page.format(unit=at.unit.pk, section=at.section.pk)}"
    assert allowed(statuses(at, path)) == {"clerk", "head", "officer"}


def test_the_sector_is_for_the_standing_office(at):
    path = f"{HERE}nganh/{at.root.pk}/"
    assert allowed(statuses(at, path)) == {"officer"}
    assert ask(at.officer, f"{HERE}nganh/{at.unit.pk}/").status_code == 404
    abroad = make.standing_officer(make.department("Sở Y tế Hòa Vang"))
    assert ask(abroad, path).status_code == 404
    client = Client()
    client.force_login(at.head)
    assert client.post(f"{path}tinh/", {"year": YEAR}).status_code == 403
    assert not Job.objects.exists()


def test_a_refusal_says_why_and_nothing_of_the_answer(at):
    leader = make.user(Role.LEADER, at.root)
    said = ask(leader, f"{HERE}nguoi/{at.nurse.pk}/", year=YEAR).content.decode()
    assert "dựa trên xếp loại và kỷ luật" in said
    assert "Còn 1 năm" not in said


def test_without_the_rule_the_leader_would_read_it(at, monkeypatch):
    leader = make.user(Role.LEADER, at.root)
    monkeypatch.setattr(proposals, "must_see_personal", lambda user, subject: None)
    said = words(leader, f"{HERE}nguoi/{at.nurse.pk}/", year=YEAR)
    assert "Còn 1 năm Chiến sĩ thi đua cơ sở liên tục" in said


def test_the_overview_says_what_is_missing(at):
    said = words(at.own, f"{HERE}nguoi/{at.nurse.pk}/", year=YEAR)
    assert "Còn 1 năm Chiến sĩ thi đua cơ sở liên tục" in said
    assert "đã được tặng" in said
    assert "chưa kiểm chứng" in said


def test_the_explanation_shows_articles_figures_and_where_to_enter(at):
    path = f"{HERE}nguoi/{at.nurse.pk}/CSTDT/"
    said = words(at.clerk, path, year=YEAR - 1, day=f"20/05/{YEAR}")
    assert "Đạt Chiến sĩ thi đua cơ sở trong 3 năm liên tục" in said
    assert "Sổ có 1 năm." in said
    assert "Luật Thi đua, khen thưởng 06/2022/QH15, Điều 22" in said
    assert "Chủ tịch Ủy ban nhân dân tỉnh" in said
    own = words(at.own, path, year=YEAR)
    assert "Nhập phần còn thiếu" not in own


def test_what_is_missing_can_be_entered_by_who_keeps_the_book(at):
    path = f"{HERE}nguoi/{at.nurse.pk}/LDTT/"
    this_year = timezone.localdate().year
    said = words(at.clerk, path, year=this_year)
    assert f"/so-khen-thuong/nguoi/{at.nurse.pk}/them-xep-loai/" in said
    assert f"/so-khen-thuong/don-vi/{at.unit.pk}/day-du/" in said


def test_two_regimes_side_by_side_are_only_a_what_if(at):
    said = words(at.clerk, f"{HERE}nguoi/{at.nurse.pk}/BKT/", year=YEAR, day="20/05/2025", against="R1")
    assert "chỉ là giả định, không lưu gì" in said
    assert "khác nhau" in said
    said = words(at.clerk, f"{HERE}nguoi/{at.nurse.pk}/TTUT/", year=YEAR, day="20/05/2025", against="R0")
    assert "Theo R0 không có quy định" in said


@pytest.mark.parametrize(
    "data",
    [{"year": "abc"}, {"year": "9999"}, {"day": "31/02/2025"}, {"day": "01/01/1950"}, {"branch": "sudden"},
     {"branch": "x"}, {"against": "R9"}, {"day": "", "year": ""}],
)  # fmt: skip
def test_odd_questions_are_answered_with_a_page(at, data):
    words(at.clerk, f"{HERE}nguoi/{at.nurse.pk}/GKS/", **data)


def test_an_award_that_is_none_is_not_found(at):
    for code in ("XYZ", "TTLDXS", "GDVH"):
        assert ask(at.clerk, f"{HERE}nguoi/{at.nurse.pk}/{code}/").status_code == 404


def test_somebody_without_a_post_is_told_what_to_enter(at):
    nobody = make.user(Role.EMPLOYEE, at.unit, make.person("Đỗ Văn Rời"))
    assert "Chưa xét được đối tượng này" in words(nobody, f"{HERE}nguoi/{nobody.person_id}/")
    assert "Chưa xét được đối tượng này" in words(nobody, f"{HERE}nguoi/{nobody.person_id}/LDTT/")


def test_the_start_leads_everybody_to_what_they_may_ask(at):
    assert ask(at.own, HERE).url == f"{HERE}nguoi/{at.nurse.pk}/"
    assert f"{HERE}don-vi/{at.unit.pk}/danh-sach/" in words(at.clerk, HERE)
    assert f"{HERE}nganh/{at.root.pk}/" in words(at.officer, HERE)
    lost = make.user(Role.ADMINISTRATOR, at.root)
    User.objects.filter(pk=lost.pk).update(person=None)
    assert "Chưa có gì để xét cho bạn" in words(User.objects.get(pk=lost.pk), HERE)


def test_the_board_lists_counts_and_filters(at):
    path = f"{HERE}don-vi/{at.unit.pk}/danh-sach/"
    said = words(at.clerk, path, year=YEAR)
    assert "Nguyễn Thị Hòa" in said
    assert at.section.name in said
    said = words(at.clerk, path, year=YEAR, code="CSTDT", answer="not_eligible")
    assert "CSTĐ tỉnh: chưa đủ điều kiện *" in said
    assert at.section.name not in said.partition('id="danh-sach"')[2].partition("</main>")[0].replace(
        f"Điều dưỡng, {at.section.name}", ""
    )
    assert "Không có ai khớp" in words(at.clerk, path, year=YEAR, q="khongcoai")


def test_a_matter_under_examination_suspends(at):
    fields = {"nature": "pending", "kind": "complaint", "begins_on": date(YEAR + 1, 1, 5), "ends_on": None,
              "decision_number": "", "decided_on": None}  # fmt: skip
    enter(Circumstance, at.nurse, fields, by=at.clerk, key=uuid.uuid4())
    assert "tạm dừng" in words(at.clerk, f"{HERE}don-vi/{at.unit.pk}/danh-sach/", year=YEAR, code="LDTT")


def test_the_sheet_has_a_row_for_everybody_and_the_counts(at):
    answer = ask(at.clerk, f"{HERE}don-vi/{at.unit.pk}/danh-sach.xlsx", year=YEAR, kind="individual")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell for cell in row if cell] for row in book.worksheets[0].iter_rows(values_only=True)]
    mine = next(row for row in rows if "Nguyễn Thị Hòa" in row)
    assert "chưa đủ điều kiện *" in mine
    assert "đã được tặng *" in mine or "đã được tặng" in mine
    counts = {row[0]: row for row in book.worksheets[1].iter_rows(values_only=True) if row[0]}
    assert counts["Chiến sĩ thi đua cấp tỉnh"][-1] == 3  # nurse, clerk, head


def queries(user: User, path: str) -> int:
    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_one_and_three_people_cost_the_same_queries(at):
    path = f"{HERE}don-vi/{at.other.pk}/danh-sach/"
    one = queries(at.stranger, path)
    for _ in range(2):
        make.employ(make.person(), at.other)
    assert queries(at.stranger, path) == one


def compute(at: Office) -> str:
    client = Client()
    client.force_login(at.officer)
    return client.post(f"{HERE}nganh/{at.root.pk}/tinh/", {"year": YEAR}).url


def test_the_sector_is_worked_out_once_and_kept_for_the_day(at):
    path = f"{HERE}nganh/{at.root.pk}/"
    assert "Hôm nay chưa tính" in words(at.officer, path, year=YEAR)
    said = words(at.officer, compute(at))
    assert "Nguyễn Thị Hòa" in said
    assert at.other.name in said
    said = words(at.officer, path, year=YEAR, unit=at.other.pk, kind="individual")
    assert "Nguyễn Thị Hòa" not in said
    assert "Hôm nay chưa tính" in words(at.officer, path, year=YEAR - 1)
    Job.objects.update(requested_at=timezone.now() - timedelta(days=1))
    assert "Hôm nay chưa tính" in words(at.officer, path, year=YEAR)


def test_another_version_of_the_law_asks_anew(at, monkeypatch):
    compute(at)
    monkeypatch.setattr(answers, "kind_of", lambda department, year: f"answers-{year}-another")
    assert answers.newest_board(at.root, YEAR) is None


def test_work_that_was_killed_runs_again(at):
    compute(at)
    job = Job.objects.get()
    Job.objects.update(state=Job.State.RUNNING, file=None, done=1)
    answers.work(job.pk)
    assert answers.newest_board(at.root, YEAR) is not None
    answers.work(job.pk)
    assert Job.objects.count() == 1


def test_the_sheet_of_the_sector_is_reached_only_through_its_page(at):
    compute(at)
    path = f"{HERE}nganh/{at.root.pk}/"
    assert ask(at.officer, f"{path}danh-sach.xlsx", year=YEAR).status_code == 200
    assert ask(at.officer, f"{path}danh-sach.xlsx", year=YEAR - 3).status_code == 404
    assert ask(at.head, f"{path}danh-sach.xlsx", year=YEAR).status_code == 403
    assert ask(at.officer, f"{path}tien-do/", year=YEAR).json()["state"] == "done"
    assert ask(at.officer, f"{path}tien-do/", year=YEAR - 3).status_code == 404


def test_a_sheet_too_long_to_wait_for_is_refused_with_what_to_do(at, monkeypatch):
    compute(at)
    path = f"{HERE}nganh/{at.root.pk}/"
    monkeypatch.setattr(board_pages, "MOST_ANSWERS", 8)
    client = Client()
    client.force_login(at.officer)
    refused = client.get(f"{path}danh-sach.xlsx", {"year": YEAR})
    assert "quá nhiều cho một tệp" in client.get(refused.url).content.decode()
    short = client.get(f"{path}danh-sach.xlsx", {"year": YEAR, "code": "CSTDT"})
    assert short["Content-Type"].endswith("sheet")


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_result(at):
    both = threading.Barrier(2)
    failed: list[Exception] = []

    def press() -> None:
        both.wait()
        try:
            answers.ask_for_all(at.root, YEAR, by=at.officer)
        except Exception as problem:
            failed.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    done = Job.objects.filter(state=Job.State.DONE)
    assert done.count() == Job.objects.count()
    assert StoredFile.objects.count() == done.count()
    assert answers.newest_board(at.root, YEAR) is not None
