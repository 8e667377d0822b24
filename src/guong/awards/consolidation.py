"""The one list of nominations: what was asked for, the counts of its views, the rows of a page (D-04).

Fast at 100,000 nominations because every question is answered from an index and counts stop at a cap:
beyond it the page says "more than". Names of units and movements come from the lists of the filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.awards.access import Reach
from guong.awards.models import Appraisal, Nomination
from guong.base.access import any_of
from guong.base.models import Body, BodyKind, User
from guong.base.search import having_words
from guong.base.text import fold
from guong.movements.models import Movement, Subject
from guong.records.catalogue import short_of

State = Nomination.State
MOST_COUNTED = 12_000
MOST_FOUND = 2_000  # counted when words are searched for
PER_PAGE = 50
UNIT_KINDS = (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.DEPARTMENT)
LOOKS = {
    State.DRAFT: "out", State.WITH_HEAD: "wait", State.RETURNED: "warn", State.SUBMITTED: "wait",
    State.APPRAISED: "wait", State.LISTED: "wait", State.TABLED: "wait", State.CHOSEN: "ok",
    State.NOT_CHOSEN: "plain", State.AWARDED: "hon", State.WITHDRAWN: "plain",
}  # fmt: skip
OPINION_LOOKS = {"agree": "ok", "disagree": "stop", "more": "warn", "": "wait"}
WAITING, EVERYTHING = "cho-toi", "tat-ca"
VIEWS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "soan": (gettext_lazy("With the unit"), (State.DRAFT, State.WITH_HEAD, State.RETURNED)),
    "tham-dinh": (gettext_lazy("Being appraised"), (State.SUBMITTED,)),
    "da-tham-dinh": (gettext_lazy("Appraised"), (State.APPRAISED,)),
    "lay-y-kien": (gettext_lazy("Posted for comment"), (State.LISTED,)),
    "hoi-dong": (gettext_lazy("Council"), (State.TABLED, State.CHOSEN)),
    "da-khen": (gettext_lazy("Awarded"), (State.AWARDED,)),
    "khong-chon": (gettext_lazy("Not chosen, withdrawn"), (State.NOT_CHOSEN, State.WITHDRAWN)),
}
ROW = (
    "pk", "state", "subject", "title_code", "movement_id", "programme_id", "unit_id", "person_id",
    "submitted_at",
    "person__name", "person__birth_year", "employment__post", "collective_name", "section_name",
    "appraisal__due_on", "appraisal__opinion",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; words that mean nothing are left out."""

    words: str = ""
    view: str = ""
    state: str = ""
    movement: int | None = None
    unit: int | None = None
    subject: str = ""
    year: int | None = None  # None or 0: every year

    @classmethod
    def of(cls, query: Mapping[str, str], present_year: int | None) -> Wanted:
        """From the address. Without a year or a movement the present year is meant."""
        movement, year = _number(query.get("phong-trao")), _number(query.get("nam"))
        return cls(
            words=query.get("q", "").strip()[:200],
            view=query.get("xem", ""),
            state=query.get("buoc", "") if query.get("buoc", "") in State.values else "",
            movement=movement,
            unit=_number(query.get("don-vi")),
            subject=query.get("doi-tuong", "") if query.get("doi-tuong", "") in Subject.values else "",
            year=year if year is not None else None if movement else present_year,
        )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 15 else None


@dataclass(frozen=True)
class Theme:
    """A movement as the list needs it: its name, year and places by (programme, subject)."""

    pk: int
    name: str
    year: int
    ad_hoc: bool
    annual: bool
    places: dict[tuple[int | None, str], tuple[int, int]] = field(default_factory=dict)

    def left(self, programme: int | None, subject: str) -> str:
        """ "còn 1/10"; empty when the plan sets no number."""
        found = self.places.get((programme, subject))
        if found is None:
            return ""
        size, used = found
        return _("%(n)s of %(m)s left") % {"n": size - used, "m": size}


def themes(user: User) -> dict[int, Theme]:
    """Every movement the user knows, newest plan first, with its places, in one query."""
    rows = (
        Movement.objects.visible_to(user)
        .order_by("-plan__year", "-plan_id", "order")
        .values_list(
            "pk", "code", "name", "plan__year", "route",
            "quotas__programme_id", "quotas__subject", "quotas__size", "quotas__used",
        )
    )  # fmt: skip
    found: dict[int, Theme] = {}
    for pk, code, name, year, route, programme, subject, size, used in rows:
        theme = found.setdefault(
            pk,
            Theme(
                pk,
                f"{code} {name}".strip(),
                year,
                route == Movement.Route.AD_HOC,
                route == Movement.Route.ANNUAL,
            ),
        )
        if subject:
            theme.places[programme, subject] = (size, used)
    return found


def units(user: User) -> dict[int, str]:
    """Units whose nominations the user may meet, closed ones too, in Vietnamese order."""
    rows = (
        Body.objects.visible_to(user)
        .filter(kind__in=UNIT_KINDS)
        .by_name()
        .values_list("pk", "short_name", "name")
    )
    return {pk: short or name for pk, short, name in rows}


def waiting_for(reach: Reach, ad_hoc: Iterable[int] = ()) -> Q | None:
    """Nominations whose next act is this user's; `ad_hoc` names the movements of the short road.

    None when the user's roles have no act on a nomination.
    """
    appraised, short = Q(state=State.APPRAISED), list(ad_hoc)
    mine = [
        (reach.clerked, Q(state__in=(State.DRAFT, State.RETURNED), unit__in=reach.clerked)),
        (reach.headed, Q(state=State.WITH_HEAD, unit__in=reach.headed)),
        (reach.offices, Q(state=State.SUBMITTED, appraisal__office__in=reach.offices)),
        (reach.kept, appraised if _keeps_all(reach) else appraised & Q(department__in=reach.kept)),
        (reach.led and short, appraised & Q(department__in=reach.led, movement__in=short)),
    ]
    held = [which for bodies, which in mine if bodies]
    return any_of(held) if held else None


