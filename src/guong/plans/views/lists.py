"""Managed lists: focal tasks and occasions; the focal tasks of a plan; checks of its targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import attempt, must, send, sent_before, show
from guong.base.entry import claim, fulfil, stamp
from guong.base.workflow import act
from guong.plans import keeping
from guong.plans.access import KEEPERS, must_keep_lists, must_keep_plans
from guong.plans.forms.register import (
    CheckForm,
    FocalListForm,
    FocalTaskForm,
    KeptForm,
    OccasionForm,
    TagForm,
    departments_kept_by,
)
from guong.plans.models import FocalList, FocalTask, Occasion, Plan, Target

POSTED = ["GET", "HEAD", "POST"]
YEARS_AHEAD = 3


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Focal tasks by list, and occasions with the days they fall on."""
    kept = FocalList.objects.visible_to(request.user).select_related("department").prefetch_related("tasks")
    occasions = list(Occasion.objects.visible_to(request.user).select_related("department"))
    this = timezone.localdate().year
    for one in occasions:
        one.years = [_row(one, year) for year in range(this, this + YEARS_AHEAD) if one.on(year)]
    context = {
        "lists": kept,
        "occasions": occasions,
        "keeps": request.user.scope.has(*KEEPERS),
        "missing": departments_kept_by(request.user).exclude(pk__in=FocalList.objects.values("department")),
    }
    return render(request, "plans/lists.html", context)


def _row(occasion: Occasion, year: int) -> dict[str, Any]:
    return {"on": occasion.on(year), "count": occasion.count(year), "peak": occasion.peak(year)}


@require_POST
def lists_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the standard lists into a department."""
    department = get_object_or_404(departments_kept_by(request.user), pk=pk)
    write = lambda: keeping.add_standard_lists(request.user, department)  # noqa: E731
    return attempt(request, write, _("The standard lists were added. Edit them as you need."), "plans:lists")


@require_http_methods(POSTED)
def list_add(request: HttpRequest) -> HttpResponse:
    """A new list of focal tasks."""
    return _added(request, FocalListForm, keeping.add_list, _("Add a list of focal tasks"))


@require_http_methods(POSTED)
def list_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and years of a list."""
    found = get_object_or_404(FocalList.objects.visible_to(request.user).select_related("department"), pk=pk)
    return _edited(request, found, FocalListForm, keeping.change_list, _("Edit the list of tasks"))


@require_http_methods(POSTED)
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new task of a list, last unless another number is given."""
    found = get_object_or_404(FocalList.objects.visible_to(request.user).select_related("department"), pk=pk)
    must(must_keep_plans(request.user, found))
    if answer := sent_before(request):
        return answer
    last = found.tasks.order_by("-number").values_list("number", flat=True).first() or 0
    form = FocalTaskForm(request.user, None, request.POST or None, initial={"number": last + 1})
    form.fields.pop("department", None)

    def write() -> FocalTask:
        with act(request.user, "add_focal_task"):
            claim(request.user, form.cleaned_data["key"])
            made = keeping.add_task(request.user, found, form.values)
            fulfil(request.user, form.cleaned_data["key"], made)
        return made

    return _answer(request, form, write, title=_("Add a focal task"), intro=str(found))


@require_http_methods(POSTED)
def task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Text and place of a task."""
    tasks = FocalTask.objects.visible_to(request.user).select_related("focal_list__department")
    found = get_object_or_404(tasks, pk=pk)
    return _edited(request, found, FocalTaskForm, keeping.change_task, _("Edit the focal task"))


@require_http_methods(POSTED)
def occasion_add(request: HttpRequest) -> HttpResponse:
    """A new occasion."""
    return _added(request, OccasionForm, keeping.add_occasion, _("Add an occasion"))


@require_http_methods(POSTED)
def occasion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Any value of an occasion."""
    found = get_object_or_404(Occasion.objects.visible_to(request.user).select_related("department"), pk=pk)
    return _edited(request, found, OccasionForm, keeping.change_occasion, _("Edit the occasion"))


@require_http_methods(POSTED)
def plan_tags(request: HttpRequest, pk: int) -> HttpResponse:
    """The focal tasks a plan serves."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("department"), pk=pk)
    must(must_keep_plans(request.user, plan))
    form = TagForm.of(plan.department, plan.year, plan, request.POST or None)
    write = lambda: keeping.set_focal_tasks(request.user, plan, form.cleaned_data["focal_tasks"])  # noqa: E731
    more = {"title": _("Choose focal tasks"), "intro": str(plan), "to": plan.get_absolute_url()}
    return _answer(request, form, write, **more)


@require_http_methods(POSTED)
def target_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a target or requirement came to."""
    targets = Target.objects.visible_to(request.user).select_related("plan__department")
    found = get_object_or_404(targets, pk=pk)
    must(must_keep_plans(request.user, found.plan))
    met = {True: "yes", False: "no"}.get(found.met, "")
    shown = {"met": met, "reached": found.reached, "seen": stamp(found, keeping.CHECKED)}
    form = CheckForm(request.POST or None, initial=shown)
    write = lambda: keeping.check_target(request.user, found, **form.cleaned_data)  # noqa: E731
    more = {"title": _("Record the result"), "to": f"{found.plan.get_absolute_url()}#kiem"}
    return _answer(request, form, write, intro=f"{found.metric}: {found.value}", **more)


def _added(request: HttpRequest, kind: type[KeptForm], add: Callable[..., Any], title: str) -> HttpResponse:
    """Show or write the form of something new, once however often it is sent."""
    must(must_keep_lists(request.user))
    if answer := sent_before(request):
        return answer
    form = kind(request.user, None, request.POST or None)

    def write() -> Any:
        with act(request.user, add.__name__):
            claim(request.user, form.cleaned_data["key"])
            made = add(request.user, form.chosen, form.values)
            fulfil(request.user, form.cleaned_data["key"], made)
        return made

    return _answer(request, form, write, title=title)


def _edited(
    request: HttpRequest, found: Any, kind: type[KeptForm], change: Callable[..., Any], title: str
) -> HttpResponse:
    """Show or write the form of something there is; the version seen is the version changed."""
    must(must_keep_plans(request.user, found))
    shown = {name: getattr(found, name) for name in kind.base_fields}
    form = kind(request.user, found.department, request.POST or None, initial=shown)

    def write() -> Any:
        found.version = form.cleaned_data["version"] or 0
        return change(request.user, found, form.values)

    return _answer(request, form, write, title=title)


def _answer(request: HttpRequest, form: forms.Form, write: Callable[[], Any], **words: Any) -> HttpResponse:
    to = words.pop("to", reverse("plans:lists"))
    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := send(request, form, write, _("Saved."), to)):
        return answer
    context = {"crumbs": [(_("Lists"), reverse("plans:lists"))], "back": to, "button": _("Save")}
    return show(request, "base/organisation/form.html", form, **context, **words)
