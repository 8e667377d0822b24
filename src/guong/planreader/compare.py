"""Two editions of one plan: what was added, removed, changed or moved, item by item, word by word (B-16).

Items of a list are matched by what they are, not by where they stand: the very same first, then those of
one name, of one code or number, then those whose words are alike. The order of the two editions does not
matter: what `compare(a, b)` calls added, `compare(b, a)` calls removed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

Json = Any  # the JSON types: None, bool, int, float, str, list, dict
ALIKE = 0.6  # words in common from which two items are the same one, reworded
NAMED = 0.4  # names that share less belong to two different items, whatever else they have in common
_WORD = re.compile(r"\s+|[^\s]+")

# Lists of a plan, each with the value that names an item and the value that numbers it.
LISTS: Mapping[str, tuple[str, str]] = {
    "legal_bases": ("number", ""),
    "movements": ("name", "code"),
    "topics": ("text", "code"),
    "activities": ("name", ""),
    "assignments": ("unit", ""),
    "deadlines": ("what", ""),
    "targets": ("metric", ""),
    "distribution": ("recipient", ""),
    "requirements": ("text", ""),
    "peaks": ("text", ""),
    "recurring": ("what", ""),
    "citations": ("number", ""),
}


class Kind(StrEnum):
    """What became of an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # the same item at another place in its list


@dataclass(frozen=True)
class Piece:
    """A run of words: in both texts, only in the old one, or only in the new one."""

    kind: str  # "same", "old", "new"
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One value before and after; `path` leads to it inside its item, such as "quota.collectives"."""

    path: str
    before: Json
    after: Json

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both texts in one, word by word."""
        return words(shown(self.before), shown(self.after))


@dataclass(frozen=True)
class Change:
    """One item of a list, or the plan's own facts (`part` is empty, both places are None)."""

    part: str
    kind: Kind
    was_at: int | None = None
    is_at: int | None = None
    before: Json = None
    after: Json = None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Changes:
    """The whole difference. `order` tells for each item of a new list where it stood; None: it is new."""

    items: tuple[Change, ...] = ()
    order: Mapping[str, tuple[int | None, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.items)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.items)

    def of(self, part: str) -> list[Change]:
        """Changes of one list, or of the plan's own facts."""
        return [change for change in self.items if change.part == part]

    def kept(self, part: str) -> list[tuple[int, int]]:
        """Items of a list that are in both editions: where each stood and where it stands."""
        return [(was, at) for at, was in enumerate(self.order.get(part, ())) if was is not None]


def compare(before: Mapping[str, Json], after: Mapping[str, Json]) -> Changes:
    """What must change in `before` to make it `after`. Two equal contents have no changes."""
    items: list[Change] = []
    order: dict[str, tuple[int | None, ...]] = {}
    facts = tuple(_fields(_facts(before), _facts(after)))
    if facts:
        items.append(Change("", Kind.CHANGED, before=_facts(before), after=_facts(after), fields=facts))
    for part, (name, code) in LISTS.items():
        old, new = list(before.get(part) or ()), list(after.get(part) or ())
        pairs = match(old, new, name, code)
        order[part] = tuple(pairs.get(at) for at in range(len(new)))
        items += _list_changes(part, old, new, order[part])
    return Changes(tuple(items), order)


def apply(before: Mapping[str, Json], changes: Changes) -> dict[str, Json]:
    """`before` with the changes made: the content they were computed to."""
    after = dict(before)
    for change in changes.of(""):
        after = {name: value for name, value in after.items() if name in LISTS} | dict(change.after)
    for part, order in changes.order.items():
        new = {change.is_at: change.after for change in changes.of(part) if change.is_at is not None}
        old = list(before.get(part) or ())
        made = [old[was] if was is not None and at not in new else new[at] for at, was in enumerate(order)]
        if made or part in before:
            after[part] = made
    return after


def match(old: Sequence[Json], new: Sequence[Json], name: str = "", code: str = "") -> dict[int, int]:
    """Which new item (key) is which old one (value); what is in no pair was added or removed."""
    left, right = set(range(len(old))), set(range(len(new)))
    pairs: dict[int, int] = {}
    _take(pairs, left, right, _same(old, new, left, right, _whole))
    named = _same(old, new, left, right, _value_of(name), only_one=True)
    _take(pairs, left, right, named)
    numbered = _value_of(code)
    alike = _alike(old, new, left, right, name)
    coded = [(was, at) for _score, was, at in alike if _equal(numbered, old[was], new[at])]
    _take(pairs, left, right, coded)
    _take(pairs, left, right, [(was, at) for score, was, at in alike if score >= ALIKE])
    return pairs


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one, with the words only one of them has marked."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Piece] = []
    gone = come = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if kind != "equal" or (not left.strip() and (gone or come)):  # a blank alone parts no change
            gone, come = gone + left, come + right
            continue
        found += _run(gone, come)
        found.append(Piece("same", left))
        gone = come = ""
    return (*found, *_run(gone, come))


