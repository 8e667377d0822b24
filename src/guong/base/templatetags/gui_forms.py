"""Form fields: label, hint, error above the control, and the summary on top that leads to each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm

_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SplitDateTimeWidget, forms.SelectDateWidget)


def field_parts(bound: BoundField) -> dict[str, Any]:
    """What the template of one field needs."""
    widget = bound.field.widget
    tick = isinstance(widget, forms.CheckboxInput)
    group = isinstance(widget, _GROUPS)
    attrs: dict[str, Any] = {} if tick or group else {"class": f"in {widget.attrs.get('class', '')}".strip()}
    if bound.field.required and not group:
        attrs["aria-required"] = "true"
    _describe(bound, attrs)
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "tick": tick,
        "group": group,
        "hidden": bound.is_hidden,
        "optional": not bound.field.required and not tick,
        "hint_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
    }


def _describe(bound: BoundField, attrs: dict[str, Any]) -> None:
    ids = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if ids:
        attrs["aria-describedby"] = " ".join(ids)


def errors_of(form: BaseForm) -> dict[str, Any]:
    """All errors of a form, each with the address of its place on the page."""
    places = [
        {"label": bound.label, "id": _target(bound), "errors": bound.errors}
        for bound in form
        if bound.errors and not bound.is_hidden
    ]
    loose = [*form.non_field_errors(), *(e for bound in form.hidden_fields() for e in bound.errors)]
    return {"places": places, "loose": loose, "count": len(places) + len(loose)}


def _target(bound: BoundField) -> str:
    """The id a click must reach: the first control of a group, else the control."""
    if isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
