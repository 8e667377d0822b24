"""What a confirmed plan keeps of its content: every change in it, and everything the next reading needs."""

from __future__ import annotations

import pytest

from guong import planreader
from guong.planreader import codec
from guong.plans import actions
from guong.plans.models import LegalDocument, Plan
from guong.plans.reading.content import canonical, drop, put
from tests import factories as make
from tests.plans import readings

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


def confirmed(department, office, values=None, omit=(), **found) -> Plan:
    reading = readings.reading(department, office, readings.plan(**found))
    reading.edits = {"values": values or {}, "omit": list(omit)}
    reading.save()
    return actions.confirm(office, reading)


def test_content_is_the_whole_plan_of_the_reader(department, office):
    plan = confirmed(department, office)
    assert codec.dump(codec.load(planreader.Plan, plan.content)) == plan.content
    assert plan.content["number"] == "31/KH-SYT"


def test_changes_are_in_the_content_in_the_readers_types(department, office):
    make.unit(department, "Bệnh viện Mắt An Bình")
    values = {
        "title": "Thi đua cuối năm", "period.end": "31/12/2026", "movements[0].quota.individuals": "12",
        "deadlines[0].strict": "", "deadlines[0].bodies": "Bệnh viện Mắt An Bình", "year": "2027",
        "assignments[0].tasks[0]": "Theo dõi hằng tuần.", "movements[0].route": "ad_hoc",
    }  # fmt: skip
    content = confirmed(department, office, values).content
    assert content["title"] == "Thi đua cuối năm"
    assert content["period"] == {"start": "2026-10-01", "end": "2026-12-31"}
    assert content["movements"][0]["quota"]["individuals"] == 12
    assert content["movements"][0]["ad_hoc"] is True
    assert content["deadlines"][0]["strict"] is False
    assert content["deadlines"][0]["bodies"] == "Bệnh viện Mắt An Bình"
    assert content["assignments"][0]["tasks"] == ["Theo dõi hằng tuần."]
    assert content["year"] == "2027"


def test_what_was_left_out_is_not_in_the_content(department, office):
    content = confirmed(department, office, omit=["movements[0]", "targets[0]"]).content
    assert content["movements"] == content["targets"] == []


def test_put_and_drop_know_lists_and_missing_objects():
    content: dict = {"movements": [{"name": "a"}, {"name": "b"}], "event": {"name": "x"}}
    put(content, "period.start", "2026")
    put(content, "movements[1].quota.collectives", 3)
    drop(content, "movements[0]")
    drop(content, "event")
    assert content == {
        "movements": [{"name": "b", "quota": {"collectives": 3}}], "event": None, "period": {"start": "2026"},
    }  # fmt: skip


def test_canonical_fills_in_what_is_missing_and_keeps_what_was_chosen():
    content = canonical({"title": "A", "deadlines": [{"on": "2026-01-01", "bodies": "X"}]})
    assert content["movements"] == []
    assert content["deadlines"] == [
        {"on": "2026-01-01", "what": None, "by": None, "to": None, "strict": False, "bodies": "X"}
    ]


def test_a_plan_is_in_the_register_and_knows_its_parents_and_children(department, office):
    above = confirmed(department, office, number="20/KH-SYT", issued_on="2026-03-16")
    basis = {"kind": "Kế hoạch", "number": "20/KH-SYT", "issued_on": "2026-03-16"}
    below = confirmed(department, office, legal_bases=[basis])
    assert list(below.parents()) == [above]
    assert list(above.children()) == [below]
    assert above.document.subject == above.title


def test_a_document_cited_before_its_plan_came_becomes_its_entry(department, office):
    cited = LegalDocument.objects.create(
        department=department, kind="Kế hoạch", number="31/KH-SYT", issued_on="2026-09-28"
    )
    assert confirmed(department, office).document == cited


def test_the_same_plan_from_another_file_is_not_kept_twice(department, office):
    confirmed(department, office)
    other = readings.reading(department, office)
    assert any("31/KH-SYT" in said for said in actions.what_would_be_created(other)["problems"])


def test_the_issuing_body_is_found_by_its_name_and_nobody_for_a_plan_from_above(department, office):
    assert confirmed(department, office, issuer=department.name).body == department
    make.body("Ủy ban nhân dân tỉnh An Bình", "province", inside=False)
    above = confirmed(department, office, number="9/KH-UBND", issuer="Ủy ban nhân dân tỉnh An Bình")
    assert above.body is None
