"""Filters by year and focal task, for the lists of every app."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from guong.base.models import User
from guong.plans.models import FocalTask, Plan


def focal_choices(user: User) -> list[tuple[Any, Any]]:
    """Focal tasks of every list the user sees, under the name of their list: for filters."""
    groups: dict[str, list[tuple[int, str]]] = {}
    tasks = FocalTask.objects.visible_to(user).select_related("focal_list")
    for task in tasks.order_by("-focal_list__first_year", "focal_list", "number"):
        groups.setdefault(str(task.focal_list), []).append((task.pk, Truncator(str(task)).chars(60)))
    return [("", _("every focal task")), *groups.items()]


class YearFilter(forms.Form):
    """What to find in a list of what plans say: words, the year of the plan, a focal task."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    focal = forms.TypedChoiceField(label=_("Focal task"), required=False, coerce=int, empty_value=None)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focal"].choices = focal_choices(user)
        years = Plan.objects.visible_to(user).order_by("-year").values_list("year", flat=True).distinct()
        self.fields["year"].choices = [("", _("every year")), *((year, str(year)) for year in years)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"
