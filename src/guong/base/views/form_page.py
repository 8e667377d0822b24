"""The page around one form of organisation, people, roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_form(request: HttpRequest, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of one form: title, crumbs [(label, url)], button, back, and what to know first (intro)."""
    template = context.pop("template", "base/organisation/form.html")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
