"""One world for all tests of this folder: made once, never changed by them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from guong.base.access import Role
from guong.base.models import User
from tests import factories as make
from tests.security import world as world_
from tests.security.addresses import Visitor


@pytest.fixture
def world(db):
    """Two departments; `here` is the one whose records the matrix asks for."""
    here, there = world_.department("Sở A", units=3), world_.department("Sở B", units=2)
    return SimpleNamespace(here=here, there=there)


@pytest.fixture
def visitors(world):
    """Everybody the matrix knows, by name."""
    elsewhere = world.here.units[1]
    accounts = dict(world.here.users)
    accounts["no role"] = make.user()
    accounts["unit_head of another unit"] = make.user(Role.UNIT_HEAD, elsewhere)
    accounts["unit_clerk of another unit"] = make.user(Role.UNIT_CLERK, elsewhere)
    accounts["standing_office of another department"] = world.there.users[Role.STANDING_OFFICE]
    accounts["administrator of another department"] = world.there.users[Role.ADMINISTRATOR]
    found = {str(name): Visitor(account) for name, account in accounts.items()}
    closed = make.user(Role.ADMINISTRATOR, world.here.root)
    found["closed account"] = Visitor(closed)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    found["anonymous"] = Visitor()
    return found
