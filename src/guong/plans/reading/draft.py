"""A reading with what people changed in it, value by value: for the confirm screen and for confirming."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from guong.base.text import clean
from guong.plans.models import Occasion, Reading
from guong.plans.reading import kinds
from guong.plans.reading.bodies import Directory
from guong.plans.reading.kinds import Field

UNSURE, LOOK = 0.6, 0.9
MOST_ADDED = 100  # records a person may add to one list of a reading
_STEP = re.compile(r"(\w+)|\[(\d+)\]")
_PLACE = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Value:
    """One value: its text now, the words it came from, how sure the reader was, what is wrong with it."""

    path: str
    field: Field
    text: str
    read: str
    source: Mapping[str, Any] | None
    confidence: float | None
    edited: bool
    error: str
    saved: str | None = None  # what somebody else saved meanwhile, when it differs

    @property
    def empty(self) -> bool:
        """The paper does not give it and nobody typed it."""
        return not self.text

    @property
    def unsure(self) -> bool:
        """A person should look before confirming."""
        if self.edited:
            return False
        return bool(self.text) and self.confidence is not None and self.confidence < UNSURE

    @property
    def open(self) -> bool:
        """Shown as a field at once, not behind a click."""
        missing = self.empty and (self.field.required or self.field.wanted)
        return bool(self.error or self.edited or self.unsure or missing or self.saved is not None)

    @property
    def shown(self) -> str:
        """The text as a reader of the page wants it."""
        return str(dict(self.field.choices).get(self.text, self.text))


@dataclass(frozen=True)
class Record:
    """What will be created from one place of the reading; `makes` counts its rows."""

    base: str
    title: str
    values: tuple[Value, ...]
    makes: int
    omitted: bool = False
    can_omit: bool = True
    why: str = ""
    brief: str = ""
    adds: str = ""  # a list inside the record to which a person may add


@dataclass(frozen=True)
class Group:
    """Records of one kind, in the order of the paper."""

    name: str
    label: Any
    icon: str
    records: tuple[Record, ...]
    keeps: bool = False  # kept with the plan as they are, not records of their own
    adds: str = ""  # the list to which a person may add what the reader missed

    @property
    def makes(self) -> int:
        """Rows that will be created."""
        return sum(record.makes for record in self.records)


@dataclass
class Draft:
    """One reading, its edits, and on top of both what is typed right now."""

    reading: Reading
    typed: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] | None = None
    ticked: frozenset[str] | None = None

    @cached_property
    def plan(self) -> dict[str, Any]:
        return self.reading.found["plan"]

    @cached_property
    def sources(self) -> Mapping[str, Any]:
        return self.reading.found.get("sources", {})

    @cached_property
    def directory(self) -> Directory:
        own = self.reading.body_id != self.reading.department_id
        return Directory(self.reading.department, self.reading.body if own else None)

    @cached_property
    def occasions(self) -> list[Occasion]:
        """The department's occasions, from which peaks are computed."""
        return list(Occasion.objects.filter(department=self.reading.department_id))

    @property
    def edits(self) -> Mapping[str, str]:
        return self.reading.edits.get("values", {})

    @cached_property
    def omitted(self) -> frozenset[str]:
        """Records a person left out."""
        return self.dropped if self.dropped is not None else frozenset(self.reading.edits.get("omit", ()))

    @property
    def compared(self) -> frozenset[str]:
        """Groups whose values a person compared with the scan."""
        return self.ticked if self.ticked is not None else frozenset(self.reading.edits.get("compared", ()))

    def count(self, path: str) -> int:
        """How many items a list of the reading has."""
        return len(self.found(path) or ())

    def bases(self, name: str) -> list[str]:
        """Paths of the items of a list: those read, then those a person added."""
        read = self.count(name)
        added = self.added.get(name, 0)
        typing = min(self._typed_up_to.get(name, 0), read + MOST_ADDED)
        return [f"{name}[{place}]" for place in range(max(read + added, typing))]

    @property
    def added(self) -> Mapping[str, int]:
        """How many records a person added to each list."""
        return self.reading.edits.get("add", {})

    @cached_property
    def _typed_up_to(self) -> dict[str, int]:
        """The length each list has in what is typed right now."""
        longest: dict[str, int] = {}
        for path in self.typed:
            for place in _PLACE.finditer(path):
                name = path[: place.start()]
                longest[name] = max(longest.get(name, 0), int(place[1]) + 1)
        return longest

    def kept(self, name: str) -> list[str]:
        """Paths of the items nobody left out."""
        return [base for base in self.bases(name) if base not in self.omitted]

    def found(self, path: str) -> Any:
        """What the reader found at a path; None where there is nothing."""
        at: Any = self.plan
        for name, place in _STEP.findall(path):
            if at is None:
                return None
            at = at.get(name) if name else at[int(place)] if int(place) < len(at) else None
        return at

    def source(self, path: str) -> Mapping[str, Any] | None:
        """Where the value stands; a part of a value stands where the whole does."""
        while path:
            if path in self.sources:
                return self.sources[path]
            path = path[: max(path.rfind("."), path.rfind("["))] if re.search(r"[.\[]", path) else ""
        return None

    def text(self, base: str, field_: Field) -> str:
        """The text now: typed, else saved, else read."""
        path = join(base, field_.name)
        if path in self.typed:
            return clean(self.typed[path])
        return self.edits[path] if path in self.edits else self.read_text(base, field_)[0]

    def read_text(self, base: str, field_: Field) -> tuple[str, float | None]:
        """The text before anybody changed it, and how sure it is; a value chosen earlier stays chosen."""
        path = join(base, field_.name)
        if field_.derive:
            chosen = self.found(path)
            return (chosen, None) if isinstance(chosen, str) else field_.derive(self, base)
        source = self.source(path)
        text = clean(kinds.show(field_.kind, self.found(path)))
        return text, source["confidence"] if source and text else None

    def read(self, base: str, field_: Field) -> Any:
        """The value now. Raises ValueError with one sentence."""
        return kinds.read(field_, self.text(base, field_), self.directory)

    def values(self, base: str, fields: Iterable[Field]) -> dict[str, Any]:
        """Values by name, for making records. Raises ValueError with one sentence."""
        return {field_.name: self.read(base, field_) for field_ in fields}

    def value(self, base: str, field_: Field) -> Value:
        """One value with everything the screen says about it."""
        path = join(base, field_.name)
        read, confidence = self.read_text(base, field_)
        text = self.text(base, field_)
        return Value(
            path=path,
            field=field_,
            text=text,
            read=read,
            source=self.source(join(base, field_.of) if field_.of else path),
            confidence=confidence,
            edited=text != read,
            error=self._error(base, field_),
        )

    def _error(self, base: str, field_: Field) -> str:
        if any(base == left or base.startswith(f"{left}.") for left in self.omitted):
            return ""
        try:
            self.read(base, field_)
        except ValueError as wrong:
            return str(wrong)
        return ""

    def record(self, base: str, title: str, fields: Iterable[Field], makes: int = 1, **more: Any) -> Record:
        """A record of the screen from its fields."""
        omitted = base in self.omitted
        values = tuple(self.value(base, field_) for field_ in fields)
        return Record(base, title, values, 0 if omitted else makes, omitted, **more)


def join(base: str, name: str) -> str:
    """Path of a value inside a record; the plan itself has no base."""
    return f"{base}.{name}" if base and name else base or name
