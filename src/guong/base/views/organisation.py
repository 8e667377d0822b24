"""Screens of the tree of bodies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guong.base import tree
from guong.base.access import PEOPLE_READERS, Role, must_administer
from guong.base.actions.department import EDITABLE as SETTINGS
from guong.base.actions.department import set_department
from guong.base.actions.organisation import (
    EDITABLE,
    close_body,
    correct_name,
    edit_body,
    make_body,
    rename_body,
)
from guong.base.answers import must, send
from guong.base.entry import stamp
from guong.base.forms.accounts import DepartmentForm
from guong.base.forms.organisation import BodyForm, CloseBodyForm, NewBodyForm, RenameForm, TreeFilter
from guong.base.models import Body, Department, Employment, Grant, LogEntry
from guong.base.search import having_words
from guong.base.views.form_page import show_form

NAMES = ("name", "short_name")


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """The tree, or the bodies that match the filter."""
    form = TreeFilter(request.GET)
    seen = Body.objects.visible_to(request.user)
    values = form.cleaned_data if form.is_valid() else {}
    filtered = any(values.get(name) for name in ("q", "kind", "counted"))
    if not values.get("closed"):
        seen = seen.current()
    context: dict[str, Any] = {"form": form, "filtered": filtered, "today": timezone.localdate()}
    if filtered:
        context["found"] = _matching(seen, values).select_related("parent").by_name()[:300]
    else:
        context["tops"] = tree.grow(seen)
    context["denominators"] = _denominators(request.user)
    context["may_make"] = request.user.scope.has(Role.ADMINISTRATOR)
    return render(request, "base/organisation/tree.html", context)


def _matching(seen: QuerySet, values: dict[str, Any]) -> Any:
    seen = having_words(seen, "name_fold", values["q"])
    if values["kind"]:
        seen = seen.filter(kind=values["kind"])
    return seen.counted_in(values["counted"]) if values["counted"] else seen


def _denominators(user: Any) -> dict[str, int]:
    """Both, always named (A-06)."""
    seen = Body.objects.visible_to(user).current()
    return {kind: seen.counted_in(kind).count() for kind in ("subordinate", "sector")}


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: names over time, place in the tree, people, roles, history."""
    found = get_object_or_404(Body.objects.visible_to(request.user).select_related("parent"), pk=pk)
    above = Body.objects.filter(pk__in=found.ancestor_ids()).exclude(pk=pk).order_by("path")
    staff = Employment.objects.in_force()
    context = {
        "body": found,
        "above": above,
        "children": found.children.current().by_name(),
        "closed_children": found.children.exclude(pk__in=Body.objects.current()).by_name(),
        "names": found.names.all(),
        "became": found.became.select_related("after"),
        "came_from": found.came_from.select_related("before"),
        "people_here": staff.filter(body=found).values("person").distinct().count(),
        "people_below": staff.filter(body__path__startswith=found.path).values("person").distinct().count(),
        "grants": Grant.objects.in_force()
        .filter(body=found)
        .select_related("user__person")
        .order_by("role", "pk"),
        "log": LogEntry.objects.about(found)[:30],
        "may_edit": must_administer(request.user, found) is None,
        "may_list_people": request.user.scope.holds(found, *PEOPLE_READERS),
        "department": Department.objects.filter(body=found).select_related("standing_office").first(),
    }
    return render(request, "base/organisation/body.html", context)


def crumbs(found: Body | None = None) -> list[tuple[str, str]]:
    """The way to a form about a body."""
    way = [(_("Organisation"), reverse("base:bodies"))]
    return [*way, (found.label, found.get_absolute_url())] if found else way


