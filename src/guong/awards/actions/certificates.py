"""Certificates of a decision as one PDF, drawn in the background (K-15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from guong.awards import access, papers
from guong.awards.actions.reissuing import issue_missing
from guong.awards.certificate_sheets import certificate
from guong.awards.models import Decision, IssuedCertificate
from guong.base.acting import locked, must
from guong.base.background import OVER, finish, jobs_about, under_way_or_new
from guong.base.models import Job, StoredFile, User
from guong.base.signed_copy import ZIP, store, store_pdf
from guong.base.workflow import act, guarded
from guong.papers.certificates import PART, TextTooLongError, in_parts, zipped
from guong.papers.printing import NotPrintableError

KIND = "certificates"
STEM = "giay-khen"
TASK = "awards.print_certificates"
State = Job.State


def latest_job(decision: Decision) -> Job | None:
    """The newest request for this decision's certificates."""
    return jobs_about(decision, KIND).first()


def request_certificates(*, by: User, decision: Decision) -> Job:
    """Ask for the PDF. A request that still waits or runs is started again instead of making a second one."""
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
        job = under_way_or_new(latest_job(decision), kind=KIND, record=decision, by=by, total=total)
        app.configure_task(TASK, allow_unknown=True).defer(job_id=job.pk)
        log.about(decision, note=_("%(n)s certificates") % {"n": total})
    return job


def print_certificates(job_id: int) -> None:
    """Number the sheets, draw them, keep one file. Killed at any moment, it runs again: numbers once given
    stay with their awards, and the file is attached last."""
    job = Job.objects.select_related("content_type").get(pk=job_id)
    if job.state in OVER:
        return
    decision = job.record
    with act(job.requested_by, "number_certificates"):
        issue_missing(decision, job.requested_by)
    sheets = list(current_sheets(decision))
    Job.objects.filter(pk=job_id).update(state=State.RUNNING, done=0, total=len(sheets))
    try:
        parts = list(_drawn(job_id, decision, sheets))
    except (NotPrintableError, TextTooLongError, ValueError) as fault:
        Job.objects.filter(pk=job_id).update(state=State.FAILED, message=what_to_do(fault, decision))
        return
    finish(job, lambda: _stored(job.requested_by, decision, parts), len(sheets))


def current_sheets(decision: Decision) -> QuerySet[IssuedCertificate]:
    """The sheets that count now, in the order of the decision."""
    sheets = IssuedCertificate.objects.filter(award__decision=decision, award__revoked_on__isnull=True)
    return sheets.current().select_related("award")


def _drawn(job_id: int, decision: Decision, sheets: Sequence[IssuedCertificate]) -> Iterator[bytes]:
    """One PDF after the other, while the progress is told."""
    done = 0
    for part in in_parts([certificate(decision, sheet) for sheet in sheets]):
        yield part
        done = min(done + PART, len(sheets))
        _told(job_id, done)


def _told(job_id: int, done: int) -> None:
    """The progress box asks for it every second."""
    Job.objects.filter(pk=job_id).update(done=done)


def _stored(by: User, decision: Decision, parts: Sequence[bytes]) -> StoredFile:
    if len(parts) == 1:
        return store_pdf(by, papers.file_name(decision, STEM, "pdf"), parts[0])
    names = [papers.file_name(decision, f"{STEM}-{place:02d}", "pdf") for place in range(1, len(parts) + 1)]
    data = zipped(dict(zip(names, parts, strict=True)))
    return store(by, papers.file_name(decision, STEM, "zip"), data, ZIP)


def what_to_do(fault: ValueError, decision: Decision) -> str:
    """A sentence for what cannot be drawn."""
    if isinstance(fault, NotPrintableError):
        return _("The font of certificates has no “%(letters)s”: correct the names.") % {
            "letters": fault.characters
        }
    if isinstance(fault, TextTooLongError):
        sheet = IssuedCertificate.objects.filter(award__decision=decision, code=fault.code).first()
        name = sheet.printed.name if sheet else fault.code
        return _("The words for %(name)s do not fit on one page.") % {"name": name}
    return _("There is no certificate to print.")
