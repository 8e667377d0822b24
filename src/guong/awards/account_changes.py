"""What was done to members' accounts while a secret vote was open, read from the audit trail (C12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from guong.awards.models import Session
from guong.base.models import AuditEntry, Grant, LogEntry, User

_PASSWORD, _ACCOUNT, _ROLE = "đặt mật khẩu mới", "đổi tài khoản", "đổi vai trò"
_NOBODY = "thao tác trực tiếp trên máy chủ"  # past the product: the trail knows no account
_HARMLESS = {"last_login"}


@dataclass(frozen=True)
class Change:
    """One change, in the words of the minutes."""

    what: str
    member: str
    by: str
    at: datetime


def changes_during(session: Session) -> list[Change]:
    """Passwords, accounts and roles of members changed between the opening of the vote and its end.

    The trail is written by the database, so a change past the product is in it as well.
    """
    span = _span(session)
    if span is None:
        return []
    members = {user.pk: user for user in User.objects.filter(person__seats__session=session)}
    entries = AuditEntry.objects.filter(at__range=span).filter(
        Q(table="base_user", row__in=members) | Q(table="base_grant")
    )
    actors = {user.pk: str(user) for user in User.objects.filter(pk__in=entries.values("actor"))}
    return [
        Change(what, str(members[whose]), actors.get(entry.actor, _NOBODY), entry.at)
        for entry in entries.order_by("at", "pk")
        if (what := _what(entry)) and (whose := _whose(entry)) in members
    ]


def _span(session: Session) -> tuple[datetime, datetime] | None:
    """From the last opening of the vote to its closing."""
    steps = LogEntry.objects.about(session).filter(refused=False)
    opened = steps.filter(action="open_voting").first()
    closed = steps.filter(action__in=("close_box", "vote_on_paper")).first()
    return (opened.at, closed.at) if opened and closed else None


def _what(entry: AuditEntry) -> str:
    if entry.table == "base_grant":
        return _ROLE
    touched = set(entry.detail) - _HARMLESS
    if "password" in touched:
        return _PASSWORD
    return _ACCOUNT if touched else ""


def _whose(entry: AuditEntry) -> int | None:
    if entry.table == "base_user":
        return entry.row
    if "user_id" in entry.detail and entry.operation != "update":
        return entry.detail["user_id"]
    return Grant.objects.filter(pk=entry.row).values_list("user_id", flat=True).first()
