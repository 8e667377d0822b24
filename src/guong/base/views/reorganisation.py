"""Screens of mergers and splits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guong.base.access import must_administer
from guong.base.actions.reorganisation import merge_bodies, split_body
from guong.base.answers import must, send
from guong.base.forms.organisation import MergeForm, SplitForm
from guong.base.models import Body, User
from guong.base.views.form_page import show_form
from guong.base.views.organisation import crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Other bodies become part of this one."""
    into = _own(request, pk)
    form = MergeForm(
        request.POST or None, user=request.user, into=into, initial={"day": timezone.localdate()}
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        answer = send(
            request, form, lambda: merge_bodies(values.pop("sources"), into, **values, by=request.user),
            _("The merger is recorded."),
        )  # fmt: skip
        if answer:
            return answer
    return show_form(
        request, form, title=_("Merge into %(body)s") % {"body": into}, crumbs=crumbs(into),
        button=_("Record the merger"), back=into.get_absolute_url(),
        intro=_(
            "From that day on their sections and people belong to this body and they themselves are closed. "
            "Their names, papers and former employments stay; whoever keeps this body can open their records."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def split_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of this body becomes one of its own."""
    found = _own(request, pk)
    form = SplitForm(request.POST or None, body=found, initial={"day": timezone.localdate()})
    if form.is_valid():
        values = dict(form.cleaned_data)
        answer = send(request, form, lambda: _split(found, values, request.user), _("The split is recorded."))
        if answer:
            return answer
    return show_form(
        request, form, title=_("Split %(body)s") % {"body": found}, crumbs=crumbs(found),
        button=_("Record the split"), back=found.get_absolute_url(),
        intro=_("The new body stands beside this one; grant its roles afterwards."),
    )  # fmt: skip


def _split(found: Body, values: dict[str, Any], user: User) -> Body:
    names = {name: values[name] for name in ("code", "name", "short_name")}
    return split_body(
        found, names, children=values["children"], employments=values["people"],
        day=values["day"], decision=values["decision"], by=user, key=values["key"],
    )  # fmt: skip


def _own(request: HttpRequest, pk: int) -> Body:
    found = get_object_or_404(Body.objects.visible_to(request.user).current().select_related("parent"), pk=pk)
    must(must_administer(request.user, found))
    return found
