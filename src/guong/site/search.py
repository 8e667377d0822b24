"""One search over everything the user may see, by words without diacritics or by a document's number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guong.base.feed import Hit
from guong.base.models import User
from guong.base.text import clean, fold
from guong.site.feeds import modules

EACH = 10  # hits an app may return
KINDS = {
    "people": _("People"),
    "org": _("Organisation"),
    "plan": _("Plans"),
    "movement": _("Movements"),
    "nomination": _("Nominations"),
    "list": _("Lists open for comment"),
    "council": _("Council"),
    "decision": _("Decisions"),
    "honour": _("Book of honours"),
    "report": _("Reports"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Hits by kind. The most exact kind, a document found by its number, comes first by itself."""
    query = clean(request.GET.get("q", ""))[:200]
    groups = hits(request.user, query) if fold(query) else []
    context = {"query": query, "groups": groups, "count": sum(len(found) for _kind, _label, found in groups)}
    return render(request, "site/search.html", context)


def hits(user: User, query: str) -> list[tuple[str, object, list[Hit]]]:
    """(icon, words, hits) of every kind found."""
    found: dict[str, list[Hit]] = {}
    for module in modules("search"):
        for hit in module.search(user, query, EACH):
            found.setdefault(hit.kind, []).append(hit)
    order = {kind: place for place, kind in enumerate(KINDS)}
    return [
        (kind, KINDS.get(kind, kind), found[kind])
        for kind in sorted(found, key=lambda kind: order.get(kind, len(order)))
    ]
