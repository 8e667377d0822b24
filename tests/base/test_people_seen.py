"""Who sees which people: the filter of the lists against the rule for one person, in worlds drawn by lot."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone
from tests import factories as make

from guong.base.access import SECTOR_READERS, Role
from guong.base.models import Person, User
from guong.base.models.people import EmploymentQuerySet

pytestmark = pytest.mark.django_db
UNIT_SIDE = {Role.UNIT_HEAD, Role.UNIT_CLERK, Role.SECTION_HEAD}
SECTOR_SIDE = {Role.ADMINISTRATOR, *SECTOR_READERS}


def drawn_world(seed: int) -> list[User]:
    """Two departments; people with no, one or several posts, past ones too; accounts of every role."""
    lot, today = random.Random(seed), timezone.localdate()
    places = []
    for root in (make.department(), make.department("Sở Y tế Bình Yên")):
        units = [make.unit(root) for _ in range(3)]
        places += [root, root.department.standing_office, *units, *(make.section(unit) for unit in units)]
    for _ in range(40):
        who = make.person()
        for _ in range(lot.choice((0, 1, 1, 2, 3))):
            begins = today + timedelta(days=lot.choice((-900, -400, -1, 0, 30)))
            ends = begins + timedelta(days=lot.choice((0, 1, 399, 400, 2000)))
            make.employ(who, lot.choice(places), valid_from=begins, valid_to=lot.choice((None, ends)))
    people = list(Person.objects.all())
    accounts = [User.objects.create_user(f"khong-ho-so-{seed}"), make.user(who=people.pop())]
    for role in Role.values:
        accounts.append(make.user(role, lot.choice(places), people.pop(0) if lot.random() < 0.5 else None))
    for account in accounts[::3]:
        make.grant(account, lot.choice(Role.values), lot.choice(places))
    return accounts


def sees(user: User, who: Person) -> bool:
    """The rule for one person, written a second time."""
    today = timezone.localdate()
    for work in who.employments.all():
        roles = {held.role for held in user.scope.holdings if work.body.path.startswith(held.path)}
        in_force = work.valid_from <= today <= (work.valid_to or today)
        if roles & SECTOR_SIDE or (in_force and roles & UNIT_SIDE):
            return True
    return who.pk == user.person_id


def differences(accounts: list[User]) -> list[str]:
    people = Person.objects.prefetch_related("employments__body")
    found = []
    for user in accounts:
        listed = list(Person.objects.visible_to(user).values_list("pk", flat=True))
        assert len(listed) == len(set(listed))
        found += [f"{who.pk} by {user}" for who in people if sees(user, who) != (who.pk in listed)]
    return found


@pytest.mark.parametrize("seed", range(4))
def test_lists_of_people_follow_the_rule(seed):
    assert differences(drawn_world(seed)) == []


def test_without_the_days_a_leaver_is_seen_by_the_unit(monkeypatch):
    """The twin."""
    accounts = drawn_world(0)
    monkeypatch.setattr(EmploymentQuerySet, "in_force", lambda self, day=None: self)
    assert differences(accounts)


def test_the_filter_may_be_narrowed_excluded_and_ordered():
    accounts = drawn_world(1)
    for user in accounts:
        seen = {who.pk for who in Person.objects.all() if sees(user, who)}
        listed = Person.objects.visible_to(user)
        assert listed.filter(Q(name="") | Q(pk__in=seen)).count() == len(seen)
        assert Person.objects.exclude(pk__in=listed).count() == Person.objects.count() - len(seen)
        assert listed.by_name().count() == len(list(listed.by_name()[:500]))
