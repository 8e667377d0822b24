"""Whose answers a layer would change: right numbers, names only for those who may see them (D-22, D5)."""

from __future__ import annotations

import uuid
from datetime import date
from html import unescape

import pytest
from django.test import Client

from guong.base.models import Job
from guong.base.workflow import Refused
from guong.records.actions import effects
from guong.records.actions.entries import enter
from guong.records.models import Rating
from guong.regulations.access import must_work_on_layers
from guong.regulations.actions import layers
from tests import factories as make
from tests.regulations.house import draft, house, text

pytestmark = pytest.mark.django_db
STRICT = """layer: {code: chat, vi: Quy định chặt, decision: 1/QĐ, from: 2026-01-01, to: open}
rules:
  LDTT:
    individual:
      merit:
        source: 1/QĐ
        confidence: text
        all:
          - {is: rating, at_least: HTXS}
"""


@pytest.fixture
def at():
    """Of four employees one is excellent, one good, one did just enough, of one nothing is known."""
    found = house()
    for name, level in (("An", "HTXS"), ("Bình", "HTT"), ("Chi", "HT"), ("Dung", "")):
        person = make.person(f"Lê Thị {name}")
        make.employ(person, found.unit)
        if level:
            line = {"year": 2025, "level": level, "decision_number": ""}
            enter(Rating, person, line, by=found.office, key=uuid.uuid4())
    return found


def page(user, layer, status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/so-khen-thuong/quy-dinh-rieng/{layer.pk}/")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_the_answer_of_the_good_one_changes_and_no_other(at):
    layer = draft(at, STRICT)
    job = effects.start(layer, at.office)
    job.refresh_from_db()
    found = effects.result(job)
    assert (job.state, found.year, found.digest) == ("done", 2025, layer.digest)
    assert found.counts() == [("LDTT", "open", "not_eligible", 1)]


def test_names_are_for_the_standing_office_numbers_for_those_who_decide(at):
    layer = draft(at, STRICT)
    effects.start(layer, at.admin)
    for user in (at.admin, at.leader):
        seen = page(user, layer)
        assert "Kết quả thay đổi với 1 trong" in seen
        assert "Lê Thị Bình" not in seen
        assert "Chỉ bộ phận thường trực xem được tên" in seen
    assert "Lê Thị Bình" in page(at.office, layer)
    page(at.nurse, layer, 404)
    page(house("Sở Y tế Tân Phú").leader, layer, 404)


def test_the_result_carries_the_mark_of_unverified_law(at):
    layer = draft(at, STRICT.replace("2026-01-01", "2026-10-01"))
    effects.start(layer, at.office)
    assert "Chưa kiểm chứng." in page(at.office, layer)


def test_whoever_only_reads_the_law_starts_nothing(at):
    layer = draft(at, STRICT)
    with pytest.raises(Refused, match="Chỉ quản trị, bộ phận thường trực và lãnh đạo"):
        effects.start(layer, at.nurse)
    assert not Job.objects.filter(kind=effects.KIND).exists()
    assert must_work_on_layers(at.leader, layer) is None


def test_figures_alone_change_nobody(at):
    layer = draft(at, text())
    assert "không ai đổi kết quả" in page(at.office, layer)
    with pytest.raises(Refused, match="chỉ ghi số liệu"):
        effects.start(layer, at.office)


def test_a_draft_changed_since_is_said_to_be_worked_out_again(at):
    layer = draft(at, STRICT)
    effects.start(layer, at.office)
    looser = STRICT.replace("HTXS", "HT")
    layers.rewrite(layer, text=looser, signed_on=date(2026, 1, 1), version=1, by=at.office)
    assert "Bản nháp đã sửa từ lúc tính" in page(at.office, layer)


def test_work_killed_and_run_again_gives_one_result(at):
    layer = draft(at, STRICT)
    job = effects.start(layer, at.office)
    Job.objects.filter(pk=job.pk).update(state="running", done=1, file=None)
    effects.work(job.pk)
    effects.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 4)


def test_a_units_layer_is_asked_of_its_own_people_only(at):
    other = make.person("Lê Thị Én")
    make.employ(other, make.unit(at.root, "Trung tâm"))
    line = {"year": 2025, "level": "HTT", "decision_number": ""}
    enter(Rating, other, line, by=at.office, key=uuid.uuid4())
    job = effects.start(draft(at, STRICT, to=at.unit), at.office)
    job.refresh_from_db()
    assert effects.result(job).counts() == [("LDTT", "open", "not_eligible", 1)]
