"""Texts that repeat another dossier's (J-04): what is found, who is shown what."""

from __future__ import annotations

import random
import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from guong.awards import access, comparing, jobs
from guong.awards.actions import nominations
from guong.awards.likeness import PASSAGE, overlap, prints
from guong.awards.models import Appraisal, Likeness, Nomination
from guong.base.access import Role
from guong.base.models import BodyKind, User
from tests import factories as make
from tests.awards.house import House, house


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def to(name: str, *args) -> str:
    return reverse(f"awards:{name}", args=args)


WORDS = st.lists(st.sampled_from([f"từ{n}" for n in range(400)]), min_size=0, max_size=60)
OWN = "Khoa tôi tổ chức khám lưu động tại mười hai bản xa, mỗi tháng hai đợt, có bác sĩ nội trú đi cùng."
COPIED = (
    "Đổi quy trình lấy số, tách riêng khu xét nghiệm buổi sáng, nhờ đó người bệnh chờ trung bình ba mươi lăm "
    "phút thay vì chín mươi phút như trước đây."
)


@given(WORDS, WORDS, st.lists(st.sampled_from(["x", "y", "z", "đ"]), min_size=PASSAGE, max_size=30), WORDS)
def test_a_passage_both_texts_have_always_leaves_a_common_number(before, after, passage, other):
    left, right = " ".join([*before, *passage, *after]), " ".join([*other, *passage])
    assert set(prints(left)) & set(prints(right))


@given(WORDS, WORDS)
def test_pieces_put_together_are_the_text(left, right):
    found = overlap(" ".join(left), " ".join(right))
    assert "".join(piece.text for piece in found.left) == " ".join(left)
    assert "".join(piece.text for piece in found.right) == " ".join(right)
    assert 0 <= found.words <= found.total == len(left)


def test_tone_marks_case_and_punctuation_hide_nothing():
    assert overlap(COPIED, COPIED.upper().replace(",", " -")).percent == 100
    assert overlap(COPIED, OWN).percent == 0


@pytest.mark.parametrize(("length", "found"), [(PASSAGE - 1, 0), (PASSAGE, PASSAGE)])
def test_shorter_than_a_passage_is_the_language_of_offices(length, found):
    passage = " ".join(f"chung{n}" for n in range(length))
    assert overlap(f"một hai {passage} ba", f"bốn {passage} năm sáu").words == found


@pytest.fixture
def at(db) -> House:
    return house()


def _sent(at, text: str, **fields) -> Nomination:
    return make.nomination(at.movement, at.unit, state="submitted", achievement=text, **fields)


def test_one_that_is_sent_is_compared_with_all_before(at):
    first = _sent(at, f"{COPIED} {OWN}")
    comparing.compare(first.pk)
    later = _sent(at, COPIED)
    _sent(at, OWN)
    jobs.compare_dossier(later.pk)
    (line,) = Likeness.objects.all()
    assert (line.nomination, line.other, line.percent) == (later, first, 100)
    jobs.compare_dossier(later.pk)  # again: the same
    assert Likeness.objects.count() == 1


def test_sending_asks_for_the_comparison(at):
    nomination = make.nomination(at.movement, at.unit, state="draft", achievement=COPIED)
    nominations.add_link(
        by=nomination.created_by, nomination=nomination, caption="Ảnh", url="https://example.vn/a"
    )
    nomination.refresh_from_db()
    head = make.user(Role.UNIT_HEAD, at.unit)
    nominations.step(by=head, nomination=nomination, name="submit")
    asked = ProcrastinateJob.objects.filter(task_name=comparing.TASK, args__nomination_id=nomination.pk)
    assert asked.count() == 1


