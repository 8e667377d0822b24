"""The one list of nominations for every role: views, filters, acts on many, Excel (D-04)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guong.awards import consolidation as lists
from guong.awards.access import Reach
from guong.awards.actions import listings as actions
from guong.awards.actions.unit_lists import address_of
from guong.awards.caps import Cap, caps_of
from guong.awards.forms.listings import ReasonForm
from guong.awards.list_html import options_html, rows_html
from guong.awards.models import Nomination
from guong.awards.models.nomination import reach_of
from guong.base.answers import attachment
from guong.base.models import Body, BodyKind, User
from guong.base.workflow import Refused
from guong.movements.annual import plans_to_open_under
from guong.movements.models import Movement, Subject
from guong.papers.sheets import Sheet, to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 20_000
MOST_LISTS = 3
OWN_LISTS = (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE)


class Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, records: Any, per_page: int, count: int) -> None:
        super().__init__(records, per_page)
        self._count = count

    @cached_property
    def count(self) -> int:
        """As counted with the views."""
        return self._count


@dataclass(frozen=True)
class Asked:
    """One request for the list, with everything it needs of the database beforehand."""

    user: User
    reach: Reach
    known: dict[int, lists.Theme]
    wanted: lists.Wanted
    nominations: QuerySet[Nomination]

    @classmethod
    def of(cls, user: User, query: Mapping[str, str]) -> Asked:
        reach, known = reach_of(user), lists.themes(user)
        wanted = lists.Wanted.of(query, present_year(known))
        return cls(user, reach, known, wanted, lists.found(user, reach, wanted, known))

    @property
    def waiting(self) -> Any:
        """Which of them wait for this user."""
        return lists.waiting_for(self.reach, [theme.pk for theme in self.known.values() if theme.ad_hoc])

    def view(self, counts: lists.Counts) -> str:
        """The view asked for; else what waits, when anything does."""
        view = self.wanted.view
        if view in lists.VIEWS or view in (lists.WAITING, lists.EVERYTHING):
            return view
        narrowed = self.wanted.words or self.wanted.state
        return lists.WAITING if counts.of(lists.WAITING) and not narrowed else lists.EVERYTHING

    def behind(self, view: str) -> QuerySet[Nomination]:
        """Nominations of one view, newest first."""
        rows = self.nominations.order_by("-pk")
        if view == lists.WAITING:
            return rows.filter(self.waiting) if self.waiting else rows.none()
        return rows.filter(state__in=lists.VIEWS[view][1]) if view in lists.VIEWS else rows


def present_year(known: Mapping[int, lists.Theme]) -> int | None:
    """This year when a plan of it has movements, else the latest year that has."""
    years = {theme.year for theme in known.values()}
    today = timezone.localdate().year
    return today if today in years else max(years, default=None)


@require_safe
def nomination_list(request: HttpRequest) -> HttpResponse:
    """Rows of one view, with the counts of all views and the places left of each movement."""
    asked = Asked.of(request.user, request.GET)
    counts = lists.counts(asked.nominations, asked.waiting, asked.wanted)
    view = asked.view(counts)
    pages = Counted(asked.behind(view).values("pk"), lists.PER_PAGE, counts.of(view))
    page: Page = pages.get_page(request.GET.get("page"))
    units = lists.units(request.user)
    here = Nomination.objects.filter(pk__in=page.object_list).order_by("-pk")  # fifty first, then their names
    rows = lists.rows(lists.values_of(here), asked.known, units)
    context = {
        "page": page,
        "rows": rows,
        "table": rows_html(rows, ticks=bool(asked.reach.kept)),
        "views": list(_views(request.GET, asked, counts, view)),
        "counts": counts,
        "total": counts.of(view),
        "wanted": asked.wanted,
        "options": _options(asked, units),
        "places": _places(asked),
        **_annual(asked, units),
        "may_nominate": bool(asked.reach.units),
        "may_keep": bool(asked.reach.kept),
        "most": actions.MOST_AT_ONCE,
        "filters": request.GET.urlencode(),
    }
    return render(request, "awards/nominations/list.html", context)


def _views(query: QueryDict, asked: Asked, counts: lists.Counts, current: str) -> Iterator[dict[str, Any]]:
    labels = [(lists.WAITING, _("Waiting for me"))] if asked.waiting else []
    shown = [view for view in lists.VIEWS if view != "soan" or asked.reach.units or asked.reach.sections]
    labels += [(view, str(lists.VIEWS[view][0])) for view in shown]
    kept = {
        name: query[name] for name in ("q", "phong-trao", "don-vi", "doi-tuong", "nam") if query.get(name)
    }
    for view, label in [*labels, (lists.EVERYTHING, _("All"))]:
        address = urlencode({**kept, "xem": view})
        count = None if counts.capped else counts.of(view)
        yield {"label": label, "url": f"?{address}", "count": count, "current": view == current}


def _options(asked: Asked, units: Mapping[int, str]) -> dict[str, Any]:
    year = asked.wanted.year
    themes = [theme for theme in asked.known.values() if year in (None, 0, theme.year)]
    if asked.wanted.movement in asked.known and asked.known[asked.wanted.movement] not in themes:
        themes.append(asked.known[asked.wanted.movement])
    narrow = not (asked.reach.departments or asked.reach.offices) and asked.reach.units
    mine = {pk: name for pk, name in units.items() if pk in asked.reach.units} if narrow else units
    named = [(theme.pk, theme.name if year else f"{theme.name} ({theme.year})") for theme in themes]
    years = sorted({theme.year for theme in asked.known.values()}, reverse=True)
    return {
        "movements": options_html(named, asked.wanted.movement),
        "units": options_html(mine.items(), asked.wanted.unit),
        "states": options_html(Nomination.State.choices, asked.wanted.state),
        "subjects": options_html(Subject.choices, asked.wanted.subject),
        "years": options_html(zip(years, years, strict=True), year),
    }


def _places(asked: Asked) -> list[dict[str, Any]]:
    """Places of the one movement that is looked at."""
    theme = asked.known.get(asked.wanted.movement or 0)
    if theme is None:
        return []
    return [
        {"label": Subject(subject).label, "used": used, "size": size}
        for (programme, subject), (size, used) in theme.places.items()
        if programme is None
    ]


def _annual(asked: Asked, units: Mapping[int, str]) -> dict[str, Any]:
    """What the annual review adds: lists of one's units; for the standing office caps, and opening it."""
    reviews = [theme for theme in asked.known.values() if theme.annual]
    kept = bool(asked.reach.kept)
    return {
        **(_caps(asked) if kept else {}),
        "lists": list(_own_lists(asked, reviews, units)),
        "plans": plans_to_open_under(asked.user) if kept else [],
    }


