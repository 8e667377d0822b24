"""Long work on a record: the newest piece of it, one under way at a time, one last step (design.md 12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet

from guong.base.models import Job, StoredFile, User

State = Job.State
OVER = (State.DONE, State.FAILED)


def jobs_about(record: Any, kind: str = "") -> QuerySet[Job]:
    """Work on this record, newest first; of one kind when it is named."""
    found = Job.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
    return (found.filter(kind=kind) if kind else found).order_by("-pk")


def under_way_or_new(job: Job | None, *, kind: str, record: Any, by: User, total: int) -> Job:
    """The job when it still waits or runs, else a new one.

    Work under way may have been killed: it is asked for again, and doing it twice gives one file.
    """
    if job is not None and job.state not in OVER:
        return job
    return Job.objects.create(kind=kind, record=record, requested_by=by, total=total)


def finish(job: Job, make: Callable[[], StoredFile], total: int) -> None:
    """The last step of the work: file and outcome together, once, whoever finishes first."""
    with transaction.atomic():
        unfinished = Job.objects.select_for_update(of=("self",)).filter(pk=job.pk).exclude(state=State.DONE)
        if unfinished.exists():
            Job.objects.filter(pk=job.pk).update(state=State.DONE, file=make(), done=total, total=total)
