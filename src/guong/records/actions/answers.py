"""Everybody's answers of a department: worked out in the background, kept for the day."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from guong.base.acting import must
from guong.base.background import OVER, finish, jobs_about, under_way_or_new
from guong.base.models import Body, Employment, Job, User
from guong.base.signed_copy import store
from guong.base.workflow import act, guarded
from guong.records.boards import board_of
from guong.records.proposing import Board
from guong.records.reach import must_see_the_sector
from guong.regulations.here import law_of

PARQUET = "application/vnd.apache.parquet"
TASK = "records.answer_sector"
AT_ONCE = 3_000  # people; more is work for the background
PARTS = 3  # of the progress shown
State = Job.State


def kind_of(department: Body, year: int) -> str:
    """What a kept result is for: the year, and the data of the law it was given from."""
    return f"answers-{year}-{law_of(department).version}"


def jobs_of_today(department: Body, year: int) -> QuerySet[Job]:
    """Today's work for this year under the law as it is, newest first."""
    began = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    return jobs_about(department, kind_of(department, year)).filter(requested_at__gte=began)


def newest_board(department: Body, year: int) -> tuple[Board, Job] | None:
    """The newest result of today that is still kept, and the work that made it."""
    job = jobs_of_today(department, year).filter(state=State.DONE).select_related("file").first()
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
        must(must_see_the_sector(by, department))
        people = Employment.objects.in_force().filter(body__path__startswith=department.path).count()
        latest, kind = jobs_of_today(department, year).first(), kind_of(department, year)
        job = under_way_or_new(latest, kind=kind, record=department, by=by, total=PARTS)
        log.about(department, note=_("merit up to %(year)s") % {"year": year})
        if people > AT_ONCE:
            app.configure_task(TASK, allow_unknown=True).defer(job_id=job.pk)
            return job
    work(job.pk)
    return job


def work(job_id: int) -> None:
    """One job. Killed at any moment it runs again: the result is attached last."""
    job = Job.objects.select_related("requested_by", "content_type").get(pk=job_id)
    if job.state in OVER:
        return
    Job.objects.filter(pk=job_id).update(state=State.RUNNING, done=1)
    department: Body = job.record
    year = int(job.kind.split("-")[1])
    board = board_of(department, year, timezone.localdate(job.requested_at))
    Job.objects.filter(pk=job_id).update(done=2)
    by, data = job.requested_by, board.to_bytes()
    with act(by, "answer_sector"):
        finish(job, lambda: store(by, f"tra-loi-{year}.parquet", data, PARQUET), PARTS)
