"""The road of a layer: draft, in force, ended; or dropped, or withdrawn because it never should have applied.

Two layers of one body may speak of the same thing on the same day: the decision signed later prevails, as
between instruments of one authority. Only when both were signed on one day is there no order, and the second
is refused. A layer of a unit may not speak of what a body above it has laid down.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.base.models import User
from guong.base.workflow import Refused, Step
from guong.regulations import access, reading
from guong.regulations.models import Layer

State = Layer.State


def must_have_the_decision(_user: User, layer: Layer) -> str | None:
    """The signed decision is attached, so that everybody can compare the text with it."""
    return None if layer.file_id else _("Attach the signed decision as PDF first.")


def must_still_read(_user: User, layer: Layer) -> str | None:
    """The text reads under the law data of today."""
    try:
        reading.read(layer.text, f"{layer.code}.yaml")
    except Refused as refused:
        return str(refused)
    return None


def must_not_clash(_user: User, layer: Layer) -> str | None:
    """No other layer in force of the same place, day of signing and subject; nothing a higher body laid down.

    Of two put in force at once the trigger `guong_layer_clash` refuses one.
    """
    others = Layer.objects.of_law().over(layer.applies_to).meeting(layer).select_related("applies_to")
    for other in others:
        if both := _both(layer, other):
            if other.applies_to_id != layer.applies_to_id:
                return _laid_down_above(other, both)
            if other.signed_on == layer.signed_on:
                return _without_order(other, both)
    return None


def _both(layer: Layer, other: Layer) -> str:
    return ", ".join(sorted(set(layer.speaks_of) & set(other.speaks_of)))


def _without_order(other: Layer, both: str) -> str:
    return _(
        "%(decision)s, signed on the same day, also lays down %(both)s: nothing says which of the two"
        " prevails. End that one first, or take these parts out of one of them."
    ) % {"decision": other.decision, "both": both}


def _laid_down_above(other: Layer, both: str) -> str:
    return _(
        "%(decision)s of %(body)s lays down %(both)s, and a unit cannot differ from it: take these parts out."
    ) % {"decision": other.decision, "body": other.applies_to, "both": both}


def must_have_a_last_day(_user: User, layer: Layer) -> str | None:
    """The day was said on the page that ends a layer."""
    return None if layer.ended_on else _("Say first on which day it applies for the last time.")


LAYER_STEPS = {
    "put_in_force": Step(
        name="put_in_force",
        label=gettext_lazy("Put in force"),
        source=(State.DRAFT,),
        target=State.IN_FORCE,
        who=(access.must_lead,),
        when=(must_have_the_decision, must_still_read, must_not_clash),
    ),
    "drop": Step(
        name="drop",
        label=gettext_lazy("Drop the draft"),
        source=(State.DRAFT,),
        target=State.DROPPED,
        who=(access.must_keep_layer,),
        needs_note=True,
    ),
    "end": Step(
        name="end",
        label=gettext_lazy("End it"),
        source=(State.IN_FORCE,),
        target=State.ENDED,
        who=(access.must_lead,),
        when=(must_have_a_last_day,),
        needs_note=True,
    ),
    "withdraw": Step(
        name="withdraw",
        label=gettext_lazy("Withdraw it"),
        source=(State.IN_FORCE, State.ENDED),
        target=State.WITHDRAWN,
        who=(access.must_lead,),
        needs_note=True,
    ),
}
