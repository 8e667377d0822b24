"""Who takes no part in which vote: oneself and one's own unit, found by the house itself (D-23)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from guong.awards.models import Nomination, Recusal, Session
from guong.base.models import Employment, User


def own_units(person_ids: Iterable[int]) -> dict[int, set[int]]:
    """Bodies each person works in today, and the units these belong to."""
    found: dict[int, set[int]] = {person: set() for person in person_ids}
    for work in Employment.objects.in_force().filter(person_id__in=found).select_related("body"):
        unit = work.body.unit()
        found[work.person_id] |= {work.body_id} | ({unit.pk} if unit else set())
    return found


def reason_to_step_back(person_id: int, own: set[int], nomination: Nomination) -> str:
    """Why this member does not vote on this nominee; empty when nothing stands against it."""
    if nomination.person_id and nomination.person_id == person_id:
        return _("the member is the nominee")
    if nomination.unit_id in own or (nomination.body_id and nomination.body_id in own):
        return _("same unit")
    return ""


def step_back_where_due(session: Session, _by: User | None = None) -> None:
    """Record every recusal that follows from the records; run at the call and when voting opens."""
    seats = list(session.seats.all())
    own = own_units(seat.person_id for seat in seats)
    known = set(Recusal.objects.filter(item__session=session).values_list("item_id", "seat_id"))
    Recusal.objects.bulk_create(
        Recusal(item=item, seat=seat, reason=why)
        for item in session.items.select_related("nomination")
        for seat in seats
        if (item.pk, seat.pk) not in known
        and (why := reason_to_step_back(seat.person_id, own[seat.person_id], item.nomination))
    )
