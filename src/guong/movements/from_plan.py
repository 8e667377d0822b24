"""What confirming a plan makes in movements: each movement with host, leads, window, posts and quota."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.base.text import fold
from guong.movements.models import Movement, MovementLead, Quota, Subject
from guong.plans.models import Plan
from guong.plans.reading import kinds
from guong.plans.reading.draft import Draft, Group, Record
from guong.plans.reading.kinds import Field
from guong.plans.reading.words import bodies_of
from guong.plans.writing.pages import Block, Page

COLLECTIVES = Field("quota.collectives", gettext_lazy("Collectives"), kinds.WHOLE)
INDIVIDUALS = Field("quota.individuals", gettext_lazy("Individuals"), kinds.WHOLE)
WINDOWS = (
    ("dau nam", Movement.Window.START),
    ("cuoi nam", Movement.Window.END),
    ("tong ket", Movement.Window.END),
    ("trong nam", Movement.Window.DURING),
    ("bat cu", Movement.Window.DURING),
    ("theo ke hoach", Movement.Window.LAUNCHER),
    ("thang 12", Movement.Window.END),
    ("thang", Movement.Window.DURING),
)


def window_of(draft: Draft, base: str) -> tuple[str, float | None]:
    """When awards are judged, by the words of the paper (C-16)."""
    words = fold(draft.text(base, Field("judged_at", "")))
    if not words:
        return Movement.Window.NONE, None
    return next(((window, 0.9) for mark, window in WINDOWS if mark in words), (Movement.Window.DURING, 0.4))


def quota_kind_of(draft: Draft, base: str) -> tuple[str, float | None]:
    """Fixed when there are numbers, for each programme when the paper says so, else open (C-02, C-03)."""
    if not any(draft.text(base, field) for field in (COLLECTIVES, INDIVIDUALS)):
        return Movement.QuotaKind.OPEN, 0.9
    if draft.found(f"{base}.quota.per_programme"):
        return Movement.QuotaKind.PER_PROGRAMME, 0.9
    return Movement.QuotaKind.FIXED, 0.9


def route_of(draft: Draft, base: str) -> tuple[str, float | None]:
    """Ad hoc awards take the short road (C-13): as the reader says, or as the name says."""
    named = "khen thuong dot xuat" in fold(draft.text(base, Field("name", "")))
    ad_hoc = named or bool(draft.found(f"{base}.ad_hoc"))
    return (Movement.Route.AD_HOC if ad_hoc else Movement.Route.THEMATIC), 0.9


FIELDS = (
    Field("code", gettext_lazy("Code"), longest=20),
    Field("name", gettext_lazy("Name"), kinds.LONG, required=True, longest=500),
    Field("host", gettext_lazy("Host"), wanted=True, longest=300),
    Field("host_bodies", gettext_lazy("Host means"), kinds.BODIES, derive=bodies_of("host"), of="host"),
    Field("in_charge", gettext_lazy("In charge"), wanted=True, longest=400),
    Field(
        "leads", gettext_lazy("In charge means"), kinds.BODIES, derive=bodies_of("in_charge"), of="in_charge"
    ),
    Field("content", gettext_lazy("Content"), kinds.LONG),
    Field("judged_at", gettext_lazy("Judged"), wanted=True, longest=300),
    Field(
        "window",
        gettext_lazy("Judging window"),
        kinds.CHOICE,
        choices=tuple(Movement.Window.choices),
        derive=window_of,
        of="judged_at",
    ),
    Field("quota_text", gettext_lazy("Quota, as written"), longest=300),
    Field(
        "quota_kind",
        gettext_lazy("Quota"),
        kinds.CHOICE,
        choices=tuple(Movement.QuotaKind.choices),
        derive=quota_kind_of,
        of="quota_text",
        says=("quota.per_programme", Movement.QuotaKind.PER_PROGRAMME),
    ),
    COLLECTIVES,
    INDIVIDUALS,
    Field("posts", gettext_lazy("Posts a nominee must hold"), kinds.LINES),
    Field(
        "route",
        gettext_lazy("Kind of award"),
        kinds.CHOICE,
        choices=tuple(kind for kind in Movement.Route.choices if kind[0] != Movement.Route.ANNUAL),
        derive=route_of,
        of="name",
        says=("ad_hoc", Movement.Route.AD_HOC),
    ),
)
PAGES = (
    Page(
        "phong-trao",
        gettext_lazy("Movements"),
        "movement",
        (Block("movements", gettext_lazy("Movement"), FIELDS),),
    ),
)


def groups(draft: Draft) -> list[Group]:
    """The movements on the confirm screen."""
    return [
        Group(
            "movements",
            _("Movements"),
            "movement",
            tuple(_record(draft, base) for base in draft.bases("movements")),
            adds="movements",
        )
    ]


def _record(draft: Draft, base: str) -> Record:
    said = _values(draft, base)
    makes = 1 + len(leads_of(said)) + len(_sizes(said)) if said else 1
    code = draft.text(base, FIELDS[0])
    return draft.record(base, code, FIELDS, makes, brief=_brief(said))


def _brief(said: dict[str, Any]) -> str:
    """Name, lead, time and places in one line."""
    if not said:
        return ""
    places = [
        f"{said[field.name]} {Subject(subject).label!s}"
        for field, subject in ((COLLECTIVES, Subject.COLLECTIVE), (INDIVIDUALS, Subject.INDIVIDUAL))
        if said[field.name]
    ]
    return " · ".join(filter(None, (said["name"], said["in_charge"], said["judged_at"], ", ".join(places))))


def _values(draft: Draft, base: str) -> dict[str, Any]:
    try:
        return draft.values(base, FIELDS)
    except ValueError:
        return {}


def leads_of(said: dict[str, Any]) -> list[tuple[Any, str]]:
    """Bodies in charge; the words alone when they name no single body (A-13)."""
    text = said["in_charge"] or ""
    return [(body, text or body.name) for body in said["leads"].bodies] or ([(None, text)] if text else [])


def _sizes(said: dict[str, Any]) -> list[tuple[str, int]]:
    """Places that exist from the start; those of programmes come with the programmes."""
    if said["quota_kind"] != Movement.QuotaKind.FIXED:
        return []
    sizes = ((Subject.COLLECTIVE, COLLECTIVES.name), (Subject.INDIVIDUAL, INDIVIDUALS.name))
    return [(subject, said[name]) for subject, name in sizes if said[name]]


def problems(draft: Draft) -> list[str]:
    """Two movements of one code; a quota that is said to be fixed and has no number."""
    kept = draft.kept("movements")
    codes = Counter(filter(None, (draft.text(base, FIELDS[0]) for base in kept)))
    found = [
        _("Two movements bear the code %(code)s. Change one of them.") % {"code": code}
        for code, times in codes.items()
        if times > 1
    ]
    for base in kept:
        said = _values(draft, base)
        if (
            said
            and said["quota_kind"] != Movement.QuotaKind.OPEN
            and not (said[COLLECTIVES.name] or said[INDIVIDUALS.name])
        ):
            found.append(
                _("Movement %(code)s has no number of places. Write one, or choose “not fixed in the plan”.")
                % {"code": said["code"] or said["name"][:40]}
            )
    return found


def make(plan: Plan, draft: Draft) -> None:
    """The plan's movements. Raises ValueError for a value that does not hold."""
    for order, base in enumerate(draft.kept("movements")):
        make_one(plan, draft, base, order)


