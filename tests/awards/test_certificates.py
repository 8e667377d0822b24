"""Certificates as background work: once, whole, for those who may see the decision (K-15, B3)."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from guong.awards import certificate_sheets, jobs
from guong.awards.actions import certificates, issuing
from guong.base.access import Role
from guong.base.models import StoredFile, worker_is_alive
from guong.base.workflow import Refused
from tests import factories as make
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=3)


def text_of(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def test_request_makes_a_job_and_a_task_in_one_transaction(at):
    job = certificates.request_certificates(by=at.clerk, decision=at.issued(2))
    assert (job.state, job.total, job.requested_by) == ("waiting", 2, at.clerk)
    task = ProcrastinateJob.objects.get(task_name=certificates.TASK, args__job_id=job.pk)
    assert task.args == {"job_id": job.pk}


def test_certificates_carry_names_codes_and_number(at):
    decision = at.issued(3)
    job = certificates.request_certificates(by=at.clerk, decision=decision)
    jobs.print_certificates(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.fetchable) == ("done", 3, True)
    pages = text_of(job.file.content.read())
    assert len(pages) == 3
    for page, award in zip(pages, decision.awards.all(), strict=True):
        assert award.name_on_paper in re.sub(r"\s+", " ", page)
        assert award.code in page
        assert decision.full_number in page


def test_work_done_twice_gives_one_file(at):
    job = certificates.request_certificates(by=at.clerk, decision=at.issued())
    jobs.print_certificates(job_id=job.pk)
    jobs.print_certificates(job_id=job.pk)
    assert StoredFile.objects.filter(name__startswith="giay-khen").count() == 1


def test_killed_work_runs_again(at, monkeypatch):
    job = certificates.request_certificates(by=at.clerk, decision=at.issued())

    def killed(*_args) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(certificates, "store_pdf", killed)
        with pytest.raises(SystemExit):
            certificates.print_certificates(job.pk)
    job.refresh_from_db()
    assert (job.state, job.file) == ("running", None)
    assert certificates.request_certificates(by=at.clerk, decision=job.record).pk == job.pk
    certificates.print_certificates(job.pk)
    job.refresh_from_db()
    assert job.state == "done"


def test_revoked_awards_get_no_certificate(at):
    decision = at.issued(2)
    issuing.revoke_award(by=at.leader, award=decision.awards.first(), reason="Khai man")
    job = certificates.request_certificates(by=at.clerk, decision=decision)
    certificates.print_certificates(job.pk)
    job.refresh_from_db()
    assert len(text_of(job.file.content.read())) == 1
    issuing.revoke_award(by=at.leader, award=decision.awards.last(), reason="Khai man")
    with pytest.raises(Refused):
        certificates.request_certificates(by=at.clerk, decision=decision)


def test_name_the_font_cannot_show_fails_with_a_sentence(at):
    decision = at.issued()
    decision.awards.update(name_on_paper="Bà 王 Lan")
    job = certificates.request_certificates(by=at.clerk, decision=decision)
    certificates.print_certificates(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "王" in job.message


def test_only_issued_decisions_and_the_right_people(at):
    with pytest.raises(Refused):
        certificates.request_certificates(by=at.clerk, decision=at.signed())
    decision = at.issued()
    for user in (at.chair, make.user(Role.UNIT_HEAD, at.unit), make.user(Role.AUDITOR, at.department)):
        with pytest.raises(Refused):
            certificates.request_certificates(by=user, decision=decision)
    assert certificates.request_certificates(by=at.leader, decision=decision).state == "waiting"


def test_worker_is_known_by_its_heartbeat():
    assert worker_is_alive() is False
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert worker_is_alive() is True


def test_code_leads_to_the_public_page(at, settings):
    settings.PUBLIC_URL = "https://khen.example"
    code = at.issued().awards.get().code
    assert certificate_sheets.verification_url(code) == f"https://khen.example/kiem-chung/{code}/"
