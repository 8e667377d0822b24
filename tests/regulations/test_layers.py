"""The road of a layer, who walks it, and that a text in force is never changed (D-22)."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from guong.base.entry import AlreadyDone
from guong.base.models import LogEntry
from guong.base.workflow import Refused, take
from guong.law import shipped_layers
from guong.regulations.actions import layers
from guong.regulations.flow import LAYER_STEPS
from guong.regulations.here import law_of, national_law
from guong.regulations.models import Layer
from guong.regulations.reading import unreadable
from tests.regulations.house import SIGNED, cap, draft, house, in_force, paper, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return house()


def switch_off(trigger: str) -> None:
    """For the rest of the test, which rolls back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE regulations_layer DISABLE TRIGGER {trigger}")


def test_the_shipped_example_goes_the_whole_road(at):
    words = shipped_layers()["an-binh-2025"].read_text(encoding="utf-8")
    layer = draft(at, words)
    assert (layer.state, layer.code, layer.decision) == ("draft", "an-binh-2025", "31/2025/QĐ-UBND")
    assert {"deadline.yearly", "LDTT.individual.merit"} <= set(layer.speaks_of)
    assert law_of(at.root) is national_law()
    layers.put_in_force(layer, by=at.leader)
    assert law_of(at.root).value("deadline.yearly", date(2026, 11, 1)).value == "10/12"
    assert [entry.action for entry in LogEntry.objects.about(layer)] == ["put_in_force", "import_layer"]


def test_law_of_is_one_object_as_long_as_nothing_changes(at):
    in_force(at)
    assert law_of(at.root) is law_of(at.root)
    assert law_of(at.unit) is law_of(at.root), "nothing of its own lies over the unit"


@pytest.mark.parametrize("who", ["office", "admin", "nurse"])
def test_only_the_leader_puts_in_force(at, who):
    layer = draft(at)
    with pytest.raises(Refused, match="Chỉ lãnh đạo"):
        layers.put_in_force(layer, by=getattr(at, who))
    assert law_of(at.root) is national_law()
    layers.put_in_force(layer, by=at.leader)
    assert cap(law_of(at.root)) == 30


@pytest.mark.parametrize("who", ["leader", "nurse"])
def test_only_keepers_import(at, who):
    with pytest.raises(Refused, match="Chỉ quản trị hoặc bộ phận thường trực"):
        layers.import_layer(
            by=getattr(at, who), applies_to=at.root, text=text(), name="x", signed_on=SIGNED, key=uuid.uuid4()
        )
    assert not Layer.objects.exists()


def test_without_the_signed_decision_it_stays_a_draft_for_the_database_too(at):
    layer = draft(at, pdf=False)
    with pytest.raises(Refused, match="Đính kèm quyết định đã ký"):
        layers.put_in_force(layer, by=at.leader)
    with pytest.raises(IntegrityError, match="layer_in_force_has_its_decision"), transaction.atomic():
        Layer.objects.filter(pk=layer.pk).update(state="in_force")
    layers.attach(layer, paper(), by=at.office)
    layers.put_in_force(layer, by=at.leader)


def test_what_is_no_pdf_is_not_attached(at):
    layer = draft(at, pdf=False)
    with pytest.raises(Refused, match="PDF"):
        layers.attach(layer, ContentFile(b"<html>", "x.pdf"), by=at.office)
    layer.refresh_from_db()
    assert layer.file is None


def test_the_same_form_sent_twice_makes_one_layer(at):
    key = uuid.uuid4()
    send = {"by": at.office, "applies_to": at.root, "name": "x", "signed_on": SIGNED, "key": key}
    made = layers.import_layer(text=text(), **send)
    with pytest.raises(AlreadyDone, match=made.get_absolute_url()):
        layers.import_layer(text=text("b"), **send)


def test_a_code_is_used_once(at):
    draft(at)
    with pytest.raises(Refused, match="Mã cap đã dùng"):
        draft(at)
    with pytest.raises(IntegrityError, match="layer_code_once"), transaction.atomic():
        Layer.objects.create(
            department=at.root, applies_to=at.root, code="cap", name="x", decision="x", signed_on=SIGNED,
            since=SIGNED, text="x", digest="x",
        )  # fmt: skip


