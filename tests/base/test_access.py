"""Scope: one truth for an object and for a list, read from grants in force."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories as make

from guong.base.access import Role, any_of
from guong.base.models import Body, BodyKind, Grant, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


def test_no_condition_means_nothing_never_everything(department):
    assert Body.objects.exists()
    assert not Body.objects.filter(any_of([])).exists()


def test_role_reaches_its_body_and_everything_below(department):
    unit, other = make.unit(department), make.unit(department)
    section = make.section(unit)
    scope = make.user(Role.UNIT_HEAD, unit).scope
    assert scope.holds(unit, Role.UNIT_HEAD)
    assert scope.holds(section, Role.UNIT_HEAD)
    assert not scope.holds(other, Role.UNIT_HEAD)
    assert not scope.holds(department, Role.UNIT_HEAD)
    assert not scope.holds(None, Role.UNIT_HEAD)
    assert not scope.holds(unit, Role.UNIT_CLERK)


def test_list_filter_and_object_check_agree_for_every_body(department):
    units = [make.unit(department) for _number in range(4)]
    for unit in units:
        make.section(make.section(unit))
    scope = make.user(Role.UNIT_CLERK, units[1]).scope
    for role in Role.values:
        listed = set(Body.objects.filter(scope.within("parent", role)).values_list("pk", flat=True))
        held = {body.pk for body in Body.objects.all() if scope.holds(body.parent, role)}
        assert listed == held


def test_path_of_one_body_is_no_prefix_of_a_stranger(department):
    """/1/2/ must not reach /1/23/: paths end with a slash."""
    first = make.unit(department)
    stranger = make.unit(department)
    Body.objects.filter(pk=stranger.pk).update(path=f"{first.path[:-1]}9/")
    stranger.refresh_from_db()
    assert not make.user(Role.UNIT_HEAD, first).scope.holds(stranger, Role.UNIT_HEAD)


@pytest.mark.parametrize(
    ("begin", "end", "holds"),
    [(-10, None, True), (-10, -1, False), (-10, 0, True), (1, None, False), (0, 0, True)],
)
def test_grant_holds_on_its_days(department, begin, end, holds):
    today = timezone.localdate()
    account = make.user()
    make.grant(
        account, Role.LEADER, department, valid_from=today + timedelta(days=begin),
        valid_to=None if end is None else today + timedelta(days=end),
    )  # fmt: skip
    assert account.scope.has(Role.LEADER) is holds


def test_standing_office_reaches_the_department_only_from_the_office_named(department):
    officer = make.standing_officer(department)
    unit = make.unit(department)
    assert officer.scope.holds(unit, Role.STANDING_OFFICE)
    elsewhere = make.user(Role.STANDING_OFFICE, make.office("Phòng khác", department))
    assert not elsewhere.scope.has(Role.STANDING_OFFICE)


def test_closed_account_holds_nothing(department):
    account = make.user(Role.LEADER, department)
    User.objects.filter(pk=account.pk).update(is_active=False)
    account = User.objects.get(pk=account.pk)
    assert account.scope.holdings == ()


def test_tree_of_another_department_is_not_seen(department):
    foreign = make.unit(make.department("Sở khác"))
    clerk = make.user(Role.UNIT_CLERK, make.unit(department))
    seen = Body.objects.visible_to(clerk)
    assert department in seen
    assert foreign not in seen


def test_central_bodies_are_seen_by_everybody_with_a_role(department):
    ministry = make.body("Bộ Y tế", BodyKind.CENTRAL, inside=False)
    assert ministry in Body.objects.visible_to(make.user(Role.EMPLOYEE, department))
    assert not Body.objects.visible_to(make.user()).exists()


def test_grants_of_strangers_are_not_seen(department):
    foreign = make.user(Role.UNIT_HEAD, make.unit(make.department("Sở khác")))
    administrator = make.user(Role.ADMINISTRATOR, department)
    assert not Grant.objects.visible_to(administrator).filter(user=foreign).exists()
