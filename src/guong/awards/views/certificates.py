"""Certificates of a decision: ask for the PDF, watch it grow, fetch it (K-15)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guong.awards import access
from guong.awards.actions.certificates import latest_job, request_certificates
from guong.awards.models import Decision
from guong.base.answers import stored
from guong.base.models import Job, worker_is_alive
from guong.base.templatetags.gui_format import vi_datetime
from guong.base.workflow import Refused


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
        "at_work": at_work,
        "worker_missing": at_work and not worker_is_alive(),
        "total": found.awards.filter(revoked_on__isnull=True).count(),
        "may_print": found.state == "issued" and access.must_print_certificates(request.user, found) is None,
    }
    return render(request, "awards/decisions/certificates.html", context)


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
