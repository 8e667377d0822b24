"""The audit chain: nothing is written without a trace, and no trace can be changed unseen (H1-H3)."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from tests import factories as make

from guong.base import audit
from guong.base.access import Role
from guong.base.models import AuditEntry, AuditSeal, Person
from guong.base.workflow import act


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_table_is_guarded(db):
    assert audit.audited_tables()
    assert audit.unguarded_tables() == []


def test_switched_off_trigger_is_reported(db):
    sql("ALTER TABLE base_person DISABLE TRIGGER guong_audit_update")
    assert audit.unguarded_tables() == ["base_person"]


def test_every_model_of_ours_is_audited_or_listed_as_not(db):
    with connection.cursor() as cursor:
        ours = {
            name
            for name in connection.introspection.table_names(cursor)
            if name.split("_")[0] in {"base", "regulations", "plans", "movements", "records", "awards"}
        }
    assert ours == {*audit.audited_tables(), *audit.UNAUDITED, "base_audithead"}


def test_raw_sql_leaves_a_trace(chain):
    person = make.person()
    before = AuditEntry.objects.count()
    sql("UPDATE base_person SET birth_year = 1970 WHERE id = %s", person.pk)
    sql("DELETE FROM base_person WHERE id = %s", person.pk)
    traces = list(AuditEntry.objects.order_by("pk")[before:].values_list("operation", "row"))
    assert traces == [("update", person.pk), ("delete", person.pk)]


def test_bulk_write_leaves_one_entry_a_row(chain):
    Person.objects.bulk_create([Person(name=f"Người {number}") for number in range(20)])
    assert AuditEntry.objects.filter(table="base_person", operation="insert").count() == 20
    assert AuditSeal.objects.count() == 1


def test_change_that_changes_nothing_leaves_no_entry(chain):
    person = make.person()
    before = AuditEntry.objects.count()
    sql("UPDATE base_person SET birth_year = birth_year WHERE id = %s", person.pk)
    assert AuditEntry.objects.count() == before


def test_rolled_back_write_leaves_no_trace(chain):
    with pytest.raises(RuntimeError), act(None, "try"):
        make.person()
        raise RuntimeError
    assert not AuditEntry.objects.exists()
    assert audit.verify() == []


def test_personal_values_stay_out_of_the_trail(chain):
    make.person("Trần Thị Kín", birth_year=1971)
    details = str(list(AuditEntry.objects.filter(table="base_person").values_list("detail", flat=True)))
    assert "Kín" not in details
    assert "1971" not in details
    assert "birth_year" in details


def test_passwords_stay_out_of_the_trail(chain):
    account = make.user()
    details = str(list(AuditEntry.objects.filter(table="base_user").values_list("detail", flat=True)))
    assert account.password not in details


@pytest.fixture
def long_chain(chain):
    """Some forty transactions of different size."""
    department = make.department()
    for number in range(12):
        with act(make.user(Role.UNIT_CLERK, department), "grow"):
            for _person in range(1 + number % 3):
                make.employ(make.person(), make.unit(department))
    assert audit.verify() == []
    return AuditSeal.objects.count()


def test_unchanged_chain_holds_and_its_head_is_the_last_seal(long_chain):
    number, digest = audit.head()
    last = AuditSeal.objects.latest("number")
    assert (number, digest) == (last.number, last.hash)
    assert number == long_chain


FORGERIES = {
    "detail of an entry": 'UPDATE base_auditentry SET detail = \'{"name": "khác"}\' WHERE id = %s',
    "actor of an entry": "UPDATE base_auditentry SET actor = coalesce(actor, 0) + 1 WHERE id = %s",
    "time of an entry": "UPDATE base_auditentry SET at = at - interval '1 day' WHERE id = %s",
    "row of an entry": "UPDATE base_auditentry SET row = row + 1 WHERE id = %s",
    "operation of an entry": "UPDATE base_auditentry SET operation = 'nothing' WHERE id = %s",
    "hash of an entry": "UPDATE base_auditentry SET hash = repeat('a', 64) WHERE id = %s",
    "entry moved to another transaction": (
        "UPDATE base_auditentry SET txid = (SELECT txid FROM base_auditseal ORDER BY number DESC LIMIT 1)"
        " WHERE id = %s AND txid <> (SELECT txid FROM base_auditseal ORDER BY number DESC LIMIT 1)"
    ),
    "entry deleted": "DELETE FROM base_auditentry WHERE id = %s",
}


@pytest.mark.parametrize("statement", FORGERIES.values(), ids=FORGERIES)
def test_every_forged_entry_is_found(long_chain, statement):
    drawn = random.Random(7)
    ids = list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))[:-8]
    for pk in drawn.sample(ids, 6):
        with pytest.raises(RolledBack), rolled_back():
            sql(statement, pk)
            assert audit.verify() != []
    assert audit.verify() == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM base_auditseal WHERE number = 5",
        "UPDATE base_auditseal SET hash = repeat('b', 64) WHERE number = 5",
        "UPDATE base_auditseal SET previous = repeat('b', 64) WHERE number = 5",
        "UPDATE base_auditseal SET entries = entries + 1 WHERE number = 5",
        "UPDATE base_auditseal SET number = 100000 WHERE number = 5",
        "DELETE FROM base_auditseal WHERE number = (SELECT max(number) FROM base_auditseal)",
        "DELETE FROM base_auditseal WHERE number = 1",
    ],
)
def test_every_forged_seal_is_found(long_chain, statement):
    with pytest.raises(RolledBack), rolled_back():
        sql(statement)
        assert audit.verify() != []


def test_recomputed_entry_is_still_found_by_its_seal(long_chain):
    """A forger who also recomputes the hash of the entry is betrayed by the seal of its transaction."""
    pk = AuditEntry.objects.order_by("pk")[3].pk
    with pytest.raises(RolledBack), rolled_back():
        sql(
            "UPDATE base_auditentry SET actor = 99, hash ="
            ' guong_entry_hash(txid, at, 99, "table", row, operation, detail) WHERE id = %s',
            pk,
        )
        assert audit.verify() != []


def test_without_the_link_to_the_one_before_a_forger_stays_unseen(long_chain):
    """The twin: hashes that stand alone are simply recomputed, so it is the link that betrays the forger."""
    pk = AuditEntry.objects.order_by("pk")[3].pk
    with pytest.raises(RolledBack), rolled_back():
        sql(
            "UPDATE base_auditentry SET actor = 99, hash ="
            ' guong_entry_hash(txid, at, 99, "table", row, operation, detail) WHERE id = %s',
            pk,
        )
        assert all(found.entry is None for found in audit.verify())  # each entry by itself fits again


class RolledBack(Exception):
    """Ends a forgery."""


class rolled_back:
    """Everything inside is undone, seen by `pytest.raises(RolledBack)`."""

    def __enter__(self):
        connection.set_autocommit(False)

    def __exit__(self, kind, value, trace):
        connection.rollback()
        connection.set_autocommit(True)
        if kind is None:
            raise RolledBack


@pytest.mark.parametrize("table", ["base_auditentry", "base_auditseal", "base_audithead", "base_logentry"])
def test_trail_and_log_are_append_only_for_the_web(table):
    assert table in audit.APPEND_ONLY
