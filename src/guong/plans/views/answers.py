"""What several screens of plans answer alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from guong.base.models import StoredFile
from guong.base.workflow import Refused, Step, take

PER_PAGE = 50


def page_of(request: HttpRequest, records: Any) -> Page:
    """The page asked for; a number beyond the end gives the last one."""
    return Paginator(records, PER_PAGE).get_page(request.GET.get("page"))


def must(why: str | None) -> None:
    """A page whose reader may not act there: 403 with the sentence of the rule."""
    if why:
        raise PermissionDenied(why)


def do(request: HttpRequest, write: Callable[[], Any], to: Any, done: Any = "") -> HttpResponse:
    """One write behind a button, then back to the page; a refusal is shown there as its sentence."""
    try:
        write()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, str(done))
    return redirect(to)


def take_step(request: HttpRequest, steps: dict[str, Step], record: Any, to: Any) -> HttpResponse:
    """The step the button names; 404 for a step there is not."""
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    note = request.POST.get("note", "")
    return do(request, lambda: take(step, record, by=request.user, note=note), to)


def send_file(stored: StoredFile | None) -> FileResponse:
    """A file as download, under the name it came with. 404 when there is none."""
    if stored is None:
        raise Http404
    answer = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
