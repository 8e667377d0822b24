"""Certificates of a decision as one PDF, drawn in the background (K-15)."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from guong.awards import access, papers
from guong.awards.models import Decision
from guong.base.acting import locked, must
from guong.base.models import Job, User
from guong.base.signed_copy import store_pdf
from guong.base.workflow import guarded
from guong.papers.certificates import TextTooLongError, certificates_pdf
from guong.papers.printing import NotPrintableError

KIND = "certificates"
TASK = "awards.print_certificates"
State = Job.State


def latest_job(decision: Decision) -> Job | None:
    """The newest request for this decision's certificates."""
    kind = ContentType.objects.get_for_model(Decision)
    return Job.objects.filter(content_type=kind, object_id=decision.pk, kind=KIND).order_by("-pk").first()


def request_certificates(*, by: User, decision: Decision) -> Job:
    """Ask for the PDF. A request that still waits or runs is started again instead of making a second one:
    the work may have been killed, and doing it twice gives one file."""
    with guarded(by, "request_certificates", decision) as log:
        decision = locked(decision)
        issued = decision.state == Decision.State.ISSUED
        must(
            access.must_print_certificates(by, decision),
            None if issued else _("Certificates are printed for issued decisions only."),
        )
        total = decision.awards.filter(revoked_on__isnull=True).count()
        must(
            None
            if total
            else _("Every award of this decision was revoked: there is no certificate to print.")
        )
        job = latest_job(decision)
        if job is None or job.state in (State.DONE, State.FAILED):
            job = Job.objects.create(kind=KIND, record=decision, requested_by=by, total=total)
        app.configure_task(TASK, allow_unknown=True).defer(job_id=job.pk)
        log.about(decision, note=_("%(n)s certificates") % {"n": total})
    return job


def print_certificates(job_id: int) -> None:
    """Draw the certificates of one job. Killed at any moment, it runs again: the file is attached last."""
    job = Job.objects.select_related("content_type").get(pk=job_id)
    if job.state in (State.DONE, State.FAILED):
        return
    Job.objects.filter(pk=job_id).update(state=State.RUNNING)
    decision = job.record
    awards = list(decision.awards.filter(revoked_on__isnull=True))
    try:
        data = certificates_pdf([papers.certificate(decision, award) for award in awards])
    except (NotPrintableError, TextTooLongError, ValueError) as fault:
        Job.objects.filter(pk=job_id).update(state=State.FAILED, message=_what_to_do(fault, decision))
        return
    _attach(job, papers.file_name(decision, "giay-khen", "pdf"), data, len(awards))


def _attach(job: Job, name: str, data: bytes, count: int) -> None:
    """The last step of the work: file and outcome together, once, whoever finishes first."""
    with transaction.atomic():
        unfinished = Job.objects.select_for_update(of=("self",)).filter(pk=job.pk).exclude(state=State.DONE)
        if unfinished.exists():
            file = store_pdf(job.requested_by, name, data)
            Job.objects.filter(pk=job.pk).update(state=State.DONE, file=file, done=count, total=count)


def _what_to_do(fault: ValueError, decision: Decision) -> str:
    if isinstance(fault, NotPrintableError):
        return _("The font of certificates has no “%(letters)s”: correct the names.") % {
            "letters": fault.characters
        }
    if isinstance(fault, TextTooLongError):
        award = decision.awards.filter(code=fault.code).first()
        return _("The words for %(name)s do not fit on one page.") % {"name": award or fault.code}
    return _("There is no certificate to print.")
