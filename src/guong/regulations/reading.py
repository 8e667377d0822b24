"""The text of a layer, checked before it is kept: it must read, and every rule in it must be answerable."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext as _

from guong.base.workflow import Refused
from guong.law import Facts, Law, LawError, read_layer, screen
from guong.law import Layer as LawLayer
from guong.regulations.faults import said
from guong.regulations.here import national_law
from guong.regulations.models import Layer
from guong.regulations.models.layer import LONGEST

KINDS = ("individual", "collective", "household")


def read(text: str, name: str) -> LawLayer:
    """The layer a text describes; `name` stands for the file. Raises Refused with file, line and fault."""
    if len(text) > LONGEST:
        raise Refused(
            _("The text is longer than %(n)s characters: a layer holds only what differs from the law.")
            % {"n": LONGEST}
        )
    law = national_law()
    try:
        layer = read_layer(text, name, law)
    except LawError as problem:
        raise Refused(said(problem)) from problem
    if not layer.values and not layer.rules:
        raise Refused(_("%(file)s lays nothing down: write values or rules below it.") % {"file": name})
    _try(law, layer)
    return layer


def decoded(data: bytes, name: str) -> str:
    """The text of a file. Raises Refused for anything but UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused(
            _("%(file)s is not text in UTF-8: save it so and send it again.") % {"file": name}
        ) from (problem)
    return text.replace("\r\n", "\n")


def unreadable() -> list[str]:
    """Layers in force that the law data of this version cannot read: every question under them would fail."""
    found = []
    for layer in Layer.objects.of_law().order_by("pk"):
        try:
            read(layer.text, f"{layer.code}.yaml")
        except Refused as refused:
            found.append(f"{layer.decision}: {refused}")
    return found


def speaks_of(layer: LawLayer) -> list[str]:
    """The values and rules a layer lays down, as their names."""
    return sorted({*layer.values, *(".".join(key) for key in layer.rules)})


def _try(law: Law, layer: LawLayer) -> None:
    """Ask every award of invented subjects under the layer: what cannot be asked never comes to people."""
    on_top = law.with_layer(layer)
    day = layer.since
    for group in layer.rules.values():
        for criterion in group.criteria():
            law.words.sentence(criterion, "vi")
    codes = {code for code, _kind, _branch in layer.rules}
    if codes:
        screen(on_top, _nobody(), year=day.year, received_on=day, codes=codes)


def _nobody() -> Facts:
    """One subject of each kind of whom nothing is known."""
    subjects = pl.DataFrame({"subject": list(range(1, len(KINDS) + 1)), "kind": list(KINDS)})
    return Facts.of(subjects=subjects)
