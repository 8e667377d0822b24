"""Whose answers a layer of law would change, worked out from the book in the background (D-22)."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from guong.base.acting import must
from guong.base.background import OVER, finish, jobs_about, under_way_or_new
from guong.base.models import Body, BodyKind, Employment, Job, User
from guong.base.signed_copy import store
from guong.base.workflow import Refused, act
from guong.law import Facts, LawError, preview
from guong.records.facts import Subjects, everybody, facts_for
from guong.regulations.access import must_work_on_layers
from guong.regulations.here import law_of
from guong.regulations.models import Layer
from guong.regulations.shown import SUBJECTS

KIND = "layer_effect"
TASK = "records.work_out_effect"
AT_ONCE = 300  # people; more is work for the background
STAGES = 4
State = Job.State


@dataclass(frozen=True)
class Effect:
    """What a finished job found. rows: subject as the law's facts know it, award, answer before and after."""

    year: int
    day: date
    digest: str
    subjects: dict[str, int]
    rows: list[tuple[int, str, str, str]]

    def counts(self) -> list[tuple[str, str, str, int]]:
        """How many answers change, by award and by what becomes of what; the most first."""
        found = Counter((code, before, after) for _who, code, before, after in self.rows)
        return sorted(((*key, n) for key, n in found.items()), key=lambda each: (each[0], -each[3]))


def codes_of(layer: Layer) -> set[str]:
    """The awards whose rules a layer lays down; figures alone change nobody's answer."""
    parts = [name.split(".") for name in layer.speaks_of]
    return {code for code, *rest in parts if len(rest) == 2 and rest[0] in SUBJECTS}


def latest(layer: Layer) -> Job | None:
    """The newest work about this layer."""
    return jobs_about(layer, KIND).first()


def start(layer: Layer, by: User) -> Job:
    """Work out the effect: at once for a small place, else in the background. Raises Refused."""
    must(
        must_work_on_layers(by, layer),
        None if codes_of(layer) else _("It lays down figures only: nobody's answer changes."),
    )
    small = _staff(layer.applies_to).count() <= AT_ONCE
    with act(by, KIND):
        job = under_way_or_new(latest(layer), kind=KIND, record=layer, by=by, total=STAGES)
        if not small:
            app.configure_task(TASK, allow_unknown=True).defer(job_id=job.pk)
    if small:
        work(job.pk)
    return job


def work(job_id: int) -> None:
    """One job. Killed at any moment it runs again: the result is attached last."""
    job = Job.objects.select_related("requested_by", "content_type").get(pk=job_id)
    if job.state in OVER:
        return
    Job.objects.filter(pk=job_id).update(state=State.RUNNING)
    try:
        found = _effect(Layer.objects.select_related("applies_to", "department").get(pk=job.object_id), job)
    except (Refused, LawError, LookupError) as problem:
        Job.objects.filter(pk=job_id).update(state=State.FAILED, message=str(problem)[:400])
        return
    data = json.dumps(found).encode()
    finish(job, lambda: store(job.requested_by, "anh-huong.json", data, "application/json"), STAGES)


def _effect(layer: Layer, job: Job) -> dict[str, Any]:
    day = layer.day_for(timezone.localdate())
    facts = Facts.of(**facts_for(_subjects(layer), day).frames)
    year = int(facts.ratings["year"].max() or day.year - 1)  # type: ignore[arg-type]  # the last one rated
    Job.objects.filter(pk=job.pk).update(done=1)
    before, after = law_of(layer.applies_to, without=layer), law_of(layer.applies_to, with_=layer)
    changed = preview(before, after, facts, year, day, codes_of(layer))
    Job.objects.filter(pk=job.pk).update(done=STAGES - 1)
    kinds = Counter(facts.subjects["kind"].to_list())
    return {
        "year": year, "day": day.isoformat(), "digest": layer.digest, "subjects": dict(kinds),
        "rows": [list(row) for row in changed.select("subject", "code", "before", "after").rows()],
    }  # fmt: skip


def _staff(place: Body) -> Any:
    return Employment.objects.in_force().filter(body__path__startswith=place.path)


def _subjects(layer: Layer) -> Subjects:
    """Everybody whom the layer applies to."""
    place = layer.applies_to
    if not layer.of_a_unit:
        return everybody(place)
    kinds = (BodyKind.UNIT, BodyKind.SECTION, BodyKind.OFFICE, BodyKind.PRIVATE)
    bodies = Body.objects.under(place).current().filter(kind__in=kinds)
    return Subjects(
        people=list(_staff(place).values_list("person", flat=True).distinct()),
        bodies=list(bodies.values_list("pk", flat=True)),
    )


def result(job: Job) -> Effect:
    """What a finished job found."""
    with job.file.content.open("rb") as stream:  # type: ignore[union-attr]  # a finished job has a file
        data = json.load(stream)
    rows = [(who, code, before or "", after or "") for who, code, before, after in data["rows"]]
    return Effect(data["year"], date.fromisoformat(data["day"]), data["digest"], data["subjects"], rows)
