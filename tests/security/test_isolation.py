"""D2: 5,000 random accesses by random accounts to records they may not see, over every address there is.

Each must be answered as a record that does not exist is answered. The twin takes the filter of one kind
after the other away and must find a leak each time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from guong.base.models import Person
from guong.base.workflow import Step
from guong.records.views import books, entries
from tests.security import world as world_
from tests.security.addresses import VISIBLE_THROUGH, Address, OpenBook, UnitBook, Visitor, every, seen_by
from tests.security.matrix import ask

ACCESSES = 5000
EVERYBODY = {"portal:plan", "portal:plan_file"}  # published plans only; its own test is in tests/portal


@dataclass
class Strangers:
    """Accounts, records, and who may see which."""

    accounts: list[Any]
    records: dict[type, list[Any]]
    visitors: dict[int, Visitor] = field(default_factory=dict)
    seen: dict[tuple[int, type], set[int]] = field(default_factory=dict)

    def hidden_from(self, account: Any, kind: type) -> list[Any]:
        """Records of a kind this account may not see."""
        key = (account.pk, kind)
        if key not in self.seen:
            self.seen[key] = seen_by(account, kind)
        return [record for record in self.records[kind] if record.pk not in self.seen[key]]

    def visitor(self, account: Any) -> Visitor:
        """The account's session."""
        return self.visitors.setdefault(account.pk, Visitor(account))


@pytest.fixture
def strangers(world):
    """Every account of both departments, every record of both."""
    accounts = {
        account.pk: account for place in (world.here, world.there) for account in place.records[world_.User]
    }
    records = {kind: [*world.here.records[kind], *world.there.records[kind]] for kind in world_.KINDS}
    return Strangers(list(accounts.values()), records)


def private() -> list[Address]:
    """Addresses that name a record."""
    return [address for address in every() if address.kinds and address.name not in EVERYBODY]


def hidden_records(strangers: Strangers, account: Any, address: Address, drawn: random.Random) -> dict | None:
    """Arguments of which at least the last is hidden from the account; None when it sees them all."""
    *others, (last, kind) = address.kinds.items()
    hidden = strangers.hidden_from(account, kind)
    if not hidden:
        return None
    return {name: drawn.choice(strangers.records[other]) for name, other in others} | {
        last: drawn.choice(hidden)
    }


@lru_cache
def steps_of(address: Address) -> list[str]:
    """Names of the steps an address of this app could be asked to take."""
    app = f"guong.{address.name.split(':')[0]}"
    if find_spec(f"{app}.flow") is None:
        return [""]
    tables = [table for table in vars(import_module(f"{app}.flow")).values() if isinstance(table, dict)]
    return sorted({step.name for table in tables for step in table.values() if isinstance(step, Step)})


def leaks(strangers: Strangers, addresses: list[Address], accesses: int, seed: int = 2) -> list[str]:
    """Accesses answered otherwise than with what a missing record gets."""
    drawn, found, done = random.Random(seed), [], 0
    while done < accesses:
        account, address = drawn.choice(strangers.accounts), drawn.choice(addresses)
        records = hidden_records(strangers, account, address, drawn)
        if records is None:
            continue
        done += 1
        visitor, method = strangers.visitor(account), drawn.choice(("GET", "POST"))
        status = ask(visitor, method, address.url(records), {"step": drawn.choice(steps_of(address))})
        told_apart = status == "403" and ask(visitor, method, address.missing_url()) != "403"
        if told_apart or status not in {"404", "403", "405"}:
            found.append(f"{method} {address.url(records)} by {account.pk}: {status}")
    return found


def test_five_thousand_accesses_to_foreign_records_find_nothing(strangers):
    assert leaks(strangers, private(), ACCESSES) == []


FILTERED = [
    kind
    for kind in world_.KINDS
    if kind not in VISIBLE_THROUGH and kind not in (world_.Award, world_.Bonus, OpenBook, UnitBook)
]


@pytest.mark.parametrize("kind", FILTERED, ids=lambda kind: kind.__name__)
def test_filter_taken_away_is_found(strangers, monkeypatch, kind):
    """The twin: without `visible_to` of one kind, its addresses leak, and the search above sees it."""
    addresses = [address for address in private() if list(address.kinds.values())[-1] is kind]
    for account in strangers.accounts:
        strangers.hidden_from(account, kind)  # what the honest filter says, before it is taken away
    queryset = type(kind.objects.all())
    monkeypatch.setattr(queryset, "visible_to", lambda self, *_args, **_kwargs: self)
    assert leaks(strangers, addresses, 240) != []  # one step of twenty is one of these records


def test_books_open_to_everybody_are_found(strangers, monkeypatch):
    """The twin of the books, whose filter is a function and reaches further than the list of people."""
    addresses = [address for address in private() if list(address.kinds.values())[-1] is OpenBook]
    for account in strangers.accounts:
        strangers.hidden_from(account, OpenBook)
    for views in (books, entries):
        monkeypatch.setattr(views, "books_open_to", lambda _user: Person.objects.all())
    assert leaks(strangers, addresses, 240) != []


def test_every_kind_of_record_is_asked_for():
    asked = {kind for address in private() for kind in address.kinds.values()}
    assert asked >= {*FILTERED, *VISIBLE_THROUGH, OpenBook, UnitBook}


def test_nobody_of_one_department_sees_a_record_of_the_other(world):
    """The filters themselves, kind by kind: what the accesses above rest on."""
    for account in world.here.records[world_.User]:  # as a request meets them: nothing remembered
        for kind in world_.KINDS:
            foreign = {record.pk for record in world.there.records[kind]}
            assert not foreign & seen_by(account, kind), (account, kind)
