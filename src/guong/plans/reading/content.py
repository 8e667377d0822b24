"""What a plan says once a person has confirmed it: the reader's Plan as JSON, with every change in it (B-21).

A value no paper states but a person chose, such as the body a name means, stands beside the words it rests
on under the name of its field; the reader's own classes pass over such names.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from guong import planreader
from guong.planreader import codec
from guong.plans.reading import parts
from guong.plans.reading.draft import Draft, Value, join
from guong.plans.reading.when import When

_STEP = re.compile(r"(\w+)|\[(\d+)\]")


def content_of(draft: Draft) -> dict[str, Any]:
    """The plan field for field, edits included and left out what was left out.

    Raises ValueError when a value does not hold.
    """
    content = copy.deepcopy(dict(draft.plan))
    for group in parts.groups(draft):
        for record in group.records:
            for value in () if record.omitted else record.values:
                if value.edited:
                    _change(content, draft, value)
    for base in sorted(draft.omitted, key=_places, reverse=True):
        drop(content, base)
    return canonical(content)


def _change(content: dict[str, Any], draft: Draft, value: Value) -> None:
    field = value.field
    base = value.path.removesuffix(field.name).rstrip(".") if field.name else value.path
    if not field.derive:
        put(content, value.path, plain(draft.read(base, field)))
        return
    put(content, value.path, value.text)
    if field.says:
        name, choice = field.says
        path = join(base, name)
        if value.text == choice or draft.found(path):
            put(content, path, value.text == choice)


def plain(value: Any) -> Any:
    """A value of the confirm screen as plan-schema.md writes it."""
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, int) for part in value):
        return f"--{value[0]:02d}-{value[1]:02d}"  # a day of every year
    return value.iso() if isinstance(value, When) else list(value) if isinstance(value, tuple) else value


def canonical(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same content with every field of the reader's Plan, None or empty where it says nothing.

    Raises ValueError for content that is no plan.
    """
    whole = codec.dump(codec.load(planreader.Plan, content))
    return dict(_over(whole, content))


def _over(whole: Any, said: Any) -> Any:
    if isinstance(whole, dict) and isinstance(said, Mapping):
        return whole | {name: _over(whole.get(name), value) for name, value in said.items()}
    if isinstance(whole, list) and isinstance(said, list) and len(whole) == len(said):
        return [_over(*pair) for pair in zip(whole, said, strict=True)]
    return said


def put(content: dict[str, Any], path: str, value: Any) -> None:
    """Set one value; objects on the way are made when they are missing."""
    at: Any = content
    *way, (last, place) = steps = _STEP.findall(path)
    for (name, number), following in zip(way, steps[1:], strict=True):
        if name:
            at = _named(at, name, is_list=bool(following and following[1]))
        else:
            at = _item(at, int(number), {})
    if last:
        at[last] = value
    else:
        _item(at, int(place), None)
        at[int(place)] = value


def _named(at: dict[str, Any], name: str, *, is_list: bool) -> Any:
    """What an object holds under a name; an empty list or object where there is nothing."""
    if at.get(name) is None:
        at[name] = [] if is_list else {}
    return at[name]


def _item(items: list[Any], place: int, empty: Any) -> Any:
    """One item of a list; those a person added are made on the way."""
    while len(items) <= place:
        items.append(copy.copy(empty))
    if items[place] is None and empty is not None:
        items[place] = copy.copy(empty)
    return items[place]


def drop(content: dict[str, Any], path: str) -> None:
    """Take an item out of its list, or make a single value None."""
    if not path.endswith("]"):
        put(content, path, None)
        return
    name, _bracket, place = path.rpartition("[")
    at: Any = content
    for step, number in _STEP.findall(name):
        at = (at.get(step) or {}) if step else at[int(number)]
    if int(place[:-1]) < len(at):
        del at[int(place[:-1])]


def _places(path: str) -> tuple[int, ...]:
    """Later places first, so that taking one out does not move the next."""
    return tuple(int(number) for _name, number in _STEP.findall(path) if number)