@require_http_methods(["GET", "HEAD", "POST"])
def new_body(request: HttpRequest) -> HttpResponse:
    """A new body below one the user administers."""
    must(None if request.user.scope.has(Role.ADMINISTRATOR) else _("Only an administrator makes bodies."))
    form = NewBodyForm(
        request.POST or None, user=request.user,
        initial={"parent": request.GET.get("parent"), "inside": True, "valid_from": timezone.localdate()},
    )  # fmt: skip
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in form._meta.fields}
        key = form.cleaned_data["key"]
        answer = send(
            request, form, lambda: make_body(values, by=request.user, key=key), _("The body is entered.")
        )
        if answer:
            return answer
    return show_form(
        request, form, title=_("New body"), crumbs=crumbs(), button=_("Enter the body"),
        back=reverse("base:bodies"), draft="new-body",
    )  # fmt: skip


def _own(request: HttpRequest, pk: int) -> Body:
    found = get_object_or_404(Body.objects.visible_to(request.user).select_related("parent"), pk=pk)
    must(must_administer(request.user, found))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit_body_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything but the name."""
    found = _own(request, pk)
    seen = stamp(found, EDITABLE)
    form = BodyForm(request.POST or None, instance=found, user=request.user, initial={"version": seen})
    if form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("version")
        answer = send(
            request,
            form,
            lambda: edit_body(found, values, seen=seen, by=request.user),
            _("The changes are saved."),
        )
        if answer:
            return answer
    return show_form(
        request, form, title=_("Change %(body)s") % {"body": found}, crumbs=crumbs(found),
        button=_("Save the changes"), back=found.get_absolute_url(),
        intro=_("Another body above moves everything that stands below, with its people and roles."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def rename_body_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A new name from a day on, or a misspelling mended."""
    found = _own(request, pk)
    initial = {"name": found.name, "short_name": found.short_name, "version": stamp(found, NAMES)}
    form = RenameForm(request.POST or None, initial=initial)
    if form.is_valid():
        answer = send(
            request, form, lambda: _rename(found, form.cleaned_data, request.user), _("The name is saved.")
        )
        if answer:
            return answer
    return show_form(
        request, form, title=_("Rename %(body)s") % {"body": found}, crumbs=crumbs(found),
        button=_("Save the name"), back=found.get_absolute_url(),
        intro=_("The present name stays in the history; papers of that time keep it."),
    )  # fmt: skip


def _rename(found: Body, values: dict[str, Any], user: Any) -> Body:
    names = {"name": values["name"], "short_name": values["short_name"], "seen": values["version"]}
    if values["correction"]:
        return correct_name(found, **names, by=user)
    return rename_body(found, **names, day=values["day"], decision=values["decision"], by=user)


@require_http_methods(["GET", "HEAD", "POST"])
def close_body_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a body."""
    found = _own(request, pk)
    form = CloseBodyForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_valid():
        values = form.cleaned_data
        answer = send(
            request, form,
            lambda: close_body(found, day=values["day"], decision=values["decision"], by=request.user),
            _("%(body)s is closed.") % {"body": found},
        )  # fmt: skip
        if answer:
            return answer
    return show_form(
        request, form, title=_("Close %(body)s") % {"body": found}, crumbs=crumbs(found),
        button=_("Close the body"), back=found.get_absolute_url(),
        intro=_("Its roles end on the same day. Its papers, names and history stay."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def department_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Settings of a department (A-12, A-26)."""
    found = _own(request, pk)
    settings = get_object_or_404(Department.objects.select_related("body"), body=found)
    seen = stamp(settings, SETTINGS)
    form = DepartmentForm(request.POST or None, instance=settings, initial={"version": seen})
    if form.is_valid():
        values, seen = form.values(), form.cleaned_data["version"]
        answer = send(
            request, form, lambda: set_department(settings, values, seen=seen, by=request.user),
            _("The settings are saved."), to=found,
        )  # fmt: skip
        if answer:
            return answer
    return show_form(
        request, form, title=_("Settings of %(body)s") % {"body": found}, crumbs=crumbs(found),
        button=_("Save the settings"), back=found.get_absolute_url(),
    )  # fmt: skip
