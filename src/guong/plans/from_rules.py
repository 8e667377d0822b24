"""What confirming makes of rules: checks, peaks, what recurs, citations (B-03, B-05, B-08, B-19)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.base.models import Body
from guong.base.text import fold
from guong.plans import peaks, register
from guong.plans.models import Citation, Duty, Obligation, Peak, Plan, PlanBasis, Target
from guong.plans.reading import apart, rules
from guong.plans.reading.draft import Draft, Group, Record

ANY_KIND = "Văn bản"  # of a document cited without its kind
FIRST_OF_RULES = 1000  # recurring obligations come after the dated ones of a day


def groups(draft: Draft) -> list[Group]:
    """Groups of the confirm screen."""
    return [
        Group("purposes", _("Purposes"), "plan", _purposes(draft), keeps=True, adds="purposes"),
        Group("requirements", _("Requirements"), "check", _requirements(draft), adds="requirements"),
        Group("peaks", _("Peaks"), "calendar", _peaks(draft), adds="peaks"),
        Group("recurring", _("What recurs"), "clock", _recurring(draft), adds="recurring"),
        Group("citations", _("Documents cited"), "file", _citations(draft), adds="citations"),
    ]


def _purposes(draft: Draft) -> tuple[Record, ...]:
    return tuple(
        draft.record(base, str(place), (rules.PURPOSE,), 0)
        for place, base in enumerate(draft.bases("purposes"), start=1)
    )


def _requirements(draft: Draft) -> tuple[Record, ...]:
    made = []
    for place, base in enumerate(draft.bases("requirements"), start=1):
        why = _unchecked(draft, base)
        makes = 0 if why else 1
        made.append(draft.record(base, str(place), rules.REQUIREMENT, makes, why=why))
    return tuple(made)


def _unchecked(draft: Draft, base: str) -> str:
    """Why a requirement makes no check; empty when it makes one."""
    metric, value = (fold(draft.text(base, field)) for field in rules.REQUIREMENT[1:3])
    if not value:
        return _("Without a value it is kept with the plan and not checked.")
    for target in draft.kept("targets"):
        if (metric, value) == tuple(fold(draft.text(target, field)) for field in apart.TARGET[:2]):
            return _("It stands among the targets and is checked there.")
    return ""


def _peaks(draft: Draft) -> tuple[Record, ...]:
    fields = rules.peak_fields(draft)
    return tuple(
        draft.record(base, str(place), fields, 1, why=_days(draft, base))
        for place, base in enumerate(draft.bases("peaks"), start=1)
    )


def _days(draft: Draft, base: str) -> str:
    """The days a peak comes to, in the period as it stands now."""
    try:
        start, end = (draft.read("", apart.PERIOD[side]) for side in ("start", "end"))
        year, chosen = draft.read("", apart.YEAR), draft.read(base, rules.peak_fields(draft)[1])
    except ValueError:
        return ""
    occasion = next((one for one in draft.occasions if str(one.pk) == chosen), None)
    if occasion is None or year is None:
        return _("Without an occasion its days are not computed.")
    found = peaks.days_of(occasion, start and start.first, end and end.last, year)
    outside = _("outside the period")
    return "; ".join(day.shown if day.inside else f"{day.shown}, {outside}" for day in found)


def _recurring(draft: Draft) -> tuple[Record, ...]:
    made = []
    for place, base in enumerate(draft.bases("recurring"), start=1):
        said, owners, times = _said(draft, base), 0, 0
        if said:
            owners, times = len(draft.directory.owners(said["bodies"])), len(list(rules.periods(said)))
        why = ""
        if times:
            why = ngettext(
                "%(n)s time, owed by %(units)s units.",
                "%(n)s times, owed by %(units)s units.",
                times,
            ) % {"n": times, "units": owners}
        made.append(draft.record(base, str(place), rules.RECURRING, times * (1 + owners), why=why))
    return tuple(made)


def _said(draft: Draft, base: str) -> dict[str, Any]:
    """Values of something that recurs, when its years can be counted; else nothing."""
    try:
        said = draft.values(base, rules.RECURRING)
    except ValueError:
        return {}
    return said if 0 <= said["last_year"] - said["first_year"] < rules.MOST_YEARS else {}


def _citations(draft: Draft) -> tuple[Record, ...]:
    return tuple(
        draft.record(base, str(place), apart.CITATION, 1)
        for place, base in enumerate(draft.bases("citations"), start=1)
    )


def problems(draft: Draft) -> list[str]:
    """Years of something that recurs which end before they begin, or go on too long."""
    found = []
    for base in draft.kept("recurring"):
        try:
            said = draft.values(base, rules.RECURRING)
        except ValueError:
            continue
        if not _said(draft, base):
            found.append(
                _("“%(what)s” recurs from %(first)s to %(last)s: give 1 to %(most)s years in order.")
                % {
                    "what": said["what"][:60], "first": said["first_year"], "last": said["last_year"],
                    "most": rules.MOST_YEARS,
                }
            )  # fmt: skip
    return found


def warnings(draft: Draft) -> list[str]:
    """Bases that do not hold on the plan's day; a sentence each, against nothing."""
    try:
        on = draft.read("", apart.PLAN[2])
        said = [draft.values(base, apart.BASIS) for base in draft.kept("legal_bases")]
    except ValueError:
        return []
    named = [one | {"issued_on": one["issued_on"] and one["issued_on"].day} for one in said]
    return register.faults_of(register.find_all(draft.reading.department, named), on and on.day)


