"""Reading our own Word file back: where each value stands in it, and what was read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guong import planreader
from guong.base.text import fold
from guong.planreader import codec


def agreed(content: Mapping[str, Any], read: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Sources of the values read back as they were written, and paths of those that were not."""
    written = dict(_leaves(codec.dump(codec.load(planreader.Plan, content))))
    found = dict(_leaves(read["plan"]))
    same = {path for path, value in written.items() if path in found and _equal(value, found[path])}
    sources = {
        path: source
        for path, source in read.get("sources", {}).items()
        if path in same or _all_below(path, written, same)
    }
    return sources, sorted(written.keys() - same)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that says something, with its path."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _leaves(part, f"{path}[{place}]")
    elif value not in (None, "", False):
        yield path, value


def _equal(one: Any, other: Any) -> bool:
    """The same words; blanks, case and end marks are the business of the layout."""
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return bool(one == other)


def _all_below(path: str, written: Mapping[str, Any], same: set[str]) -> bool:
    below = [leaf for leaf in written if leaf.startswith((f"{path}.", f"{path}["))]
    return bool(below) and all(leaf in same for leaf in below)
