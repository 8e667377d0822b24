"""Accounts and roles: granted, lent, ended, closed; nobody grants oneself (K-01, K-19)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests import factories as make

from guong.base.access import Role
from guong.base.actions import grants as grants_
from guong.base.actions.accounts import close_account, make_account, renew_password, reopen_account
from guong.base.actions.department import EDITABLE, set_department
from guong.base.actions.grants import delegate, end_grant, grant_role
from guong.base.entry import stamp
from guong.base.models import Body, Department, Grant, LogEntry, User
from guong.base.waiting import waiting_for
from guong.base.workflow import Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def unit(department):
    return make.unit(department)


@pytest.fixture
def administrator(department):
    return make.user(Role.ADMINISTRATOR, department)


@pytest.fixture
def worker(unit):
    """An account without roles, of somebody who works in the unit."""
    account = make.user()
    make.employ(account.person, unit)
    return account


def fresh(account):
    return User.objects.get(pk=account.pk)


def give(account, role, body, by, **fields):
    fields = {"begin": TODAY(), "end": None, "reason": ""} | fields
    return grant_role(account, role, body, **fields, by=by, key=uuid.uuid4())


def lend(grant, to, by, **fields):
    fields = {"begin": TODAY(), "end": TODAY() + timedelta(days=5), "reason": "nghỉ phép"} | fields
    return delegate(grant, to, **fields, by=by, key=uuid.uuid4())


def test_granted_role_works_from_the_next_request_on(worker, unit, administrator):
    give(worker, Role.UNIT_CLERK, unit, administrator)
    assert fresh(worker).scope.holds(unit, Role.UNIT_CLERK)
    assert "đầu mối" in LogEntry.objects.about(worker).first().note


def test_nobody_grants_oneself_and_the_try_is_kept(unit, administrator):
    with pytest.raises(Refused):
        give(administrator, Role.UNIT_HEAD, unit, administrator)
    assert not fresh(administrator).scope.has(Role.UNIT_HEAD)
    assert LogEntry.objects.get(by=administrator).refused


def test_without_the_rule_one_would_grant_oneself(monkeypatch, unit, administrator):
    monkeypatch.setattr(grants_, "must_be_able_to_grant", lambda *_: None)
    give(administrator, Role.UNIT_HEAD, unit, administrator)
    assert fresh(administrator).scope.has(Role.UNIT_HEAD)


def test_administrator_of_one_unit_grants_nothing_in_another(department, unit, worker):
    other = make.unit(department)
    local = make.user(Role.ADMINISTRATOR, other)
    with pytest.raises(Refused):
        give(worker, Role.UNIT_CLERK, unit, local)
    assert fresh(worker).scope.holdings == ()


@pytest.mark.parametrize("role", [Role.LEADER, Role.SECTION_HEAD, Role.STANDING_OFFICE])
def test_role_is_refused_on_a_body_where_it_means_nothing(role, worker, unit, administrator):
    with pytest.raises(Refused):
        give(worker, role, unit, administrator)
    assert not Grant.objects.filter(user=worker).exists()


def test_standing_office_is_granted_on_its_holder(department, worker, administrator):
    give(worker, Role.STANDING_OFFICE, department.department.standing_office, administrator)
    assert fresh(worker).scope.holds(department, Role.STANDING_OFFICE)


def test_ended_role_is_gone_at_once_even_on_its_first_day(worker, unit, administrator):
    made = give(worker, Role.UNIT_CLERK, unit, administrator)
    end_grant(made, note="chuyển việc", by=administrator)
    assert fresh(worker).scope.holdings == ()


def test_role_of_the_future_holds_later(worker, unit, administrator):
    give(worker, Role.UNIT_CLERK, unit, administrator, begin=TODAY() + timedelta(days=1))
    assert fresh(worker).scope.holdings == ()
    assert Grant.objects.in_force(TODAY() + timedelta(days=1)).filter(user=worker).exists()


def test_last_administrator_stays(department, administrator):
    other = make.user(Role.ADMINISTRATOR, department)
    end_grant(other.grants.get(), note="", by=administrator)
    with pytest.raises(Refused):
        end_grant(administrator.grants.get(), note="", by=administrator)
    assert fresh(administrator).scope.has(Role.ADMINISTRATOR)


def test_without_the_rule_the_last_administrator_would_go(monkeypatch, administrator):
    monkeypatch.setattr(grants_, "must_leave_an_administrator", lambda _: None)
    end_grant(administrator.grants.get(), note="", by=administrator)
    assert not Grant.objects.in_force().filter(role=Role.ADMINISTRATOR).exists()


def test_administrator_for_a_time_does_not_count_as_the_last_one(department, administrator):
    make.grant(make.user(), Role.ADMINISTRATOR, department, valid_to=TODAY() + timedelta(days=3))
    with pytest.raises(Refused):
        end_grant(administrator.grants.get(), note="", by=administrator)


def test_lent_role_holds_between_its_days(unit, worker):
    head = make.user(Role.UNIT_HEAD, unit)
    made = lend(head.grants.get(), worker, head)
    assert fresh(worker).scope.holds(unit, Role.UNIT_HEAD)
    assert not Grant.objects.in_force(made.valid_to + timedelta(days=1)).filter(user=worker).exists()


def test_lent_role_is_not_lent_further(unit, worker):
    head = make.user(Role.UNIT_HEAD, unit)
    made = lend(head.grants.get(), worker, head)
    with pytest.raises(Refused):
        lend(made, make.user(), worker)


@pytest.mark.parametrize(
    ("begin", "end"), [(-1, 5), (0, 40)], ids=["in the past", "longer than one holds it"]
)
def test_role_is_not_lent_wider_than_held(unit, worker, begin, end):
    head = make.user()
    held = make.grant(head, Role.UNIT_HEAD, unit, valid_to=TODAY() + timedelta(days=30))
    with pytest.raises(Refused):
        lend(held, worker, head, begin=TODAY() + timedelta(days=begin), end=TODAY() + timedelta(days=end))


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.ADMINISTRATOR])
def test_personal_duty_is_not_lent(department, worker, role):
    holder = make.user(role, department)
    with pytest.raises(Refused):
        lend(holder.grants.get(), worker, holder)


def test_somebody_elses_role_is_not_lent(unit, worker):
    head = make.user(Role.UNIT_HEAD, unit)
    with pytest.raises(Refused):
        lend(head.grants.get(), worker, worker)
    assert fresh(worker).scope.holdings == ()


def test_lent_role_falls_with_the_one_it_came_from(unit, worker, administrator):
    head = make.user(Role.UNIT_HEAD, unit)
    lend(head.grants.get(), worker, head)
    end_grant(head.grants.get(), note="", by=administrator)
    assert fresh(worker).scope.holdings == ()


def test_holder_takes_back_what_was_lent(unit, worker):
    head = make.user(Role.UNIT_HEAD, unit)
    end_grant(lend(head.grants.get(), worker, head), note="về sớm", by=head)
    assert fresh(worker).scope.holdings == ()
    assert fresh(head).scope.has(Role.UNIT_HEAD)


def test_closed_account_is_out_at_once_with_all_it_lent(client, unit, worker, administrator):
    head = make.user(Role.UNIT_HEAD, unit)
    lend(head.grants.get(), worker, head)
    client.force_login(head)
    assert client.get("/viec/").status_code == 200
    close_account(head, note="nghỉ hưu", by=administrator)
    assert client.get("/viec/").status_code == 302
    assert fresh(worker).scope.holdings == ()


def test_reopened_account_has_no_roles(unit, administrator):
    head = make.user(Role.UNIT_HEAD, unit)
    close_account(head, note="", by=administrator)
    reopen_account(head, note="nhầm", by=administrator)
    assert fresh(head).is_active
    assert fresh(head).scope.holdings == ()


def test_nobody_closes_oneself(administrator):
    with pytest.raises(Refused):
        close_account(administrator, note="", by=administrator)


def test_new_account_must_change_its_password(unit, administrator):
    person = make.person("Mai Thị Hương")
    make.employ(person, unit)
    made, password = make_account(person, "huong.mt", "", by=administrator, key=uuid.uuid4())
    assert made.check_password(password)
    assert made.must_change_password


def test_account_is_made_by_the_administrator_of_the_unit_only(department, unit):
    person = make.person()
    make.employ(person, unit)
    for stranger in (make.user(Role.UNIT_CLERK, unit), make.user(Role.ADMINISTRATOR, make.unit(department))):
        with pytest.raises(Refused):
            make_account(person, "x", "", by=stranger, key=uuid.uuid4())
    assert not User.objects.filter(person=person).exists()


def test_password_is_shown_once_and_a_repeat_shows_the_account(client, unit, administrator):
    person = make.person("Mai Thị Hương")
    make.employ(person, unit)
    client.force_login(administrator)
    form = {"username": "huong.mt", "key": str(uuid.uuid4())}
    first = client.post(f"/nguoi/{person.pk}/tai-khoan/", form)
    made = User.objects.get(username="huong.mt")
    shown = next(word for word in first.content.decode().replace("<", " ").replace(">", " ").split()
                 if word.count("-") == 3 and made.check_password(word))  # fmt: skip
    assert first["Cache-Control"].endswith("no-store")
    again = client.post(f"/nguoi/{person.pk}/tai-khoan/", form)
    assert again.status_code == 302
    assert shown not in client.get(again.url).content.decode()


def test_renewed_password_ends_open_sessions(client, unit, worker, administrator):
    client.force_login(worker)
    assert client.get("/viec/").status_code == 200
    password = renew_password(worker, by=administrator)
    assert client.get("/viec/").status_code == 302
    assert fresh(worker).check_password(password)


def test_standing_office_moves_with_the_setting(department, administrator):
    old = department.department
    officer = make.standing_officer(department)
    office = make.office("Văn phòng Sở", department)
    values = {name: getattr(old, name) for name in EDITABLE} | {"standing_office": office}
    set_department(old, values, seen=stamp(old, EDITABLE), by=administrator)
    assert fresh(officer).scope.holdings == ()
    successor = make.user(Role.STANDING_OFFICE, office)
    assert fresh(successor).scope.holds(department, Role.STANDING_OFFICE)


def test_settings_page_is_for_the_administrator(client, department, administrator):
    page = f"/to-chuc/{department.pk}/thiet-dat/"
    client.force_login(make.standing_officer(department))
    assert client.get(page).status_code == 403
    client.force_login(administrator)
    settings = Department.objects.get(body=department)
    form = {name: settings.serializable_value(name) for name in EDITABLE}
    answer = client.post(page, form | {"comment_days": 7, "version": stamp(settings, EDITABLE)})
    assert answer.status_code == 302
    settings.refresh_from_db()
    assert settings.comment_days == 7


def test_administrator_is_told_of_leavers_who_can_still_log_in(unit, worker, administrator):
    assert waiting_for(administrator) == []
    worker.person.employments.update(valid_to=TODAY() - timedelta(days=1))
    [task] = waiting_for(administrator)
    assert str(worker) in task.reason
    close_account(worker, note="", by=administrator)
    assert waiting_for(administrator) == []


def test_accounts_of_another_department_are_not_there(client, administrator):
    foreign = make.department("Sở Y tế tỉnh khác")
    stranger = make.user(Role.UNIT_HEAD, make.unit(foreign))
    client.force_login(administrator)
    assert stranger.username not in client.get("/vai-tro/").content.decode()
    assert client.get(stranger.get_absolute_url()).status_code == 404


def test_list_of_accounts_costs_the_same_for_one_and_many(client, unit, administrator, count_queries):
    client.force_login(administrator)
    make.user(Role.UNIT_CLERK, unit)
    with count_queries() as few:
        client.get("/vai-tro/")
    for _number in range(20):
        make.user(Role.UNIT_CLERK, unit)
    with count_queries() as many:
        page = client.get("/vai-tro/")
    assert page.status_code == 200
    assert len(many) == len(few) <= 12


def test_pages_of_roles_work_from_grant_to_end(client, unit, worker, administrator):
    client.force_login(administrator)
    form = {"role": "unit_clerk", "body": unit.pk, "begin": f"{TODAY():%d/%m/%Y}", "key": str(uuid.uuid4())}
    assert client.post(f"/vai-tro/{worker.pk}/cap/", form).status_code == 302
    grant = worker.grants.get()
    assert unit.name in client.get(worker.get_absolute_url()).content.decode()
    assert client.post(f"/vai-tro/quyen/{grant.pk}/thoi/", {"note": ""}).status_code == 422
    assert client.post(f"/vai-tro/quyen/{grant.pk}/thoi/", {"note": "xong"}).status_code == 302
    assert fresh(worker).scope.holdings == ()


def test_holder_lends_and_ends_on_the_own_page(client, unit, worker):
    head = make.user(Role.UNIT_HEAD, unit)
    client.force_login(head)
    grant = head.grants.get()
    last = TODAY() + timedelta(days=2)
    form = {
        "to": worker.pk, "begin": f"{TODAY():%d/%m/%Y}", "end": f"{last:%d/%m/%Y}", "reason": "họp",
        "key": str(uuid.uuid4()),
    }  # fmt: skip
    assert client.post(f"/vai-tro/quyen/{grant.pk}/uy-quyen/", form).status_code == 302
    lent = Grant.objects.get(delegated_from=grant)
    assert str(worker) in client.get(head.get_absolute_url()).content.decode()
    assert client.post(f"/vai-tro/quyen/{lent.pk}/thoi/", {"note": "về"}).status_code == 302
    assert fresh(worker).scope.holdings == ()


def test_only_people_below_can_stand_in(unit, department, worker):
    outsider = make.user()
    make.employ(outsider.person, make.unit(department))
    head = make.user(Role.UNIT_HEAD, unit)
    offered = grants_.may_receive(head.grants.select_related("body__parent").get())
    assert worker in offered
    assert outsider not in offered


def test_grant_on_a_closed_body_is_refused(unit, worker, administrator):
    Body.objects.filter(pk=unit.pk).update(valid_to=date(2020, 1, 1))
    with pytest.raises(Refused):
        give(worker, Role.UNIT_CLERK, Body.objects.get(pk=unit.pk), administrator)
