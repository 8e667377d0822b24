"""Everybody's answers of a department: worked out in the background, kept for the day."""

from __future__ import annotations

import hashlib
from datetime import datetime, time

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from guong.base.actions.organisation import refuse
from guong.base.models import Body, Employment, Job, StoredFile, User
from guong.base.workflow import act, guarded
from guong.records.boards import board_of
from guong.records.proposing import Board
from guong.records.reach import must_see_the_sector
from guong.regulations.here import law_of

TASK = "records.answer_sector"
AT_ONCE = 3_000  # people; more is work for the background
PARTS = 3  # of the progress shown
State = Job.State


def kind_of(department: Body, year: int) -> str:
    """What a kept result is for: the year, and the data of the law it was given from."""
    return f"answers-{year}-{law_of(department).version}"


def latest_job(department: Body, year: int) -> Job | None:
    """Today's newest work for this year under the law as it is."""
    began = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    kind = ContentType.objects.get_for_model(Body)
    jobs = Job.objects.filter(content_type=kind, object_id=department.pk, kind=kind_of(department, year))
    return jobs.filter(requested_at__gte=began).order_by("-pk").first()


def newest_board(department: Body, year: int) -> tuple[Board, Job] | None:
    """The newest result of today that is still kept, and the work that made it."""
    began = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    kind = ContentType.objects.get_for_model(Body)
    done = Job.objects.filter(
        content_type=kind, object_id=department.pk, kind=kind_of(department, year), state=State.DONE,
        requested_at__gte=began,
    )  # fmt: skip
    job = done.select_related("file").order_by("-pk").first()
    if job is None or not job.fetchable:
        return None
    with job.file.content.open("rb") as stream:
        return Board.from_bytes(stream.read()), job


def ask_for_all(department: Body, year: int, *, by: User) -> Job:
    """Work out everybody's answers: at once for few people, else in the background. Raises Refused.

    Work for the same year that still waits or runs is started again instead of making a second one.
    """
    with guarded(by, "answer_sector", department) as log:
        Body.objects.select_for_update().get(pk=department.pk)
        refuse(must_see_the_sector(by, department))
        people = Employment.objects.in_force().filter(body__path__startswith=department.path).count()
        job = latest_job(department, year)
        if job is None or job.state in (State.DONE, State.FAILED):
            job = Job.objects.create(
                kind=kind_of(department, year), record=department, requested_by=by, total=PARTS
            )
        log.about(department, note=_("merit up to %(year)s") % {"year": year})
        if people > AT_ONCE:
            app.configure_task(TASK, allow_unknown=True).defer(job_id=job.pk)
            return job
    work(job.pk)
    return job


def work(job_id: int) -> None:
    """One job. Killed at any moment it runs again: the result is attached last."""
    job = Job.objects.select_related("requested_by", "content_type").get(pk=job_id)
    if job.state in (State.DONE, State.FAILED):
        return
    Job.objects.filter(pk=job_id).update(state=State.RUNNING, done=1)
    department: Body = job.record
    year = int(job.kind.split("-")[1])
    board = board_of(department, year, timezone.localdate(job.requested_at))
    Job.objects.filter(pk=job_id).update(done=2)
    _attach(job, year, board.to_bytes())


def _attach(job: Job, year: int, data: bytes) -> None:
    """The last step: file and outcome together, once, whoever finishes first."""
    name = f"tra-loi-{year}.parquet"
    digest = hashlib.sha256(data).hexdigest()
    with act(job.requested_by, "answer_sector"), transaction.atomic():
        unfinished = Job.objects.select_for_update(of=("self",)).filter(pk=job.pk).exclude(state=State.DONE)
        if not unfinished.exists():
            return
        file = StoredFile(
            name=name, content_type="application/vnd.apache.parquet", size=len(data), sha256=digest,
            uploaded_by=job.requested_by,
        )  # fmt: skip
        file.content.save(name, ContentFile(data), save=False)
        file.save()
        Job.objects.filter(pk=job.pk).update(state=State.DONE, file=file, done=PARTS)
