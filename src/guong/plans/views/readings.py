"""Bringing a plan in: the file, the confirm screen, what becomes of the reading."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import must, stored, take_step
from guong.base.entry import AlreadyDone, claim, fulfil
from guong.base.models import LogEntry
from guong.base.workflow import Refused, act, offered
from guong.plans import actions
from guong.plans.flow import READING_STEPS
from guong.plans.forms import UploadForm, bodies_kept_by
from guong.plans.models import Reading
from guong.plans.reading.draft import Draft
from guong.plans.reading.screen import Screen


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a plan's file; a good one leads to the confirm screen."""
    may = bodies_kept_by(request.user).exists()
    must(None if may else _("Only those who keep the plans of a body bring them in."))
    form = UploadForm(request.user, request.POST or None, request.FILES or None)
    before = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        before = actions.read_before(form.body_chosen, data)
        if before and not form.cleaned_data["again"]:
            form.offer_again()
            form.add_error("file", _("This very file was read before. Open that reading instead."))
        elif answer := _read(request, form, data):
            return answer
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "plans/upload.html", {"form": form, "before": before}, status=status)


def _read(request: HttpRequest, form: UploadForm, data: bytes) -> HttpResponse | None:
    key = form.cleaned_data["key"]
    try:
        with act(request.user, "read_plan"):
            claim(request.user, key)
            name = form.cleaned_data["file"].name
            reading = actions.read_file(request.user, form.body_chosen, data, name)
            fulfil(request.user, key, reading)
    except AlreadyDone as earlier:
        return redirect(earlier.url)
    except Refused as refused:
        form.add_error("file", str(refused))
        return None
    return redirect(reading)


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper on the left, what will be created on the right. Nothing is created before it is confirmed."""
    found = get_object_or_404(_readings(request), pk=pk)
    if found.state != Reading.State.READ:
        return _closed(request, found)
    if request.method == "POST":
        return _sent(request, found)
    return _show(request, Screen(Draft(found)))


def _readings(request: HttpRequest) -> Any:
    return Reading.objects.visible_to(request.user).select_related(
        "department", "file", "read_by__person", "plan"
    )


def _closed(request: HttpRequest, found: Reading) -> HttpResponse:
    if found.state == Reading.State.CONFIRMED:
        messages.info(request, _("This reading was confirmed already; here is its plan."))
        return redirect(found.plan)
    context = {"reading": found, "log": LogEntry.objects.about(found)}
    return render(request, "plans/discarded.html", context)


def _sent(request: HttpRequest, found: Reading) -> HttpResponse:
    typed = {name[2:]: request.POST[name] for name in request.POST if name.startswith("v.")}
    omit = frozenset(request.POST.getlist("omit"))
    seen = request.POST.get("version", "")
    current = found.version
    found.version = int(seen) if seen.isascii() and seen.isdigit() else -1
    try:
        kept = actions.edit(request.user, found, typed, omit)
    except Refused as refused:
        messages.error(request, str(refused))
        found.version = current
        return _show(request, Screen(Draft(found, typed, omit), Draft(found)), status=409)
    if request.POST.get("do") == "confirm":
        return _confirm(request, kept)
    messages.success(request, _("Saved. Nothing was created yet."))
    return redirect(kept)


def _confirm(request: HttpRequest, kept: Reading) -> HttpResponse:
    screen = Screen(Draft(kept))
    if screen.must_see and not request.POST.get("seen"):
        messages.error(
            request, _("Tick that you have looked at the uncertain values and the faults of the paper.")
        )
        return _show(request, screen, status=422)
    total = screen.total
    try:
        plan = actions.confirm(request.user, kept)
    except Refused as refused:
        messages.error(request, f"{refused} {_('Nothing was written.')}")
        return _show(request, screen, status=422)
    words = ngettext("%(n)s record was created.", "%(n)s records were created.", total)
    messages.success(request, words % {"n": total})
    return redirect(plan)


def _show(request: HttpRequest, screen: Screen, status: int = 200) -> HttpResponse:
    may = offered(READING_STEPS, screen.reading, request.user)
    context = {
        "screen": screen,
        "reading": screen.reading,
        "paper": screen.paper,
        "may_confirm": any(step.name == "confirm" for step in may),
        "discard": [step for step in may if step.name == "discard"],
        "discard_url": reverse("plans:reading_step", args=[screen.reading.pk]),
        "log": LogEntry.objects.about(screen.reading),
    }
    return render(request, "plans/reading.html", context, status=status)


@require_POST
def reading_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a reading, with the reason. Confirming goes through the confirm screen only."""
    found = get_object_or_404(_readings(request), pk=pk)
    steps = {"discard": READING_STEPS["discard"]}
    return take_step(request, steps, found, "plans:list")


@require_safe
def reading_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came."""
    return stored(get_object_or_404(_readings(request), pk=pk).file)
