"""Writing around the law's answer: judging a question, asking again, another regime, insisting."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guong.awards.actions import judging, nominations
from guong.awards.assessment_view import Panel, panel_of, sees_the_answer
from guong.awards.forms.assessments import InsistForm, JudgeForm, RegimeForm
from guong.awards.models import Nomination
from guong.base.answers import attempt, complain, stored


def _nomination(request: HttpRequest, pk: int) -> Nomination:
    found = Nomination.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("movement", "unit", "person", "employment"), pk=pk)


def _panel(request: HttpRequest, nomination: Nomination) -> Panel:
    """What the reader sees; who sees none of it gets the same words as for what does not exist."""
    panel = panel_of(nomination, request.user)
    if panel is None:
        raise Http404
    return panel


def _place(nomination: Nomination) -> str:
    return f"{nomination.get_absolute_url()}#luat"


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answer to one question."""
    found = _nomination(request, pk)
    form = JudgeForm(request.POST, request.FILES, questions=_panel(request, found).questions)
    if not form.is_valid():
        return complain(request, form, _place(found))
    said, upload = form.cleaned_data, form.cleaned_data["file"]
    judgement = judging.Judgement(
        said["question"], said["answer"] == "yes", said["evidence"],
        (upload.name, upload.read()) if upload else None,
    )  # fmt: skip
    return attempt(
        request,
        lambda: judging.judge(by=request.user, nomination=found, said=judgement, key=said["key"]),
        _("The answer is kept. Ask the law again to count it."), _place(found),
    )  # fmt: skip


@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze today's answer as a new line."""
    found = _nomination(request, pk)
    _panel(request, found)
    return attempt(
        request, lambda: judging.ask_again(by=request.user, nomination=found),
        _("Today's answer is kept beside the earlier ones."), _place(found),
    )  # fmt: skip


@require_POST
def set_regime(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge the dossier under another regime."""
    found = _nomination(request, pk)
    form = RegimeForm(request.POST, regimes=_panel(request, found).regimes)
    if not form.is_valid():
        return complain(request, form, _place(found))
    return attempt(
        request,
        lambda: judging.set_regime(by=request.user, nomination=found, **form.cleaned_data),
        _("The dossier is judged under %(regime)s.") % form.cleaned_data, _place(found),
    )  # fmt: skip


@require_POST
def insist(request: HttpRequest, pk: int) -> HttpResponse:
    """The head's reason for sending it all the same."""
    found = _nomination(request, pk)
    form = InsistForm(request.POST)
    if not form.is_valid():
        return complain(request, form, found)
    return attempt(
        request,
        lambda: nominations.insist(by=request.user, nomination=found, **form.cleaned_data),
        _("Your reason is kept with the dossier."), found,
    )  # fmt: skip


@require_safe
def judged_file(request: HttpRequest, pk: int, judged: int) -> HttpResponseBase:
    """The file behind a judged answer, for those who see the answer (D5, D8)."""
    found = _nomination(request, pk)
    if not sees_the_answer(request.user, found):
        raise Http404
    line: Any = get_object_or_404(found.judged.select_related("file"), pk=judged)
    return stored(line.file)
