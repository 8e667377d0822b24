"""The tree of bodies: making, moving, renaming, closing, merging, splitting; history stays (K-18)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests import factories as make

from guong.base.access import Role
from guong.base.actions.organisation import (
    EDITABLE,
    close_body,
    correct_name,
    edit_body,
    make_body,
    rename_body,
)
from guong.base.actions.reorganisation import merge_bodies, split_body
from guong.base.entry import AlreadyDone, stamp
from guong.base.models import Body, BodyChange, BodyKind, Employment, Grant, LogEntry, User
from guong.base.workflow import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
NAMES = ("name", "short_name")


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def administrator(department):
    return make.user(Role.ADMINISTRATOR, department)


def values_of(body, **changed):
    return {name: getattr(body, name) for name in EDITABLE} | changed


def edit(body, by, **changed):
    return edit_body(body, values_of(body, **changed), seen=stamp(body, EDITABLE), by=by)


def test_new_body_stands_below_its_parent(department, administrator):
    values = {
        "code": "BV9", "name": "Bệnh viện Mắt", "short_name": "BV Mắt", "kind": BodyKind.UNIT,
        "parent": department, "valid_from": DAY,
    }  # fmt: skip
    made = make_body(values, by=administrator, key=uuid.uuid4())
    assert made.path == f"{department.path}{made.pk}/"
    assert LogEntry.objects.about(made).get().action == "make_body"


def test_form_sent_twice_makes_one_body(department, administrator):
    key = uuid.uuid4()
    values = {"code": "BV9", "name": "Mắt", "kind": BodyKind.UNIT, "parent": department, "valid_from": DAY}
    made = make_body(values, by=administrator, key=key)
    with pytest.raises(AlreadyDone) as again:
        make_body({**values, "code": "BV10"}, by=administrator, key=key)
    assert again.value.url == made.get_absolute_url()
    assert not Body.objects.filter(code="BV10").exists()


def test_stranger_is_refused_and_the_refusal_is_kept(department):
    clerk = make.user(Role.UNIT_CLERK, make.unit(department))
    values = {"code": "X", "name": "X", "kind": BodyKind.UNIT, "parent": department, "valid_from": DAY}
    with pytest.raises(Refused):
        make_body(values, by=clerk, key=uuid.uuid4())
    entry = LogEntry.objects.get(by=clerk)
    assert entry.refused
    assert entry.note


def test_moving_a_body_rewrites_every_path_below(department, administrator):
    old, new = make.unit(department), make.unit(department)
    section = make.section(old)
    team = make.section(section)
    edit(section, administrator, parent=new)
    section.refresh_from_db()
    team.refresh_from_db()
    assert section.path == f"{new.path}{section.pk}/"
    assert team.path == f"{section.path}{team.pk}/"
    assert [body.pk for body in Body.objects.under(new).order_by("path")] == [new.pk, section.pk, team.pk]


def test_body_cannot_stand_below_itself(department, administrator):
    unit = make.unit(department)
    section = make.section(unit)
    with pytest.raises(Refused, match=section.name):
        edit(unit, administrator, parent=section)
    unit.refresh_from_db()
    assert unit.parent == department


def test_edit_on_an_old_view_is_refused(department, administrator):
    unit = make.unit(department)
    seen = stamp(unit, EDITABLE)
    edit(unit, administrator, tier=1)
    unit.refresh_from_db()
    with pytest.raises(Refused):
        edit_body(unit, values_of(unit, tier=2), seen=seen, by=administrator)
    unit.refresh_from_db()
    assert unit.tier == 1


def test_renamed_body_keeps_its_old_name_for_old_papers(department, administrator):
    unit = make.unit(department, "Trung tâm Y tế huyện")
    rename_body(
        unit, name="Trung tâm Y tế khu vực", short_name="TTYT KV", day=DAY, decision="12/QĐ-UBND",
        seen=stamp(unit, NAMES), by=administrator,
    )  # fmt: skip
    unit.refresh_from_db()
    assert unit.name == "Trung tâm Y tế khu vực"
    assert unit.name_on(DAY) == "Trung tâm Y tế khu vực"
    assert unit.name_on(DAY - timedelta(days=1)) == "Trung tâm Y tế huyện"
    assert unit.name_on(date(1990, 1, 1)) == "Trung tâm Y tế huyện"


def test_two_renamings_keep_both_names_in_order(department, administrator):
    unit = make.unit(department, "Một")
    for name, day in (("Hai", date(2020, 1, 1)), ("Ba", date(2024, 1, 1))):
        rename_body(
            unit, name=name, short_name="", day=day, decision="", seen=stamp(unit, NAMES), by=administrator
        )
        unit.refresh_from_db()
    years = {year: unit.name_on(date(year, 6, 1)) for year in (2019, 2021, 2025)}
    assert years == {2019: "Một", 2021: "Hai", 2025: "Ba"}


def test_name_cannot_begin_before_the_present_one(department, administrator):
    unit = make.unit(department)
    with pytest.raises(Refused):
        rename_body(
            unit, name="X", short_name="", day=unit.valid_from, decision="", seen=stamp(unit, NAMES),
            by=administrator,
        )  # fmt: skip
    assert not unit.names.exists()


def test_mended_misspelling_leaves_no_former_name(department, administrator):
    unit = make.unit(department, "Bệnh viên Mắt")
    correct_name(unit, name="Bệnh viện Mắt", short_name="", seen=stamp(unit, NAMES), by=administrator)
    unit.refresh_from_db()
    assert unit.name == "Bệnh viện Mắt"
    assert not unit.names.exists()


def test_body_with_people_or_sections_cannot_close(department, administrator):
    unit = make.unit(department)
    section = make.section(unit)
    work = make.employ(make.person(), section)
    with pytest.raises(Refused, match=section.name):
        close_body(unit, day=timezone.localdate(), decision="", by=administrator)
    with pytest.raises(Refused):
        close_body(section, day=timezone.localdate(), decision="", by=administrator)
    work.valid_to = DAY
    work.save()
    close_body(section, day=timezone.localdate(), decision="", by=administrator)
    close_body(unit, day=timezone.localdate(), decision="", by=administrator)
    unit.refresh_from_db()
    assert unit.valid_to == timezone.localdate()


def test_closing_ends_the_roles_on_the_body(department, administrator):
    unit = make.unit(department)
    clerk = make.user(Role.UNIT_CLERK, unit)
    close_body(unit, day=timezone.localdate() - timedelta(days=1), decision="", by=administrator)
    assert User.objects.get(pk=clerk.pk).scope.holdings == ()


def test_holder_of_the_standing_office_cannot_close(department, administrator):
    with pytest.raises(Refused):
        close_body(
            department.department.standing_office, day=timezone.localdate(), decision="", by=administrator
        )


def test_change_in_the_future_is_refused(department, administrator):
    unit = make.unit(department)
    with pytest.raises(Refused):
        close_body(unit, day=timezone.localdate() + timedelta(days=1), decision="", by=administrator)


@pytest.fixture
def merged(department, administrator):
    """Two hospitals merged into a third on DAY, with a section, a worker and a clerk in the first."""
    into, one, two = (make.unit(department, name) for name in ("Đích", "Một", "Hai"))
    section = make.section(one)
    work = make.employ(make.person(), one)
    in_section = make.employ(make.person(), section)
    clerk = make.user(Role.UNIT_CLERK, one)
    merge_bodies([one, two], into, day=DAY, decision="5/QĐ-UBND", carry_roles=True, by=administrator)
    return {
        "into": into, "one": one, "two": two, "section": section, "work": work, "in_section": in_section,
        "clerk": clerk,
    }  # fmt: skip


def test_merger_closes_the_sources_and_remembers_them(merged):
    changes = BodyChange.objects.filter(after=merged["into"], on=DAY)
    assert {change.before_id for change in changes} == {merged["one"].pk, merged["two"].pk}
    merged["one"].refresh_from_db()
    assert merged["one"].valid_to == DAY - timedelta(days=1)
    assert merged["one"] not in Body.objects.current()
    assert merged["one"] in Body.objects.on(DAY - timedelta(days=1))


def test_merger_moves_people_and_sections_with_dates(merged):
    merged["section"].refresh_from_db()
    assert merged["section"].parent == merged["into"]
    assert merged["section"].path.startswith(merged["into"].path)
    person = merged["work"].person
    assert person.employment_on(DAY).body == merged["into"]
    assert person.employment_on(DAY - timedelta(days=1)).body == merged["one"]
    assert merged["in_section"].person.employment_on(DAY).body == merged["section"]
    assert Employment.objects.filter(person=person).count() == 2


def test_merger_carries_roles_over_and_their_reach_includes_old_records(merged):
    clerk = User.objects.get(pk=merged["clerk"].pk)
    assert clerk.scope.holds(merged["into"], Role.UNIT_CLERK)
    assert clerk.scope.holds(Body.objects.get(pk=merged["one"].pk), Role.UNIT_CLERK)
    assert clerk.scope.holds(Body.objects.get(pk=merged["two"].pk), Role.UNIT_CLERK)


def test_heirs_of_an_heir_reach_every_earlier_body(department, administrator):
    last, middle, first = (make.unit(department, name) for name in ("Ba", "Hai", "Một"))
    merge_bodies([first], middle, day=DAY, decision="", carry_roles=False, by=administrator)
    merge_bodies(
        [middle], last, day=DAY + timedelta(days=30), decision="", carry_roles=False, by=administrator
    )
    clerk = make.user(Role.UNIT_CLERK, last)
    assert clerk.scope.holds(Body.objects.get(pk=first.pk), Role.UNIT_CLERK)


def test_merger_without_carrying_ends_the_roles(department, administrator):
    into, source = make.unit(department), make.unit(department)
    clerk = make.user(Role.UNIT_CLERK, source)
    merge_bodies([source], into, day=DAY, decision="", carry_roles=False, by=administrator)
    assert User.objects.get(pk=clerk.pk).scope.holdings == ()


def test_merger_never_grants_the_administrator_himself(department):
    into, source = make.unit(department), make.unit(department)
    administrator = make.user(Role.ADMINISTRATOR, department)
    make.grant(administrator, Role.UNIT_CLERK, source)
    merge_bodies([source], into, day=DAY, decision="", carry_roles=True, by=administrator)
    assert not Grant.objects.filter(user=administrator, body=into).exists()


def test_body_cannot_be_merged_into_its_own_section(department, administrator):
    unit = make.unit(department)
    section = make.section(unit)
    with pytest.raises(Refused):
        merge_bodies([unit], section, day=DAY, decision="", carry_roles=False, by=administrator)
    assert not BodyChange.objects.exists()


def test_closed_body_is_not_merged_again(merged, administrator):
    with pytest.raises(Refused):
        merge_bodies(
            [merged["one"]], merged["into"], day=DAY, decision="", carry_roles=False, by=administrator
        )


def test_split_takes_chosen_sections_and_people_along(department, administrator):
    unit = make.unit(department, "Trung tâm")
    goes, stays = make.section(unit), make.section(unit)
    moving, staying = make.employ(make.person(), unit), make.employ(make.person(), unit)
    made = split_body(
        unit, {"code": "N1", "name": "Bệnh viện mới", "short_name": ""}, children=[goes],
        employments=[moving], day=DAY, decision="7/QĐ", by=administrator, key=uuid.uuid4(),
    )  # fmt: skip
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.parent, stays.parent) == (made, unit)
    assert moving.person.employment_on(DAY).body == made
    assert staying.person.employment_on(DAY).body == unit
    assert BodyChange.objects.get().kind == BodyChange.Kind.SPLIT
    assert made.subordinate == unit.subordinate


def test_tree_page_costs_the_same_for_one_and_many_units(client, department, administrator, count_queries):
    client.force_login(administrator)
    with count_queries() as few:
        assert client.get("/to-chuc/").status_code == 200
    for _number in range(20):
        make.section(make.unit(department))
    with count_queries() as many:
        answer = client.get("/to-chuc/")
    assert answer.status_code == 200
    assert len(many) == len(few) <= 12


def test_body_page_shows_names_changes_and_people(client, merged, administrator):
    client.force_login(administrator)
    page = client.get(merged["into"].get_absolute_url()).content.decode()
    assert "5/QĐ-UBND" in page
    assert "Một" in page


def test_search_of_the_tree_needs_no_diacritics(client, department, administrator):
    make.unit(department, "Bệnh viện Phụ sản")
    client.force_login(administrator)
    assert "Bệnh viện Phụ sản" in client.get("/to-chuc/", {"q": "phu san"}).content.decode()


def test_form_keeps_what_was_typed_and_says_what_is_wrong(client, department, administrator):
    client.force_login(administrator)
    answer = client.post("/to-chuc/moi/", {"name": "Bệnh viện Tâm thần", "valid_from": "31/11/2026"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bệnh viện Tâm thần" in page
    assert "31/11/2026" in page
    assert not Body.objects.filter(name="Bệnh viện Tâm thần").exists()
