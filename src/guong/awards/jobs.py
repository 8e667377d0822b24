"""Background work of awards; each job takes ids and calls an action."""

from __future__ import annotations

from procrastinate.contrib.django import app

from guong.awards.actions import certificates


@app.task(name=certificates.TASK, queue="papers", retry=3)
def print_certificates(job_id: int) -> None:
    """Draw the certificates of one request."""
    certificates.print_certificates(job_id)
