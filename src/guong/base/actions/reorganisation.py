"""Mergers and splits: who became what, on which day, under which decision; history stays (K-18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import must_administer
from guong.base.actions.organisation import end_body, lock_tree, move, must_be_past, refuse
from guong.base.entry import claim, fulfil
from guong.base.models import Body, BodyChange, Employment, Grant, User
from guong.base.workflow import Refused, guarded


def merge_bodies(
    sources: Iterable[Body], into: Body, *, day: date, decision: str, carry_roles: bool, by: User
) -> Body:
    """From `day` on, what the sources were is part of `into`: their sections, people and, if told, roles.

    The closed bodies keep their names, employments until the day before, and papers. Raises Refused.
    """
    with guarded(by, "merge_bodies", into) as log:
        lock_tree()
        into = Body.objects.select_for_update(of=("self",)).get(pk=into.pk)
        refuse(must_administer(by, into))
        must_be_past(day)
        must_exist_before(into, day)
        for source in Body.objects.filter(pk__in=[body.pk for body in sources]).order_by("pk"):
            _must_be_mergeable(source, into, day, by)
            _merge_one(source, into, day, carry_roles, by)
            BodyChange.objects.create(
                kind=BodyChange.Kind.MERGE, before=source, after=into, on=day, decision=decision
            )
            log.about(source, note=_("into %(body)s. %(decision)s") % {"body": into, "decision": decision})
            log.about(into, note=_("%(body)s joined. %(decision)s") % {"body": source, "decision": decision})
    return into


def _must_be_mergeable(source: Body, into: Body, day: date, by: User) -> None:
    refuse(must_administer(by, source))
    must_exist_before(source, day)
    if into.path.startswith(source.path):
        raise Refused(
            _("%(into)s is part of %(source)s: a body cannot be merged into itself. Choose another one.")
            % {"into": into, "source": source}
        )


def must_exist_before(body: Body, day: date) -> None:
    """Raises Refused when the body is closed, or younger than the change."""
    if body.valid_to is not None:
        raise Refused(
            _("%(body)s is closed since %(day)s.") % {"body": body, "day": f"{body.valid_to:%d/%m/%Y}"}
        )
    if body.valid_from > day:
        raise Refused(
            _("%(body)s exists only since %(day)s: choose that day or a later one.")
            % {"body": body, "day": f"{body.valid_from:%d/%m/%Y}"}
        )


def _merge_one(source: Body, into: Body, day: date, carry_roles: bool, by: User) -> None:
    for child in source.children.on(day):
        move(child, into)
    _move_people(Employment.objects.filter(body=source), into, day)
    if carry_roles:
        _carry_roles(source, into, day, by)
    end_body(source, day - timedelta(days=1))


def _move_people(employments: Any, into: Body, day: date) -> None:
    """End employments the day before and let the same ones go on in the other body."""
    employments.filter(valid_from__gte=day).update(body=into)
    going_on = list(employments.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lt=day))
    ended = Employment.objects.filter(pk__in=[employment.pk for employment in going_on])
    for employment in going_on:
        employment.pk, employment._state.adding = None, True
        employment.body, employment.valid_from = into, day
    ended.update(valid_to=day - timedelta(days=1))
    Employment.objects.bulk_create(going_on)


def _carry_roles(source: Body, into: Body, day: date, by: User) -> None:
    """The same roles on the heir. Lent roles are not carried, nor the user's own: nobody grants oneself."""
    held = Grant.objects.in_force(day).filter(body=source, delegated_from=None).exclude(user=by)
    for grant in held:
        if not Grant.objects.in_force(day).filter(user=grant.user, role=grant.role, body=into).exists():
            Grant.objects.create(
                user=grant.user, role=grant.role, body=into, valid_from=day, valid_to=grant.valid_to,
                granted_by=by, reason=_("carried over from %(body)s") % {"body": source.label},
            )  # fmt: skip


def split_body(
    body: Body, values: dict[str, Any], *, children: Iterable[Body], employments: Iterable[Employment],
    day: date, decision: str, by: User, key: UUID,
) -> Body:  # fmt: skip
    """A new body beside `body`, with sections and people that go with it from `day` on. Raises Refused."""
    with guarded(by, "split_body", body) as log:
        claim(by, key)
        lock_tree()
        body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        refuse(must_administer(by, body))
        refuse(must_administer(by, body.parent) if body.parent else _("A whole tree cannot be split."))
        must_be_past(day)
        must_exist_before(body, day)
        made = Body(**_like(body), **values, valid_from=day)
        made.save()
        for child in body.children.filter(pk__in=[child.pk for child in children]):
            move(child, made)
        _move_people(
            Employment.objects.filter(body=body, pk__in=[work.pk for work in employments]), made, day
        )
        BodyChange.objects.create(
            kind=BodyChange.Kind.SPLIT, before=body, after=made, on=day, decision=decision
        )
        log.about(body, note=_("%(body)s split off. %(decision)s") % {"body": made, "decision": decision})
        log.about(
            made, note=_("split off from %(body)s. %(decision)s") % {"body": body, "decision": decision}
        )
        fulfil(by, key, made)
    return made


def _like(body: Body) -> dict[str, Any]:
    """What the new body shares with the one it comes from."""
    return {
        name: getattr(body, name) for name in ("kind", "parent", "tier", "inside", "subordinate", "in_sector")
    }
