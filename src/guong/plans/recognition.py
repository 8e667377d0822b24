"""Reading scans and long files in the background: page by page, safe to kill and to run again."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from guong.base.background import OVER, jobs_about
from guong.base.models import Job, User
from guong.base.workflow import Refused, act, guarded, take
from guong.planreader import Reading as Found
from guong.planreader import sandbox
from guong.planreader.reasons import Unreadable
from guong.plans.access import must_keep_plans
from guong.plans.flow import READING_STEPS
from guong.plans.models import Reading
from guong.plans.unreadable import sentence

KIND = "recognise"
TASK = "plans.recognise"
# Reasons for which a file is read in the background instead of in the request.
LATER = frozenset({"needs_time", "too_slow"})
# Work that is not done by then was lost: its worker was killed, and no other took it over.
LONGEST = timedelta(seconds=2 * sandbox.SECONDS_FOR_SCANS)
State = Job.State


def latest_job(reading: Reading) -> Job | None:
    """The newest work on this reading."""
    return jobs_about(reading, KIND).first()


def begin(reading: Reading, by: User) -> Job:
    """Inside the running act: the worker gets the reading once the act is committed."""
    job = Job.objects.create(kind=KIND, record=reading, requested_by=by)
    app.configure_task(TASK, allow_unknown=True).defer(job_id=job.pk)
    return job


def must_be_stuck(reading: Reading, job: Job | None) -> str | None:
    """Work is asked for again when it failed, or is older than the longest work takes."""
    if reading.state == Reading.State.FAILED:
        return None
    if reading.state != Reading.State.READING:
        return _("This file has been read already.")
    lost = job is None or timezone.now() - job.requested_at > LONGEST
    return None if lost else _("This file is being read. Wait until it is done.")


def wake(by: User, reading: Reading) -> None:
    """Ask again for work that failed or was lost; doing it twice gives one reading. Raises Refused."""
    with guarded(by, "wake_reading", reading) as log:
        locked = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
        if why := must_keep_plans(by, locked) or must_be_stuck(locked, latest_job(locked)):
            raise Refused(why)
        if locked.state == Reading.State.FAILED:
            locked = take(READING_STEPS["read_again"], locked, by=by)
        begin(locked, by)
        log.about(locked)


def recognise(job_id: int) -> None:
    """Read the file of one job. Killed at any moment, it runs again: all is written in one last step."""
    job = Job.objects.select_related("content_type", "requested_by").get(pk=job_id)
    if job.state in OVER:
        return
    Job.objects.filter(pk=job_id).update(state=State.RUNNING, done=0, total=0)
    reading = Reading.objects.select_related("file").get(pk=job.object_id)

    def told(done: int, total: int) -> None:
        Job.objects.filter(pk=job_id, state=State.RUNNING).update(done=done, total=total)

    try:
        with reading.file.content.open("rb") as stream:
            data = stream.read()
        found = sandbox.read_limited(
            data, reading.file.name, sandbox.SECONDS_FOR_SCANS, scans=True, told=told
        )
    except Unreadable as reason:
        _give_up(job, reading, sentence(reason))
    except OSError:
        _give_up(job, reading, sentence(Unreadable("no_room", name=reading.file.name)))
    else:
        _attach(job, reading, found)


def _attach(job: Job, reading: Reading, found: Found) -> None:
    """The last step of the work: what was read and the outcome of the job together, by whoever is first."""
    whole = found.to_json()
    lines = whole.pop("lines")

    with act(job.requested_by, "recognise"):
        if _is_still_wanted(job, reading):
            Reading.objects.filter(pk=reading.pk).update(found=whole, lines=lines)
            take(READING_STEPS["recognised"], reading, by=job.requested_by)
        Job.objects.filter(pk=job.pk).update(state=State.DONE, file=reading.file)


def _give_up(job: Job, reading: Reading, why: str) -> None:
    with act(job.requested_by, "recognise"):
        if _is_still_wanted(job, reading):
            take(READING_STEPS["unreadable"], reading, by=job.requested_by, note=why)
        Job.objects.filter(pk=job.pk).update(state=State.FAILED, message=why[:400])


def _is_still_wanted(job: Job, reading: Reading) -> bool:
    """Locks job and reading; another run may have finished, or a person discarded the reading."""
    Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    locked = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    return locked.state == Reading.State.READING
