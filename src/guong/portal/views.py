"""Public pages: home, honour book, certificate check, published plans."""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guong.awards.models import SigningKey
from guong.awards.signing_keys import published
from guong.base.answers import stored
from guong.base.models import Body
from guong.papers.proof import ALGORITHM
from guong.papers.seal import normal_code
from guong.plans.models import Plan
from guong.portal import certificates, honours, plans
from guong.portal.cache import keep
from guong.portal.throttle import seconds_to_wait

PER_PAGE = 50
NEWEST = 6


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What was honoured lately, the certificate check, the plans in force."""
    year = honours.this_year()
    seen = {
        "newest": honours.newest(NEWEST),
        "plans": Plan.objects.published()[:NEWEST],
        "year": year,
        "figures": honours.figures(year),
    }
    return keep(render(request, "portal/home.html", seen))


@login_not_required
@require_safe
def honour_book(request: HttpRequest) -> HttpResponse:
    """Everyone honoured, by decision, with filters."""
    wanted = _wanted(request)
    found = honours.awards(wanted)
    page = Paginator(found.order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
    seen = {
        "page": page,
        "awards": honours.page_of(found, max(page.start_index() - 1, 0), PER_PAGE),
        "wanted": wanted,
        "years": honours.years(),
        "forms": honours.forms(),
        "units": Body.objects.filter(in_sector=True).by_name(),
    }
    return keep(render(request, "portal/honour_book.html", seen))


def _wanted(request: HttpRequest) -> honours.Wanted:
    def number(name: str) -> int | None:
        text = request.GET.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    return honours.Wanted(
        words=request.GET.get("q", "")[:200],
        year=number("year"),
        form=request.GET.get("form", "")[:120],
        unit=number("unit"),
        subject=request.GET.get("subject", ""),
    )


@login_not_required
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The form for a certificate's code; a code in the query goes to its own page."""
    if text := request.GET.get("code", "").strip()[:80]:
        if "/" in text:  # the whole text of the square
            text = text.rstrip("/").partition("?")[0].rstrip("/").rpartition("/")[2]
        return redirect("portal:certificate", code=normal_code(text) or text.replace("/", "-"))
    return render(request, "portal/check.html")


@login_not_required
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper is worth now. Always read afresh: a revocation shows with the next request (J3)."""
    if wait := seconds_to_wait(get_client_ip_address(request)):
        return _hidden(render(request, "portal/slow.html", {"seconds": wait}, status=429), wait)
    verdict = certificates.verify(code[:80], request.GET.get("s", "")[:100])
    seen = {"verdict": verdict, "now": timezone.localtime()}
    return _hidden(render(request, "portal/verify.html", seen, status=200 if verdict.award else 404))


def _hidden(response: HttpResponse, wait: int = 0) -> HttpResponse:
    """Neither kept nor found by search engines."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    if wait:
        response["Retry-After"] = str(wait)
    return response


@login_not_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of certificates, and how to check one without this site (J5)."""
    return keep(
        render(request, "portal/keys.html", {"keys": SigningKey.objects.order_by("-used_from", "-pk")})
    )


@login_not_required
@require_safe
def keys_file(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    return keep(JsonResponse({"algorithm": ALGORITHM, "canonical": "RFC 8785", "keys": published()}))


@login_not_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Published plans, with words and year to find one."""
    wanted = _wanted(request)
    page = Paginator(plans.found(wanted.words, wanted.year), PER_PAGE).get_page(request.GET.get("page"))
    return keep(
        render(request, "portal/plans.html", {"page": page, "wanted": wanted, "years": plans.years()})
    )


@login_not_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A published plan: what it asks, until when, how many may be honoured, and its text."""
    shown = get_object_or_404(Plan.objects.published().select_related(*plans.FILES), pk=pk)
    return keep(render(request, "portal/plan.html", plans.seen(shown)))


@login_not_required
@require_safe
def plan_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a published plan; gone with the moment it is taken back."""
    shown = get_object_or_404(Plan.objects.published().select_related(*plans.FILES), pk=pk)
    return stored(plans.file_of(shown))
