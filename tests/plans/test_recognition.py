"""Scans are read in the background, safe to kill and to repeat, and compared by a person."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest
from bench import scans as paper
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

import guong
from guong.base.access import Role
from guong.base.models import Job, StoredFile
from guong.base.workflow import Refused
from guong.plans import actions, flow, recognition
from guong.plans.models import Plan, Reading
from tests import factories as make
from tests.planreader import made
from tests.plans import readings
from tests.tools import needs_tesseract, no_programs  # noqa: F401 - a fixture

UPLOAD = "/ke-hoach/doc-tep/"
YEARLY = readings.YEARLY.read_bytes()
SOURCE = Path(guong.__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def scan() -> bytes:
    """The first two pages of a plan as a scanner gives them."""
    return paper.as_pdf(paper.sheets(made.as_pdf(made.text_of("an-binh-communications")))[:2])


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


def send(client, **fields):
    return client.post(UPLOAD, {"key": "0e9d2b1e-7c3b-4f57-9c1a-" + os.urandom(6).hex(), **fields})


@needs_tesseract
@pytest.mark.django_db
class TestInTheBackground:
    def test_a_scan_is_kept_and_read_by_the_worker(self, client, office, scan):
        client.force_login(office)
        answer = send(client, file=SimpleUploadedFile("quét.pdf", scan))
        reading = Reading.objects.get()
        assert answer.url == reading.get_absolute_url()
        assert (reading.state, reading.found, Plan.objects.count()) == (Reading.State.READING, {}, 0)
        assert "đang đọc" in client.get(answer.url).content.decode()
        job = recognition.latest_job(reading)
        recognition.recognise(job.pk)
        reading.refresh_from_db()
        job.refresh_from_db()
        assert (reading.state, reading.scanned, reading.title) == (Reading.State.READ, [1, 2], "31/KH-SYT")
        assert (job.state, job.done, job.total) == (Job.State.DONE, 2, 2)
        told = client.get(reverse("plans:reading_progress", args=[reading.pk])).json()
        assert (told["state"], told["link"]) == ("done", answer.url)

    def test_work_done_twice_gives_one_reading(self, department, office, scan):
        reading = actions.read_file(office, department, scan, "x.pdf")
        job = recognition.latest_job(reading)
        recognition.recognise(job.pk)
        before = Reading.objects.values().get()
        recognition.recognise(job.pk)
        Job.objects.update(state="running")
        recognition.recognise(job.pk)
        assert Reading.objects.values().get() == before

    def test_the_same_file_is_noticed_while_it_is_read(self, department, office, scan):
        first = actions.read_file(office, department, scan, "x.pdf")
        with pytest.raises(actions.AlreadyRead) as refused:
            actions.read_file(office, department, scan, "khác.pdf")
        assert refused.value.reading == first

    def test_a_scan_nobody_can_read_says_why_and_may_be_read_again(self, client, department, office):
        blank = paper.as_pdf(paper.sheets(paper.printed("1"), grain=0))
        reading = actions.read_file(office, department, blank, "trắng.pdf")
        recognition.recognise(recognition.latest_job(reading).pk)
        reading.refresh_from_db()
        client.force_login(office)
        assert reading.state == Reading.State.FAILED
        assert "không nhận ra được" in client.get(reading.get_absolute_url()).content.decode()
        client.post(reverse("plans:reading_wake", args=[reading.pk]))
        reading.refresh_from_db()
        assert reading.state == Reading.State.READING
        assert Job.objects.count() == 2

    def test_a_reading_discarded_meanwhile_stays_discarded(self, department, office, scan):
        reading = actions.read_file(office, department, scan, "x.pdf")
        flow_step = flow.READING_STEPS["discard"]
        actions.take(flow_step, reading, by=office, note="Nhầm tệp")
        recognition.recognise(recognition.latest_job(reading).pk)
        reading.refresh_from_db()
        assert (reading.state, reading.found) == (Reading.State.DISCARDED, {})

    def test_running_work_is_not_started_twice(self, department, office, scan):
        reading = actions.read_file(office, department, scan, "x.pdf")
        with pytest.raises(Refused, match="đang được đọc"):
            recognition.wake(office, reading)

    def test_a_page_is_shown_to_those_who_see_the_reading(self, client, department, office, scan):
        reading = actions.read_file(office, department, scan, "x.pdf")
        url = reverse("plans:reading_page", args=[reading.pk, 1])
        client.force_login(office)
        assert client.get(url).content.startswith(b"\xff\xd8\xff")
        assert client.get(reverse("plans:reading_page", args=[reading.pk, 9])).status_code == 404
        client.force_login(make.user(Role.EMPLOYEE, department))
        assert client.get(url).status_code == 404


@pytest.mark.django_db
class TestWithoutPrograms:
    @pytest.mark.usefixtures("no_programs")
    def test_the_screen_says_what_is_missing(self, client, office):
        client.force_login(office)
        page = client.get(UPLOAD).content.decode()
        assert "quản trị cần cài antiword" in page
        assert "tesseract-ocr-vie" in page


@pytest.mark.django_db
class TestComparing:
    def scanned(self, department, office) -> Reading:
        return readings.reading(department, office, scanned=[1])

    def test_a_scan_is_confirmed_only_after_every_group_was_compared(self, client, department, office):
        reading = self.scanned(department, office)
        client.force_login(office)
        url = reading.get_absolute_url()
        refused = client.post(url, {"do": "confirm", "version": 1, "seen": "1", "compared": ["plan"]})
        assert refused.status_code == 422
        assert "Đối chiếu tên, số, ngày" in refused.content.decode()
        assert not Plan.objects.exists()
        reading.refresh_from_db()
        names = [group.name for group in flow.parts.not_compared(flow.Draft(reading))]
        answer = client.post(
            url, {"do": "confirm", "version": reading.version, "seen": "1", "compared": ["plan", *names]}
        )
        assert answer.url == Plan.objects.get().get_absolute_url()

    def test_what_was_compared_is_kept_with_the_edits(self, department, office):
        kept = actions.edit(office, self.scanned(department, office), {}, (), compared=["plan"])
        assert kept.edits["compared"] == ["plan"]
        assert "plan" not in {group.name for group in flow.parts.not_compared(flow.Draft(kept))}

    def test_a_scan_would_be_confirmed_where_the_rule_is_gone(self, department, office, monkeypatch):
        """The twin: the same reading, nothing compared, and no rule."""
        step = replace(flow.READING_STEPS["confirm"], when=(flow.must_hold,))
        monkeypatch.setitem(actions.READING_STEPS, "confirm", step)
        assert actions.confirm(office, self.scanned(department, office)).pk

    def test_text_needs_no_comparing(self, department, office):
        assert actions.confirm(office, readings.reading(department, office)).pk


@pytest.mark.django_db
class TestPasting:
    def test_pasted_text_is_read_like_a_file(self, client, office):
        client.force_login(office)
        answer = send(client, text=YEARLY.decode().replace("\n", "\r\n"))
        reading = Reading.objects.get()
        assert answer.url == reading.get_absolute_url()
        assert (reading.title, reading.file.name) == ("07/KH-SYT", "Nội dung dán.txt")

    @pytest.mark.parametrize("text", ["", "xin chào"])
    def test_what_is_no_plan_is_refused_and_the_text_stays(self, client, office, text):
        client.force_login(office)
        answer = send(client, text=text)
        assert answer.status_code == 422
        assert text in answer.content.decode()
        assert not Reading.objects.exists()

    def test_a_file_and_a_text_together_are_refused(self, client, office):
        client.force_login(office)
        answer = send(client, text="một", file=SimpleUploadedFile("a.txt", YEARLY))
        assert "không gửi cả hai" in answer.content.decode()

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
    def test_old_encodings_are_kept_as_they_came(self, department, office, encoding):
        data = YEARLY.decode().encode(encoding)
        reading = actions.read_file(office, department, data, "a.txt")
        assert reading.title == "07/KH-SYT"
        assert reading.file.content.read() == data


@pytest.mark.django_db
def test_a_reading_without_a_plan_cannot_call_itself_read(department, office):
    reading = readings.reading(department, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(found={})


def together(work, people) -> list[object]:
    """Run the work of all people at once; what each got or was told."""
    barrier, answers = Barrier(len(people)), []

    def one(person) -> None:
        try:
            barrier.wait()
            answers.append(work(person))
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def people(self, office, department):
        return [office, make.user(Role.LEADER, department)]

    def test_two_send_the_same_file_and_one_reading_is_made(self, department, office):
        both = self.people(office, department)
        answers = together(lambda by: actions.read_file(by, department, YEARLY, "a.txt"), both)
        assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyRead", "Reading"]
        assert (Reading.objects.count(), StoredFile.objects.count()) == (1, 1)

    def test_without_the_queue_both_would_be_read(self, department, office, monkeypatch):
        """The twin: nobody waits for the other, both look before either has written."""
        monkeypatch.setattr(actions, "one_at_a_time", lambda *_file: None)
        both = self.people(office, department)
        together(lambda by: actions.read_file(by, department, YEARLY, "a.txt"), both)
        assert Reading.objects.count() == 2


WORK = """
import json, sys
from django.conf import settings
place, job = json.loads(sys.argv[1])
settings.DATABASES["default"].update(place["database"])
settings.STORAGES["default"] = place["storage"]
import django; django.setup()
from guong.plans import recognition
recognition.recognise(job)
"""


@pytest.fixture
def on_disk(settings, tmp_path):
    """Files where another process finds them."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": place}
    return place


