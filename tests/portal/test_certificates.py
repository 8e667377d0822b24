"""Certificates checked by everybody: J1-J5, each with what would happen without its guard."""

from __future__ import annotations

import argparse
import base64
import json
import random
from pathlib import Path

import pytest
from django.test import Client

from guong.awards import certificate_sheets, signing_keys
from guong.awards.actions import issuing, reissuing
from guong.awards.models import Award, Decision, IssuedCertificate, SigningKey
from guong.base.workflow import act
from guong.papers import proof, proof_command
from guong.papers.seal import new_code
from guong.portal import certificates, throttle
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db
GUESSES = 20_000  # a million by `make drill`
LETTERS = "abcdefghijklmnopqrstuvwxyzđăâêôơưABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@pytest.fixture(autouse=True)
def fresh_throttle() -> None:
    throttle.forget()


@pytest.fixture
def at() -> House:
    return house(members=3)


def issued(at: House) -> tuple[Decision, IssuedCertificate]:
    decision = at.issued()
    with act(at.clerk, "number_certificates"):
        reissuing.issue_missing(decision, at.clerk)
    return decision, IssuedCertificate.objects.get(award__decision=decision)


def qr_of(sheet: IssuedCertificate) -> str:
    return certificate_sheets.verification_url(sheet.code, sheet.signature)


def page(client: Client, address: str) -> str:
    throttle.forget()
    return client.get(address).content.decode()


def path_of(sheet: IssuedCertificate, signature: str | None = None) -> str:
    return f"/kiem-chung/{sheet.code}/?s={sheet.signature if signature is None else signature}"


def test_j1_guessed_codes_hit_nothing(at):
    _decision, sheet = issued(at)
    guesses = {new_code() for _ in range(GUESSES)}
    assert len(guesses) == GUESSES
    assert not Award.objects.filter(code__in=guesses).exists()
    assert not IssuedCertificate.objects.filter(code__in=guesses).exists()
    assert certificates.verify(sheet.code).state == "valid"  # the control: a true code is found


def test_j1_a_flood_of_questions_is_throttled(at, client):
    answers = [client.get(f"/kiem-chung/{new_code()}/").status_code for _ in range(300)]
    assert answers.count(200) == 0
    assert 0 < answers.count(404) <= 2 * throttle.PER_MINUTE  # the minute may have turned once
    assert set(answers) == {404, 429}


def test_j1_without_the_throttle_every_question_is_answered(at, client, monkeypatch):
    """The twin."""
    monkeypatch.setattr(throttle, "PER_MINUTE", 10**9)
    assert {client.get(f"/kiem-chung/{new_code()}/").status_code for _ in range(200)} == {404}


def test_j1_other_addresses_are_not_kept_out(at, client):
    for _ in range(throttle.PER_MINUTE + 1):
        client.get("/kiem-chung/x/")
    _decision, sheet = issued(at)
    assert client.get(path_of(sheet), REMOTE_ADDR="10.1.1.1").status_code == 200


def test_j1_hit_and_miss_take_the_same_work(at, django_assert_num_queries):
    _decision, sheet = issued(at)
    assert len(base64.urlsafe_b64decode(f"{certificates._ANY_KEY}=")) == 32  # a miss checks a signature, too
    for code in (sheet.code, new_code()):
        with django_assert_num_queries(2):
            certificates.verify(code, sheet.signature)


def test_j2_one_changed_letter_of_the_print_shows(at):
    _decision, sheet = issued(at)
    chance = random.Random(5)
    public, facts = sheet.key.public, sheet.printed
    assert proof.fits(public, facts, sheet.signature)
    for _ in range(100):
        field = chance.choice([name for name in vars(facts) if getattr(facts, name)])
        text = getattr(facts, field)
        place = chance.randrange(len(text))
        letter = chance.choice([one for one in LETTERS if one != text[place]])
        altered = proof.Facts(**{**vars(facts), field: text[:place] + letter + text[place + 1 :]})
        if proof.plain(getattr(altered, field)) != proof.plain(text):
            assert not proof.fits(public, altered, sheet.signature), (field, altered)


def test_j2_one_changed_letter_of_the_square_shows_with_the_truth_beside(at, client):
    _decision, sheet = issued(at)
    chance = random.Random(6)
    for _ in range(100):
        place = chance.randrange(len(sheet.signature))
        letter = chance.choice([one for one in "ABCDabcd0123-_" if one != sheet.signature[place]])
        text = page(client, path_of(sheet, sheet.signature[:place] + letter + sheet.signature[place + 1 :]))
        assert "Không khớp" in text
        assert sheet.printed.name in text
    assert "Không khớp" not in page(client, path_of(sheet))


def test_j2_last_letter_has_one_spelling_only(at):
    """Its spare bits would let sixteen spellings through, were the text not written back and compared."""
    _decision, sheet = issued(at)
    others = [sheet.signature[:-1] + letter for letter in LETTERS if letter != sheet.signature[-1]]
    assert not any(proof.fits(sheet.key.public, sheet.printed, other) for other in others)


