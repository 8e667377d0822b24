"""What runs by the clock: the night's clearing, and work whose worker was killed is given to the next one."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from guong.base.models import OnceToken

TOKEN_DAYS = 7  # longer than any form stays open
LOGIN_DAYS = 90  # attempts to log in carry names and addresses


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="guong.site.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Runs at twenty past two; `timestamp` is when it was due, in seconds since 1970."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    OnceToken.objects.filter(at__lt=now - timedelta(days=TOKEN_DAYS)).delete()
    old = now - timedelta(days=LOGIN_DAYS)
    AccessAttempt.objects.filter(attempt_time__lt=old).delete()
    AccessLog.objects.filter(attempt_time__lt=old).delete()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="guong.site.rescue", pass_context=False)
async def rescue(timestamp: int) -> None:
    """Every minute: jobs of a worker without heartbeat start again. All our jobs may run twice."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