def make_one(plan: Plan, draft: Draft, base: str, order: int) -> None:
    """The movement at a place of the reading, with its leads and its places."""
    said = draft.values(base, FIELDS)
    movement = _make_movement(plan, said, order)
    make_leads(movement, said)
    for subject, size in _sizes(said):
        Quota.objects.create(movement=movement, subject=subject, size=size)


def make_leads(movement: Movement, said: dict[str, Any]) -> None:
    """The bodies in charge, in the order of the paper."""
    for place, (body, text) in enumerate(leads_of(said)):
        MovementLead.objects.create(movement=movement, body=body, text=text, order=place)


def _make_movement(plan: Plan, said: dict[str, Any], order: int) -> Movement:
    hosts = said["host_bodies"].bodies
    each = said["quota_kind"] == Movement.QuotaKind.PER_PROGRAMME
    return Movement.objects.create(
        plan=plan,
        order=order,
        code=said["code"] or "",
        name=said["name"],
        route=said["route"],
        host_text=said["host"] or "",
        host=hosts[0] if len(hosts) == 1 else None,
        content=said["content"] or "",
        judged_at=said["judged_at"] or "",
        window=said["window"] or Movement.Window.NONE,
        posts=list(said["posts"]),
        quota_kind=said["quota_kind"],
        quota_text=said["quota_text"] or "",
        per_programme_collectives=said[COLLECTIVES.name] if each else None,
        per_programme_individuals=said[INDIVIDUALS.name] if each else None,
    )
