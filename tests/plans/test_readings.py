"""Bringing a plan in through the screens: the file, the confirm screen, edits, conflicts, roles."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guong.base.access import Role
from guong.base.models import StoredFile
from guong.planreader.defects import CODES
from guong.planreader.reasons import REASONS, Unreadable
from guong.plans import actions
from guong.plans.models import Plan, Reading
from guong.plans.reading import faults
from guong.plans.unreadable import SENTENCES, sentence
from tests import factories as make
from tests.plans import readings

pytestmark = pytest.mark.django_db
UPLOAD = "/ke-hoach/doc-tep/"


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


@pytest.fixture
def browser_of(client):
    def of(user):
        client.force_login(user)
        return client

    return of


def send(client, data: bytes, name: str = "ke-hoach.txt", **more):
    upload = SimpleUploadedFile(name, data)
    return client.post(UPLOAD, {"file": upload, "key": str(uuid.uuid4()), **more})


def fields(page) -> dict[str, str]:
    """What the browser would send back unchanged."""
    html = page.content.decode()
    return {"version": re.search(r'name="version" value="(\d+)"', html)[1]}


def test_upload_leads_to_the_confirm_screen_and_creates_nothing(browser_of, office):
    client = browser_of(office)
    answer = send(client, readings.YEARLY.read_bytes())
    reading = Reading.objects.get()
    assert answer.status_code == 302
    assert answer.url == reading.get_absolute_url()
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "07/KH-SYT: so văn bản với bản ghi" in page.content.decode()
    assert not Plan.objects.exists()
    assert (reading.file.size, len(reading.file.sha256)) == (readings.YEARLY.stat().st_size, 64)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "rong.txt", "không có nội dung|Tệp này"),
        (b"xin chao", "thu.txt", "không phải kế hoạch"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cu.doc", "thu|Word|đời cũ|định dạng"),
        (b"%PDF-1.7\nbroken", "hong.pdf", "bị hỏng"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_what_to_do_and_nothing_is_kept(
    browser_of, office, data, name, words
):
    answer = send(browser_of(office), data, name)
    assert answer.status_code == 422
    assert re.search(words, answer.content.decode())
    assert not Reading.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_same_file_twice_is_noticed_and_read_again_only_when_asked(browser_of, office):
    client = browser_of(office)
    data = readings.YEARLY.read_bytes()
    send(client, data)
    again = send(client, data, "ten-khac.txt")
    assert again.status_code == 422
    assert Reading.objects.get().get_absolute_url() in again.content.decode()
    assert 'name="again"' in again.content.decode()
    assert send(client, data, again="on").status_code == 302
    assert Reading.objects.count() == 2


def test_a_form_sent_twice_reads_once(browser_of, office):
    client = browser_of(office)
    key = str(uuid.uuid4())
    first = send(client, readings.YEARLY.read_bytes(), key=key)
    second = send(client, readings.YEARLY.read_bytes(), key=key, again="on")
    assert first.url == second.url
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_of_the_reader_has_a_vietnamese_sentence(code):
    said = sentence(Unreadable(code, name="kế hoạch.pdf", limit_mb=20, seconds=5))
    assert code in SENTENCES
    assert "kế hoạch.pdf" in said
    assert "%(" not in said


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_fault_of_a_paper_has_a_sentence(code):
    assert code in faults.SENTENCES
    assert faults.sentence({"code": code, "params": dict.fromkeys(CODES[code], "2026")})


@pytest.mark.parametrize("case", sorted(readings.PLANS.glob("an-binh-*.txt")), ids=lambda path: path.stem)
def test_every_plan_of_an_binh_can_be_read_and_shown(browser_of, office, department, case: Path):
    reading = actions.read_file(office, department, case.read_bytes(), case.name)
    assert browser_of(office).get(reading.get_absolute_url()).status_code == 200
    assert actions.what_would_be_created(reading)["total"] > 3


@pytest.mark.parametrize("role", Role.values)
def test_who_may_bring_a_plan_in(browser_of, department, role):
    on = department.department.standing_office if role == Role.STANDING_OFFICE else department
    answer = browser_of(make.user(role, on)).get(UPLOAD)
    assert answer.status_code == (200 if role in (Role.STANDING_OFFICE, Role.LEADER) else 403)


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.UNIT_CLERK, Role.EMPLOYEE, Role.ADMINISTRATOR])
def test_readings_are_hidden_from_others(browser_of, department, office, role):
    reading = readings.reading(department, office)
    client = browser_of(make.user(role, department))
    for name in ("reading", "reading_file"):
        assert client.get(reverse(f"plans:{name}", args=[reading.pk])).status_code == 404


def test_a_reading_of_another_department_is_not_found(browser_of, department, office):
    reading = readings.reading(department, office)
    other = make.standing_officer(make.department("Sở Y tế Bình Sơn"))
    client = browser_of(other)
    assert client.get(reading.get_absolute_url()).status_code == 404
    assert (
        client.post(reading.get_absolute_url(), {"do": "confirm", "version": 1, "seen": 1}).status_code == 404
    )
    assert not Plan.objects.exists()


def test_an_auditor_sees_a_reading_and_cannot_change_it(browser_of, department, office):
    reading = readings.reading(department, office)
    client = browser_of(make.user(Role.AUDITOR, department))
    page = client.get(reading.get_absolute_url())
    assert page.status_code == 200
    assert 'value="confirm"' not in page.content.decode()
    client.post(reading.get_absolute_url(), {"do": "save", "version": 1, "v.number": "9/KH"})
    reading.refresh_from_db()
    assert reading.edits == {}


def test_save_keeps_what_is_typed_even_when_it_is_no_value_yet(browser_of, department, office):
    reading = readings.reading(department, office)
    client = browser_of(office)
    client.post(reading.get_absolute_url(), {"do": "save", "version": 1, "v.issued_on": "hôm qua"})
    page = client.get(reading.get_absolute_url()).content.decode()
    assert 'value="hôm qua"' in page
    assert "“hôm qua” không phải ngày tháng" in page
    assert not Plan.objects.exists()


def test_confirming_needs_a_look_at_what_is_uncertain(browser_of, department, office):
    reading = readings.reading(department, office)
    client = browser_of(office)
    refused = client.post(reading.get_absolute_url(), {"do": "confirm", "version": 1})
    assert refused.status_code == 422
    assert not Plan.objects.exists()
    done = client.post(reading.get_absolute_url(), {"do": "confirm", "version": 1, "seen": "1"})
    assert done.status_code == 302
    assert done.url == Plan.objects.get().get_absolute_url()


def test_a_conflict_keeps_both_texts(browser_of, department, office):
    reading = readings.reading(department, office)
    other = make.user(Role.LEADER, department)
    actions.edit(other, reading, {"title": "Tên của người khác"}, ())
    page = browser_of(office).post(
        reading.get_absolute_url(), {"do": "save", "version": 1, "v.title": "Tên của tôi"}
    )
    html = page.content.decode()
    assert page.status_code == 409
    assert f"{other} vừa sửa trước bạn" in html
    assert "Tên của tôi" in html
    assert "Tên của người khác" in html
    reading.refresh_from_db()
    assert reading.edits["values"] == {"title": "Tên của người khác"}


def test_without_the_version_the_later_text_would_win(department, office):
    """The twin of the conflict: the same edit with the version of the database goes through."""
    reading = readings.reading(department, office)
    kept = actions.edit(make.user(Role.LEADER, department), reading, {"title": "Một"}, ())
    actions.edit(office, kept, {"title": "Hai"}, ())
    reading.refresh_from_db()
    assert reading.edits["values"] == {"title": "Hai"}


def test_a_value_put_back_is_no_edit(department, office):
    reading = actions.edit(office, readings.reading(department, office), {"title": "Khác"}, ())
    kept = actions.edit(office, reading, {"title": "Thi đua quý IV năm 2026"}, ())
    assert kept.edits == {"values": {}, "omit": []}


def test_discarding_needs_a_reason_and_keeps_the_file(browser_of, department, office):
    reading = readings.reading(department, office)
    client = browser_of(office)
    url = reverse("plans:reading_step", args=[reading.pk])
    client.post(url, {"step": "discard"})
    reading.refresh_from_db()
    assert reading.state == Reading.State.READ
    client.post(url, {"step": "discard", "note": "Nhầm tệp"})
    reading.refresh_from_db()
    assert reading.state == Reading.State.DISCARDED
    assert client.get(reading.get_absolute_url()).status_code == 200
    assert b"".join(client.get(reverse("plans:reading_file", args=[reading.pk])).streaming_content)


def test_values_and_words_lead_to_each_other(browser_of, department, office):
    html = browser_of(office).get(readings.reading(department, office).get_absolute_url()).content.decode()
    marks = set(re.findall(r'<mark id="(v\d+)"', html))
    assert len(marks) >= 8
    assert set(re.findall(r'class="src" (?:id="r-v\d+" )?href="#(v\d+)"', html)) == marks
    assert {f"r-{mark}" for mark in marks} == set(re.findall(r'id="(r-v\d+)"', html))


def test_markup_in_a_plan_is_shown_as_text(browser_of, department, office):
    found = readings.plan(title="<script>alert(1)</script>")
    html = (
        browser_of(office)
        .get(readings.reading(department, office, found).get_absolute_url())
        .content.decode()
    )
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("many", [1, 50])
def test_the_confirm_screen_asks_the_same_few_queries(browser_of, department, office, many):
    found = readings.plan(movements=[readings.movement(code=str(n)) for n in range(many)])
    reading = readings.reading(department, office, found)
    client = browser_of(office)
    client.get(reading.get_absolute_url())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reading.get_absolute_url())
    assert len(asked) <= 14
