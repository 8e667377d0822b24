"""The book of a person, of a collective; one award; the list of the whole sector with Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guong.base.answers import attachment, page_of
from guong.base.models import Body, LogEntry, Person
from guong.base.search import with_posts
from guong.papers.sheets import Sheet, to_xlsx
from guong.plans.uploads import EXCEL
from guong.records import access, catalogue, register
from guong.records.forms.entries import BookFilter
from guong.records.models import Honour, Whole
from guong.records.page import Book, book_of
from guong.records.reach import books_open_to, must_keep_subject


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's book."""
    found = get_object_or_404(books_open_to(request.user), pk=pk)
    now = with_posts([found])[0].works
    return _book(request, found, {
        "works": now, "home": now[0].body if now else None,
        "same_name": Person.objects.visible_to(request.user).filter(name_fold=found.name_fold).count() - 1,
        "page": found.get_absolute_url() if Person.objects.visible_to(request.user).filter(pk=pk) else "",
    })  # fmt: skip


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """The book of a unit or a section."""
    found = get_object_or_404(Body.objects.visible_to(request.user).select_related("parent"), pk=pk)
    below = Honour.objects.visible_to(request.user).valid().filter(unit=found).exclude(body=found)
    whole = Whole.objects.filter(unit=found).order_by("record")
    home = found.parent if found.kind == "section" else None
    return _book(request, found, {
        "page": found.get_absolute_url(), "below": below.count(), "whole": whole, "home": home,
    })  # fmt: skip


def _book(request: HttpRequest, subject: Any, more: dict[str, Any]) -> HttpResponse:
    keeps = must_keep_subject(request.user, subject) is None
    book = book_of(subject, request.user, keeps=keeps)
    years = book.years(timezone.localdate())
    context = {
        "subject": subject, "book": book, "years": years, "chain": book.chain_words(years),
        "timeline": book.timeline(), "keeps": keeps, "is_person": isinstance(subject, Person),
        "lines": len(book.ratings) + len(book.circumstances), "beside": _beside(subject, book, keeps, more),
        **more,
    }  # fmt: skip
    return render(request, "records/book.html", context)


def _beside(subject: Any, book: Book, keeps: bool, more: dict[str, Any]) -> bool:
    """Whether anything stands beside the timeline."""
    if isinstance(subject, Body) and (subject.kind != "section" or more["below"]):
        return True
    kept = book.withdrawn or (keeps and (book.ratings or book.circumstances))
    return bool(book.initiatives or kept)


@require_safe
def honour(request: HttpRequest, pk: int) -> HttpResponse:
    """One award of the book, where it came from and what happened to the line."""
    lines = Honour.objects.visible_to(request.user).select_related("person", "body", "unit", "sheet__file")
    line = get_object_or_404(lines, pk=pk)
    opens = line.body_id or books_open_to(request.user).filter(pk=line.person_id).exists()
    keeps = must_keep_subject(request.user, line.subject) is None
    context = {
        "line": line,
        "book": reverse("records:body" if line.body_id else "records:person", args=[line.subject.pk])
        if opens
        else "",
        "may_change": keeps and line.source != "guong" and not line.withdrawn_on,
        "log": LogEntry.objects.about(line)[:30] if keeps else [],
        "keeps": keeps,
        "regime_since": dict(catalogue.BEGINNINGS).get(line.regime),
        "check": reverse("portal:certificate", args=[line.award_code]) if line.award_code else "",
    }  # fmt: skip
    return render(request, "records/honour.html", context)


def _filter(request: HttpRequest) -> tuple[BookFilter, dict[str, Any]]:
    form = BookFilter(request.GET, years=register.years(), units=register.units(request.user))
    form.is_valid()  # a value that is no choice filters nothing; the others still do
    return form, form.cleaned_data


@require_safe
def book_list(request: HttpRequest) -> HttpResponse:
    """Every award in force the reader may see, newest year first."""
    form, values = _filter(request)
    lines = register.page_source(request.user, values)
    page = page_of(request, lines)
    page.object_list = register.with_subjects(page.object_list)
    return render(request, "records/list.html", {
        "form": form, "page": page, "more": lines.more, "filtered": any(values.values()),
        "asked": request.GET.urlencode(),
        "may_import": access.must_keep_some_book(request.user) is None,
    })  # fmt: skip


@require_safe
def book_sheet(request: HttpRequest) -> HttpResponse:
    """The same list as Excel, whole."""
    _form, values = _filter(request)
    moment = timezone.localtime()
    sheet = Sheet(
        title=_("Record of awards"),
        headings=(
            _("No."), _("Name"), _("Post, unit"), _("Title or form"), _("Year"), _("Type of commendation"),
            _("Decision number"), _("Decided on"), _("Decided by"), _("Achievement honoured"),
        ),
        rows=_rows(register.found(request.user, values)),
        widths=(6, 28, 40, 28, 8, 16, 18, 12, 28, 50),
        notes=(_("Made on %(day)s.") % {"day": f"{moment:%d/%m/%Y %H:%M}"},),
    )  # fmt: skip
    return attachment(to_xlsx([sheet]), f"so-khen-thuong-{moment:%Y-%m-%d}.xlsx", EXCEL)


def _rows(lines: Any) -> Iterator[tuple[Any, ...]]:
    for number, line in enumerate(lines.iterator(chunk_size=5000), start=1):
        yield (
            number, line.name_on_paper, line.post_on_paper, line.title, line.year, line.get_kind_display(),
            line.decision_number, line.decided_on, line.authority, line.achievement,
        )  # fmt: skip
