"""The list of one unit under one movement: many added, changed, taken off, sent together."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access
from guong.awards.actions.nominations import WITH_THE_UNIT, Text, edit, proposed, takes_nominations
from guong.awards.assessing import read_together
from guong.awards.caps import CAPPED, lock_the_unit
from guong.awards.flow import NOMINATION_STEPS
from guong.awards.models import Nomination
from guong.awards.titles import must_be_laid_down
from guong.base.acting import must
from guong.base.models import Body, Employment, User
from guong.base.workflow import Refused, Step, guarded, take
from guong.movements.models import Movement

State = Nomination.State
UNSENT = (State.DRAFT, State.RETURNED, State.WITH_HEAD)
MOST_NAMED = 12  # refusals told by name; the list itself shows the others


def add(
    *, by: User, movement: Movement, unit: Body, title_code: str, nominees: Iterable[Employment | Body],
) -> list[Nomination]:  # fmt: skip
    """Put people or collectives of a unit on its list for one title; who stands there already is left out.

    All or nothing. Raises Refused.
    """
    text = Text("", title_code=title_code)
    made = [proposed(by, movement, nominee, text) for nominee in nominees]
    with guarded(by, "add_to_annual_list", unit) as log:
        must(access.must_be_unit_clerk(by, Nomination(unit=unit)), takes_nominations(movement))
        lock_the_unit(unit.pk)
        must(*_strangers(made, unit), None if made else _("Tick whom to add first."))
        must(must_be_laid_down(made[0], timezone.localdate()))
        made = _new_ones(movement, title_code, made)
        must(None if made else _("All of them are on the list for this title already."))
        _insert(made)
        for nomination in made:
            log.about(nomination, after=nomination.state)
    return made


def address_of(movement_id: int, unit_id: int, title_code: str = "") -> str:
    """Where the list stands, opened at a title."""
    address = reverse("awards:unit_list", args=[movement_id, unit_id])
    return f"{address}?danh-hieu={title_code}" if title_code else address


def _strangers(made: list[Nomination], unit: Body) -> list[str]:
    return [
        _("%(name)s does not belong to %(unit)s.") % {"name": each.name, "unit": unit.label}
        for each in made
        if each.unit_id != unit.pk
    ]


def _new_ones(movement: Movement, title_code: str, made: list[Nomination]) -> list[Nomination]:
    """Without those on the list already, and each once."""
    there = Nomination.objects.in_the_running().filter(movement=movement)
    if made[0].branch == Nomination.Branch.MERIT:
        there = there.filter(title_code=title_code)
    seen = set(there.values_list("person", "body"))
    fresh = []
    for nomination in made:
        if (nomination.person_id, nomination.body_id) not in seen:
            seen.add((nomination.person_id, nomination.body_id))
            fresh.append(nomination)
    return fresh


def _insert(made: list[Nomination]) -> None:
    for nomination in made:
        nomination.fill_keys()
    try:
        with transaction.atomic():
            Nomination.objects.bulk_create(made)
    except IntegrityError as error:
        raise Refused(_("Somebody nominated one of them meanwhile. Open the list again.")) from error


def change_titles(*, by: User, nominations: Iterable[Nomination], title_code: str) -> int:
    """Propose the ticked ones for another title. All or nothing. Raises Refused."""
    changed = 0
    with transaction.atomic():
        for nomination in nominations:
            text = Text(nomination.achievement, nomination.achieved_on, nomination.programme, title_code)
            edit(by=by, nomination=nomination, version=nomination.version, text=text)
            changed += 1
        must(None if changed else _("Tick the lines first."))
    return changed


def take_off(*, by: User, nominations: Iterable[Nomination]) -> int:
    """Withdraw the ticked ones. All or nothing. Raises Refused."""
    count = 0
    with transaction.atomic():
        for nomination in nominations:
            take(NOMINATION_STEPS["withdraw"], nomination, by=by, note=_("Taken off the unit's list."))
            count += 1
        must(None if count else _("Tick the lines first."))
    return count


def hand_in_list(*, by: User, movement: Movement, unit: Body) -> int:
    """The clerk hands the whole list to the head. All or nothing. Raises Refused with names."""
    return _move(by, movement, unit, NOMINATION_STEPS["hand_in"], WITH_THE_UNIT)


def send_list(*, by: User, movement: Movement, unit: Body) -> int:
    """The head sends the whole list to the department. All or nothing.

    Each nomination takes its own step; titles that a cap counts on go first. Raises Refused with names.
    """
    return _move(by, movement, unit, NOMINATION_STEPS["submit"], UNSENT)


def _move(by: User, movement: Movement, unit: Body, step: Step, states: Iterable[str]) -> int:
    with guarded(by, "send_annual_list", unit) as log:
        must(access.must_be_unit_clerk(by, Nomination(unit=unit)))
        waiting = _waiting(movement, unit, states)
        must(None if waiting else _("Nothing on the list waits to be sent."))
        refused = _take_each(by, step, waiting)
        must(*refused[:MOST_NAMED], _and_more(refused))
        log.about(unit, note=f"{movement}: {len(waiting)}")
    return len(waiting)


def _waiting(movement: Movement, unit: Body, states: Iterable[str]) -> list[Nomination]:
    """Locked in the order of their ids, before the cap locks the unit: the order one step alone takes too, so
    that two hands never wait for each other. A second sender finds nothing left."""
    found = Nomination.objects.filter(movement=movement, unit=unit, state__in=list(states))
    locked = found.with_names().select_for_update(of=("self",)).order_by("pk")
    return sorted(locked, key=lambda each: each.title_code in CAPPED)


def _take_each(by: User, step: Step, waiting: list[Nomination]) -> list[str]:
    refused = []
    with read_together(waiting):
        for nomination in waiting:
            try:
                take(step, nomination, by=by)
            except Refused as why:
                refused.append(f"{nomination.name}, {nomination.title}: {why}")
    return refused


def _and_more(refused: list[str]) -> str | None:
    more = len(refused) - MOST_NAMED
    return _("And %(n)s more lines: the list shows each.") % {"n": more} if more > 0 else None
