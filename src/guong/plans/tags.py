"""Focal tasks as choices of filters, in every app."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from guong.base.models import User
from guong.plans.models import FocalTask


def focal_choices(user: User) -> list[tuple[Any, Any]]:
    """Focal tasks of every list the user sees, under the name of their list: for filters."""
    groups: dict[str, list[tuple[int, str]]] = {}
    tasks = FocalTask.objects.visible_to(user).select_related("focal_list")
    for task in tasks.order_by("-focal_list__first_year", "focal_list", "number"):
        groups.setdefault(str(task.focal_list), []).append((task.pk, Truncator(str(task)).chars(60)))
    return [("", _("every focal task")), *groups.items()]