def _caps(asked: Asked) -> dict[str, list[Cap]]:
    """Ratio caps over the whole list of the one annual review looked at, for who consolidates it (D-04).

    The department and the units that pass their cap stand first, the other units apart.
    """
    theme = asked.known.get(asked.wanted.movement or 0)
    if theme is None or not theme.annual:
        return {}
    review = Movement.objects.select_related("plan__department").get(pk=theme.pk)
    found = caps_of(review)
    first = [cap for cap in found if cap.over or cap.place == review.plan.department.label]
    return {"caps": first, "caps_within": [cap for cap in found if cap not in first]}


def _own_lists(
    asked: Asked, reviews: list[lists.Theme], units: Mapping[int, str]
) -> Iterator[dict[str, str]]:
    """Lists of the user's units in the latest annual reviews."""
    if not reviews or not asked.reach.units:
        return
    mine = Body.objects.filter(pk__in=asked.reach.units & set(units), kind__in=OWN_LISTS).by_name()
    for unit in mine[:MOST_LISTS]:
        for review in reviews[:MOST_LISTS]:
            address = address_of(review.pk, unit.pk)
            yield {"url": address, "label": f"{review.name}: {unit.label}"}


@require_safe
def nomination_sheet(request: HttpRequest) -> HttpResponse:
    """The view as a spreadsheet."""
    asked = Asked.of(request.user, request.GET)
    view = asked.wanted.view
    records = lists.values_of(asked.behind(view))[:MOST_EXPORTED]
    rows = lists.rows(records, asked.known, lists.units(request.user))
    moment = timezone.localtime()
    sheet = Sheet(
        title=_("Nominations"),
        headings=[
            _("Dossier"), _("Person or collective"), _("Post, section"), _("Unit"), _("Title or form"),
            _("Movement"), _("Subject"), _("State"), _("Sent on"), _("Opinion"), _("Opinion due"),
        ],
        rows=(
            (row.pk, row.name, row.detail, row.unit, row.title, row.movement, row.subject, row.state,
             row.since, row.opinion, row.due)
            for row in rows
        ),
        widths=(10, 28, 32, 28, 18, 40, 12, 20, 13, 16, 13),
        notes=[_("Made on %(moment)s, rows: %(n)s.") % {
            "moment": f"{moment:%d/%m/%Y %H:%M}", "n": len(rows),
        }],
    )  # fmt: skip
    return attachment(to_xlsx([sheet]), f"de-nghi-{moment:%Y%m%d}.xlsx", XLSX)


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """One act on the rows that were ticked, or on all that match the filters."""
    chosen = chosen_of(request)
    if request.POST.get("act") == "list":
        return redirect_to_listing(chosen)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        results, trouble = [], form.errors["note"][0]
    else:
        results, trouble = _returned(request.user, chosen, form.cleaned_data["note"])
    context = {"results": results, "trouble": trouble, "back": request.POST.get("filters", "")}
    return render(request, "awards/nominations/results.html", context, status=422 if trouble else 200)


def _returned(user: User, chosen: list[Nomination], reason: str) -> tuple[list[actions.Result], str]:
    try:
        return actions.return_many(by=user, nominations=chosen, reason=reason), ""
    except Refused as refused:
        return [], str(refused)


def chosen_of(request: HttpRequest) -> list[Nomination]:
    """Nominations ticked on the list, or every one that matches it, of those the user may see."""
    if request.POST.get("all"):
        query = QueryDict(request.POST.get("filters", ""))
        asked = Asked.of(request.user, query)
        view = asked.view(lists.counts(asked.nominations, asked.waiting, asked.wanted))
        return list(asked.behind(view).with_names()[: actions.MOST_AT_ONCE + 1])
    numbers = [int(text) for text in request.POST.getlist("pk") if text.isdecimal()]
    return list(Nomination.objects.visible_to(request.user).with_names().filter(pk__in=numbers))


def redirect_to_listing(chosen: list[Nomination]) -> HttpResponse:
    """The page that asks for the list; numbers travel in the address, for nothing is written yet."""
    numbers = ",".join(str(nomination.pk) for nomination in chosen[: actions.MOST_AT_ONCE + 1])
    response = redirect("awards:post_listing")
    response["Location"] += f"?{urlencode({'ho-so': numbers})}"
    return response
