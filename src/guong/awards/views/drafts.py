"""Screens of a decision while it is a draft: its lines and its words (D-17)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guong.awards import access
from guong.awards.actions import decisions as actions
from guong.awards.forms.decisions import LineForm, LineFormSet, NomineesForm, WordsForm
from guong.awards.models import Decision, Session
from guong.base.access import Role
from guong.base.answers import attempt, must, send, sent_before, show
from guong.base.models import Body
from guong.base.workflow import Refused
from guong.law import legal_bases
from guong.regulations.here import law_of


def _department(request: HttpRequest) -> Body:
    kept = Body.objects.held_by(request.user, Role.STANDING_OFFICE).filter(kind="department")
    department = kept.select_related("department").first()
    must(None if department else _("Only the standing office drafts decisions."))
    return department


def _draft(request: HttpRequest, pk: int) -> Decision:
    decisions = Decision.objects.visible_to(request.user).select_related("department__department", "session")
    found = get_object_or_404(decisions, pk=pk)
    must(access.must_be_standing_office(request.user, found))
    return found


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest) -> HttpResponse:
    """Choose who stands on the decision: the chosen of one session, or chosen ad hoc."""
    department = _department(request)
    if earlier := sent_before(request):
        return earlier
    waiting = actions.waiting_for_a_decision(department)
    session = _session_asked_for(request)
    offered = waiting.filter(items__session=session) if session else waiting
    form = NomineesForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        answer = send(
            request, form,
            lambda: actions.draft(
                by=request.user, department=department, session=session, **form.cleaned_data
            ),
            _("The draft is ready: check its words and its list."),
        )  # fmt: skip
        if answer:
            return answer
    chosen = set(request.POST.getlist("nominations"))
    context = {
        "offered": actions.with_titles(offered),
        "session": session,
        "chosen": chosen,
        "all": bool(session) and not form.is_bound,
    }
    return show(request, "awards/decisions/new.html", form, **context)


def _session_asked_for(request: HttpRequest) -> Session | None:
    asked = request.POST.get("session") or request.GET.get("session") or ""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    sessions = Session.objects.visible_to(request.user).filter(state=Session.State.CONCLUDED)
    return get_object_or_404(sessions.select_related("council"), pk=int(asked))


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a draft."""
    found = _draft(request, pk)
    form = WordsForm(request.POST or None, decision=found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        answer = send(
            request, form,
            lambda: actions.save_words(
                by=request.user, decision=found, version=version, words=form.cleaned_data
            ),
            _("Saved."),
        )  # fmt: skip
        if answer:
            return answer
    proposed = legal_bases(law_of(found.department), timezone.localdate())
    return show(request, "awards/decisions/edit.html", form, decision=found, proposed=proposed)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Names, posts, achievements and order of the list."""
    found = _draft(request, pk)
    initial = [LineForm.values_of(award) for award in found.awards.all()]
    lines = LineFormSet(request.POST or None, initial=initial, prefix="line")
    refused = ""
    if request.method == "POST" and lines.is_valid():
        try:
            actions.save_lines(
                by=request.user, decision=found, version=_version(request), lines=_lines(lines)
            )
        except Refused as no:
            refused = str(no)
        else:
            return redirect(found)
    context = {"decision": found, "refused": refused}
    return show(request, "awards/decisions/lines.html", lines, **context)


def _lines(lines: Any) -> dict[int, actions.Line]:
    found = {}
    for form in lines:
        values = dict(form.cleaned_data)
        pk = values.pop("pk")
        found[pk] = actions.Line(**values)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def decision_add(request: HttpRequest, pk: int) -> HttpResponse:
    """More chosen nominees for a draft."""
    found = _draft(request, pk)
    waiting = actions.waiting_for_a_decision(found.department)
    form = NomineesForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and form.is_valid():
        nominations = form.cleaned_data["nominations"]
        answer = send(
            request, form,
            lambda: actions.add_lines(
                by=request.user, decision=found, version=_version(request), nominations=nominations
            ),
            _("The list is longer now: check its order."),
        )  # fmt: skip
        if answer:
            return answer
    context = {
        "decision": found,
        "offered": actions.with_titles(waiting),
        "chosen": set(request.POST.getlist("nominations")),
    }
    return show(request, "awards/decisions/new.html", form, **context)


@require_POST
def decision_remove(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """Take one line off the list."""
    found = _draft(request, pk)
    line = get_object_or_404(found.awards, pk=award)
    return attempt(
        request,
        lambda: actions.remove_line(by=request.user, decision=found, version=_version(request), award=line),
        _("%(name)s is off the list and can stand on another decision.") % {"name": line.name_on_paper},
        found,
    )


@require_POST
def decision_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = _draft(request, pk)
    try:
        actions.discard(by=request.user, decision=found, version=_version(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    messages.success(request, _("The draft is gone; its nominees wait for another one."))
    return redirect("awards:decisions")
