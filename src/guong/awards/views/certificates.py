"""Certificates of a decision: ask for the PDF, watch it grow, fetch it (K-15)."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access, papers
from guong.awards.actions.certificates import latest_job, request_certificates, what_to_do
from guong.awards.actions.reissuing import issue_again, note_return
from guong.awards.certificate_sheets import certificate
from guong.awards.forms.certificates import AgainForm
from guong.awards.models import Decision, IssuedCertificate
from guong.base.answers import attachment, attempt, must, page_of, send, show, stored
from guong.base.models import Job, worker_is_alive
from guong.base.signed_copy import PDF, ZIP
from guong.base.templatetags.gui_format import vi_datetime
from guong.base.workflow import Refused
from guong.papers.certificates import TextTooLongError, certificates_pdf
from guong.papers.printing import NotPrintableError


def _decision(request: HttpRequest, pk: int) -> Decision:
    return get_object_or_404(Decision.objects.visible_to(request.user).select_related("department"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the certificates; a POST asks for a new PDF."""
    found = _decision(request, pk)
    if request.method == "POST":
        try:
            request_certificates(by=request.user, decision=found)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("awards:certificates", found.pk)
    job = latest_job(found)
    at_work = job is not None and job.state in (Job.State.WAITING, Job.State.RUNNING)
    context = {
        "decision": found,
        "job": job,
        "said": _said(job) if job else "",
        "at_work": at_work,
        "worker_missing": at_work and not worker_is_alive(),
        "total": found.awards.filter(revoked_on__isnull=True).count(),
        "page": page_of(request, _sheets(found)),
        "may_note": access.must_print_certificates(request.user, found) is None,
        "may_print": found.state == "issued" and access.must_print_certificates(request.user, found) is None,
    }
    return render(request, "awards/decisions/certificates.html", context)


def _sheets(decision: Decision) -> QuerySet[IssuedCertificate]:
    sheets = IssuedCertificate.objects.filter(award__decision=decision)
    return sheets.select_related("award", "replaces", "replacement", "issued_by__person").order_by(
        "award__order", "award_id", "pk"
    )


def _current(request: HttpRequest, pk: int, award: int) -> tuple[Decision, IssuedCertificate]:
    """The newest sheet of an award."""
    decision = _decision(request, pk)
    sheets = IssuedCertificate.objects.visible_to(request.user).current()
    found = sheets.filter(award__decision=decision).select_related("award__decision")
    return decision, get_object_or_404(found, award_id=award)


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """Issue another sheet for one award, and say why."""
    decision, sheet = _current(request, pk, award)
    must(access.must_print_certificates(request.user, decision))
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = send(
            request, form, lambda: issue_again(by=request.user, certificate=sheet, **form.cleaned_data),
            _("%(name)s: another sheet is issued.") % {"name": sheet.printed.name},
            to=reverse("awards:certificates", args=[pk]),
        )  # fmt: skip
        if answer:
            return answer
    return show(request, "awards/decisions/certificate_again.html", form, decision=decision, sheet=sheet)


@require_safe
def again_file(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """The sheet that was issued again, as PDF."""
    decision, sheet = _current(request, pk, award)
    must(access.must_print_certificates(request.user, decision))
    if not sheet.again or sheet.recalled_on:
        raise Http404
    try:
        data = certificates_pdf([certificate(decision, sheet)])
    except (NotPrintableError, TextTooLongError) as fault:
        messages.error(request, what_to_do(fault, decision))
        return redirect("awards:certificates", pk)
    return attachment(data, papers.file_name(decision, f"giay-khen-{sheet.number:06d}", "pdf"), PDF)


@require_POST
def came_back(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """A sheet of the award lies with the standing office again; the form names which by its number."""
    decision = _decision(request, pk)
    sheets = IssuedCertificate.objects.visible_to(request.user).filter(award__decision=decision)
    number = request.POST.get("sheet", "")
    sheet = get_object_or_404(
        sheets.select_related("award__decision"),
        award_id=award,
        pk=int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0,
    )
    to = reverse("awards:certificates", args=[pk])
    return attempt(request, lambda: note_return(by=request.user, certificate=sheet), "", to)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the newest request stands, for the progress box."""
    job = latest_job(_decision(request, pk))
    if job is None:
        raise Http404
    link = reverse("awards:certificates_file", args=[pk]) if job.fetchable else ""
    return JsonResponse(
        {"done": job.done, "total": job.total, "state": job.state, "link": link, "message": _said(job)}
    )


def _said(job: Job) -> str:
    if job.state == Job.State.DONE:
        until = {"n": job.total, "until": vi_datetime(job.expires)}
        if job.file.content_type == ZIP:
            return _("%(n)s certificates, several PDFs in one zip; may be fetched until %(until)s.") % until
        return _("%(n)s certificates in one PDF; may be fetched until %(until)s.") % until
    if job.state == Job.State.FAILED:
        return job.message
    if not worker_is_alive():
        return _("The background service is not running: the work waits and starts when it is back.")
    return _("%(done)s of %(total)s certificates") % {"done": job.done, "total": job.total}


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The finished PDF, for whoever may see the decision, until it expires."""
    job = latest_job(_decision(request, pk))
    if job is None or not job.fetchable:
        raise Http404
    return stored(job.file)
