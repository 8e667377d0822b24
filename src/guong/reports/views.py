"""Reports, read-only: which plans there are to report on, and the progress of one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from guong.base.text import fold
from guong.plans.models import Plan
from guong.reports.progress import Progress
from guong.reports.sheets import workbook

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Plans that launch movements, newest first."""
    found = (
        Plan.objects.visible_to(request.user)
        .defer("topics", "activities", "event")
        .annotate(movement_count=Count("movements", distinct=True))
        .filter(movement_count__gt=0)
        .order_by("-year", "-issued_on", "-pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/index.html", {"page": page})


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Launched, nominated, awarded: per movement and per unit, with both denominators."""
    return render(request, "reports/plan.html", {"progress": _progress(request, pk)})


@require_safe
def plan_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    progress = _progress(request, pk)
    answer = HttpResponse(workbook(progress), content_type=XLSX)
    name = slugify(fold(f"tien do {progress.plan.number or progress.plan.pk} {progress.plan.year}"))
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _progress(request: HttpRequest, pk: int) -> Progress:
    found = Plan.objects.visible_to(request.user).select_related("department")
    return Progress(get_object_or_404(found, pk=pk), request.user)