def _run(gone: str, come: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("old", gone), ("new", come)) if text]


def shown(value: Json) -> str:
    """A value as text: lines of a list, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(shown(part) for part in value)
    if isinstance(value, Mapping):
        return " · ".join(text for part in value.values() if (text := shown(part)))
    return str(value)


def _facts(content: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in content.items() if name not in LISTS}


def _list_changes(
    part: str, old: Sequence[Json], new: Sequence[Json], order: Sequence[int | None]
) -> Iterator[Change]:
    stayed = _rising([was for was in order if was is not None])
    for at, was in enumerate(order):
        if was is None:
            yield Change(part, Kind.ADDED, None, at, None, new[at])
        elif fields := tuple(_fields(old[was], new[at])):
            yield Change(part, Kind.CHANGED, was, at, old[was], new[at], fields)
        elif was not in stayed:
            yield Change(part, Kind.MOVED, was, at, old[was], new[at])
    for was in sorted(set(range(len(old))) - {place for place in order if place is not None}):
        yield Change(part, Kind.REMOVED, was, None, old[was], None)


def _fields(before: Json, after: Json, path: str = "") -> Iterator[FieldChange]:
    """Values that differ, down through objects; a list of objects or words is one value."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in [*before, *(name for name in after if name not in before)]:
            inner = f"{path}.{name}" if path else name
            yield from _fields(before.get(name), after.get(name), inner)
    elif not _same_json(before, after):
        yield FieldChange(path, before, after)


def _same_json(one: Json, other: Json) -> bool:
    return _whole(one) == _whole(other)


def _whole(item: Json) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def _value_of(name: str) -> Callable[[Json], str]:
    def value(item: Json) -> str:
        found = item.get(name) if isinstance(item, Mapping) and name else None
        return " ".join(str(found).split()).casefold() if found else ""

    return value


def _equal(value: Callable[[Json], str], one: Json, other: Json) -> bool:
    return bool(value(one)) and value(one) == value(other)


def _same(
    old: Sequence[Json],
    new: Sequence[Json],
    left: set[int],
    right: set[int],
    key: Callable[[Json], str],
    *,
    only_one: bool = False,
) -> list[tuple[int, int]]:
    """Items of one key, the first with the first and so on; with `only_one` keys borne once on each side."""
    mine: dict[str, list[int]] = defaultdict(list)
    theirs: dict[str, list[int]] = defaultdict(list)
    for places, items, found in ((left, old, mine), (right, new, theirs)):
        for place in sorted(places):
            if text := key(items[place]):
                found[text].append(place)
    return [
        pair
        for text, places in mine.items()
        if not only_one or len(places) == len(theirs[text]) == 1
        for pair in zip(places, theirs[text], strict=False)
    ]


def _alike(
    old: Sequence[Json], new: Sequence[Json], left: set[int], right: set[int], name: str
) -> list[tuple[float, int, int]]:
    """Pairs whose names agree, the most alike first; places decide between equals."""
    named = _value_of(name) if name else _whole
    before = {place: (named(old[place]).split(), _text(old[place])) for place in left}
    after = {place: (named(new[place]).split(), _text(new[place])) for place in right}
    found = [
        (_likeness(before[was][1], after[at][1]), was, at)
        for was in sorted(left)
        for at in sorted(right)
        if _likeness(before[was][0], after[at][0]) >= NAMED
    ]
    return sorted(
        found,
        key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), min(pair[1], pair[2]), max(pair[1], pair[2])),
    )


def _likeness(one: list[str], other: list[str]) -> float:
    """Share of words in common, the same whichever text is named first."""
    first, second = sorted((one, other))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NAMED else 0.0


def _text(item: Json) -> list[str]:
    return shown(item).casefold().split()


def _take(pairs: dict[int, int], left: set[int], right: set[int], found: Iterable[tuple[int, int]]) -> None:
    for was, at in found:
        if was in left and at in right:
            pairs[at] = was
            left.discard(was)
            right.discard(at)


def _rising(places: Sequence[int]) -> set[int]:
    """The longest run of items that kept their order; the others moved."""
    best: list[tuple[int, int]] = []  # length of the longest run ending here, place of the item before it
    for at, place in enumerate(places):
        ends = [(best[early][0], early) for early in range(at) if places[early] < place]
        longest, before = max(ends, key=lambda end: (end[0], -end[1]), default=(0, -1))
        best.append((longest + 1, before))
    at = max(range(len(best)), key=lambda end: (best[end][0], -end), default=-1)
    stayed: set[int] = set()
    while at >= 0:
        stayed.add(places[at])
        at = best[at][1]
    return stayed
