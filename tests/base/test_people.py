"""People and employments: who enters and moves them, homonyms, what is seen."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories as make

from guong.base.access import Role
from guong.base.actions.people import (
    EDITABLE,
    add_employment,
    edit_person,
    end_employment,
    make_person,
    move_person,
)
from guong.base.entry import AlreadyDone, stamp
from guong.base.models import Employment, LogEntry, Person
from guong.base.workflow import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def unit(department):
    return make.unit(department, "Bệnh viện A")


@pytest.fixture
def other(department):
    return make.unit(department, "Bệnh viện B")


@pytest.fixture
def clerk(unit):
    return make.user(Role.UNIT_CLERK, unit)


def work(body, **fields):
    return {"body": body, "post": "Y sĩ", "category": "VC", "valid_from": make.LONG_AGO} | fields


def form_of(body, **fields):
    return {
        "name": "Trần Thị Lụa", "birth_year": "1985", "body": body.pk, "post": "Y sĩ", "category": "VC",
        "valid_from": "01/03/2026", "key": str(uuid.uuid4()),
    } | fields  # fmt: skip


def test_clerk_enters_a_person_of_the_own_unit(unit, clerk):
    made = make_person({"name": "Lê Thị  Én"}, work(unit), by=clerk, key=uuid.uuid4())
    assert made in Person.objects.visible_to(clerk)
    assert LogEntry.objects.about(made).get().by == clerk


def test_clerk_enters_nobody_elsewhere(other, clerk):
    with pytest.raises(Refused):
        make_person({"name": "X"}, work(other), by=clerk, key=uuid.uuid4())
    assert not Employment.objects.filter(body=other).exists()
    assert LogEntry.objects.get(by=clerk).refused


def test_person_sent_twice_is_entered_once(unit, clerk):
    key = uuid.uuid4()
    make_person({"name": "X"}, work(unit), by=clerk, key=key)
    with pytest.raises(AlreadyDone):
        make_person({"name": "X"}, work(unit), by=clerk, key=key)
    assert Person.objects.filter(name="X").count() == 1


def test_namesake_must_be_confirmed_and_stays_another_person(client, unit, clerk):
    first = make.person("Trần Thị Lụa", birth_year=1970)
    make.employ(first, unit)
    client.force_login(clerk)
    asked = client.post("/nguoi/moi/", form_of(unit))
    assert asked.status_code == 422
    assert "1970" in asked.content.decode()
    assert Person.objects.filter(name="Trần Thị Lụa").count() == 1
    client.post("/nguoi/moi/", form_of(unit, another="on"))
    assert Person.objects.filter(name="Trần Thị Lụa").count() == 2


def test_namesake_in_a_hidden_unit_is_counted_not_shown(client, unit, other, clerk):
    make.employ(make.person("Tran Thi Lua", birth_year=1970), other)
    client.force_login(clerk)
    page = client.post("/nguoi/moi/", form_of(unit)).content.decode()
    assert "1970" not in page
    assert "Còn 1 người cùng tên" in page


def test_clerk_sees_own_people_only(client, unit, other, clerk):
    mine, foreign = make.person("Người Nhà"), make.person("Người Ngoài")
    make.employ(mine, unit)
    make.employ(foreign, other)
    client.force_login(clerk)
    page = client.get("/nguoi/").content.decode()
    assert "Người Nhà" in page
    assert "Người Ngoài" not in page
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(foreign.get_absolute_url()).status_code == 404


def test_employee_does_not_list_people_but_sees_oneself(client, unit):
    me = make.user(Role.EMPLOYEE, unit)
    make.employ(me.person, unit)
    client.force_login(me)
    assert client.get("/nguoi/").status_code == 403
    assert client.get(me.person.get_absolute_url()).status_code == 200


def test_list_of_people_is_searched_without_diacritics_and_by_unit(client, department, unit, other):
    administrator = make.user(Role.ADMINISTRATOR, department)
    make.employ(make.person("Đặng Thị Mười"), unit)
    make.employ(make.person("Đặng Văn Tám"), other)
    client.force_login(administrator)
    by_name = client.get("/nguoi/", {"q": "muoi dang"}).content.decode()
    assert "Đặng Thị Mười" in by_name
    assert "Đặng Văn Tám" not in by_name
    by_unit = client.get("/nguoi/", {"unit": other.pk}).content.decode()
    assert "Đặng Văn Tám" in by_unit
    assert "Đặng Thị Mười" not in by_unit


def test_list_of_people_costs_the_same_for_one_and_many(client, department, unit, count_queries):
    administrator = make.user(Role.ADMINISTRATOR, department)
    client.force_login(administrator)
    make.employ(make.person(), unit)
    with count_queries() as few:
        client.get("/nguoi/")
    for _number in range(30):
        make.employ(make.person(), make.section(unit))
    with count_queries() as many:
        client.get("/nguoi/")
    assert len(many) == len(few) <= 12


def test_moved_person_keeps_the_earlier_post(unit, clerk):
    person = make.person()
    old = make.employ(person, unit)
    section = make.section(unit)
    today = timezone.localdate()
    new = move_person(old, work(section, valid_from=today), by=clerk, key=uuid.uuid4())
    assert person.employment_on(today) == new
    assert person.employment_on(today - timedelta(days=1)) == old


def test_clerk_moves_nobody_into_another_unit(unit, other, clerk):
    old = make.employ(make.person(), unit)
    with pytest.raises(Refused):
        move_person(old, work(other, valid_from=timezone.localdate()), by=clerk, key=uuid.uuid4())
    old.refresh_from_db()
    assert old.valid_to is None


def test_second_post_stands_beside_the_first(unit, clerk):
    person = make.person()
    make.employ(person, unit)
    add_employment(person, work(unit, post="Chủ tịch Công đoàn"), by=clerk, key=uuid.uuid4())
    assert person.employments.in_force().count() == 2


def test_leaver_is_hidden_from_the_clerk_and_kept_for_the_administrator(department, unit, clerk):
    person = make.person()
    last = make.employ(person, unit)
    end_employment(last, day=timezone.localdate() - timedelta(days=1), by=clerk)
    assert person not in Person.objects.visible_to(clerk)
    assert person in Person.objects.visible_to(make.user(Role.ADMINISTRATOR, department))


def test_employment_cannot_end_before_it_began(unit, clerk):
    last = make.employ(make.person(), unit)
    with pytest.raises(Refused):
        end_employment(last, day=last.valid_from - timedelta(days=1), by=clerk)


def test_personal_data_are_mended_where_the_person_works(unit, other, clerk):
    person = make.person("Lê Thi Hoa")
    make.employ(person, unit)
    values = {"name": "Lê Thị Hoa", "birth_year": 1990, "gender": "f", "staff_code": None}
    stranger = make.user(Role.UNIT_CLERK, other)
    with pytest.raises(Refused):
        edit_person(person, values, seen=stamp(person, EDITABLE), by=stranger)
    edit_person(person, values, seen=stamp(person, EDITABLE), by=clerk)
    person.refresh_from_db()
    assert (person.name, person.name_fold) == ("Lê Thị Hoa", "le thi hoa")


def test_edit_on_an_old_view_keeps_what_was_typed(client, unit, clerk):
    person = make.person("Lê Thị Hoa")
    make.employ(person, unit)
    client.force_login(clerk)
    page = f"/nguoi/{person.pk}/sua/"
    seen = stamp(person, EDITABLE)
    client.post(page, {"name": "Lê Thị Huệ", "version": seen})
    answer = client.post(page, {"name": "Lê Thị Hồng", "version": seen})
    assert answer.status_code == 422
    assert "Lê Thị Hồng" in answer.content.decode()
    person.refresh_from_db()
    assert person.name == "Lê Thị Huệ"
