"""Whose law a reader sees, and on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from guong.base.models import Body
from guong.regulations import access
from guong.regulations.forms.layers import DayForm


def departments(request: HttpRequest) -> list[Body]:
    """The reader's departments, by path."""
    return list(Body.objects.filter(path__in=access.department_paths(request.user)).order_by("path"))


def chosen(request: HttpRequest, bodies: list[Body]) -> Body | None:
    """The department of the address (`so`), or the first one; none for a reader without any."""
    asked = request.GET.get("so", "")
    return next((body for body in bodies if str(body.pk) == asked), bodies[0] if bodies else None)


def day_of(request: HttpRequest) -> tuple[Any, date]:
    """The form with the day of the address, and that day; today when none or nonsense was asked."""
    today = timezone.localdate()
    form = DayForm(request.GET if request.GET.get("ngay") else {"ngay": f"{today:%d/%m/%Y}"})
    return form, (form.cleaned_data.get("ngay") if form.is_valid() else None) or today
