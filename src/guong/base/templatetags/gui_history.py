"""The log of a record in the words of its process: step labels from `flow.py`, other acts from `words.py`.

An app tells its words by a dict `ACTIONS = {"action name": lazy text}` in `<app>/words.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from guong.base.models import LogEntry
from guong.base.workflow import Step


@dataclass(frozen=True)
class Line:
    """One line of a timeline, ready to print."""

    at: Any
    who: str
    words: str
    states: str
    note: str
    refused: bool


@lru_cache
def app_words(app_label: str) -> dict[str, Any]:
    """Every action an app can log, with its words."""
    name = apps.get_app_config(app_label).name
    found: dict[str, Any] = {}
    if find_spec(f"{name}.flow"):
        for table in vars(import_module(f"{name}.flow")).values():
            if isinstance(table, dict):
                found |= {step.name: step.label for step in table.values() if isinstance(step, Step)}
    if find_spec(f"{name}.words"):
        found |= import_module(f"{name}.words").ACTIONS
    return found


def action_words(entry: LogEntry) -> str:
    """What was done, in words; the bare action name only when its app gives no words."""
    kind = ContentType.objects.get_for_id(entry.content_type_id) if entry.content_type_id else None
    labels = [kind.app_label] if kind else [config.label for config in apps.get_app_configs()]
    for label in [*labels, "base"]:
        words = app_words(label).get(entry.action)
        if words is not None:
            return str(words)
    return entry.action.replace("_", " ").replace(".", " ")


def state_words(entry: LogEntry, state: str) -> str:
    """The words of a state, from the choices of the record's own `state` field."""
    if not state or not entry.content_type_id:
        return state
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
    try:
        choices = dict(model._meta.get_field("state").flatchoices) if model else {}
    except FieldDoesNotExist:
        choices = {}
    return str(choices.get(state, state))


def lines(entries: Iterable[LogEntry]) -> list[Line]:
    """Timeline lines of log entries, in the order given."""
    return [
        Line(
            at=entry.at,
            who=str(entry.by) if entry.by else _("the system"),
            words=action_words(entry),
            states=_states(entry),
            note=entry.note,
            refused=entry.refused,
        )
        for entry in entries
    ]


def _states(entry: LogEntry) -> str:
    before, after = state_words(entry, entry.before), state_words(entry, entry.after)
    if before and after and before != after:
        return f"{before} → {after}"
    return after
