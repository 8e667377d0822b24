"""Importing a spreadsheet: send it, say what the columns mean, say who is who, enter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import attempt, must, send, sent_before, show, stored, take_step
from guong.base.models import Body, Job, LogEntry
from guong.base.workflow import Refused, offered, refusals
from guong.records import access
from guong.records.actions import sheets
from guong.records.flow import SHEET_STEPS
from guong.records.forms.sheets import SheetForm
from guong.records.importing import heads
from guong.records.models import SheetImport
from guong.records.reach import department_of

SAMPLES = 4


def _run(request: HttpRequest, pk: int) -> SheetImport:
    runs = SheetImport.objects.visible_to(request.user)
    return get_object_or_404(runs.select_related("file", "unit", "department", "created_by__person"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Send a file; below, the sheets sent before."""
    must(access.must_keep_some_book(request.user))
    if request.method == "POST" and (earlier := sent_before(request)):
        return earlier
    form = SheetForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid() and (answer := send(request, form, lambda: _send(request, form.cleaned_data))):
        return answer
    runs = SheetImport.objects.visible_to(request.user).select_related("file", "created_by__person")
    return show(request, "records/sheets/new.html", form, runs=runs.order_by("-pk")[:20])


def _send(request: HttpRequest, values: dict[str, Any]) -> SheetImport:
    kept = Body.objects.held_by(request.user, *access.KEEPERS).order_by("path").first()
    department = department_of(values["unit"] or kept)
    upload = values["file"]
    return sheets.send_sheet(
        by=request.user, department=department, unit=values["unit"], kind=values["kind"], data=upload.read(),
        name=upload.name or "", key=values["key"],
    )  # fmt: skip


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a sheet stands, and the next thing to do."""
    run = _run(request, pk)
    job = sheets.latest_job(run)
    own = access.must_have_sent_it(request.user, run) is None
    context = {
        "run": run, "job": job, "own": own and run.state == "open",
        "at_work": job is not None and job.state in (Job.State.WAITING, Job.State.RUNNING),
        "earlier": sheets.sent_earlier(run),
        "steps": offered(SHEET_STEPS, run, request.user),
        "blocked": {"write": " ".join(refusals(SHEET_STEPS["write"], run, request.user))},
        "log": LogEntry.objects.about(run)[:20],
        "rest": max(0, run.found.get("asked", 0) - len(run.found.get("questions", []))),
    }  # fmt: skip
    return render(request, "records/sheets/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means: guessed, confirmed by a person. The line of headings may be moved."""
    run = _run(request, pk)
    must(access.must_have_sent_it(request.user, run))
    rows = sheets.rows(run)
    head = _head(request, run, len(rows))
    line = heads.read_line(rows, head)
    chosen = list(run.columns) if head == run.head and run.columns else list(line.columns)
    if request.method == "POST":
        chosen = _chosen(request, len(line.headings))
        if (answer := _confirm(request, run, head, chosen)) is not None:
            return answer
    return render(request, "records/sheets/columns.html", {
        "run": run, "head": head, "line": head + 1,
        "columns": _columns(run.kind, rows, head, line.headings, chosen),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _head(request: HttpRequest, run: SheetImport, lines: int) -> int:
    asked = request.POST.get("head") or request.GET.get("dong", "")
    at = int(asked) - 1 if asked.isdecimal() and len(asked) < 7 else run.head
    return max(0, min(at, lines - 1))


def _chosen(request: HttpRequest, count: int) -> list[str]:
    """Fields chosen, one a column; what is no field counts as not used."""
    picked = [request.POST.get(f"c{place}", "") for place in range(count)]
    return [field if field.partition(":")[0] in heads.FIELDS else "" for field in picked]


def _confirm(request: HttpRequest, run: SheetImport, head: int, chosen: list[str]) -> HttpResponse | None:
    version = request.POST.get("version", "")
    try:
        changed = sheets.confirm_columns(
            run,
            head=head,
            columns=chosen,
            version=int(version) if version.isdecimal() else 0,
            by=request.user,
        )
        sheets.start(changed, sheets.CHECK, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    return redirect(run)


def _columns(
    kind: str, rows: list[Any], head: int, headings: tuple[str, ...], chosen: list[str]
) -> list[dict[str, Any]]:
    below = rows[head + 1 : head + 1 + SAMPLES]
    found = []
    for place, heading in enumerate(headings):
        field = chosen[place] if place < len(chosen) else ""
        options = [(name, label) for name, label in heads.offered(kind)]
        if field.startswith("level:"):
            options.append((field, _("rating of %(year)s") % {"year": field[6:]}))
        samples = [str(row[place]) for row in below if place < len(row) and row[place] != ""]
        found.append({"place": place, "heading": heading, "field": field, "options": options,
                      "samples": samples[:3]})  # fmt: skip
    return found


@require_POST
def who(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers to the names asked about; then everything is checked again."""
    run = _run(request, pk)
    answers = {
        asked["key"]: request.POST.get(f"q{place}", "")
        for place, asked in enumerate(run.found.get("questions", []))
    }
    version = request.POST.get("version", "")

    def write() -> None:
        changed = sheets.settle(
            run, answers=answers, all_new=request.POST.get("all_new") == "on",
            version=int(version) if version.isdecimal() else 0, by=request.user,
        )  # fmt: skip
        sheets.start(changed, sheets.CHECK, request.user)

    return attempt(request, write, "", run)


@require_POST
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Check again, for instance after people or units were entered."""
    run = _run(request, pk)
    return attempt(request, lambda: sheets.start(run, sheets.CHECK, request.user), "", run)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the sheet, or drop it."""
    run = _run(request, pk)
    if request.POST.get("step") != "write":
        return take_step(request, SHEET_STEPS, run, run)
    return attempt(request, lambda: sheets.ask_to_write(run, request.user), "", run)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the newest work on the sheet stands."""
    run = _run(request, pk)
    job = sheets.latest_job(run)
    if job is None:
        raise Http404
    link = run.get_absolute_url() if job.state == Job.State.DONE else ""
    return JsonResponse(
        {"done": job.done, "total": job.total, "state": job.state, "link": link, "message": job.message}
    )


@require_safe
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy with what is wrong beside each line."""
    run = _run(request, pk)
    job = sheets.latest_job(run)
    if job is None or not job.fetchable or not run.found.get("wrong") or job.file_id == run.file_id:
        raise Http404
    return stored(job.file)
