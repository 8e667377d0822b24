"""What the law data consists of, after loading: regimes, awards, dated values, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from guong.law.conditions import Chain, Condition
from guong.law.marked import Mark

Plain = str | int | bool | Decimal | tuple[str, ...] | None
SubjectKind = Literal["individual", "collective", "household"]
Mode = Literal["all", "any"]


class Confidence(StrEnum):
    """How sure a value is: seen in the text, in a source that quotes it, or not verified."""

    TEXT = "text"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class NotInForce(LookupError):
    """Nothing is laid down for this date. The message names the value and the date."""


class NotKnown(LookupError):
    """The value exists, but no source seen gives it. The message names it."""


@dataclass(frozen=True)
class Cited:
    """One value with where it comes from. `since` and `until` are set for values by date."""

    name: str
    value: Plain
    source: str
    confidence: Confidence
    where: Mark
    note: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_unverified(self) -> bool:
        """Whether a result that rests on it must carry the mark."""
        return self.confidence is Confidence.UNVERIFIED


@dataclass(frozen=True)
class Regime:
    """One state of the law, in force over a time; `until` is None when open."""

    code: str
    since: date
    until: date | None
    instruments: tuple[str, ...]
    confidence: Confidence
    inherits: str | None
    note: str = ""

    def covers(self, day: date) -> bool:
        """Whether the regime is in force on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Hole:
    """Days on which instruments of two regimes meet; an assessment of such a day says so."""

    since: date
    until: date | None
    note: str

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Instrument:
    """A law, decree, circular or other source that values cite by its key.

    cite: how a decision names it among its legal bases, after "Căn cứ"; empty for what decisions do not cite.
    """

    key: str
    name: str
    issued: date | None
    since: date | None
    until: date | None
    confidence: Confidence
    cite: str = ""
    cite_confidence: Confidence = Confidence.UNVERIFIED

    def in_force(self, day: date) -> bool:
        """Whether it applied on the day, as far as its days are known."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Award:
    """A title or form of commendation of the catalogue (requirement D-09, D-10).

    short: its name in tables. also: what sheets and old decisions call it.
    """

    code: str
    vi: str
    en: str
    category: Literal["title", "form", "honour", "encouragement"]
    level: Literal["commune", "unit", "province", "state", "none"]
    subjects: tuple[SubjectKind, ...]
    since: str
    statutory: bool
    source: str
    confidence: Confidence
    where: Mark
    short: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """One condition of a rule: what it asks, of which chain, and where that is written.

    suspends: when it fails the proposal waits instead of falling. only_if_failed: it is unsure whether the
    condition exists at all, so an answer rests on it only when it is not met.
    """

    id: str
    kind: Condition
    chain: Chain | None
    source: str
    confidence: Confidence
    where: Mark
    suspends: bool = False
    only_if_failed: bool = False
    note: str = ""

    @property
    def is_unverified(self) -> bool:
        """Whether a result that rests on it must carry the mark."""
        return self.confidence is Confidence.UNVERIFIED


@dataclass(frozen=True)
class Group:
    """Conditions of which all, or any one, must hold."""

    mode: Mode
    parts: tuple[Criterion | Group, ...]

    def criteria(self) -> Iterator[Criterion]:
        """Every condition in it, in the order of the file."""
        for part in self.parts:
            yield from part.criteria() if isinstance(part, Group) else (part,)


@dataclass(frozen=True)
class Rule:
    """What one award asks of one kind of subject, on one branch, under one regime."""

    code: str
    subject: SubjectKind
    branch: str
    regime: str
    group: Group
    where: Mark
    layer: str = ""


RuleKey = tuple[str, SubjectKind, str, str]


@dataclass(frozen=True)
class Layer:
    """What a province or unit lays down by a decision of its own over a time."""

    code: str
    vi: str
    decision: str
    since: date
    until: date | None
    values: dict[str, tuple[Cited, ...]] = field(default_factory=dict)
    rules: dict[tuple[str, SubjectKind, str], Group] = field(default_factory=dict)
    digest: str = ""

    def covers(self, day: date) -> bool:
        """Whether the layer applies on this day."""
        return self.since <= day and (self.until is None or day <= self.until)
