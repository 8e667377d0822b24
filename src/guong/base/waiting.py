"""What waits in base: accounts of people who have left (K-01), refused acts to look into (D-23)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.base.access import Role
from guong.base.feed import Task
from guong.base.models import Employment, LogEntry, User

LOOK_BACK = 14  # days


def leavers(user: User) -> object:
    """Open accounts, below an administrator, of people whose last employment is over."""
    works = Employment.objects.filter(person=OuterRef("person_id"))
    today = timezone.localdate()
    return User.objects.visible_to(user).filter(
        Exists(works),
        ~Exists(works.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))),
        is_active=True,
    )


def waiting_for(user: User) -> list[Task]:
    """One line for the administrator about leavers, one for inspectors and auditors about refusals."""
    return [*_leavers(user), *_refusals(user)]


def _refusals(user: User) -> list[Task]:
    """Acts refused in the last days: who tried what without the right to it."""
    if not user.scope.has(Role.INSPECTOR, Role.AUDITOR):
        return []
    since = timezone.now() - timedelta(days=LOOK_BACK)
    count = LogEntry.objects.visible_to(user).filter(refused=True, at__gte=since).count()
    if not count:
        return []
    title = ngettext("%(n)s refused act to look into", "%(n)s refused acts to look into", count)
    return [
        Task(
            title=title % {"n": count},
            reason=_("Somebody tried what the rules do not allow, in the last %(days)s days.")
            % {"days": LOOK_BACK},
            url=f"{reverse('base:log')}?refused=on",
            action=_("Open the log"),
            kind="warn",
        )
    ]


def _leavers(user: User) -> list[Task]:
    """While anybody who left can still log in."""
    if not user.scope.has(Role.ADMINISTRATOR):
        return []
    gone = list(leavers(user).select_related("person").order_by("pk")[:50])
    if not gone:
        return []
    title = ngettext(
        "Close the account of a person who left", "Close %(n)s accounts of people who left", len(gone)
    )
    return [
        Task(
            title=title % {"n": len(gone)},
            reason=_("Works nowhere any more but can still log in: %(names)s.")
            % {"names": ", ".join(str(account) for account in gone[:4])},
            url=f"{reverse('base:roles')}?show=left",
            action=_("Open the accounts"),
            due=timezone.localdate(),
            kind="lock",
        )
    ]
