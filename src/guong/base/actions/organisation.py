"""Writes on the tree of bodies: make, edit, move, rename, close. Names and history stay (K-18)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.base.access import must_administer
from guong.base.entry import claim, fulfil, must_be_unchanged
from guong.base.models import Body, BodyName, Department, Employment, Grant, User
from guong.base.workflow import Refused, guarded

EDITABLE = ("code", "kind", "parent", "tier", "inside", "subordinate", "in_sector", "valid_from")
_TREE_LOCK = 7_201_001  # any number of our own: one reorganisation at a time


def make_body(values: dict[str, Any], *, by: User, key: UUID) -> Body:
    """A new body below one the user administers. Raises Refused, AlreadyDone."""
    parent = values["parent"]
    with guarded(by, "make_body", parent) as log:
        claim(by, key)
        lock_tree()
        refuse(must_administer(by, parent))
        made = Body(**{**values, "parent": Body.objects.get(pk=parent.pk)})
        made.save()
        log.about(made)
        fulfil(by, key, made)
    return made


def edit_body(body: Body, values: dict[str, Any], *, seen: str, by: User) -> Body:
    """Change everything but the name; a new parent moves the whole subtree. Raises Refused."""
    with guarded(by, "edit_body", body) as log:
        lock_tree()
        body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        refuse(must_administer(by, body))
        must_be_unchanged(body, EDITABLE, seen)
        parent = values.pop("parent", body.parent)
        if parent != body.parent:
            if parent is None:
                raise Refused(_("Choose the body above: only a whole tree stands alone."))
            refuse(must_administer(by, parent))
            move(body, parent)
        for name, value in values.items():
            setattr(body, name, value)
        body.save()
        log.about(body)
    return body


def move(body: Body, parent: Body) -> None:
    """Hang the subtree below another body; every path below is rewritten in one statement, under the lock."""
    parent = Body.objects.get(pk=parent.pk)
    if parent.path.startswith(body.path):
        raise Refused(
            _("%(parent)s lies below %(body)s: a body cannot stand below itself. Choose another one.")
            % {"parent": parent, "body": body}
        )
    old, new = body.path, f"{parent.path}{body.pk}/"
    Body.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    Body.objects.filter(pk=body.pk).update(parent=parent)
    body.parent, body.path = parent, new


def rename_body(
    body: Body, *, name: str, short_name: str, day: date, decision: str, seen: str, by: User
) -> Body:
    """A new name from `day` on; the old one is kept with its dates. Raises Refused."""
    with guarded(by, "rename_body", body) as log:
        body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        refuse(must_administer(by, body))
        must_be_unchanged(body, ("name", "short_name"), seen)
        last = body.names.order_by("-valid_to").first()
        first_day = last.valid_to + timedelta(days=1) if last else body.valid_from
        must_be_past(day)
        if day <= first_day:
            raise Refused(
                _("The present name holds since %(day)s; the new one must begin later.")
                % {"day": f"{first_day:%d/%m/%Y}"}
            )
        BodyName.objects.create(
            body=body, name=body.name, short_name=body.short_name,
            valid_from=first_day, valid_to=day - timedelta(days=1),
        )  # fmt: skip
        log.about(body, note=_("%(old)s until then. %(decision)s") % {"old": body.name, "decision": decision})
        body.name, body.short_name = name, short_name
        body.save()
    return body


def correct_name(body: Body, *, name: str, short_name: str, seen: str, by: User) -> Body:
    """Mend a misspelt name; nothing was renamed, so no former name is kept. Raises Refused."""
    with guarded(by, "correct_name", body) as log:
        body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        refuse(must_administer(by, body))
        must_be_unchanged(body, ("name", "short_name"), seen)
        log.about(body, note=body.name)
        body.name, body.short_name = name, short_name
        body.save()
    return body


def close_body(body: Body, *, day: date, decision: str, by: User) -> Body:
    """The last day of a body nobody works in any more; its roles end with it. Raises Refused."""
    with guarded(by, "close_body", body) as log:
        lock_tree()
        body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
        refuse(must_administer(by, body))
        must_be_past(day)
        must_be_empty(body, day)
        end_body(body, day)
        log.about(body, note=decision)
    return body


def end_body(body: Body, day: date) -> None:
    """Write the last day and let the roles on the body end the same day."""
    if day < body.valid_from:
        raise Refused(
            _("%(body)s exists since %(day)s; its last day cannot be before.")
            % {"body": body, "day": f"{body.valid_from:%d/%m/%Y}"}
        )
    if Department.objects.filter(standing_office=body).exists():
        raise Refused(
            _("%(body)s holds the standing office; name another holder in the settings first.")
            % {"body": body}
        )
    end_grants(body, day)
    body.valid_to = day
    body.save(update_fields=["valid_to"])


def end_grants(body: Body, day: date) -> None:
    """Grants on a body that closes end with it; those not yet begun never begin."""
    for grant in Grant.objects.filter(body=body).exclude(valid_to__lte=day):
        grant.valid_to = day
        grant.valid_from = min(grant.valid_from, day)
        grant.save(update_fields=["valid_from", "valid_to"])


def must_be_empty(body: Body, day: date) -> None:
    """Raises Refused while somebody works there or something stands below."""
    people = Employment.objects.in_force(day + timedelta(days=1)).filter(body=body).count()
    if people:
        raise Refused(
            ngettext(
                "%(n)s person still works there: move that person first.",
                "%(n)s people still work there: move them first.",
                people,
            ) % {"n": people}
        )  # fmt: skip
    below = body.children.on(day + timedelta(days=1)).by_name()
    if below:
        names = ", ".join(child.label for child in below[:5])
        raise Refused(
            _("These bodies stand below it: %(names)s. Move or close them first.") % {"names": names}
        )


def must_be_past(day: date) -> None:
    """Changes of the tree are written once they hold, never in advance."""
    if day > timezone.localdate():
        raise Refused(
            _("%(day)s has not come yet: record the change once it holds.") % {"day": f"{day:%d/%m/%Y}"}
        )


def refuse(why: str | None) -> None:
    """Raise the sentence of a rule that says no."""
    if why:
        raise Refused(why)


def lock_tree() -> None:
    """Nobody else moves bodies until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])
