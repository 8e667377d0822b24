"""Whose answers a layer of law would change: counts for its authors, names for the standing office."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guong.base.access import Role
from guong.base.answers import attempt, must, page_of
from guong.base.models import Body, Job, Person, worker_is_alive
from guong.law import load
from guong.records.actions import effects
from guong.regulations.access import must_work_on_layers
from guong.regulations.here import law_of
from guong.regulations.models import Layer
from guong.regulations.shown import name_of, not_verified, rules_of

ANSWERS = {
    "eligible": ("ok", pgettext_lazy("answer", "may be proposed")),
    "not_eligible": ("stop", pgettext_lazy("answer", "may not be proposed")),
    "suspended": ("warn", pgettext_lazy("answer", "must wait")),
    "open": ("plain", pgettext_lazy("answer", "something is missing")),
    "": ("plain", pgettext_lazy("answer", "not asked")),
}


def _layer(request: HttpRequest, pk: int) -> Layer:
    seen = Layer.objects.visible_to(request.user).select_related("department", "applies_to")
    found = get_object_or_404(seen, pk=pk)
    must(must_work_on_layers(request.user, found))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers with bars, and names for those who may see personal lines (D5). A POST works it out anew."""
    layer = _layer(request, pk)
    if request.method == "POST":
        return attempt(request, lambda: effects.start(layer, request.user), "", request.path)
    job = effects.latest(layer)
    at_work = job is not None and job.state in (Job.State.WAITING, Job.State.RUNNING)
    context = {
        "layer": layer, "job": job, "at_work": at_work, "worker_missing": at_work and not worker_is_alive(),
        "codes": [name_of(load().awards[code]) for code in sorted(effects.codes_of(layer))],
    }  # fmt: skip
    if job is not None and job.fetchable:
        context |= _found(request, layer, effects.result(job))
    return render(request, "records/layer_effect.html", context)


def _found(request: HttpRequest, layer: Layer, found: effects.Effect) -> dict[str, Any]:
    awards = load().awards
    asked = sum(found.subjects.values())
    counts = [
        {"award": name_of(awards[code]), "before": ANSWERS[before], "after": ANSWERS[after], "count": n}
        for code, before, after, n in found.counts()
    ]  # fmt: skip
    context = {
        "found": found, "counts": counts, "asked": asked, "stale": found.digest != layer.digest,
        "people": len({row[0] for row in found.rows}), "sees_names": False,
        "not_verified": _unverified(layer, found),
    }  # fmt: skip
    if request.user.scope.holds(layer.department, Role.STANDING_OFFICE):
        page = page_of(request, found.rows)
        context |= {"sees_names": True, "page": page, "lines": _named(page.object_list)}
    return context


def _unverified(layer: Layer, found: effects.Effect) -> list[Any]:
    """Conditions nobody has verified on which one of the two answers may rest."""
    laws = (law_of(layer.applies_to, without=layer), law_of(layer.applies_to, with_=layer))
    rules = [
        rule for law in laws for code in effects.codes_of(layer) for rule in rules_of(law, code, found.day)
    ]
    return not_verified(rules)


def _named(rows: Any) -> list[dict[str, Any]]:
    ids = [row[0] for row in rows]
    people: dict[int, Any] = Person.objects.in_bulk([who for who in ids if who > 0])
    bodies: dict[int, Any] = Body.objects.in_bulk([-who for who in ids if who < 0])
    awards = load().awards
    return [
        {"who": people.get(who) or bodies.get(-who), "about": "person" if who > 0 else "body",
         "award": name_of(awards[code]), "before": ANSWERS[before], "after": ANSWERS[after]}
        for who, code, before, after in rows
    ]  # fmt: skip


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the work stands."""
    layer = _layer(request, pk)
    job = effects.latest(layer)
    if job is None:
        raise Http404
    link = request.path.removesuffix("tien-do/") if job.state == Job.State.DONE else ""
    said = job.message or _("step %(done)s of %(total)s") % {"done": job.done, "total": job.total}
    return JsonResponse(
        {"done": job.done, "total": job.total, "state": job.state, "link": link, "message": said}
    )
