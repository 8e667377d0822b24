"""The list of movements, and one movement with its places and its coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guong.base.coverage import Coverage
from guong.base.models import LogEntry
from guong.base.search import having_words
from guong.movements import tally
from guong.movements.access import must_keep_movements
from guong.movements.coverage import coverage_of
from guong.movements.forms import MovementFilter, units_launched_by
from guong.movements.models import Launch, Movement, MovementLead, Quota
from guong.plans.models import Plan
from guong.plans.reading.paper import paper_of

PER_PAGE = 50


def movements(request: HttpRequest) -> Any:
    """Movements the reader may see, with what every page of one needs."""
    return Movement.objects.visible_to(request.user).select_related("plan__department", "host")


@require_safe
def movement_list(request: HttpRequest) -> HttpResponse:
    """Movements of every plan, newest year first."""
    form = MovementFilter(request.user, request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = movements(request).defer("plan__topics", "plan__activities", "plan__event")
    if wanted.get("q"):
        found = having_words(found, "search", wanted["q"])
    if wanted.get("year"):
        found = found.filter(plan__year=wanted["year"])
    if wanted.get("focal"):
        found = found.filter(focal_tasks=wanted["focal"])
    if wanted.get("quota"):
        awarding = Movement.objects.awarding().values("pk")
        found = found.filter(pk__in=awarding) if wanted["quota"] == "yes" else found.exclude(pk__in=awarding)
    found = _with_counts(found.order_by("-plan__year", "-plan", "order", "pk"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": list(page), "filtered": any(wanted.values())}
    return render(request, "movements/list.html", context)


def _with_counts(found: Any) -> Any:
    """Places and launches of each movement, counted inside the query of the page."""
    quotas = Quota.objects.filter(movement=OuterRef("pk")).order_by().values("movement")
    launches = Launch.objects.filter(movement=OuterRef("pk")).order_by().values("movement")
    leads = Prefetch("leads", MovementLead.objects.select_related("body"))
    return found.annotate(
        places=Subquery(quotas.annotate(n=Sum("size")).values("n")),
        used=Subquery(quotas.annotate(n=Sum("used")).values("n")),
        launched=Coalesce(Subquery(launches.annotate(n=Count("pk")).values("n")), 0),
    ).prefetch_related(leads)


@dataclass(frozen=True)
class Places:
    """One quota as places: awarded, held, left, and how many stand for what is left."""

    quota: Quota
    awarded: int
    nominated: int

    @property
    def held(self) -> int:
        """Chosen by the council, the decision not yet issued."""
        return max(0, self.quota.used - self.awarded)

    @property
    def tight(self) -> bool:
        """More stand for the places than are left: the council must choose."""
        return self.nominated > self.quota.left


@require_safe
def movement(request: HttpRequest, pk: int) -> HttpResponse:
    """One movement: host, leads, window, source, places, who has launched and who has not."""
    found = get_object_or_404(movements(request), pk=pk)
    cover = coverage_of(found)
    own = found.launches.filter(body__in=[holding.body_id for holding in request.user.scope.holdings])
    context = {
        "movement": found,
        "leads": found.leads.select_related("body"),
        "programmes": found.programmes.all(),
        "places": places_of(found),
        "cover": cover,
        "missing": _missing(cover),
        "launches": found.launches.select_related("body").order_by("-on", "body__sort_key")[:PER_PAGE],
        "launch_count": found.launches.count(),
        "own": own.select_related("body"),
        "may_launch": found.plan.state == Plan.State.IN_FORCE
        and units_launched_by(request.user, found).exists(),
        "keeps": found.plan.state == Plan.State.IN_FORCE and must_keep_movements(request.user, found) is None,
        "source": _source(found),
        "tags": found.focal_tasks.select_related("focal_list"),
        "tags_url": reverse("movements:tags", args=[found.pk]),
        "log": LogEntry.objects.about(found)[:PER_PAGE],
    }
    return render(request, "movements/movement.html", context)


def places_of(found: Movement) -> list[Places]:
    """Places of every quota, in three queries."""
    quotas = list(found.quotas.select_related("programme").order_by("programme", "subject"))
    awarded = tally.awarded(quota.pk for quota in quotas)
    nominated = tally.nominated(found.pk)
    return [
        Places(quota, min(awarded[quota.pk], quota.used), nominated[quota.programme_id, quota.subject])
        for quota in quotas
    ]


def _missing(cover: list[Coverage]) -> list[dict[str, Any]]:
    """Units that have not launched, by name: subordinate ones, then the others of the sector."""
    subordinate, sector = cover
    others = tuple(unit for unit in sector.missing if not unit.subordinate)
    return [{"subordinate": True, "units": subordinate.missing}, {"subordinate": False, "units": others}]


def _source(found: Movement) -> dict[str, Any] | None:
    """The words of the plan this movement comes from: its line, and the mark to open."""
    reading = found.plan.reading
    if reading is None:
        return None
    paths = [
        f"movements[{place}].name"
        for place, item in enumerate(reading.found["plan"].get("movements") or ())
        if item.get("code") == (found.code or None) and (found.code or item.get("name") == found.name)
    ]
    source = reading.found.get("sources", {}).get(paths[0]) if paths else None
    if source is None:
        return None
    return {"line": source["line"], "mark": paper_of(reading.lines, reading.found).marks.get(paths[0], "")}
