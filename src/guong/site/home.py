"""The first page after login: what waits for me, by date; then my roles and my unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guong.base.feed import Task
from guong.base.models import Grant, User
from guong.site.feeds import modules

SHOWN = 30  # tasks a group shows; the rest is counted


@dataclass(frozen=True)
class Group:
    """Tasks of one stretch of time."""

    title: str
    tasks: list[Task]
    count: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything every app has waiting for this user."""
    today = timezone.localdate()
    tasks = waiting_for(request.user)
    grants = Grant.objects.in_force().filter(user=request.user)
    context = {
        "today": today,
        "groups": grouped(tasks, today),
        "waiting_count": len(tasks),
        "late": sum(1 for task in tasks if task.due and task.due < today),
        "grants": grants.select_related("body", "delegated_from__user__person").order_by("role", "pk"),
        "works": _works(request.user),
    }
    return render(request, "site/home.html", context)


def waiting_for(user: User) -> list[Task]:
    """All tasks, the most urgent first; those without a date last."""
    tasks = [task for module in modules("waiting") for task in module.waiting_for(user)]
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))


def grouped(tasks: list[Task], today: date) -> list[Group]:
    """Overdue and today, until Sunday, later, without a date; empty groups are left out."""
    sunday = today + timedelta(days=6 - today.weekday())
    dated = [task for task in tasks if task.due]
    parts = (
        (_("Today and overdue"), [task for task in dated if task.due <= today]),
        (_("This week"), [task for task in dated if today < task.due <= sunday]),
        (_("Later"), [task for task in dated if task.due > sunday]),
        (_("Without a date"), [task for task in tasks if not task.due]),
    )
    return [Group(title, part[:SHOWN], len(part)) for title, part in parts if part]


def _works(user: User) -> list[object]:
    if not user.person_id:
        return []
    return list(user.person.employments.in_force().select_related("body__parent"))
