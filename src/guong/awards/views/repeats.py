"""Two dossiers whose texts repeat one another, side by side (J-04)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guong.awards import access
from guong.awards.models import Nomination
from guong.awards.repeats import repeats_of, side_by_side
from guong.base.answers import must


@require_safe
def repeat(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """For who judges the first; of the second only what it shares, unless the reader sees it anyway."""
    found = Nomination.objects.visible_to(request.user).with_names()
    nomination = get_object_or_404(found, pk=pk)
    must(access.must_judge_the_text(request.user, nomination))
    row = next((row for row in repeats_of(nomination, request.user) if row.other.pk == other), None)
    if row is None:
        raise Http404
    context = {"nomination": nomination, "row": row, "texts": side_by_side(nomination, row)}
    return render(request, "awards/nominations/repeat.html", context)
