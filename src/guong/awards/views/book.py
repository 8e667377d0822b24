"""The register of awards for everybody who works here: search, filters, Excel (D-18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guong.awards import register
from guong.awards.forms.decisions import BookFilter
from guong.awards.models import Award
from guong.base.answers import attachment, page_of
from guong.papers.sheets import Sheet, to_xlsx

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _filter(request: HttpRequest) -> tuple[BookFilter, dict[str, Any]]:
    form = BookFilter(
        request.GET,
        years=register.years(request.user),
        units=register.units(request.user),
        kinds=register.forms(),
    )
    return form, form.cleaned_data if form.is_valid() else {}


@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """Awards in force, newest decision first."""
    form, values = _filter(request)
    page = page_of(request, register.found(request.user, values))
    context = {"form": form, "page": page, "filtered": any(values.values()), "query": request.GET.urlencode()}
    return render(request, "awards/book/list.html", context)


@require_safe
def book_sheet(request: HttpRequest) -> HttpResponse:
    """The same list as Excel, whole."""
    _form, values = _filter(request)
    awards = register.found(request.user, values)
    moment = timezone.localtime()
    sheet = Sheet(
        title=_("Register of awards"),
        headings=(
            _("No."), _("Name"), _("Post, unit"), _("Form of commendation"), _("Achievement"),
            _("Decision"), _("Dated"),
        ),
        rows=_rows(awards),
        widths=(6, 28, 40, 16, 50, 16, 12),
        notes=(_("Made on %(day)s.") % {"day": f"{moment:%d/%m/%Y %H:%M}"},),
    )  # fmt: skip
    return attachment(to_xlsx([sheet]), f"so-khen-thuong-{moment:%Y-%m-%d}.xlsx", SHEET)


def _rows(awards: Any) -> Iterator[tuple[Any, ...]]:
    for number, award in enumerate(awards.iterator(chunk_size=2000), start=1):
        yield _row(number, award)


def _row(number: int, award: Award) -> tuple[Any, ...]:
    decision = award.decision
    return (
        number, award.name_on_paper, award.post_on_paper, award.form, award.achievement,
        decision.full_number, decision.signed_on,
    )  # fmt: skip
