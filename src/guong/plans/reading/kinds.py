"""Kinds of values on the confirm screen: how each is shown, and how what is typed becomes a value again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guong.base.text import clean
from guong.plans.reading import when
from guong.plans.reading.bodies import Directory

MOST = 65_535
TEXT, LONG, LINES, DATE, WHOLE, YES, CHOICE, BODIES, YEARLY = (
    "text", "long", "lines", "date", "whole", "yes", "choice", "bodies", "yearly",
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One value of a record: its name in the reading, its words, its kind and its limits.

    `derive(draft, base)` gives (text, confidence) for a value the reader does not read itself.
    `says` names a yes-or-no value of the reader and the choice of this field that makes it yes.
    `wanted` values are asked for at once when the paper does not give them. `of` names the value whose words
    a derived one rests on.
    """

    name: str
    label: Any
    kind: str = TEXT
    required: bool = False
    wanted: bool = False
    longest: int = 0
    choices: tuple[tuple[str, Any], ...] = ()
    derive: Callable[[Any, str], tuple[str, float | None]] | None = None
    of: str = ""
    says: tuple[str, str] | None = None


def show(kind: str, found: Any) -> str:
    """A value of the reading as a person would type it."""
    if found is None:
        return ""
    if kind == LINES:
        return "\n".join(found)
    if kind == YES:
        return "yes" if found else ""
    if kind == YEARLY:
        return when.shown_yearly(str(found))
    if kind == DATE:
        try:
            return when.of_iso(found).shown()
        except ValueError:
            return str(found)
    return str(found)


def read(field: Field, text: str, directory: Directory) -> Any:
    """The value behind a text; None for nothing. Raises ValueError with one sentence."""
    text = clean(text)
    if not text:
        if field.required:
            raise ValueError(_("Fill this in, or leave the whole record out."))
        return {LINES: (), YES: False, BODIES: directory.typed("")}.get(field.kind)
    if field.longest and len(text) > field.longest:
        raise ValueError(
            _("This is %(n)s letters long; %(most)s fit. Shorten it.")
            % {"n": len(text), "most": field.longest}
        )
    return _READERS[field.kind](field, text, directory)


def _whole(_field: Field, text: str, _directory: Directory) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST):
        raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text[:40]})
    return int(text)


def _choice(field: Field, text: str, _directory: Directory) -> str:
    if text not in dict(field.choices):
        raise ValueError(_("Choose one from the list."))
    return text


_READERS: dict[str, Callable[[Field, str, Directory], Any]] = {
    TEXT: lambda _field, text, _directory: " ".join(text.split()),
    LONG: lambda _field, text, _directory: text,
    LINES: lambda _field, text, _directory: tuple(
        line for part in text.split("\n") if (line := part.strip())
    ),
    DATE: lambda _field, text, _directory: when.of_text(text),
    YEARLY: lambda _field, text, _directory: when.yearly(text),
    WHOLE: _whole,
    YES: lambda _field, text, _directory: text == "yes",
    CHOICE: _choice,
    BODIES: lambda _field, text, directory: directory.typed(text),
}