def test_j2_without_the_signature_an_altered_paper_would_pass(at, client, monkeypatch):
    """The twin: a check that believes every signature calls a forged one valid."""
    _decision, sheet = issued(at)
    monkeypatch.setattr(proof, "fits", lambda *_: True)
    assert "Không khớp" not in page(client, path_of(sheet, "A" * 86))


def test_j3_replaced_and_revoked_show_with_the_next_request(at, client):
    decision, sheet = issued(at)
    assert "còn hiệu lực" in page(client, path_of(sheet))
    newer = reissuing.issue_again(by=at.clerk, certificate=sheet, reason="lost")
    assert "đã được thay" in page(client, path_of(sheet))
    assert "còn hiệu lực" in page(client, path_of(newer))
    issuing.revoke_award(by=at.leader, award=sheet.award, reason="Khai man")
    for one in (sheet, newer):
        text = page(client, path_of(one))
        assert "đã bị thu hồi" in text
        assert sheet.printed.name not in text
    assert decision.full_number in text


def test_j3_a_corrected_name_stands_beside_the_old_one(at, client):
    _decision, sheet = issued(at)
    newer = reissuing.issue_again(
        by=at.clerk, certificate=sheet, reason="name", name="Bà Hà Thị Dùng", note="Quyết định 9/QĐ-SYT"
    )
    text = page(client, path_of(sheet))
    assert "Bà Hà Thị Dùng" in text and sheet.printed.name in text
    assert "Bà Hà Thị Dùng" in page(client, path_of(newer))


def test_j3_answers_are_kept_nowhere(at, client):
    _decision, sheet = issued(at)
    assert client.get(path_of(sheet))["Cache-Control"] == "no-store"


def test_j4_nothing_but_the_paper_is_shown(at, client):
    _decision, sheet = issued(at)
    Award.objects.filter(pk=sheet.award_id).update(
        achievement="CANARY-ACHIEVEMENT", revocation_reason="CANARY-REASON"
    )
    person = sheet.award.person
    person.staff_code = "CANARY-STAFF"
    person.save()
    reissuing.issue_again(by=at.clerk, certificate=sheet, reason="damaged", note="CANARY-NOTE")
    newest = IssuedCertificate.objects.get(replaces=sheet)
    for one in (sheet, newest):
        answer = client.get(path_of(one))
        text = answer.content.decode()
        assert "CANARY" not in text
        assert at.clerk.username not in text
        assert newest.code not in text or one == newest, "an old code does not lead to the new one"
        assert answer["X-Robots-Tag"] == "noindex"


def checked(folder: Path, qr: str, printed: dict[str, str], keys: list[dict[str, str]]) -> int:
    (folder / "giay.json").write_text(json.dumps(printed), encoding="utf-8")
    (folder / "keys.json").write_text(json.dumps({"keys": keys}), encoding="utf-8")
    return proof_command.run(
        argparse.Namespace(qr=qr, printed=str(folder / "giay.json"), keys=str(folder / "keys.json"))
    )


def printed_on(sheet: IssuedCertificate) -> dict[str, str]:
    return {name: value for name, value in sheet.facts.items() if name != "code"}


def test_j5_a_paper_checks_without_the_site_and_after_a_change_of_keys(at, client, tmp_path, capsys):
    _decision, old = issued(at)
    signing_keys.change_key()
    newer = reissuing.issue_again(by=at.clerk, certificate=old, reason="lost")
    assert newer.key != old.key
    keys = client.get("/cong-khai/khoa-ky.json").json()["keys"]
    assert [bool(key["until"]) for key in keys] == [False, True]
    for sheet in (old, newer):
        assert checked(tmp_path, qr_of(sheet), printed_on(sheet), keys) == 0
        assert sheet.key.name in capsys.readouterr().out
        wrong = printed_on(sheet) | {"name": "Ông Khác"}
        assert checked(tmp_path, qr_of(sheet), wrong, keys) == 1
    assert checked(tmp_path, qr_of(old), printed_on(old), keys[:1]) == 1  # the control: without the old key
    assert checked(tmp_path, "https://khen.example/", printed_on(old), keys) == 2


def test_j5_after_a_restore_without_secrets_old_papers_check_and_new_ones_are_signed(at, settings, tmp_path):
    settings.SIGNING_KEYS = tmp_path / "before"
    _decision, old = issued(at)
    settings.SIGNING_KEYS = tmp_path / "after"
    newer = reissuing.issue_again(by=at.clerk, certificate=old, reason="damaged")
    assert newer.key != old.key
    assert not certificates.verify(old.code, old.signature).forged
    assert SigningKey.objects.filter(used_until__isnull=True).get() == newer.key
    (file,) = (tmp_path / "after").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_keys_page_shows_every_key(at, client):
    assert "Chưa có giấy nào được ký" in client.get("/cong-khai/khoa-ky/").content.decode()
    _decision, sheet = issued(at)
    assert sheet.key.public in client.get("/cong-khai/khoa-ky/").content.decode()


def test_whole_text_of_the_square_may_be_pasted(at, client):
    _decision, sheet = issued(at)
    answer = client.get("/kiem-chung/", {"code": qr_of(sheet)[:80]}, follow=True)
    assert answer.status_code == 200
