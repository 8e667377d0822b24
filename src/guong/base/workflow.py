"""The only way a record changes state, and the only way anything is written: locked, checked, logged, told.

`take()` moves a record along its table of steps. `act()` wraps every other named write. Both tell the
database who acts, so that the audit trail names a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from guong.base.models import LogEntry, OnceToken, User

Rule = Callable[[User, Any], str | None]  # None: fine. A sentence: why not.
step_taken = Signal()  # sent after commit: record, step, by


class Refused(Exception):
    """A write was not allowed; str() is what the user reads."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of a process table: from where, to where, who may, when it may, what follows."""

    name: str
    label: Any  # lazy translation: the words on the button
    source: tuple[str, ...]
    target: str
    who: tuple[Rule, ...]
    when: tuple[Rule, ...] = ()
    then: Callable[[Any, User], None] | None = None
    needs_note: bool = False


@dataclass
class Log:
    """Collects what one act did; written with the act, in the same transaction."""

    by: User | None
    action: str
    entries: list[LogEntry] = field(default_factory=list)

    def about(self, record: Any, *, note: str = "", before: str = "", after: str = "") -> None:
        """Add one line to the record's timeline."""
        self.entries.append(
            LogEntry(by=self.by, action=self.action, record=record, note=note, before=before, after=after)
        )


@contextmanager
def act(by: User | None, action: str) -> Iterator[Log]:
    """A named write: one transaction, the actor known to the database, the log written at the end."""
    with transaction.atomic():
        set_actor(by)
        log = Log(by, action)
        yield log
        for entry in log.entries:
            entry.save()


@contextmanager
def guarded(by: User, action: str, record: Any) -> Iterator[Log]:
    """`act()` about one record, whose refusal is itself kept, outside the transaction that rolls back."""
    try:
        with act(by, action) as log:
            yield log
    except Refused as refused:
        record_refusal(action, record, by, str(refused))
        raise


def set_actor(by: User | None) -> None:
    """Tell the audit triggers who acts, for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('guong.actor', %s, true)", [str(by.pk) if by else ""])


def refusals(step: Step, record: Any, user: User, note: str = "") -> list[str]:
    """Every reason against a step, so the screen can show them all at once. Empty: it may be taken."""
    if record.state not in step.source:
        return [_("This is not possible at the present stage.")]
    reasons = [why for rule in (*step.who, *step.when) if (why := rule(user, record))]
    if step.needs_note and not note.strip():
        reasons.append(_("Write the reason first."))
    return reasons


def offered(steps: dict[str, Step], record: Any, user: User) -> list[Step]:
    """The steps this user may take or almost may: right stage and right person; the rest is not shown."""
    return [
        step
        for step in steps.values()
        if record.state in step.source and not any(rule(user, record) for rule in step.who)
    ]


def take(step: Step, record: Any, *, by: User, note: str = "") -> Any:
    """Take one step on one record.

    Raises Refused with all reasons in one text. A refusal to the wrong person is itself recorded (D-23),
    in a transaction of its own, because the refused one rolls back.
    """
    try:
        return _take(step, record, by=by, note=note)
    except Refused as refused:
        record_refusal(step.name, record, by, str(refused))
        raise


def _take(step: Step, record: Any, *, by: User, note: str) -> Any:
    with act(by, step.name) as log:
        locked = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
        if why := refusals(step, locked, by, note):
            raise Refused(" ".join(why))
        before, locked.state = locked.state, step.target
        locked.save(update_fields=["state"])
        log.about(locked, note=note, before=before, after=step.target)
        if step.then:
            step.then(locked, by)
        transaction.on_commit(lambda: step_taken.send(type(locked), record=locked, step=step, by=by))
    return locked


def record_refusal(action: str, record: Any, by: User, reason: str) -> None:
    """Keep who was told no, and why."""
    with act(by, action):
        LogEntry.objects.create(by=by, action=action, record=record, refused=True, note=reason)


def once(user: User, key: UUID) -> OnceToken | None:
    """Claim a form's token inside the running act.

    Returns None to the first sender; a second sender waits for the first and gets its token, with the
    address of what was made.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_oncetoken (user_id, key, url, at) VALUES (%s, %s, '', now())"
            " ON CONFLICT (user_id, key) DO NOTHING",
            [user.pk, key],
        )
        if cursor.rowcount:
            return None
    return OnceToken.objects.get(user=user, key=key)
