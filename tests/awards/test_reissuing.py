"""Sheets of certificates: numbers without gap or double, another sheet only for a reason, recall, return."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from guong.awards.actions import certificates, issuing, reissuing
from guong.awards.models import Decision, IssuedCertificate
from guong.base.access import Role
from guong.base.models import LogEntry, User
from guong.base.workflow import Refused, act
from tests import factories as make
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=3)


def number(decision: Decision, by: User) -> None:
    with act(by, "number_certificates"):
        reissuing.issue_missing(decision, by)


def sheets(decision: Decision) -> list[IssuedCertificate]:
    return list(IssuedCertificate.objects.filter(award__decision=decision))


def test_serials_follow_the_list_and_go_on_in_the_next_decision(at):
    first, second = at.issued(3), at.issued(2)
    number(first, at.clerk)
    number(second, at.clerk)
    year = first.year
    assert [one.serial for one in sheets(first)] == [f"GKS 00000{n}/{year}" for n in (1, 2, 3)]
    assert [one.number for one in sheets(second)] == [4, 5]
    assert [one.code for one in sheets(first)] == [one.code for one in first.awards.all()]


def test_drawing_again_gives_no_new_number(at):
    decision = at.issued(2)
    for _ in range(2):
        job = certificates.request_certificates(by=at.clerk, decision=decision)
        certificates.print_certificates(job.pk)
    assert [one.number for one in sheets(decision)] == [1, 2]


def test_what_is_refused_gives_its_number_back(at):
    decision = at.issued(1)
    with pytest.raises(RuntimeError), act(at.clerk, "number_certificates"):
        reissuing.issue_missing(decision, at.clerk)
        raise RuntimeError
    number(decision, at.clerk)
    assert [one.number for one in sheets(decision)] == [1]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_number_each_award_once():
    at = house(members=3)
    decision = at.issued(5)

    def work(_turn: int) -> None:
        try:
            number(decision, at.clerk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert [one.number for one in sheets(decision)] == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_at_once_clash(monkeypatch):
    """The twin: only the constraint is left, and all but one fail."""
    at = house(members=3)
    decision = at.issued(5)
    monkeypatch.setattr(reissuing, "locked", lambda record: record)
    failures = []

    def work(_turn: int) -> None:
        try:
            number(decision, at.clerk)
        except IntegrityError:
            failures.append(_turn)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert failures
    assert len(sheets(decision)) == 5


def test_another_sheet_keeps_who_when_why_and_the_old_one(at):
    decision = at.issued(1)
    number(decision, at.clerk)
    (old,) = sheets(decision)
    newer = reissuing.issue_again(by=at.clerk, certificate=old, reason="lost", note="Mất khi chuyển nhà")
    assert (newer.replaces, newer.issued_by, newer.reason) == (old, at.clerk, "lost")
    assert newer.number == 2 and newer.code != old.code
    assert "CẤP LẠI" in certificates.certificate(decision, newer).again
    assert certificates.certificate(decision, old).again == ""
    told = LogEntry.objects.filter(action="issue_certificate_again").get()
    assert told.by == at.clerk and old.serial in told.note and "Mất khi chuyển nhà" in told.note
    assert list(certificates.current_sheets(decision)) == [newer]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "name", "name": "Bà Mới"},
        {"reason": "name", "note": "QĐ 9"},
        {"reason": "first"},
        {"reason": "x"},
    ],
)
def test_no_sheet_without_what_its_reason_needs(at, wrong):
    decision = at.issued(1)
    number(decision, at.clerk)
    with pytest.raises(Refused):
        reissuing.issue_again(by=at.clerk, certificate=sheets(decision)[0], **wrong)
    assert len(sheets(decision)) == 1


def test_only_the_newest_sheet_of_an_award_in_force_by_the_right_people(at):
    decision = at.issued(1)
    number(decision, at.clerk)
    (old,) = sheets(decision)
    for user in (at.chair, make.user(Role.UNIT_HEAD, at.unit)):
        with pytest.raises(Refused):
            reissuing.issue_again(by=user, certificate=old, reason="lost")
    newer = reissuing.issue_again(by=at.clerk, certificate=old, reason="lost")
    with pytest.raises(Refused):
        reissuing.issue_again(by=at.clerk, certificate=old, reason="lost")
    issuing.revoke_award(by=at.leader, award=old.award, reason="Khai man")
    with pytest.raises(Refused):
        reissuing.issue_again(by=at.clerk, certificate=newer, reason="lost")


@pytest.mark.parametrize("whole", [True, False])
def test_revocation_recalls_and_the_return_is_noted_once(at, whole):
    decision = at.issued(2)
    number(decision, at.clerk)
    kept, recalled = sheets(decision)
    with pytest.raises(Refused):
        reissuing.note_return(by=at.clerk, certificate=recalled)
    if whole:
        issuing.revoke(by=at.leader, decision=decision, reason="Sai thẩm quyền")
    else:
        issuing.revoke_award(by=at.leader, award=recalled.award, reason="Khai man")
    kept.refresh_from_db()
    assert bool(kept.recalled_on) is whole
    recalled.refresh_from_db()
    assert recalled.recalled_on
    assert reissuing.note_return(by=at.clerk, certificate=recalled).returned_on
    with pytest.raises(Refused):
        reissuing.note_return(by=at.clerk, certificate=recalled)


REWRITE = "UPDATE awards_issuedcertificate SET facts = jsonb_set(facts, '{name}', '\"Ông Khác\"')"


@pytest.mark.parametrize("statement", [REWRITE, "DELETE FROM awards_issuedcertificate"])
def test_a_sheet_stays_as_printed_also_for_raw_sql(at, statement):
    decision = at.issued(1)
    number(decision, at.clerk)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with connection.cursor() as cursor:  # the twin: without the trigger it would go through
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE awards_issuedcertificate DISABLE TRIGGER guong_certificate_stays")
        cursor.execute(statement)
        assert cursor.rowcount == 1


def page_of(decision: Decision) -> str:
    return reverse("awards:certificates", args=[decision.pk])


def test_page_issues_again_and_gives_the_new_sheet(at, client):
    decision = at.issued(1)
    number(decision, at.clerk)
    award = decision.awards.get()
    client.force_login(at.clerk)
    again = reverse("awards:certificate_again", args=[decision.pk, award.pk])
    file = reverse("awards:certificate_file", args=[decision.pk, award.pk])
    assert client.get(file).status_code == 404, "a first sheet comes with the whole batch"
    refused = client.post(again, {"reason": "name", "name": "Bà Mới"})
    assert "quyết định đính chính" in refused.content.decode() and "Bà Mới" in refused.content.decode()
    assert client.post(again, {"reason": "lost", "note": "Mất"}).status_code == 302
    text = client.get(page_of(decision)).content.decode()
    assert "đã được thay" in text and "thay giấy GKS 000001" in text
    assert client.get(file).content.startswith(b"%PDF-")
    old = IssuedCertificate.objects.get(reason="first")
    back = reverse("awards:certificate_back", args=[decision.pk, award.pk])
    assert client.post(back, {"sheet": old.pk}, follow=True).status_code == 200
    old.refresh_from_db()
    assert old.returned_on
    assert client.post(back, {"sheet": "x"}).status_code == 404


def test_page_costs_the_same_for_one_and_three(at, client, django_assert_max_num_queries):
    client.force_login(at.clerk)
    counts = []
    for people in (1, 3):
        decision = at.issued(people)
        number(decision, at.clerk)
        client.get(page_of(decision))
        with django_assert_max_num_queries(60) as seen:
            client.get(page_of(decision))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_others_do_not_get_there(at, client):
    decision = at.issued(1)
    number(decision, at.clerk)
    client.force_login(at.chair)
    award = decision.awards.get()
    for name in ("certificate_again", "certificate_file"):
        assert client.get(reverse(f"awards:{name}", args=[decision.pk, award.pk])).status_code in (403, 404)


def test_a_large_batch_is_one_zip_and_tells_its_progress(at, monkeypatch):
    monkeypatch.setattr("guong.papers.certificates.PART", 2)
    monkeypatch.setattr(certificates, "PART", 2)
    decision = at.issued(5)
    job = certificates.request_certificates(by=at.clerk, decision=decision)
    told = []
    monkeypatch.setattr(certificates, "_told", lambda job_id, done: told.append(done))
    certificates.print_certificates(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.file.content_type) == ("done", 5, "application/zip")
    assert told == [2, 4, 5]
