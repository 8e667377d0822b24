"""A revision in the movements of a plan: new ones made, changed ones changed, places through the guard.

A movement somebody was put forward for cannot be taken out, and no quota falls below the places used.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from guong.base.workflow import Refused
from guong.movements import from_plan
from guong.movements.models import Launch, Movement, Quota, Subject
from guong.movements.quota import resize
from guong.plans.reading.edition import Edition, said

PART = "movements"
PLAIN = {
    "code": "code", "name": "name", "host": "host_text", "content": "content", "judged_at": "judged_at",
    "quota_text": "quota_text", "route": "route",
}  # fmt: skip
PLACES = ("quota.collectives", "quota.individuals", "quota_kind")


def revise(edition: Edition) -> None:
    """Movements as the new edition says. Raises Refused with a sentence naming the movement."""
    if not edition.changes.of(PART):
        return
    rows = edition.rows(
        PART,
        edition.plan.movements.to_launch()
        .filter(ended_by=None)
        .select_for_update(of=("self",))
        .order_by("order", "pk"),
        lambda row: (said(row.code), said(row.name)),
        ("code", "name"),
    )
    for was in edition.removed(PART):
        for movement in rows[was]:
            _remove(edition, movement)
    order = edition.changes.order[PART]
    pairs = [(movement, was, at) for at, was in enumerate(order) if was is not None for movement in rows[was]]
    _free_codes(edition, pairs)
    for movement, was, at in pairs:
        _change(edition, movement, was, at)
    for at, was in enumerate(order):
        if was is None:
            from_plan.make_one(edition.plan, edition.now, f"{PART}[{at}]", at)


def _free_codes(edition: Edition, pairs: list[tuple[Movement, int, int]]) -> None:
    """Numbers that go from one movement to another are free in between; each gets its own right after."""
    renumbered = [
        movement.pk
        for movement, _was, at in pairs
        if movement.code != (edition.now.found(f"{PART}[{at}].code") or "")
    ]
    Movement.objects.filter(pk__in=renumbered).update(code="")


def _remove(edition: Edition, movement: Movement) -> None:
    """Delete a movement nothing hangs on; one that units launched ends; one with nominations stays."""
    try:
        with transaction.atomic():
            movement.leads.all().delete()
            movement.quotas.all().delete()
            movement.programmes.all().delete()
            movement.delete()
    except ProtectedError as hanging:
        if any(not isinstance(record, Launch) for record in hanging.protected_objects):
            raise Refused(
                _(
                    "Movement %(name)s has nominations or awards; it cannot be taken out."
                    " Keep it in the revision, or settle its nominations first."
                )
                % {"name": movement}
            ) from hanging
        movement.ended_by = edition.revision
        movement.save(update_fields=["ended_by"])


def _change(edition: Edition, movement: Movement, was: int, at: int) -> None:
    before = edition.was.values(f"{PART}[{was}]", from_plan.FIELDS)
    after = edition.now.values(f"{PART}[{at}]", from_plan.FIELDS)
    values: dict[str, Any] = {"order": at, "code": after["code"] or ""}
    values |= {PLAIN[name]: after[name] or "" for name in PLAIN if before[name] != after[name]}
    if before["posts"] != after["posts"]:
        values["posts"] = list(after["posts"])
    if before["host_bodies"] != after["host_bodies"]:
        hosts = after["host_bodies"].bodies
        values["host"] = hosts[0] if len(hosts) == 1 else None
    if before["window"] != after["window"] and not movement.window_start:
        values["window"] = after["window"] or Movement.Window.NONE
    if from_plan.leads_of(before) != from_plan.leads_of(after):
        movement.leads.all().delete()
        from_plan.make_leads(movement, after)
    if any(before[name] != after[name] for name in PLACES):
        values |= _places(movement, before, after)
    for name, value in values.items():
        setattr(movement, name, value)
    movement.version += 1
    movement.save()


def _places(movement: Movement, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Bring the quota to the new numbers; never below what is used. What the movement itself says of it."""
    kind = after["quota_kind"]
    each = kind == Movement.QuotaKind.PER_PROGRAMME
    if before["quota_kind"] != kind:
        _no_places_yet(movement)
    numbers = {
        Subject.COLLECTIVE: after[from_plan.COLLECTIVES.name],
        Subject.INDIVIDUAL: after[from_plan.INDIVIDUALS.name],
    }
    if each:
        for quota in movement.quotas.filter(programme__isnull=False):
            _resize(movement, quota, numbers[Subject(quota.subject)] or 0)
    else:
        _fixed(movement, numbers if kind == Movement.QuotaKind.FIXED else {})
    return {
        "quota_kind": kind,
        "per_programme_collectives": numbers[Subject.COLLECTIVE] if each else None,
        "per_programme_individuals": numbers[Subject.INDIVIDUAL] if each else None,
    }


def _no_places_yet(movement: Movement) -> None:
    """The way places are counted changes only while nothing is held, awarded or told apart by programme."""
    if movement.programmes.exists() or movement.quotas.filter(used__gt=0).exists():
        raise Refused(
            _("Places of movement %(name)s are in use or told apart by programme; keep how they are counted.")
            % {"name": movement}
        )


def _fixed(movement: Movement, numbers: dict[Subject, int | None]) -> None:
    for subject in Subject:
        size = numbers.get(subject) or 0
        quota = movement.quotas.filter(programme=None, subject=subject).first()
        if quota:
            _resize(movement, quota, size)
        elif size:
            Quota.objects.create(movement=movement, subject=subject, size=size)


def _resize(movement: Movement, quota: Quota, size: int) -> None:
    if not resize(quota.pk, size):
        quota.refresh_from_db()
        raise Refused(
            _("Movement %(name)s: %(used)s places for %(subject)s are in use; it cannot have %(size)s.")
            % {
                "name": movement,
                "used": quota.used,
                "subject": quota.get_subject_display(),
                "size": size,
            }
        )
