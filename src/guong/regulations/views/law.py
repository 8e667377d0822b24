"""The law as it is on a day: regimes, awards, values, the rules of one award."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guong.law import NotInForce
from guong.regulations import shown
from guong.regulations.access import must_keep_some_layers
from guong.regulations.forms.layers import ValueFilter
from guong.regulations.here import law_of, national_law
from guong.regulations.models import Layer
from guong.regulations.views.department import chosen, day_of, departments


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The law, the day and the regime of the address; without a department the national law stands alone."""
    bodies = departments(request)
    body = chosen(request, bodies)
    form, day = day_of(request)
    law = law_of(body) if body else national_law()
    context = {"body": body, "bodies": bodies, "day": day, "day_form": form, "law": law, "regime": None}
    try:
        context["regime"] = law.regime_on(day)
    except NotInForce:
        context["first"] = next(iter(law.regimes.values())).since
        return context
    query = request.GET.copy()
    for name in set(query) - {"ngay", "so"}:
        del query[name]
    regime = context["regime"]
    return context | {
        "query": query.urlencode(), "today": day == timezone.localdate(), "holes": list(law.holes_on(day)),
        "regime_sure": shown.sure(regime.confidence),
    }  # fmt: skip


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Which regime is in force, what the department laid down itself, and the way to the rest."""
    asked = _asked(request)
    law, day = asked["law"], asked["day"]
    regimes = [
        {"regime": each, "now": each is asked["regime"], "sure": shown.sure(each.confidence),
         "instruments": [law.instruments[key].name for key in each.instruments]}
        for each in reversed(law.regimes.values())
    ]  # fmt: skip
    layers = Layer.objects.visible_to(request.user).of_law().on(day).filter(department=asked["body"])
    return render(request, "regulations/overview.html", asked | {
        "regimes": regimes, "layers": layers.select_related("applies_to"),
        "instruments": law.instruments.values(),
        "may_import": must_keep_some_layers(request.user) is None,
    })  # fmt: skip


@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    """Titles and forms of the catalogue."""
    asked = _asked(request)
    law = asked["law"]
    rows = [
        {"award": award, "name": shown.name_of(award), "category": shown.CATEGORIES[award.category],
         "level": shown.LEVELS[award.level], "sure": shown.sure(award.confidence),
         "subjects": [shown.SUBJECTS[each] for each in award.subjects]}
        for award in law.awards.values()
    ]  # fmt: skip
    return render(request, "regulations/awards.html", asked | {"rows": rows})


@require_safe
def award(request: HttpRequest, code: str) -> HttpResponse:
    """What one award asks on the day, in sentences, and what else is laid down about it."""
    asked = _asked(request)
    law = asked["law"]
    if code not in law.awards:
        raise Http404
    rules = shown.rules_of(law, code, asked["day"]) if asked["regime"] else []
    lines = list(shown.values_on(law, asked["day"])) if asked["regime"] else []
    about = [line for line in lines if code in line.name.split(".")]
    return render(request, "regulations/award.html", asked | {
        "award": law.awards[code], "name": shown.name_of(law.awards[code]), "rules": rules, "about": about,
        "not_verified": shown.not_verified(rules),
    })  # fmt: skip


@require_safe
def values(request: HttpRequest) -> HttpResponse:
    """Every value by name, with its source, how sure it is, and the layer that changes it."""
    asked = _asked(request)
    form = ValueFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    lines = shown.values_on(asked["law"], asked["day"]) if asked["regime"] else iter(())
    found = shown.found(lines, wanted.get("q") or "", wanted.get("sure") or "")
    return render(request, "regulations/values.html", asked | {
        "form": form, "groups": shown.grouped(found), "count": len(found),
    })  # fmt: skip
