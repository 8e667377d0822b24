"""What screens answer: the page of what was made, or the form with the sentence that says no."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guong.base.entry import AlreadyDone
from guong.base.models import OnceToken, StoredFile
from guong.base.workflow import Refused, Step, take

PER_PAGE = 50


def send(
    request: HttpRequest, form: forms.Form, write: Callable[[], Any], done: Any = "", to: Any = None
) -> HttpResponse | None:
    """Write what a valid form says, then go to what was made. None: show the form again, it says why."""
    try:
        made = write()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    except AlreadyDone as earlier:
        return redirect(earlier.url)
    if done:
        messages.success(request, str(done))
    return redirect(to or made)


def sent_before(request: HttpRequest) -> HttpResponse | None:
    """Where the same form led when it was sent the first time. Asked before the form is checked: what the
    first sending used up is no longer a valid choice."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    earlier = OnceToken.objects.filter(user=request.user, key=key).exclude(url="").first()
    return redirect(earlier.url) if earlier else None


def attempt(request: HttpRequest, write: Callable[[], Any], done: Any, to: Any) -> HttpResponse:
    """Write from a button, and say on the page it came from what happened or why not."""
    try:
        write()
    except Refused as refused:
        messages.error(request, str(refused))
    except AlreadyDone:
        pass  # sent twice: the first one was written and has said so
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
    return attempt(request, lambda: take(step, record, by=request.user, note=note), "", to)


def complain(request: HttpRequest, form: forms.Form, to: Any) -> HttpResponse:
    """Back to the page of a small form, with what is wrong in it."""
    for field, errors in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        messages.error(request, f"{label}: {errors[0]}" if label else errors[0])
    return redirect(to)


def show(request: HttpRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """A page around one form; 422 when it was sent and something is wrong."""
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {"form": form, **context}, status=status)


def must(why: str | None) -> None:
    """A page whose reader may not act there: 403 with the sentence of the rule."""
    if why:
        raise PermissionDenied(why)


def page_of(request: HttpRequest, records: Any) -> Page:
    """The page asked for; a number beyond the end gives the last one."""
    return Paginator(records, PER_PAGE).get_page(request.GET.get("page"))


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """Bytes made just now, to be saved."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def stored(file: StoredFile | None) -> FileResponse:
    """A kept file, under the name it came with; the caller has checked who may see it. 404 without one."""
    if file is None:
        raise Http404
    answer = FileResponse(
        file.content.open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
