"""Everybody of the department at once, for the standing office: kept for the day."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guong.base.answers import attachment, must
from guong.base.models import Body, Job
from guong.base.models.jobs import worker_is_alive
from guong.plans.uploads import EXCEL
from guong.records.actions import answers
from guong.records.board_pages import must_fit_a_sheet, page_context, workbook
from guong.records.forms.proposals import SectorFilter, YearForm
from guong.records.reach import must_see_the_sector
from guong.regulations.here import law_of

AT_WORK = (Job.State.WAITING, Job.State.RUNNING)


def _department(request: HttpRequest, pk: int) -> Body:
    found = get_object_or_404(Body.objects.visible_to(request.user).filter(department__isnull=False), pk=pk)
    must(must_see_the_sector(request.user, found))
    return found


@require_safe
def sector(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts and rows of today's result; without one, the button that makes it."""
    department = _department(request, pk)
    form = SectorFilter(request.GET)
    year = form.year_asked()
    job, kept = answers.jobs_of_today(department, year).first(), answers.newest_board(department, year)
    context = {
        "body": department, "form": form, "year": year, "job": job, "law": law_of(department),
        "at_work": job is not None and job.state in AT_WORK, "is_sector": True,
        "progress": reverse("records:sector_progress", args=[pk]) + f"?year={year}",
        "sheet": reverse("records:sector_sheet", args=[pk]),
    }  # fmt: skip
    if kept:
        board, made = kept
        form = SectorFilter(request.GET, codes=board.codes, units=board.units())
        context |= page_context(request, form, board) | {"made_at": made.requested_at}
    return render(request, "records/proposals/sector.html", context)


@require_POST
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    """Work out everybody's answers anew."""
    department = _department(request, pk)
    year = YearForm(request.POST).year_asked()
    answers.ask_for_all(department, year, by=request.user)
    return redirect(reverse("records:sector", args=[pk]) + f"?year={year}")


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the work stands, for the progress box."""
    department = _department(request, pk)
    year = YearForm(request.GET).year_asked()
    job = answers.jobs_of_today(department, year).first()
    if job is None:
        raise Http404
    done = job.state == Job.State.DONE
    link = reverse("records:sector", args=[pk]) + f"?year={year}" if done else ""
    return JsonResponse(
        {"done": job.done, "total": job.total, "state": job.state, "link": link, "message": _said(job)}
    )


def _said(job: Job) -> str:
    if job.state in AT_WORK and not worker_is_alive():
        return _("The background service is not running: the work waits and starts when it is back.")
    if job.state in AT_WORK:
        return _("Reading the record book and asking the law about everybody.")
    return job.message or _("The answers are there.")


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that the filters leave, as Excel."""
    department = _department(request, pk)
    year = YearForm(request.GET).year_asked()
    kept = answers.newest_board(department, year)
    if kept is None:
        raise Http404
    board = kept[0]
    form = SectorFilter(request.GET, codes=board.codes, units=board.units())
    if why := must_fit_a_sheet(form, board):
        messages.error(request, why)
        return redirect(reverse("records:sector", args=[pk]) + f"?{request.GET.urlencode()}")
    data = workbook(_("What may be proposed: %(body)s") % {"body": department}, form, board)
    return attachment(data, f"co-the-de-nghi-toan-nganh-{timezone.localdate():%Y-%m-%d}.xlsx", EXCEL)