def start_worker(job: Job, storage: dict) -> subprocess.Popen[bytes]:
    """A process of its own that does the work of this job on the database of the tests."""
    told = connection.settings_dict
    database = {name: told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    question = json.dumps([{"database": database, "storage": storage}, job.pk])
    return subprocess.Popen(
        [sys.executable, "-c", WORK, question], env=os.environ | {"PYTHONPATH": str(SOURCE)}
    )


@needs_tesseract
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_nothing_half_and_the_next_finishes(department, office, scan, on_disk):
    reading = actions.read_file(office, department, scan, "x.pdf")
    job = recognition.latest_job(reading)
    worker = start_worker(job, on_disk)
    _wait_until(lambda: Job.objects.get(pk=job.pk).total == 2)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    time.sleep(0.5)
    reading.refresh_from_db()
    assert (reading.state, reading.found, reading.lines) == (Reading.State.READING, {}, [])
    assert Job.objects.get(pk=job.pk).state == "running"
    assert not _children_of_readers()
    next_one = start_worker(job, on_disk)
    assert next_one.wait(timeout=120) == 0
    reading.refresh_from_db()
    assert (reading.state, reading.title, Reading.objects.count()) == ("read", "31/KH-SYT", 1)


def _wait_until(happened, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def _children_of_readers() -> list[str]:
    """Limited processes that still run after their worker is gone."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes()
            parent = (line.parent / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if b"guong.planreader.child" in words and parent == "1":
            found.append(line.parent.name)
    return found