def make(plan: Plan, draft: Draft) -> None:
    """Checks, peaks, what recurs, citations. Raises ValueError for a value that does not hold."""
    for order, values in enumerate(checks(draft), start=plan.targets.count()):
        Target.objects.create(plan=plan, order=order, **values)
    make_peaks(plan, draft)
    for place, base in enumerate(draft.kept("recurring")):
        make_recurring(plan, draft, base, FIRST_OF_RULES + place)
    for base in draft.kept("citations"):
        make_citation(plan, draft, base)


def checks(draft: Draft) -> list[dict[str, Any]]:
    """Fields of the target of every requirement that can be checked."""
    found = []
    for base in draft.kept("requirements"):
        if _unchecked(draft, base):
            continue
        said = draft.values(base, rules.REQUIREMENT)
        metric, share = said["metric"] or said["text"][:400], said["denominator"] or ""
        kind = Target.Kind.REQUIREMENT
        found.append({"kind": kind, "metric": metric, "value": said["value"], "denominator": share})
    return found


def make_peaks(plan: Plan, draft: Draft) -> None:
    """The plan's peaks, each with the occasion that computes its days."""
    occasions = {str(one.pk): one for one in draft.occasions}
    for place, base in enumerate(draft.kept("peaks")):
        said = draft.values(base, rules.peak_fields(draft))
        occasion = occasions.get(said["occasion"] or "")
        Peak.objects.create(plan=plan, text=said["text"], occasion=occasion, order=place)


def owners_of(draft: Draft, base: str) -> list[Body]:
    """The bodies that owe what recurs."""
    return draft.directory.owners(draft.values(base, rules.RECURRING)["bodies"])


def make_recurring(plan: Plan, draft: Draft, base: str, order: int) -> None:
    """One obligation for each time, with a duty for every body that owes it."""
    said, owners = draft.values(base, rules.RECURRING), owners_of(draft, base)
    for period in rules.periods(said):
        make_time(plan, said, period, order, owners)


def make_time(plan: Plan, said: dict[str, Any], period: rules.Period, order: int, owners: list[Body]) -> None:
    """One time of what recurs, owed by these bodies."""
    made = Obligation.objects.create(plan=plan, order=order, **time_values(said, period))
    Duty.objects.bulk_create(Duty(obligation=made, body=body) for body in owners)


def time_values(said: dict[str, Any], period: rules.Period) -> dict[str, Any]:
    """Fields of one time of what recurs."""
    return {
        "what": said["what"],
        "by_text": said["by"] or "",
        "on_text": period.text,
        "due_on": period.due_on,
        "precision": period.precision,
        "collectives": said["collectives"],
        "individuals": said["individuals"],
    }


def make_citation(plan: Plan, draft: Draft, base: str) -> Citation | None:
    """One citation; what the plan stands on is not cited again."""
    said = draft.values(base, apart.CITATION)
    on, source = said.pop("issued_on"), draft.source(base)
    values = {name: text or "" for name, text in said.items()}
    values["kind"] = values["kind"] or ANY_KIND
    document = register.find_or_add(plan.department, values | {"issued_on": on.day if on else None})
    if PlanBasis.objects.filter(plan=plan, document=document).exists():
        return None
    line = source["line"] if source else None
    return Citation.objects.get_or_create(plan=plan, document=document, defaults={"line": line})[0]
