"""Layers of a department: list, import, one layer with what it changes, its draft, its decision, its end."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import (
    attachment,
    attempt,
    complain,
    must,
    page_of,
    send,
    sent_before,
    show,
    stored,
    take_step,
)
from guong.base.models import LogEntry
from guong.base.workflow import offered, refusals
from guong.law import shipped_layers
from guong.regulations import access, shown
from guong.regulations.actions import layers as acts
from guong.regulations.flow import LAYER_STEPS
from guong.regulations.forms.layers import EditForm, EndForm, ImportForm, PaperForm
from guong.regulations.here import law_of
from guong.regulations.models import Layer

EDITING = ["GET", "HEAD", "POST"]
YAML = "text/plain; charset=utf-8"


def _layer(request: HttpRequest, pk: int) -> Layer:
    seen = Layer.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("department", "applies_to", "file", "created_by__person"), pk=pk
    )


@require_safe
def layer_list(request: HttpRequest) -> HttpResponse:
    """All one may see, the newest first."""
    found = Layer.objects.visible_to(request.user).select_related("applies_to").defer("text")
    return render(request, "regulations/layers.html", {
        "page": page_of(request, found), "may_import": access.must_keep_some_layers(request.user) is None,
    })  # fmt: skip


@require_http_methods(EDITING)
def new(request: HttpRequest) -> HttpResponse:
    """Import a file or a pasted text; `mau` fills in one of the examples that come with the product."""
    must(access.must_keep_some_layers(request.user))
    if request.method == "POST" and (earlier := sent_before(request)):
        return earlier
    examples = shipped_layers()
    asked = request.GET.get("mau", "")
    initial = {"text": examples[asked].read_text(encoding="utf-8")} if asked in examples else {}
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user, initial=initial)
    if form.is_valid() and (answer := send(request, form, lambda: _import(request, form))):
        return answer
    return show(request, "regulations/new.html", form, examples=list(examples))


def _import(request: HttpRequest, form: ImportForm) -> Layer:
    values = form.cleaned_data
    return acts.import_layer(
        by=request.user, applies_to=values["applies_to"], text=values["text"], name=form.name(),
        signed_on=values["signed_on"], paper=values["paper"], key=values["key"],
    )  # fmt: skip


@require_safe
def layer(request: HttpRequest, pk: int) -> HttpResponse:
    """One layer: what it changes beside the law without it, its decision, the next step."""
    found = _layer(request, pk)
    day = found.day_for(timezone.localdate())
    before, after = law_of(found.applies_to, without=found), law_of(found.applies_to, with_=found)
    keeps = access.must_keep_layer(request.user, found) is None
    steps = [step for step in offered(LAYER_STEPS, found, request.user) if step.name != "end"]
    context = {
        "layer": found, "day": day, "changes": shown.differences(before, after, day), "keeps": keeps,
        "draft": found.state == "draft", "steps": steps,
        "blocked": {"put_in_force": " ".join(refusals(LAYER_STEPS["put_in_force"], found, request.user))},
        "may_end": found.state == "in_force" and access.must_lead(request.user, found) is None,
        "sees_effect": access.must_work_on_layers(request.user, found) is None,
        "paper_form": PaperForm() if keeps and found.state == "draft" else None,
        "log": LogEntry.objects.about(found)[:30],
    }  # fmt: skip
    return render(request, "regulations/layer.html", context)


@require_http_methods(EDITING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the text of a draft."""
    found = _layer(request, pk)
    must(access.must_keep_layer(request.user, found))
    initial = {"text": found.text, "signed_on": found.signed_on, "version": found.version}
    form = EditForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = form.cleaned_data
        answer = send(
            request, form, lambda: acts.rewrite(found, by=request.user, **values), _("The draft is kept.")
        )
        if answer:
            return answer
    return show(request, "regulations/edit.html", form, layer=found)


@require_http_methods(EDITING)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say on which day a layer applies for the last time."""
    found = _layer(request, pk)
    must(access.must_lead(request.user, found))
    form = EndForm(request.POST or None)
    if form.is_valid() and (
        answer := send(request, form, lambda: acts.end(found, by=request.user, **form.cleaned_data))
    ):
        return answer
    return show(request, "regulations/end.html", form, layer=found)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Put in force, drop, withdraw."""
    found = _layer(request, pk)
    if request.POST.get("step") != "put_in_force":
        return take_step(request, LAYER_STEPS, found, found)
    return attempt(request, lambda: acts.put_in_force(found, by=request.user), "", found)


@require_http_methods(EDITING)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch the signed decision, or attach it."""
    found = _layer(request, pk)
    if request.method != "POST":
        return stored(found.file)
    must(access.must_keep_layer(request.user, found))
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return complain(request, form, found)
    return attempt(
        request, lambda: acts.attach(found, form.cleaned_data["paper"], by=request.user), "", found
    )


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as a file, byte for byte what the digest is of."""
    found = _layer(request, pk)
    return attachment(found.text.encode(), f"quy-dinh-{found.pk}.yaml", YAML)


@require_safe
def shipped(_request: HttpRequest, example: str) -> HttpResponse:
    """One of the example layers that come with the product."""
    path: Any = shipped_layers().get(example)
    if path is None:
        raise Http404
    return attachment(path.read_bytes(), f"{example}.yaml", YAML)