def _keeps_all(reach: Reach) -> bool:
    """One department is all there is, and the user keeps it: the index alone answers then."""
    return reach.whole and reach.kept == reach.departments


def found(user: User, reach: Reach, wanted: Wanted, known: Mapping[int, Theme]) -> QuerySet[Nomination]:
    """What the filters let through, before the view is chosen."""
    nominations = Nomination.objects.visible_to(user, reach)
    if wanted.movement:
        nominations = nominations.filter(movement_id=wanted.movement)
    elif wanted.year:
        of_year = [theme.pk for theme in known.values() if theme.year == wanted.year]
        nominations = nominations.filter(movement_id__in=of_year)
    if wanted.unit:
        nominations = nominations.filter(unit_id=wanted.unit)
    if wanted.subject:
        nominations = nominations.filter(subject=wanted.subject)
    if wanted.state:
        nominations = nominations.filter(state=wanted.state)
    if wanted.words:
        nominations = _having(nominations, wanted.words)
    return nominations


def _having(nominations: QuerySet[Nomination], words: str) -> QuerySet[Nomination]:
    """A dossier number alone finds that dossier; anything else is looked for word by word."""
    plain = words.replace(".", "")
    if plain.isdecimal() and len(plain) < 12:
        return nominations.filter(pk=int(plain))
    return having_words(nominations, "search", words) if fold(words) else nominations.none()


@dataclass(frozen=True)
class Counts:
    """How many there are behind each view. `capped`: there are more, and only the first were counted."""

    all: int
    views: Mapping[str, int]
    capped: bool

    def of(self, view: str) -> int:
        """Behind one view; behind all of them for an unknown one."""
        return self.views.get(view, self.all)


def counts(nominations: QuerySet[Nomination], waiting: Q | None, wanted: Wanted) -> Counts:
    """All counts in one query, reading no more than the cap."""
    most = MOST_FOUND if wanted.words else MOST_COUNTED
    found = _by_state(nominations, waiting, most + 1)
    everything = sum(found.values())
    views = {
        view: sum(count for (state, _mine), count in found.items() if state in states)
        for view, (_label, states) in VIEWS.items()
    }
    views[WAITING] = sum(count for (_state, mine), count in found.items() if mine)
    return Counts(min(everything, most), views, everything > most)


def _by_state(nominations: QuerySet[Nomination], waiting: Q | None, most: int) -> dict[tuple[str, bool], int]:
    """How many of the first `most` stand in each state, apart those that wait for the reader."""
    mine = ExpressionWrapper(waiting, BooleanField()) if waiting else Value(False)
    read = nominations.order_by().annotate(mine=mine).values_list("state", "mine")[:most]
    try:
        inner, values = read.query.sql_with_params()
    except EmptyResultSet:  # a reader without any role
        return {}
    query = f'SELECT "state", "mine", count(*) FROM ({inner}) AS found GROUP BY 1, 2'  # noqa: S608 - the ORM's own SQL
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {(state, bool(own)): count for state, own, count in cursor.fetchall()}


@dataclass(frozen=True)
class Row:
    """One line of the list, ready to print."""

    pk: int
    name: str
    detail: str
    unit: str
    title: str
    movement: str
    places: str
    subject: str
    state: str
    look: str
    since: date | None
    opinion: str
    opinion_look: str
    due: date | None
    late: bool


def values_of(nominations: QuerySet[Nomination]) -> Any:
    """What a row needs. Two names come by subqueries: each further join doubles the time of planning."""

    def name(column: str) -> Subquery:
        return Subquery(Body.objects.filter(pk=OuterRef(column)).values("name"))

    named = nominations.annotate(collective_name=name("body_id"), section_name=name("section_id"))
    return named.values(*ROW)


def rows(
    values: Iterable[dict[str, Any]], known: Mapping[int, Theme], places: Mapping[int, str]
) -> list[Row]:
    """Lines of `values_of()` with the names of units and movements put in."""
    today = timezone.localdate()
    return [_row(value, known, places, today) for value in values]


def _row(value: dict[str, Any], known: Mapping[int, Theme], places: Mapping[int, str], today: date) -> Row:
    theme = known.get(value["movement_id"])
    state, opinion = value["state"], value["appraisal__opinion"] or ""
    asked = state == State.SUBMITTED and value["appraisal__due_on"]
    return Row(
        pk=value["pk"],
        name=value["person__name"] or value["collective_name"] or "",
        detail=_detail(value),
        unit=places.get(value["unit_id"], ""),
        title=short_of(value["title_code"]),
        movement=theme.name if theme else "",
        places=theme.left(value["programme_id"], value["subject"]) if theme else "",
        subject=str(Subject(value["subject"]).label),
        state=str(State(state).label),
        look=LOOKS[state],
        since=timezone.localdate(value["submitted_at"]) if value["submitted_at"] else None,
        opinion=str(Appraisal.Opinion(opinion).label) if opinion else "",
        opinion_look=OPINION_LOOKS[opinion],
        due=asked or None,
        late=bool(asked and asked < today),
    )


def _detail(value: dict[str, Any]) -> str:
    """What tells homonyms apart: post, section, year of birth."""
    if value["person_id"] is None:
        return _("collective")
    parts = [value["employment__post"], value["section_name"]]
    if value["person__birth_year"]:
        parts.append(_("born %(year)s") % {"year": value["person__birth_year"]})
    return ", ".join(part for part in parts if part)
