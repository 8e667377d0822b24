"""The demo: a whole province, loaded once, with something to do for every role."""

from __future__ import annotations

import pytest
from django.db import transaction

from guong.awards.models import Award, Decision, Nomination
from guong.base.access import Role
from guong.base.models import Body, Grant, Person, User
from guong.plans.models import Plan, PlanDraft
from guong.site import demo
from guong.site.home import waiting_for
from guong.site.search import hits

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker):
    """Loaded once for all tests here, and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert demo.load()
        yield
        transaction.set_rollback(True)


def test_province_has_the_size_it_promises(province):
    assert Body.objects.filter(in_sector=True).count() == 60
    assert Body.objects.filter(subordinate=True).count() < 60, "two denominators, not one"
    assert Person.objects.count() >= 6000
    assert Plan.objects.filter(draft=None).count() == 5
    assert {*PlanDraft.objects.values_list("state", flat=True)} >= {
        "draft",
        "submitted",
        "returned",
        "numbered",
    }
    assert Plan.objects.filter(draft__parent__isnull=False).count() == 4, "units' own plans"
    years = set(Decision.objects.filter(state=Decision.State.ISSUED).values_list("year", flat=True))
    assert len(years - {2026}) == 10
    assert Award.objects.count() > 2000


def test_loading_again_changes_nothing(province):
    before = (Person.objects.count(), Nomination.objects.count())
    assert not demo.load()
    assert (Person.objects.count(), Nomination.objects.count()) == before


def test_every_role_has_an_account(province):
    names = [login.username for login in demo.LOGINS]
    played = set(Grant.objects.filter(user__username__in=names).values_list("role", flat=True))
    assert played == set(Role.values)


@pytest.mark.parametrize("login", demo.LOGINS, ids=lambda login: login.username)
def test_work_waits_for(province, login):
    assert waiting_for(User.objects.get(username=login.username))


def test_nominations_stand_at_every_stage_of_the_road(province):
    states = set(Nomination.objects.values_list("state", flat=True))
    assert {
        "draft",
        "with_head",
        "returned",
        "submitted",
        "appraised",
        "listed",
        "tabled",
        "chosen",
    } <= states


@pytest.mark.parametrize(
    ("query", "words"),
    [("thay thuoc", "Thầy thuốc"), ("quyet dinh 2", "02/QĐ-SYT"), ("phan bich thao", "Thảo")],
)
def test_search_finds(province, query, words):
    found = hits(User.objects.get(username="thuongtruc"), query)
    titles = [f"{hit.title} {hit.detail}" for _kind, _label, group in found for hit in group]
    assert any(words in title for title in titles)


def test_nobody_but_the_logins_can_log_in(province):
    names = {login.username for login in demo.LOGINS}
    others = User.objects.exclude(username__in=names)
    assert not any(account.has_usable_password() for account in others)
