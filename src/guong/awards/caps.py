"""Ratio caps over the lists of an annual review, of each unit and of the whole department.

While a list is edited a cap only warns: a base title may still be added. It refuses when a list is sent, with
the row of the unit locked, so that two senders at once never pass it together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards.models import Nomination
from guong.base.models import Body
from guong.base.workflow import Refused
from guong.law import CapFinding, check_caps
from guong.law.caps import CAPS, LINES
from guong.movements.models import Movement
from guong.regulations.here import law_of

State = Nomination.State
SENT = (
    State.SUBMITTED, State.APPRAISED, State.LISTED, State.TABLED, State.CHOSEN, State.AWARDED,
)  # fmt: skip
LISTED = (State.DRAFT, State.WITH_HEAD, State.RETURNED, *SENT)
UNIT = "unit"  # the scope of a cap; the other one is the department that proposes
CAPPED = frozenset(code for code, _base, _name in CAPS)


@dataclass(frozen=True)
class Cap:
    """One cap in words and numbers: so many of one title, counted on another, in one place."""

    place: str
    title: str
    base_title: str
    count: int
    base: int
    allowed: int | None
    over: int
    source: str
    unverified: bool

    @property
    def sentence(self) -> str:
        """What is too much, and by how many."""
        words = _(
            "%(place)s: %(count)s %(title)s, at most %(allowed)s on %(base)s %(base_title)s (%(source)s)."
        )
        return words % {
            "place": self.place, "count": self.count, "title": self.title, "allowed": self.allowed,
            "base": self.base, "base_title": self.base_title, "source": self.source,
        }  # fmt: skip


def caps_of(
    movement: Movement, *, unit: Body | None = None, states: Iterable[str] = LISTED, day: date | None = None,
    more: Iterable[tuple[int, str]] = (),
) -> list[Cap]:  # fmt: skip
    """Caps over the list of one unit, or of every unit and the department together.

    `more`: subjects and titles ticked and not added yet. A unit's own list is held to the unit's cap alone.
    """
    department = movement.plan.department
    rows = _lines(movement, unit, states)
    if unit is not None:
        rows += [(subject, str(unit.pk), str(department.pk), code) for subject, code in more]
    lines = pl.DataFrame(rows, schema=LINES, orient="row")
    found = check_caps(law_of(department), lines, day or timezone.localdate())
    if unit is not None:
        found = [finding for finding in found if finding.scope == UNIT]
    return _in_words(found, department)


def _lines(movement: Movement, unit: Body | None, states: Iterable[str]) -> list[tuple[int, str, str, str]]:
    nominations = Nomination.objects.filter(movement=movement, state__in=list(states))
    if unit is not None:
        nominations = nominations.filter(unit=unit)
    return [
        (person or -body, str(unit_id), str(department), code)
        for person, body, unit_id, department, code in nominations.values_list(
            "person", "body", "unit", "department", "title_code"
        )
    ]


def _in_words(found: list[CapFinding], department: Body) -> list[Cap]:
    places = {
        str(body.pk): body.label for body in Body.objects.filter(pk__in={int(each.place) for each in found})
    }
    awards = law_of(department).awards
    return [
        Cap(
            places[each.place], awards[each.code].vi, awards[each.base_code].vi, each.count, each.base,
            each.allowed, each.over, each.cited.source if each.cited else "", each.unverified,
        )
        for each in sorted(found, key=lambda each: (each.scope == UNIT, -each.over))
    ]  # fmt: skip


def must_keep_the_caps(nomination: Nomination) -> None:
    """What its unit has sent stays within the caps with this one. Raises Refused.

    A line of the base breaks no cap. For the others the unit's row is locked first: a second sender waits
    here and then counts the first one's lines.
    """
    if nomination.title_code not in CAPPED:
        return
    lock_the_unit(nomination.unit_id)
    found = caps_of(nomination.movement, unit=nomination.unit, states=SENT)
    over = [cap for cap in found if cap.over and cap.title == nomination.title]
    if over:
        raise Refused(" ".join(cap.sentence for cap in over))


def lock_the_unit(unit_id: int) -> None:
    """Lists of one unit are sent one after the other."""
    Body.objects.select_for_update(of=("self",)).get(pk=unit_id)
