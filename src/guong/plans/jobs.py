"""Background work of plans; each job takes ids and calls what does the work."""

from __future__ import annotations

from procrastinate.contrib.django import app

from guong.plans import recognition


@app.task(name=recognition.TASK, queue="readings", retry=3)
def recognise(job_id: int) -> None:
    """Read one file that took too long for a request."""
    recognition.recognise(job_id)