CHANGES = [
    {"text": "khác"}, {"digest": "0"}, {"decision": "9/QĐ"}, {"signed_on": date(2025, 1, 1)},
    {"since": date(2020, 1, 1)}, {"until": date(2030, 1, 1)}, {"speaks_of": []}, {"code": "y"},
    {"name": "Y"}, {"state": "draft"},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_text_in_force_is_never_changed(at, change):
    layer = in_force(at)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Layer.objects.filter(pk=layer.pk).update(**change)
    with pytest.raises(Refused, match="Chỉ sửa được bản nháp"):
        layers.rewrite(layer, text=text(cap=5), signed_on=SIGNED, version=layer.version, by=at.office)


def test_twin_without_the_trigger_the_law_of_a_department_changes_behind_its_back(at):
    layer = in_force(at)
    switch_off("guong_layer_holds")
    Layer.objects.filter(pk=layer.pk).update(text=text(cap=5), digest="anders")
    layer.refresh_from_db()
    assert "value: 5" in layer.text


def test_a_layer_is_never_deleted(at):
    layer = draft(at)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        layer.delete()


def test_a_draft_is_rewritten_and_a_stale_form_is_told(at):
    layer = draft(at)
    layers.rewrite(layer, text=text(cap=25), signed_on=SIGNED, version=1, by=at.office)
    with pytest.raises(Refused, match="sửa"):
        layers.rewrite(layer, text=text(cap=26), signed_on=SIGNED, version=1, by=at.admin)
    layers.put_in_force(layer, by=at.leader)
    assert cap(law_of(at.root)) == 25


def test_a_later_decision_of_the_same_place_prevails(at):
    in_force(at, text("a", 30), signed=date(2025, 12, 1))
    in_force(at, text("b", 20), signed=date(2025, 3, 1))
    assert cap(law_of(at.root)) == 30, "whichever was put in force last"
    in_force(at, text("c", 10), signed=date(2026, 1, 5))
    assert cap(law_of(at.root)) == 10


def test_two_decisions_of_one_day_about_the_same_are_refused(at):
    in_force(at, text("a", 30))
    other = draft(at, text("b", 20))
    with pytest.raises(Refused, match=r"a/QĐ-SYT, ký cùng ngày, cũng quy định caps\.CSTDCS\.of_LDTT"):
        layers.put_in_force(other, by=at.leader)
    in_force(at, text("c", None, more="  votes.quorum: {value: 70, source: c, confidence: text}\n"))
    in_force(at, text("d", 20, since="2024-01-01", to="2024-12-31"))
    assert Layer.objects.of_law().count() == 3, "of one day, but about something else or other days"


def test_twin_without_the_rule_and_the_trigger_two_caps_hold_at_once(at, monkeypatch):
    in_force(at, text("a", 30))
    other = draft(at, text("b", 20))
    monkeypatch.setitem(vars(LAYER_STEPS["put_in_force"]), "when", ())
    with pytest.raises(Refused, match="cùng nội dung"):
        layers.put_in_force(other, by=at.leader)
    switch_off("guong_layer_clash")
    layers.put_in_force(other, by=at.leader)
    assert Layer.objects.of_law().on(date(2026, 1, 1)).count() == 2


def test_a_unit_lays_down_for_itself_and_never_against_its_department(at):
    own = text("bv", None, more="  processing.refusal_notice: {value: 4, source: bv, confidence: text}\n")
    in_force(at, own, to=at.unit)
    day = date(2026, 3, 1)
    assert law_of(at.unit).value("processing.refusal_notice", day).value == 4
    assert law_of(at.root).value("processing.refusal_notice", day).value != 4
    in_force(at, text("a", 30))
    with pytest.raises(Refused, match="đơn vị không quy định khác được"):
        in_force(at, text("bv2", 50), to=at.unit, signed=date(2026, 2, 2))
    assert cap(law_of(at.unit)) == 30


def test_what_a_department_lays_down_later_prevails_over_its_unit(at):
    in_force(at, text("bv", 50), to=at.unit, signed=date(2026, 2, 2))
    in_force(at, text("a", 30))
    assert cap(law_of(at.unit)) == 30


def test_an_ended_layer_keeps_the_days_it_had(at):
    layer = in_force(at)
    with pytest.raises(Refused, match="Ngày cuối phải nằm trong"):
        layers.end(layer, last_day=date(2024, 12, 31), reason="thay", by=at.leader)
    with pytest.raises(Refused, match="lý do"):
        layers.end(layer, last_day=date(2026, 6, 30), reason=" ", by=at.leader)
    layer.refresh_from_db()
    assert layer.ended_on is None, "all or nothing"
    with pytest.raises(Refused, match="Chỉ lãnh đạo"):
        layers.end(layer, last_day=date(2026, 6, 30), reason="thay", by=at.office)
    layers.end(layer, last_day=date(2026, 6, 30), reason="thay bằng quyết định khác", by=at.leader)
    law = law_of(at.root)
    assert (cap(law, date(2026, 6, 30)), cap(law, date(2026, 7, 1))) == (30, 100)
    in_force(at, text("b", 20, since="2026-07-01"))
    assert cap(law_of(at.root), date(2026, 7, 1)) == 20


def test_a_withdrawn_layer_never_applied(at):
    layer = in_force(at)
    take(LAYER_STEPS["withdraw"], layer, by=at.leader, note="đưa nhầm")
    assert law_of(at.root) is national_law()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Layer.objects.filter(pk=layer.pk).update(state="in_force")


def test_a_layer_the_law_data_cannot_read_is_found_by_the_check(at):
    layer = draft(at)
    assert unreadable() == []
    Layer.objects.filter(pk=layer.pk).update(text=text().replace("caps.CSTDCS.of_LDTT", "caps.gone"))
    layer.refresh_from_db()
    with pytest.raises(Refused, match=r"caps\.gone"):
        layers.put_in_force(layer, by=at.leader)
    Layer.objects.filter(pk=layer.pk).update(state="in_force")
    assert len(unreadable()) == 1
