"""From a file to lines of the book: send, say what the columns mean, say who is who, enter (K-08)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from guong.base.acting import must
from guong.base.background import OVER, jobs_about
from guong.base.entry import claim, fulfil
from guong.base.models import Body, Job, StoredFile, User
from guong.base.workflow import Refused, act, guarded, record_refusal, refusals, take
from guong.papers.tables import Row
from guong.plans.uploads import keep
from guong.records import access
from guong.records.flow import SHEET_STEPS
from guong.records.importing import heads, staged
from guong.records.importing.notes import copy_with_notes
from guong.records.importing.people import NEW
from guong.records.importing.places import places_of
from guong.records.importing.writing import check, rows_of, summary
from guong.records.models import SheetImport

CHECK, WRITE = "sheet_check", "sheet_write"
TASK = "records.work_on_sheet"
AT_ONCE = 3_000  # lines; more is work for the background
State = Job.State


def send_sheet(
    *, by: User, department: Body, unit: Body | None, kind: str, data: bytes, name: str, key: UUID
) -> SheetImport:
    """Keep the file and guess its headings. Raises Refused, AlreadyDone."""
    must(access.must_keep_some_book(by))
    guess = heads.guess(rows_of(data, name))
    with act(by, "send_sheet") as log:
        claim(by, key)
        run = SheetImport.objects.create(
            department=department, unit=unit, kind=kind, file=keep(data, name, by), head=guess.head,
            columns=list(guess.columns), created_by=by,
        )  # fmt: skip
        log.about(run, note=run.file.name)
        fulfil(by, key, run)
    return run


def sent_earlier(run: SheetImport) -> SheetImport | None:
    """The same bytes, entered before: worth a word, not a refusal, since nothing is entered twice."""
    same = SheetImport.objects.filter(file__sha256=run.file.sha256, kind=run.kind, state="written")
    return same.exclude(pk=run.pk).order_by("-pk").first()


def rows(run: SheetImport) -> list[Row]:
    """The rows of the kept file."""
    with run.file.content.open("rb") as stream:
        return rows_of(stream.read(), run.file.name)


def confirm_columns(
    run: SheetImport, *, head: int, columns: list[str], version: int, by: User
) -> SheetImport:
    """What each column means, and where the headings stand; then the lines are checked. Raises Refused."""
    with guarded(by, "confirm_columns", run) as log:
        run = _locked(run, version, by)
        for group in heads.missing(run.kind, columns):
            names = " / ".join(str(heads.FIELDS[field]) for field in group)
            raise Refused(_("Choose the column that holds: %(names)s.") % {"names": names})
        for field in heads.doubled(columns):
            raise Refused(
                _("“%(name)s” is chosen for two columns; choose one.")
                % {"name": heads.FIELDS[field.partition(":")[0]]}
            )
        run.head, run.columns, run.confirmed, run.found = head, columns, True, {}
        run.version += 1
        run.save()
        log.about(run)
    return run


def settle(
    run: SheetImport, *, answers: dict[str, str], all_new: bool, version: int, by: User
) -> SheetImport:
    """Who the names mean: an id of somebody offered, or somebody new. Raises Refused."""
    with guarded(by, "settle_names", run) as log:
        run = _locked(run, version, by)
        offered = {asked["key"]: asked for asked in run.found.get("questions", [])}
        for key, answer in answers.items():
            if key not in offered:
                continue
            candidates = {str(known["pk"]): known["pk"] for known in offered[key]["candidates"]}
            if answer == NEW or answer in candidates:
                run.answers[key] = NEW if answer == NEW else candidates[answer]
        if all_new:
            run.answers |= dict.fromkeys(unknown_names(run, by), NEW)
        run.found, run.version = {}, run.version + 1
        run.save()
        log.about(run)
    return run


def unknown_names(run: SheetImport, by: User) -> list[str]:
    """Keys of all names nobody in the database bears, also of those beyond the screen."""
    return [asked.key for asked in check(run, by).questions if not asked.candidates]


def _locked(run: SheetImport, version: int, by: User) -> SheetImport:
    fresh = SheetImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    must(access.must_have_sent_it(by, fresh))
    if fresh.state != SheetImport.State.OPEN:
        raise Refused(_("This sheet was entered or dropped already."))
    if fresh.version != version:
        raise Refused(_("This sheet was changed in another window: look at it again."))
    return fresh


def latest_job(run: SheetImport) -> Job | None:
    """The newest work on this sheet."""
    return jobs_about(run).first()


def start(run: SheetImport, kind: str, by: User) -> Job:
    """Check or enter: at once when the sheet is short, else in the background. Raises Refused."""
    must(access.must_have_sent_it(by, run))
    lines = run.found.get("lines") or len(rows(run))
    with act(by, kind):
        job = Job.objects.create(kind=kind, record=run, requested_by=by, total=lines)
        if lines > AT_ONCE:
            app.configure_task(TASK, allow_unknown=True).defer(job_id=job.pk)
            return job
    work(job.pk, loud=True)
    return job


def work(job_id: int, *, loud: bool = False) -> None:
    """One job. Killed at any moment it runs again: nothing is half written. A refusal ends it."""
    job = Job.objects.select_related("requested_by", "content_type").get(pk=job_id)
    if job.state in OVER:
        return
    Job.objects.filter(pk=job_id).update(state=State.RUNNING)
    try:
        file = {CHECK: _check, WRITE: _write}[job.kind](job)
    except Refused as refused:
        Job.objects.filter(pk=job_id).update(state=State.FAILED, message=str(refused)[:400])
        if loud:
            raise
        return
    Job.objects.filter(pk=job_id).update(state=State.DONE, file=file, done=job.total)


def _check(job: Job) -> StoredFile:
    run: Any = SheetImport.objects.select_related("department", "unit", "file").get(pk=job.object_id)
    by = job.requested_by
    seen = staged.seen_now()
    found = rows(run)
    Job.objects.filter(pk=job.pk).update(done=job.total // 3)
    checked = check(run, by, found)
    Job.objects.filter(pk=job.pk).update(done=job.total * 2 // 3)
    labels = places_of(run.department, by).label
    with act(by, CHECK) as log:
        same = SheetImport.objects.select_for_update(of=("self",)).filter(pk=run.pk, version=run.version)
        if same.update(found=summary(checked, labels)):
            staged.keep(run, checked, seen)
        if not checked.wrong:
            return run.file
        data = copy_with_notes(found, run, checked.wrong)
        name = f"{run.file.name.rpartition('.')[0][:200] or 'danh-sach'}-loi.xlsx"
        log.about(run)
        return keep(data, name, by)


def _write(job: Job) -> StoredFile:
    run: Any = SheetImport.objects.get(pk=job.object_id)
    by = job.requested_by
    try:
        with transaction.atomic():
            take(SHEET_STEPS["write"], run, by=by)
    except IntegrityError as meanwhile:
        why = _("Somebody entered one of these lines at the same moment. Check the sheet again.")
        record_refusal("write", run, by, why)
        raise Refused(why) from meanwhile
    return run.file


def ask_to_write(run: SheetImport, by: User) -> Job:
    """Enter the lines: at once or in the background. What stands against it is said now. Raises Refused."""
    must(" ".join(refusals(SHEET_STEPS["write"], run, by)))
    return start(run, WRITE, by)
