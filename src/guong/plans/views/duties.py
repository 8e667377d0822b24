"""Duties of units: reported by the unit, accepted or returned by the standing office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import page_of, stored, take_step
from guong.base.models import LogEntry
from guong.base.workflow import Refused, offered
from guong.plans import actions
from guong.plans.flow import DUTY_STEPS
from guong.plans.forms import ReportForm
from guong.plans.models import Duty, Obligation, Plan

OF_OFFICE = ("accept", "return")


def _duties(request: HttpRequest) -> Any:
    return Duty.objects.visible_to(request.user).select_related(
        "obligation__plan__department", "obligation__plan__body", "body", "file"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's duty: what is owed, until when, what was reported."""
    found = get_object_or_404(_duties(request), pk=pk)
    may = offered(DUTY_STEPS, found, request.user)
    reports = any(step.name == "report" for step in may)
    form = ReportForm(request.POST or None, request.FILES or None, initial={"report": found.report})
    if request.method == "POST" and form.is_valid():
        try:
            actions.report(request.user, found, form.cleaned_data["report"], form.cleaned_data["file"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The report was received."))
            return redirect(found)
    context = {
        "duty": found,
        "form": form if reports or form.is_bound else None,
        "steps": [step for step in may if step.name in OF_OFFICE],
        "log": LogEntry.objects.about(found),
    }
    return render(request, "plans/duty.html", context, status=422 if form.is_bound else 200)


@require_POST
def duty_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a report, or return it with the reason."""
    found = get_object_or_404(_duties(request), pk=pk)
    return take_step(request, {name: DUTY_STEPS[name] for name in OF_OFFICE}, found, found)


@require_safe
def duty_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a report."""
    return stored(get_object_or_404(_duties(request), pk=pk).file)


@require_safe
def obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has reported on one obligation and who has not, by name; a unit sees its own line."""
    plans = Plan.objects.visible_to(request.user)
    found = get_object_or_404(Obligation.objects.filter(plan__in=plans).select_related("plan"), pk=pk)
    rows = _duties(request).filter(obligation=found).order_by("body__sort_key", "pk")
    state = request.GET.get("state", "")
    if state in Duty.State.values:
        rows = rows.filter(state=state)
    context = {
        "obligation": found,
        "page": page_of(request, rows),
        "state": state,
        "states": Duty.State.choices,
        "waiting": found.duties.waiting().count(),
        "all": found.duties.count(),
    }
    return render(request, "plans/obligation.html", context)
