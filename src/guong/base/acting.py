"""What named writes need: all refusals at once, a lock, a form sent once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guong.base.entry import claim, fulfil
from guong.base.models import User
from guong.base.workflow import Refused


def must(*answers: str | None) -> None:
    """Raise Refused with every sentence given; None means that a rule has nothing against it."""
    if why := [answer for answer in answers if answer]:
        raise Refused(" ".join(why))


def locked(record: Any, version: int | None = None) -> Any:
    """The record as it is now, locked. Raises Refused when someone changed it since `version` was read."""
    fresh = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if version is not None and fresh.version != version:
        raise Refused(
            _("Someone changed this before you. Your text is still in the form: compare and save again.")
        )
    return fresh


def claim_once(by: User, key: UUID | None) -> None:
    """First line of an act that creates from a form. Raises AlreadyDone for a form sent twice."""
    if key is not None:
        claim(by, key)


def led_to(by: User, key: UUID | None, made: Any) -> None:
    """Last line of such an act: a second sender is led to what was made."""
    if key is not None:
        fulfil(by, key, made)