def test_all_against_all_finds_what_one_by_one_finds(at):
    source = random.Random(7)
    vocabulary = [f"chữ{n}" for n in range(300)]
    texts = [source.choices(vocabulary, k=80) for _ in range(30)]
    for place in range(10, 30, 2):
        texts[place][5:45] = texts[place - 10][5:45]
    made = [_sent(at, " ".join(words)) for words in texts]
    _draft = make.nomination(at.movement, at.unit, achievement=" ".join(texts[0]))
    for nomination in made:
        comparing.compare(nomination.pk)
    one_by_one = set(Likeness.objects.values_list("nomination", "other", "percent"))
    assert len(one_by_one) >= 10
    Likeness.objects.all().delete()
    comparing.Fingerprint.objects.all().delete()
    assert comparing.compare_all() == len(one_by_one)
    assert set(Likeness.objects.values_list("nomination", "other", "percent")) == one_by_one


def test_a_text_that_was_changed_is_compared_anew_at_night(at):
    first, later = _sent(at, COPIED), _sent(at, COPIED)
    assert comparing.compare_all() == 1
    Nomination.objects.filter(pk=later.pk).update(achievement=OWN, version=2)
    jobs.compare_all(timestamp=0)
    assert not Likeness.objects.exists()
    assert comparing.refresh_fingerprints() == 0
    assert first.pk < later.pk


def test_many_copies_of_one_text_are_all_shown_beside_the_earliest(at, monkeypatch):
    monkeypatch.setattr(comparing, "EARLIEST", 3)
    made = [_sent(at, COPIED) for _ in range(8)]
    comparing.compare_all()
    shown = set(Likeness.objects.values_list("nomination", flat=True))
    assert shown == {nomination.pk for nomination in made[1:]}
    monkeypatch.setattr(comparing, "EARLIEST", 0)  # the control: no holder, no pair
    comparing.compare_all()
    assert not Likeness.objects.exists()


def test_departments_are_not_compared_with_each_other(at):
    other = house()
    first = _sent(at, COPIED)
    comparing.compare(first.pk)
    foreign = _sent(other, COPIED)
    comparing.compare(foreign.pk)
    comparing.compare_all()
    assert not Likeness.objects.exists()


def _repeated(at):
    """A dossier of the unit that repeats one of another unit, which the appraiser's office does not see."""
    office = make.body(parent=at.department, kind=BodyKind.OFFICE)
    elsewhere = make.body(parent=at.department, kind=BodyKind.UNIT)
    earlier = make.nomination(at.movement, elsewhere, state="submitted", achievement=f"{COPIED} {OWN}")
    later = _sent(at, COPIED)
    Appraisal.objects.create(nomination=later, office=office, due_on="2026-12-01")
    comparing.compare_all()
    return office, earlier, later


def test_who_judges_reads_the_passages_and_nobody_else(at):
    office, earlier, later = _repeated(at)
    page = to("repeat", later.pk, earlier.pk)
    appraiser = as_(make.user(Role.APPRAISER, office))
    assert "100%" in body(appraiser.get(later.get_absolute_url()))
    words = body(appraiser.get(page))
    assert "tách riêng khu xét nghiệm" in words
    assert "mười hai bản xa" not in words  # what only the other has
    assert "mười hai bản xa" in body(as_(at.clerk).get(page))  # the standing office reads both
    unit_side = as_(make.user(Role.UNIT_HEAD, at.unit))
    assert unit_side.get(page).status_code == 403
    assert "trung-lap" not in body(unit_side.get(later.get_absolute_url()))
    assert as_(make.user(Role.EMPLOYEE, at.unit)).get(page).status_code == 404
    assert appraiser.get(to("repeat", later.pk, later.pk)).status_code == 404


def test_twin_without_the_rule_the_unit_reads_the_other_dossier(at, monkeypatch):
    _office, earlier, later = _repeated(at)
    monkeypatch.setattr(access, "must_judge_the_text", lambda _user, _nomination: None)
    unit_side = as_(make.user(Role.UNIT_HEAD, at.unit))
    assert unit_side.get(to("repeat", later.pk, earlier.pk)).status_code == 200
