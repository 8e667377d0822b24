"""Importing a layer, changing its draft, attaching its decision, saying its last day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guong.base.acting import locked, must
from guong.base.entry import claim, fulfil
from guong.base.models import Body, User
from guong.base.signed_copy import must_be_a_pdf, store_pdf
from guong.base.workflow import Refused, act, guarded, take
from guong.regulations import access
from guong.regulations.flow import LAYER_STEPS
from guong.regulations.models import Layer
from guong.regulations.reading import read, speaks_of

State = Layer.State


def import_layer(
    *, by: User, applies_to: Body, text: str, name: str, signed_on: date, paper: Any = None, key: UUID
) -> Layer:
    """Keep a text as a draft. Raises Refused with file, line and fault; AlreadyDone."""
    must(access.must_keep_layers_of(by, applies_to))
    fields = _fields(text, name)
    _refuse_code_twice(applies_to, fields["code"], None)
    with act(by, "import_layer") as log:
        claim(by, key)
        layer = Layer.objects.create(
            department=applies_to.department_above(), applies_to=applies_to, signed_on=signed_on,
            created_by=by, **fields,
        )  # fmt: skip
        if paper:
            _attach(layer, paper, by)
        log.about(layer, note=layer.decision)
        fulfil(by, key, layer)
    return layer


def rewrite(layer: Layer, *, text: str, signed_on: date, version: int, by: User) -> Layer:
    """Another text for a draft. Raises Refused."""
    fields = _fields(text, f"{layer.code}.yaml")
    with guarded(by, "rewrite_layer", layer) as log:
        layer = locked(layer, version)
        must(access.must_keep_layer(by, layer), _must_be_a_draft(layer))
        _refuse_code_twice(layer.applies_to, fields["code"], layer)
        for name, value in {**fields, "signed_on": signed_on}.items():
            setattr(layer, name, value)
        layer.version += 1
        layer.save()
        log.about(layer)
    return layer


def attach(layer: Layer, paper: Any, *, by: User) -> Layer:
    """The signed decision as PDF, as long as the layer is a draft. Raises Refused."""
    with guarded(by, "attach_decision", layer) as log:
        layer = locked(layer)
        must(access.must_keep_layer(by, layer), _must_be_a_draft(layer))
        _attach(layer, paper, by)
        log.about(layer, note=layer.file.name if layer.file else "")
    return layer


def put_in_force(layer: Layer, *, by: User) -> Layer:
    """The layer is law from its first day on. Raises Refused, also when a clashing one was faster."""
    try:
        with transaction.atomic():
            return take(LAYER_STEPS["put_in_force"], layer, by=by)
    except IntegrityError as clash:
        raise Refused(
            _("Another regulation about the same was put in force at this moment: open the page again.")
        ) from clash


def end(layer: Layer, *, last_day: date, reason: str, by: User) -> Layer:
    """The layer applies for the last time on `last_day`. Raises Refused."""
    with transaction.atomic():
        with guarded(by, "set_last_day", layer) as log:
            layer = locked(layer)
            must(access.must_lead(by, layer), _must_be_in_force(layer), _must_lie_within(layer, last_day))
            layer.ended_on = last_day
            layer.save(update_fields=["ended_on"])
            log.about(layer, note=f"{last_day:%d/%m/%Y}")
        return take(LAYER_STEPS["end"], layer, by=by, note=reason)


def _fields(text: str, name: str) -> dict[str, Any]:
    """What the text says about itself."""
    found = read(text, name)
    fields = {
        "code": found.code, "name": found.vi, "decision": found.decision, "since": found.since,
        "until": found.until, "text": text, "digest": found.digest, "speaks_of": speaks_of(found),
    }  # fmt: skip
    for field in ("code", "name", "decision"):
        if len(fields[field]) > (most := Layer._meta.get_field(field).max_length):
            raise Refused(
                _("%(file)s: %(field)s is longer than %(n)s characters.")
                % {"file": name, "field": field, "n": most}
            )
    return fields


def _refuse_code_twice(applies_to: Body, code: str, mine: Layer | None) -> None:
    same = Layer.objects.filter(applies_to=applies_to, code=code, state__in=("draft", "in_force", "ended"))
    if mine:
        same = same.exclude(pk=mine.pk)
    if earlier := same.first():
        raise Refused(
            _("The code %(code)s is used by “%(name)s” (%(decision)s): give this one another code.")
            % {"code": code, "name": earlier.name, "decision": earlier.decision}
        )


def _attach(layer: Layer, paper: Any, by: User) -> None:
    data = paper.read()
    must(must_be_a_pdf(data))
    layer.file = store_pdf(by, paper.name or "quyet-dinh.pdf", data)
    layer.save(update_fields=["file"])


def _must_be_a_draft(layer: Layer) -> str | None:
    if layer.state == State.DRAFT:
        return None
    return _("Only a draft can be changed: what is in force is ended, and a new text imported.")


def _must_be_in_force(layer: Layer) -> str | None:
    return None if layer.state == State.IN_FORCE else _("This regulation is not in force.")


def _must_lie_within(layer: Layer, last_day: date) -> str | None:
    if layer.since <= last_day and (layer.until is None or last_day <= layer.until):
        return None
    until = f"{layer.until:%d/%m/%Y}" if layer.until else "…"
    return _("The last day must lie within the days of the regulation, %(since)s to %(until)s.") % {
        "since": f"{layer.since:%d/%m/%Y}",
        "until": until,
    }
