"""Background work of the record book; each job takes ids and calls an action."""

from __future__ import annotations

from procrastinate.contrib.django import app

from guong.records.actions import answers, effects, sheets


@app.task(name=sheets.TASK, queue="sheets", retry=3)
def work_on_sheet(job_id: int) -> None:
    """Check a long sheet, or enter it."""
    sheets.work(job_id)


@app.task(name=answers.TASK, queue="sheets", retry=3)
def answer_sector(job_id: int) -> None:
    """Everybody's answers of a department."""
    answers.work(job_id)


@app.task(name=effects.TASK, queue="sheets", retry=3)
def work_out_effect(job_id: int) -> None:
    """Whose answers a layer of law would change."""
    effects.work(job_id)
