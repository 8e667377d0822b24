"""The log page: for administrators, inspectors and auditors; filters; the state of the chain (K-03, J-09)."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests import factories as make

from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import act, record_refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def unit(department):
    return make.unit(department, "Bệnh viện Mắt")


@pytest.fixture
def clerk(unit):
    return make.user(Role.UNIT_CLERK, unit, make.person("Đỗ Thị Sim"))


@pytest.fixture
def read_log(client, department):
    """Reads the log as an inspector, with filters."""
    client.force_login(make.user(Role.INSPECTOR, department))
    return lambda **filters: client.get("/nhat-ky/", filters).content.decode()


def write(by, body, note):
    with act(by, "edit_body") as log:
        log.about(body, note=note)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.INSPECTOR, Role.AUDITOR])
def test_log_is_read_by_those_who_watch(client, department, role):
    client.force_login(make.user(role, department))
    assert client.get("/nhat-ky/").status_code == 200


@pytest.mark.parametrize("role", [Role.UNIT_CLERK, Role.LEADER, Role.EMPLOYEE])
def test_log_is_closed_to_others_with_a_sentence(client, department, role):
    client.force_login(make.user(role, department))
    answer = client.get("/nhat-ky/")
    assert answer.status_code == 403
    assert "Chỉ quản trị, thanh tra, kiểm toán" in answer.content.decode()


def test_log_shows_who_did_what_about_what(read_log, unit, clerk):
    write(clerk, unit, "một ghi chú")
    shown = read_log()
    for words in ("Đỗ Thị Sim", "sửa thông tin tổ chức", "Bệnh viện Mắt", "một ghi chú"):
        assert words in shown


def test_log_is_filtered_by_person_act_day_and_refusal(read_log, department, unit, clerk):
    other = make.user(Role.UNIT_CLERK, make.unit(department), make.person("Hà Văn Báo"))
    write(clerk, unit, "của Sim")
    write(other, unit, "của Báo")
    record_refusal("close_body", unit, clerk, "không được đóng")
    assert "của Báo" not in read_log(who="do thi sim")
    assert "của Sim" in read_log(who="do thi sim")
    assert "của Sim" not in read_log(refused="on")
    assert "không được đóng" in read_log(refused="on")
    assert "không được đóng" not in read_log(action="edit_body")
    assert "của Sim" not in read_log(end="01/01/2020")
    assert "của Sim" in read_log(begin=f"{timezone.localdate():%d/%m/%Y}")


def test_log_of_another_department_is_not_shown(read_log):
    foreign = make.unit(make.department("Sở khác"))
    write(make.user(Role.UNIT_CLERK, foreign), foreign, "việc nhà người")
    assert "việc nhà người" not in read_log()


def test_log_costs_the_same_for_one_and_many(client, department, unit, clerk, count_queries):
    client.force_login(make.user(Role.AUDITOR, department))
    write(clerk, unit, "")
    write(clerk, clerk, "")
    client.get("/nhat-ky/")  # kinds of records are looked up once per process
    with count_queries() as few:
        client.get("/nhat-ky/")
    for number in range(20):
        write(make.user(Role.UNIT_CLERK, unit), unit, str(number))
        write(clerk, make.user(Role.UNIT_CLERK, unit), str(number))
    with count_queries() as many:
        client.get("/nhat-ky/")
    assert len(many) == len(few) <= 12


def test_verifying_the_chain_answers_and_is_logged(client, department):
    auditor = make.user(Role.AUDITOR, department)
    client.force_login(auditor)
    answer = client.post("/nhat-ky/kiem-tra/", follow=True)
    assert answer.status_code == 200
    assert "Chuỗi" in answer.content.decode()
    assert LogEntry.objects.filter(by=auditor, action="verify_chain").exists()
