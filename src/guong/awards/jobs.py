"""Background work of awards; each job takes ids and calls an action."""

from __future__ import annotations

from procrastinate.contrib.django import app

from guong.awards import comparing
from guong.awards.actions import certificates


@app.task(name=certificates.TASK, queue="papers", retry=3)
def print_certificates(job_id: int) -> None:
    """Draw the certificates of one request."""
    certificates.print_certificates(job_id)


@app.task(name=comparing.TASK, queue="papers", retry=3)
def compare_dossier(nomination_id: int) -> None:
    """Look for texts that repeat the one just sent."""
    comparing.compare(nomination_id)


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="guong.awards.compare_all", pass_context=False)
def compare_all(timestamp: int) -> None:
    """Twenty to three: all dossiers against all, for texts changed since; `timestamp` is when it was due."""
    comparing.compare_all()
