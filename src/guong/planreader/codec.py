"""Frozen dataclasses to JSON types and back, without loss."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dump(value: Any) -> Any:
    """Dataclasses and mappings become objects, tuples become arrays, anything else stays."""
    if is_dataclass(value):
        return {item.name: dump(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {key: dump(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [dump(item) for item in value]
    return value


def load(kind: type[T], data: Any) -> T:
    """Build `kind` from what `dump` made of it. Raises ValueError when the data does not fit."""
    try:
        result = _load(kind, data)
    except TypeError as misfit:  # a field without a default is not given
        raise ValueError(f"not a {kind.__name__}") from misfit
    if not isinstance(result, kind):
        raise ValueError(f"not a {kind.__name__}")  # noqa: TRY004 - one error type for every misfit
    return result


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _load(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else _load(next(a for a in get_args(kind) if a is not type(None)), data)
    if origin is tuple:
        return tuple(_load(get_args(kind)[0], item) for item in _expect(data, list))
    if origin is not None and issubclass(origin, Mapping):
        return {str(key): _load(get_args(kind)[1], item) for key, item in _expect(data, Mapping).items()}
    if is_dataclass(kind):
        known = _hints(kind)  # type: ignore[arg-type]
        given = _expect(data, Mapping)
        return kind(**{key: _load(known[key], item) for key, item in given.items() if key in known})  # type: ignore[operator]
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if type(data) is not kind:
        raise ValueError(f"{kind!r} expected")
    return data


def _expect(data: Any, kind: Any) -> Any:
    if not isinstance(data, kind):
        raise ValueError(f"{kind!r} expected")  # noqa: TRY004 - one error type for every misfit
    return data
