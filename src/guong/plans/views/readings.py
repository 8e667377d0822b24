"""Bringing a plan in: the file, the confirm screen, what becomes of the reading."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import attempt, must, stored, take_step
from guong.base.entry import AlreadyDone, claim, fulfil
from guong.base.models import Job, LogEntry, worker_is_alive
from guong.base.workflow import Refused, act, offered
from guong.planreader import Unreadable, sandbox
from guong.planreader.formats import programs
from guong.plans import actions, recognition
from guong.plans.access import must_keep_plans
from guong.plans.flow import READING_STEPS
from guong.plans.forms import UploadForm, bodies_kept_by
from guong.plans.models import Reading
from guong.plans.reading.draft import Draft
from guong.plans.reading.screen import Screen


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a plan's file or paste its text; a good one leads to the confirm screen."""
    may = bodies_kept_by(request.user).exists()
    must(None if may else _("Only those who keep the plans of a body bring them in."))
    form = UploadForm(request.user, request.POST or None, request.FILES or None)
    before = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_read(request, form))
        except AlreadyDone as earlier:
            return redirect(earlier.url)
        except actions.AlreadyRead as refused:
            before = refused.reading
            form.offer_again()
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refused))
        except Refused as refused:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refused))
    status = 422 if form.is_bound and form.errors else 200
    tools = {"scans": programs.reads_scans(), "old_word": programs.reads_old_word()}
    context = {"form": form, "before": before, "tools": tools}
    return render(request, "plans/upload.html", context, status=status)


def _read(request: HttpRequest, form: UploadForm) -> Reading:
    key, again = form.cleaned_data["key"], form.cleaned_data["again"]
    data, name = form.sent()
    with act(request.user, "read_plan"):
        claim(request.user, key)
        found = actions.read_file(request.user, form.body_chosen, data, name, again=again)
        fulfil(request.user, key, found)
    return found


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
    if found.state == Reading.State.DISCARDED:
        return render(request, "plans/discarded.html", context)
    return _not_read(request, found, context)


def _not_read(request: HttpRequest, found: Reading, context: dict[str, Any]) -> HttpResponse:
    """The file is being read in the background, or could not be."""
    job = recognition.latest_job(found)
    may = must_keep_plans(request.user, found) is None
    context |= {
        "job": job,
        "may": may,
        "failed": found.state == Reading.State.FAILED,
        "may_wake": may and recognition.must_be_stuck(found, job) is None,
        "worker_missing": found.state == Reading.State.READING and not worker_is_alive(),
        "discard": [READING_STEPS["discard"]] if may else [],
        "discard_url": reverse("plans:reading_step", args=[found.pk]),
    }
    return render(request, "plans/being_read.html", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How many pages are done, for the progress box."""
    found = get_object_or_404(_readings(request), pk=pk)
    job = recognition.latest_job(found)
    if job is None:
        raise Http404
    over = job.state in (Job.State.DONE, Job.State.FAILED)
    link = found.get_absolute_url() if over else ""
    return JsonResponse(
        {"done": job.done, "total": job.total, "state": job.state, "link": link, "message": _said(job)}
    )


def _said(job: Job) -> str:
    if job.state == Job.State.FAILED:
        return job.message
    if job.state == Job.State.DONE:
        return _("The file was read. Compare it with the paper now.")
    if not worker_is_alive():
        return _("The background service is not running: the work waits and starts when it is back.")
    if not job.total:
        return _("The pages are being counted.")
    return _("pages recognised")


@require_POST
def wake(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the background work again."""
    found = get_object_or_404(_readings(request), pk=pk)
    return attempt(request, lambda: recognition.wake(request.user, found), "", found)


@require_safe
def page_picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the file as it looks, to compare with what was read. 404 for files without pictures."""
    found = get_object_or_404(_readings(request), pk=pk)
    if not found.has_pictures:
        raise Http404
    with found.file.content.open("rb") as stream:
        data = stream.read()
    try:
        picture = sandbox.page_limited(data, found.file.name, number)
    except Unreadable as reason:
        raise Http404 from reason
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _sent(request: HttpRequest, found: Reading) -> HttpResponse:
    typed = {name[2:]: request.POST[name] for name in request.POST if name.startswith("v.")}
    omit = frozenset(request.POST.getlist("omit"))
    compared = frozenset(request.POST.getlist("compared"))
    seen = request.POST.get("version", "")
    current = found.version
    found.version = int(seen) if seen.isascii() and seen.isdigit() else -1
    try:
        do, _colon, add = request.POST.get("do", "").partition(":")
        add = add if do == "add" else ""
        kept = actions.edit(request.user, found, typed, omit, compared=compared, add=add)
    except Refused as refused:
        messages.error(request, str(refused))
        found.version = current
        return _show(request, Screen(Draft(found, typed, omit, compared), Draft(found)), status=409)
    if do == "confirm":
        return _confirm(request, kept)
    if do == "add":
        return redirect(f"{kept.get_absolute_url()}#{Screen(Draft(kept)).newest(add)}")
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
        "page_url": f"{screen.reading.get_absolute_url()}trang/" if screen.reading.has_pictures else "",
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
