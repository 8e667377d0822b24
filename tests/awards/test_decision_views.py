"""Screens of decisions and certificates."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guong.awards import jobs
from guong.awards.actions import certificates
from guong.awards.models import Award, Decision
from guong.base.access import Role
from guong.base.models import Job, User
from tests import factories as make
from tests.awards.house import PDF, House, house

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def at() -> House:
    return house(members=3, places=30)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def to(name: str, *args) -> str:
    return reverse(f"awards:{name}", args=args)


def test_road_of_a_decision_in_the_browser(at):
    session = at.concluded(at.listed(2))
    clerk, leader = as_(at.clerk), as_(at.leader)
    where = to("decision_new")
    page = clerk.get(where, {"session": session.pk})
    typed = {
        "nominations": [item.nomination_id for item in session.items.all()],
        "session": session.pk,
        "key": page.context["form"]["key"].value(),
    }
    assert clerk.post(where, typed | {"nominations": []}).status_code == 422
    made = clerk.post(where, typed)
    assert clerk.post(where, typed).url == made.url
    decision = Decision.objects.get()
    assert (decision.session, decision.awards.count()) == (session, 2)
    page = clerk.get(made.url)
    assert "Căn cứ Luật Thi đua, khen thưởng" in body(page)
    clerk.post(to("decision_number", decision.pk), {"signed_on": "31/02/2026", "version": decision.version})
    clerk.post(
        to("decision_number", decision.pk),
        {"signed_on": f"{timezone.localdate():%d/%m/%Y}", "version": decision.version},
    )
    decision.refresh_from_db()
    assert decision.full_number == "01/QĐ-SYT"
    wrong = SimpleUploadedFile("qd.pdf", b"not a pdf at all")
    assert "PDF" in body(clerk.post(to("signed_copy", decision.pk), {"file": wrong}, follow=True))
    clerk.post(to("signed_copy", decision.pk), {"file": SimpleUploadedFile("qd.pdf", PDF)})
    fetched = leader.get(to("signed_copy", decision.pk))
    assert b"".join(fetched.streaming_content) == PDF
    assert "chưa kiểm chữ ký số" in body(leader.get(made.url)).lower()
    clerk.post(to("decision_step", decision.pk), {"step": "issue"})
    decision.refresh_from_db()
    assert decision.state == "signed"
    leader.post(to("decision_step", decision.pk), {"step": "issue"})
    decision.refresh_from_db()
    assert decision.state == "issued"
    line = decision.awards.first()
    leader.post(to("award_revoke", decision.pk, line.pk), {"note": "Khai man", "give_back": "on"})
    line.refresh_from_db()
    assert (line.revoked_on, line.place_returned) == (timezone.localdate(), True)
    assert leader.post(to("decision_revoke", decision.pk), {"note": ""}).status_code == 422
    leader.post(to("decision_revoke", decision.pk), {"note": "Sai thẩm quyền"})
    assert "Sai thẩm quyền" in body(clerk.get(made.url))
    assert not Award.objects.valid().exists()


def test_words_and_lines_are_edited_and_kept_on_errors(at):
    decision = at.draft(2)
    clerk = as_(at.clerk)
    form = clerk.get(to("decision_edit", decision.pk)).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"title": "Về việc khen đột xuất"}
    for name in ("bases", "recipients"):
        typed[name] = "\n".join(typed[name]) if isinstance(typed[name], list) else typed[name]
    assert clerk.post(to("decision_edit", decision.pk), typed | {"bases": " "}).status_code == 422
    clerk.post(to("decision_edit", decision.pk), typed)
    decision.refresh_from_db()
    assert (decision.title, decision.version) == ("Về việc khen đột xuất", 2)
    stale = clerk.post(to("decision_edit", decision.pk), typed | {"title": "Bản của tôi"})
    assert stale.status_code == 422
    assert "Bản của tôi" in body(stale)
    page = clerk.get(to("decision_lines", decision.pk))
    sent = {"version": 2, "line-TOTAL_FORMS": 2, "line-INITIAL_FORMS": 2}
    for place, line in enumerate(page.context["form"]):
        sent |= {f"line-{place}-{name}": line[name].value() for name in line.fields}
    sent["line-0-name_on_paper"] = "Bà Đào Thị Mận"
    assert clerk.post(to("decision_lines", decision.pk), sent | {"line-0-order": "x"}).status_code == 422
    clerk.post(to("decision_lines", decision.pk), sent)
    assert decision.awards.filter(name_on_paper="Bà Đào Thị Mận").exists()
    line = decision.awards.last()
    clerk.post(to("decision_remove", decision.pk, line.pk), {"version": 3})
    assert decision.awards.count() == 1
    clerk.post(to("decision_add", decision.pk), {"version": 4, "nominations": [line.nomination_id]})
    assert decision.awards.count() == 2
    clerk.post(to("decision_discard", decision.pk), {"version": 1})
    assert Decision.objects.exists()
    clerk.post(to("decision_discard", decision.pk), {"version": 5})
    assert not Decision.objects.exists()


@pytest.mark.parametrize("ending, start", [("docx", b"PK"), ("pdf", b"%PDF")])
def test_papers_of_a_decision_are_made_from_its_records(at, ending, start):
    decision = at.issued(2)
    answer = as_(make.user(Role.EMPLOYEE, at.unit)).get(to("decision_paper", decision.pk, ending))
    assert answer.content.startswith(start)
    assert f"quyet-dinh-1-QD-SYT-{decision.year}.{ending}" in answer["Content-Disposition"]
    assert as_(at.clerk).get(to("decision_paper", decision.pk, "exe")).status_code == 404


def test_character_outside_the_font_is_named(at):
    decision = at.draft()
    decision.awards.update(name_on_paper="Bà 王 Lan")
    said = body(as_(at.clerk).get(to("decision_paper", decision.pk, "pdf"), follow=True))
    assert "王" in said


HIDDEN = (
    "decision", "decision_edit", "decision_lines", "decision_add", "certificates", "signed_copy",
    "certificates_progress", "certificates_file", "decision_revoke",
)  # fmt: skip


def test_draft_is_not_found_by_others(at):
    decision = at.draft()
    line = decision.awards.get()
    for user in (make.user(Role.EMPLOYEE, at.unit), at.chair, house(members=3).clerk, make.user()):
        client = as_(user)
        for name in HIDDEN:
            assert client.get(to(name, decision.pk)).status_code == 404
        for name in ("decision_number", "decision_step", "decision_discard", "signed_copy"):
            assert client.post(to(name, decision.pk)).status_code == 404
        assert client.get(to("decision_paper", decision.pk, "pdf")).status_code == 404
        assert client.get(to("award_revoke", decision.pk, line.pk)).status_code == 404


def test_screens_to_change_are_for_those_who_may(at):
    decision = at.issued()
    reader = as_(make.user(Role.AUDITOR, at.department))
    assert reader.get(decision.get_absolute_url()).status_code == 200
    for name in ("decision_edit", "decision_lines", "decision_revoke"):
        assert reader.get(to(name, decision.pk)).status_code == 403
    assert reader.get(to("decision_new")).status_code == 403


def test_unknown_step_is_not_found(at):
    decision = at.signed()
    assert as_(at.leader).post(to("decision_step", decision.pk), {"step": "number"}).status_code == 404


def test_cancelling_asks_for_a_reason(at):
    decision = at.signed()
    leader = as_(at.leader)
    leader.post(to("decision_step", decision.pk), {"step": "void", "note": ""})
    decision.refresh_from_db()
    assert decision.state == "signed"
    leader.post(to("decision_step", decision.pk), {"step": "void", "note": "Sai căn cứ"})
    decision.refresh_from_db()
    assert decision.state == "void"


def test_list_finds_a_number_typed_without_diacritics(at):
    for _ in range(3):
        at.issued()
    client = as_(at.clerk)
    found = client.get(to("decisions"), {"q": "quyet dinh 2"}).context["page"].object_list
    assert [decision.number for decision in found] == [2]
    year = timezone.localdate().year
    assert len(client.get(to("decisions"), {"year": year, "state": "issued"}).context["rows"]) == 3
    assert "Bỏ bớt bộ lọc" in body(client.get(to("decisions"), {"q": "không có"}))


def test_list_takes_a_fixed_number_of_queries(at):
    seen = []
    for count in (1, 3):
        for _ in range(count):
            at.issued(2)
        client = as_(at.clerk)
        client.get(to("decisions"))
        with CaptureQueriesContext(connection) as queries:
            client.get(to("decisions"))
        seen.append(len(queries))
    assert seen[0] == seen[1] <= MOST_QUERIES


def test_decision_page_takes_as_many_queries_for_nine_lines_as_for_one(at):
    seen = []
    for count in (1, 9):
        decision = at.issued(count)
        client = as_(at.leader)
        client.get(decision.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(decision.get_absolute_url())
        seen.append(len(queries))
    assert seen[0] == seen[1]


def test_certificates_are_asked_for_watched_and_fetched(at):
    decision = at.issued(2)
    clerk = as_(at.clerk)
    assert clerk.get(to("certificates_progress", decision.pk)).status_code == 404
    clerk.post(to("certificates", decision.pk))
    assert "dịch vụ chạy nền đang dừng" in body(clerk.get(to("certificates", decision.pk))).lower()
    assert clerk.get(to("certificates_progress", decision.pk)).json()["state"] == "waiting"
    assert clerk.get(to("certificates_file", decision.pk)).status_code == 404
    jobs.print_certificates(job_id=certificates.latest_job(decision).pk)
    progress = clerk.get(to("certificates_progress", decision.pk)).json()
    assert (progress["state"], progress["done"], progress["total"]) == ("done", 2, 2)
    file = clerk.get(progress["link"])
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert as_(house(members=3).clerk).get(progress["link"]).status_code == 404
    Job.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert clerk.get(to("certificates_file", decision.pk)).status_code == 404
    assert clerk.get(to("certificates_progress", decision.pk)).json()["link"] == ""
