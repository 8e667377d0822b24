"""The page of one nomination: what it says, what was said about it, and the next act (D-01 … D-05)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guong.awards.actions import nominations as actions
from guong.awards.assessment_view import Panel
from guong.awards.flow import NOMINATION_STEPS
from guong.awards.forms.assessments import InsistForm, JudgeForm, RegimeForm
from guong.awards.forms.nominations import FileForm, LinkForm, OpinionForm
from guong.awards.models import Nomination
from guong.awards.nomination_view import sight
from guong.base.answers import attempt, send, stored


def _nomination(request: HttpRequest, pk: int) -> Nomination:
    """Few joins: what only some readers need is read when they do."""
    found = Nomination.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("movement", "unit", "person", "employment"), pk=pk)


def _page(request: HttpRequest, nomination: Nomination, form: Any = None, status: int = 200) -> HttpResponse:
    seen = sight(nomination, request.user)
    context = {
        "nomination": nomination,
        "sight": seen,
        "opinion_form": form or (OpinionForm() if seen.may_judge else None),
        "file_form": FileForm() if seen.may_edit else None,
        "link_form": LinkForm() if seen.may_edit else None,
        "insist_form": InsistForm() if seen.may_insist else None,
        **_law_forms(seen.law),
    }
    return render(request, "awards/nominations/page.html", context, status=status)


def _law_forms(law: Panel | None) -> dict[str, Any]:
    """Forms of the law's panel, for those who may use them."""
    judging = law and law.may_judge and law.questions
    return {
        "judge_form": JudgeForm(questions=law.questions) if law and judging else None,
        "regime_form": RegimeForm(regimes=law.regimes) if law and law.may_set_regime else None,
    }


@require_safe
def nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """For everyone who may see it; the buttons are those of the reader."""
    return _page(request, _nomination(request, pk))


@require_POST
def nomination_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step; a refusal is a sentence on the page."""
    found = _nomination(request, pk)
    name, version = request.POST.get("step", ""), request.POST.get("version", "")
    if name not in NOMINATION_STEPS:
        raise Http404
    return attempt(
        request,
        lambda: actions.step(
            by=request.user, nomination=found, name=name, note=request.POST.get("note", "").strip(),
            version=int(version) if version.isdecimal() else None,
        ),
        _("Done: %(act)s.") % {"act": NOMINATION_STEPS[name].label},
        found,
    )  # fmt: skip


@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The opinion of the office asked; what was typed stays when it is refused."""
    found = _nomination(request, pk)
    form = OpinionForm(request.POST)
    if form.is_valid():
        answer = send(
            request, form,
            lambda: actions.give_opinion(by=request.user, nomination=found, **form.cleaned_data),
            _("Your opinion is recorded."), found,
        )  # fmt: skip
        if answer:
            return answer
        found = _nomination(request, pk)
    return _page(request, found, form, status=422)


@require_safe
def evidence_file(request: HttpRequest, pk: int, piece: int) -> HttpResponseBase:
    """A file of evidence, to be saved; only through the nomination that owns it (D8, G4)."""
    found = get_object_or_404(_nomination(request, pk).evidence.select_related("file"), pk=piece)
    if found.file is None:
        raise Http404
    response = stored(found.file)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
