"""A revision in what rules made: checks, peaks, what recurs, citations (B-16, B-19). Work done stays."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from guong.base.text import fold
from guong.plans import from_rules
from guong.plans.from_rules import FIRST_OF_RULES
from guong.plans.models import Citation, Obligation, Target
from guong.plans.reading import rules
from guong.plans.reading.draft import Draft
from guong.plans.reading.edition import UNCHECKED, Edition, owe, update


def revise(edition: Edition) -> None:
    """Every list a rule makes records of. Raises ValueError."""
    if edition.changes.of("requirements") or edition.changes.of("targets"):
        _checks(edition)
    if edition.changes.of("peaks"):
        edition.plan.peaks.all().delete()
        from_rules.make_peaks(edition.plan, edition.now)
    if edition.changes.of("recurring"):
        _recurring(edition)
    if edition.changes.of("citations"):
        _citations(edition)


def _checks(edition: Edition) -> None:
    """Requirements are told apart by what they check; of several that check the same, in their order."""
    known: dict[str, list[Target]] = defaultdict(list)
    for row in edition.plan.targets.filter(ended_by=None, kind=Target.Kind.REQUIREMENT):
        known[fold(row.metric)].append(row)
    order = edition.plan.targets.count()
    for values in from_rules.checks(edition.now):
        if same := known[fold(values["metric"])]:
            row = same.pop(0)
            update(row, values | (UNCHECKED if values["value"] != row.value else {}))
            continue
        Target.objects.create(plan=edition.plan, order=order, **values)
        order += 1
    for row in chain.from_iterable(known.values()):
        edition.end(row, done=row.met is not None)


def _recurring(edition: Edition) -> None:
    """Time by time: a year that stays keeps its reports, whatever its day becomes."""
    places = edition.changes.order["recurring"]
    rows = [_rows(edition, was) for was in range(edition.was.count("recurring"))]
    for was in edition.removed("recurring"):
        for row in rows[was].values():
            edition.end_obligation(row)
    for at, was in enumerate(places):
        base, order = f"recurring[{at}]", FIRST_OF_RULES + at
        if was is None:
            from_rules.make_recurring(edition.plan, edition.now, base, order)
        else:
            _move(edition, rows[was], was, at)


def _rows(edition: Edition, was: int) -> dict[tuple[int, int], Obligation]:
    """What stands recorded of one recurring thing, by the year and the time within it."""
    found = edition.plan.obligations.filter(ended_by=None, order=FIRST_OF_RULES + was).order_by(
        "due_on", "pk"
    )
    return dict(zip(_times(edition.was, was), found, strict=False))


def _times(draft: Draft, place: int) -> dict[tuple[int, int], rules.Period]:
    """Every time of one recurring thing, by its year and its turn in that year."""
    times: dict[tuple[int, int], rules.Period] = {}
    for period in rules.periods(draft.values(f"recurring[{place}]", rules.RECURRING)):
        year = period.due_on.year
        times[year, sum(key[0] == year for key in times)] = period
    return times


def _move(edition: Edition, rows: dict[tuple[int, int], Obligation], was: int, at: int) -> None:
    base, order = f"recurring[{at}]", FIRST_OF_RULES + at
    before = from_rules.owners_of(edition.was, f"recurring[{was}]")
    after = from_rules.owners_of(edition.now, base)
    said = edition.now.values(base, rules.RECURRING)
    for key, period in _times(edition.now, at).items():
        row = rows.pop(key, None)
        if row is None:
            from_rules.make_time(edition.plan, said, period, order, after)
            continue
        update(row, from_rules.time_values(said, period) | {"order": order})
        owe(row, {body.pk for body in before}, {body.pk for body in after})
    for row in rows.values():
        edition.end_obligation(row)


def _citations(edition: Edition) -> None:
    before = {row.pk for row in edition.plan.citations.all()}
    kept = {
        found.pk
        for base in edition.now.bases("citations")
        if (found := from_rules.make_citation(edition.plan, edition.now, base))
    }
    Citation.objects.filter(pk__in=before - kept).delete()
