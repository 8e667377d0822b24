"""Units' own plans under one plan: who has issued, who is writing, who has not begun; also as Excel."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from guong.base.answers import attachment, page_of
from guong.base.text import fold
from guong.plans.access import must_keep_plans
from guong.plans.after.cascade import Cascade, is_cascaded, states, workbook
from guong.plans.forms import UnitFilter
from guong.plans.uploads import EXCEL
from guong.plans.views.plans import plans_seen


@require_safe
def cascade(request: HttpRequest, pk: int) -> HttpResponse:
    """Every unit with its plan."""
    found = _cascade(request, pk)
    form = UnitFilter(list(states().items()), request.GET)
    context = {
        "plan": found.plan,
        "cascade": found,
        "form": form,
        "page": page_of(request, [line for line in found.lines if form.keeps(line.unit, line.state)]),
        "follows": must_keep_plans(request.user, found.plan) is None,
    }
    return render(request, "plans/cascade.html", context)


@require_safe
def cascade_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    found = _cascade(request, pk)
    name = slugify(fold(f"ke hoach don vi {found.plan.number or found.plan.pk} {found.plan.year}"))
    return attachment(workbook(found), f"{name}.xlsx", EXCEL)


def _cascade(request: HttpRequest, pk: int) -> Cascade:
    plan = get_object_or_404(plans_seen(request), pk=pk)
    if not is_cascaded(plan):
        raise Http404
    return Cascade(plan)
