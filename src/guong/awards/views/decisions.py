"""Screens of decisions: the list, one decision with its paper, number, signed copy, issue, end (08)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access, money, papers
from guong.awards.actions import issuing
from guong.awards.actions.certificates import latest_job
from guong.awards.decision_view import neighbours, road, signature_checks, to_settle
from guong.awards.flow import DECISION_STEPS
from guong.awards.forms.decisions import DecisionFilter, RevokeForm
from guong.awards.models import Decision, Nomination
from guong.awards.views.sessions import WRITERS
from guong.base.access import Role
from guong.base.answers import attachment, attempt, complain, must, page_of, send, show, stored
from guong.base.forms.papers import NumberForm, SignedCopyForm
from guong.base.models import LogEntry
from guong.base.workflow import offered, refusals

ON_A_PAGE = 200  # lines of the list shown on screen; the papers hold all


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """All decisions one may see, newest number first."""
    seen = Decision.objects.visible_to(request.user)
    years = seen.filter(year__isnull=False).order_by("-year").values_list("year", flat=True).distinct()
    form = DecisionFilter(request.GET, years=years)
    values = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, _matching(seen, values).select_related("movement"))
    counts = _counts(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": [(decision, counts.get(decision.pk, {})) for decision in page.object_list],
        "filtered": any(values.values()),
        "waiting": _waiting(request),
    }
    return render(request, "awards/decisions/list.html", context)


def _matching(seen: Any, values: dict[str, Any]) -> Any:
    if values.get("q"):
        seen = seen.having(values["q"])
    for name in ("year", "state"):
        if values.get(name):
            seen = seen.filter(**{name: values[name]})
    return seen


def _counts(decisions: Any) -> dict[int, dict[str, int]]:
    """Collectives and individuals on each decision of one page, one query."""
    found = (
        Decision.objects.filter(pk__in=[decision.pk for decision in decisions])
        .order_by()
        .annotate(
            collectives=Count("awards", filter=Q(awards__subject="collective")),
            individuals=Count("awards", filter=Q(awards__subject="individual")),
        )
        .values("pk", "collectives", "individuals")
    )
    return {row["pk"]: row for row in found}


def _waiting(request: HttpRequest) -> int | None:
    """How many chosen nominees wait for a decision; None for readers who draft none."""
    scope = request.user.scope
    if not scope.has(Role.STANDING_OFFICE):
        return None
    mine = scope.within("department", Role.STANDING_OFFICE)
    return Nomination.objects.filter(mine, state=Nomination.State.CHOSEN, award__isnull=True).count()


def _decision(request: HttpRequest, pk: int) -> Decision:
    decisions = Decision.objects.visible_to(request.user).select_related(
        "department__department", "movement", "session__council", "signed_file", "created_by__person"
    )
    return get_object_or_404(decisions, pk=pk)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its paper, its road, and what can be done with it now."""
    found = _decision(request, pk)
    bonuses = money.bonuses_of(found)
    awards = list(found.awards.select_related("nomination")[:ON_A_PAGE])
    context = {
        "decision": found,
        "awards": awards,
        "several": len({award.title_code for award in awards}) > 1,
        "paper": papers.shown(found, bonuses),
        "totals": money.totals(bonuses),
        "to_settle": to_settle(found, bonuses) if found.state == "draft" else [],
        "counts": _counts([found])[found.pk],
        "road": road(found),
        "checks": signature_checks(found),
        "neighbours": neighbours(found),
        "job": latest_job(found),
        "history": LogEntry.objects.about(found)[:40],
    }
    return render(request, "awards/decisions/decision.html", context | _can_be_done(found, request.user))


def _can_be_done(found: Decision, user: Any) -> dict[str, Any]:
    """The buttons and small forms of a decision for one reader."""
    steps = [step for step in offered(DECISION_STEPS, found, user) if step.name in ("issue", "void")]
    in_draft, issued = found.state == "draft", found.state == "issued"
    dated = {"version": found.version}
    return {
        "steps": steps,
        "blocked": {step.name: " ".join(refusals(step, found, user, "-")) for step in steps},
        "number_form": NumberForm(initial=dated) if _may("number", found, user) else None,
        "copy_form": SignedCopyForm() if _may("keep_signed_copy", found, user) else None,
        "may_edit": in_draft and access.must_be_standing_office(user, found) is None,
        "may_revoke": _may("revoke", found, user),
        "may_print": issued and access.must_print_certificates(user, found) is None,
    }


def _may(name: str, decision: Decision, user: Any) -> bool:
    step = DECISION_STEPS[name]
    return decision.state in step.source and not any(rule(user, decision) for rule in step.who)


@require_POST
def decision_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft its number."""
    found = _decision(request, pk)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return complain(request, form, found)
    return attempt(
        request,
        lambda: issuing.give_number(by=request.user, decision=found, **form.cleaned_data),
        _("The decision has its number."),
        found,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the signed PDF; fetch it."""
    found = _decision(request, pk)
    if request.method != "POST":
        if found.signed_file is None:
            raise Http404
        return stored(found.signed_file)
    form = SignedCopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return complain(request, form, found)
    file = form.cleaned_data["file"]
    return attempt(
        request,
        lambda: issuing.keep_signed_copy(by=request.user, decision=found, name=file.name, data=file.read()),
        _("The signed copy is kept with its hash."),
        found,
    )


@require_POST
def decision_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue, or cancel before issue."""
    found = _decision(request, pk)
    user, note = request.user, request.POST.get("note", "")
    if request.POST.get("step") == "issue":
        said = _("The decision is issued: its awards stand in the register and on the public page.")
        return attempt(request, lambda: issuing.issue(by=user, decision=found), said, found)
    if request.POST.get("step") == "void":
        said = _("The decision is cancelled; its number stays spent.")
        return attempt(request, lambda: issuing.void(by=user, decision=found, reason=note), said, found)
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def decision_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke the whole decision."""
    found = _decision(request, pk)
    must(access.must_be_leader(request.user, found))
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"reason": form.cleaned_data["note"], "give_places_back": form.cleaned_data["give_back"]}
        answer = send(
            request, form, lambda: issuing.revoke(by=request.user, decision=found, **values),
            _("The decision is revoked: none of its awards is in force."),
        )  # fmt: skip
        if answer:
            return answer
    return show(request, "awards/decisions/revoke.html", form, decision=found, award=None)


@require_http_methods(["GET", "HEAD", "POST"])
def award_revoke(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """Revoke one award of a decision."""
    found = _decision(request, pk)
    must(access.must_be_leader(request.user, found))
    line = get_object_or_404(found.awards.select_related("decision", "nomination"), pk=award)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"reason": form.cleaned_data["note"], "give_place_back": form.cleaned_data["give_back"]}
        answer = send(
            request, form, lambda: issuing.revoke_award(by=request.user, award=line, **values),
            _("%(name)s: the award is revoked.") % {"name": line.name_on_paper}, to=found,
        )  # fmt: skip
        if answer:
            return answer
    return show(request, "awards/decisions/revoke.html", form, decision=found, award=line)


@require_safe
def decision_paper(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The decision as Word or PDF, made from the records now."""
    found = _decision(request, pk)
    if ending not in WRITERS:
        raise Http404
    write, content_type = WRITERS[ending]
    try:
        data = write(papers.decision_paper(found))
    except papers.NotPrintableError as fault:
        messages.error(request, papers.unprintable(fault))
        return redirect(found)
    return attachment(data, papers.file_name(found, "quyet-dinh", ending), content_type)
