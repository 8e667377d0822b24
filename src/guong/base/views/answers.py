"""What every form screen answers: the page of what was made, or the form with the sentence that says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guong.base.entry import AlreadyDone
from guong.base.workflow import Refused

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


def show_form(request: HttpRequest, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of one form: title, crumbs [(label, url)], button, back, and what to know first (intro)."""
    template = context.pop("template", "base/organisation/form.html")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def must(why: str | None) -> None:
    """A page whose reader may not act there: 403 with the sentence of the rule."""
    if why:
        raise PermissionDenied(why)


def page_of(request: HttpRequest, records: Any) -> Page:
    """The page asked for; a number beyond the end gives the last one."""
    return Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
