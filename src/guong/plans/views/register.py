"""The register of documents: list, one document, its tree, and the form of the standing office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guong.base.answers import must, page_of, sent_before
from guong.base.entry import AlreadyDone, claim, fulfil
from guong.base.models import LogEntry
from guong.base.search import having_words
from guong.base.workflow import Refused, act
from guong.plans import keeping, register
from guong.plans.access import KEEPERS, must_keep_lists, must_keep_plans
from guong.plans.forms.register import FIXED, DocumentFilter, DocumentForm, label_of
from guong.plans.models import LegalDocument

SHOWN = (*FIXED, "in_force_from", "in_force_to")


def _documents(request: HttpRequest) -> Any:
    return LegalDocument.objects.visible_to(request.user).select_related("department", "replaced_by")


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The register, newest first."""
    form = DocumentFilter(request.user, request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, _wanted(_documents(request), wanted))
    rows = register.with_uses(register.with_plans(list(page), request.user))
    today = timezone.localdate()
    for row in rows:
        row.fault = row.why_not_on(today)
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "filtered": any(wanted.values()),
        "keeps": request.user.scope.has(*KEEPERS),
    }
    return render(request, "plans/documents.html", context)


def _wanted(found: Any, wanted: dict[str, Any]) -> Any:
    if wanted.get("q"):
        found = having_words(found, "search", wanted["q"])
    for name in ("kind", "issuer"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if wanted.get("year"):
        found = found.filter(issued_on__year=wanted["year"])
    if wanted.get("on"):
        found = found.in_force_on(wanted["on"])
    if wanted.get("replaced"):
        found = found.filter(replaced_by__isnull=wanted["replaced"] == "no")
    return found


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: what it is, when it holds, what replaced it, which plans stand on it or cite it."""
    found = get_object_or_404(_documents(request), pk=pk)
    here = register.with_plans([found], request.user)[0].here
    context = {
        "document": found,
        "here": here,
        "parents": register.bases_of(here, request.user) if here else [],
        "replaces": found.replaces.all(),
        "fault": found.why_not_on(timezone.localdate()),
        "children": page_of(request, register.children_of(found, request.user)),
        "citing": register.citing(found, request.user),
        "keeps": must_keep_plans(request.user, found) is None,
        "log": LogEntry.objects.about(found),
    }
    return render(request, "plans/document.html", context)


@require_safe
def document_tree(request: HttpRequest, pk: int) -> HttpResponse:
    """From the ministry's paper to the station's plan, up and down from one document."""
    found = get_object_or_404(_documents(request), pk=pk)
    top = register.tree_of(register.with_plans([found], request.user)[0], request.user)
    context = {
        "document": found,
        "levels": register.ancestors_of(found, request.user),
        "top": top,
        "rows": register.rows_of(top),
    }
    return render(request, "plans/document_tree.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: HttpRequest) -> HttpResponse:
    """A document nobody entered yet."""
    must(must_keep_lists(request.user))
    if answer := sent_before(request):
        return answer
    return _form(request, DocumentForm(request.user, None, request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry: its days, its successor; of a plan of ours nothing else."""
    found = get_object_or_404(_documents(request), pk=pk)
    must(must_keep_plans(request.user, found))
    shown = {name: getattr(found, name) for name in SHOWN} | {
        "version": found.version,
        "replaced_by": label_of(found.replaced_by) if found.replaced_by else "",
    }
    return _form(request, DocumentForm(request.user, found, request.POST or None, initial=shown), found)


def _form(request: HttpRequest, form: DocumentForm, found: LegalDocument | None) -> HttpResponse:
    known = None
    if request.method == "POST" and form.is_valid():
        try:
            return _write(request, form, found)
        except keeping.Known as double:
            known = double.record
            form.add_error("number", str(double))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "document": found, "known": known}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "plans/document_form.html", context, status=status)


def _write(request: HttpRequest, form: DocumentForm, found: LegalDocument | None) -> HttpResponse:
    if found is not None:
        found.version = form.cleaned_data["version"] or 0
        keeping.change_document(request.user, found, form.values)
        messages.success(request, _("The entry was saved."))
        return redirect(found)
    try:
        with act(request.user, "add_document"):
            claim(request.user, form.cleaned_data["key"])
            made = keeping.add_document(request.user, form.chosen, form.values)
            fulfil(request.user, form.cleaned_data["key"], made)
    except AlreadyDone as earlier:
        return redirect(earlier.url)
    messages.success(request, _("The document is in the register now."))
    return redirect(made)
