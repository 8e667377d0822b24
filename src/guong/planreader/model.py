"""What a plan says, as frozen values; the lines it came from, the faults found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guong.planreader import codec

# Dates are ISO text with the precision the document gives: "2020-01-10", "2020-06" or "2023".
IsoDate = str


@dataclass(frozen=True)
class Line:
    """One line of the document; `number` counts from 1 through the whole document, blank lines included."""

    page: int
    number: int
    text: str


@dataclass(frozen=True)
class Source:
    """Where a value stands: `words` is a piece of line `line`; a longer value ends on `last_line`.

    `confidence` goes from 0 to 1: 0.9 and more is labelled in the document, under 0.7 is inferred.
    """

    page: int
    line: int
    words: str
    confidence: float
    last_line: int


@dataclass(frozen=True)
class Defect:
    """A fault of the document itself, reported and never repaired silently; codes are in `defects.CODES`."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = None


@dataclass(frozen=True)
class LegalBasis:
    kind: str | None = None
    number: str | None = None
    issued_on: IsoDate | None = None
    issuer: str | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Period:
    start: IsoDate | None = None
    end: IsoDate | None = None


@dataclass(frozen=True)
class Quota:
    """Numbers to be considered for award; with `per_programme` they hold for each programme anew."""

    collectives: int | None = None
    individuals: int | None = None
    per_programme: bool = False


@dataclass(frozen=True)
class Movement:
    """One movement; `posts` are the only posts a nominee may hold, empty when anyone may be nominated."""

    code: str | None = None
    name: str | None = None
    host: str | None = None
    in_charge: str | None = None
    content: str | None = None
    judged_at: str | None = None
    quota: Quota | None = None
    quota_text: str | None = None
    posts: tuple[str, ...] = ()
    ad_hoc: bool = False


@dataclass(frozen=True)
class Topic:
    code: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Activity:
    when: Period | None = None
    name: str | None = None
    lead_units: tuple[str, ...] = ()
    related_units: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delegation:
    units: str | None = None
    leaders: int | None = None
    union_chairs: int | None = None
    representatives: int | None = None


@dataclass(frozen=True)
class Event:
    name: str | None = None
    when: IsoDate | None = None
    duration: str | None = None
    max_delegates: int | None = None
    delegations: tuple[Delegation, ...] = ()
    programme: tuple[str, ...] = ()
    papers: int | None = None
    funding: str | None = None


@dataclass(frozen=True)
class Assignment:
    unit: str | None = None
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """`on` is the date as written; `strict` says "trước ngày D": the last good day is then D-1."""

    on: IsoDate | None = None
    what: str | None = None
    by: str | None = None
    to: str | None = None
    strict: bool = False


@dataclass(frozen=True)
class Target:
    metric: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Requirement:
    """One requirement; with a number in it, what is counted (`metric`) and how much is asked (`value`)."""

    text: str | None = None
    metric: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Peak:
    """A peak inside the period, as written; `rule` is "tet", "doctors_day" or None (no known rule).

    "doctors_day" means three weeks from Monday to Sunday: the one before, the one of and the one after 27/2.
    """

    text: str | None = None
    rule: str | None = None


@dataclass(frozen=True)
class Recurring:
    """A duty that comes back: `every` is "year", "six_months", "quarter" or "month".

    `on` is the last day of each time as "--MM-DD"; the years are those of a plan that runs over several.
    """

    what: str | None = None
    by: str | None = None
    every: str | None = None
    collectives: int | None = None
    individuals: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    on: str | None = None


@dataclass(frozen=True)
class Section:
    """A top-level section of prose as written: its number, its heading, every paragraph and table row."""

    code: str | None = None
    title: str | None = None
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipient:
    recipient: str | None = None
    purpose: str | None = None


@dataclass(frozen=True)
class Signatory:
    position: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Plan:
    """One plan document; what it does not say is None or empty.

    `citations` are documents its body names, apart from the `legal_bases` it is made under (B-03).
    """

    kind: str | None = None
    number: str | None = None
    place: str | None = None
    issued_on: IsoDate | None = None
    issuer: str | None = None
    title: str | None = None
    theme: str | None = None
    legal_bases: tuple[LegalBasis, ...] = ()
    period: Period | None = None
    movements: tuple[Movement, ...] = ()
    topics: tuple[Topic, ...] = ()
    activities: tuple[Activity, ...] = ()
    event: Event | None = None
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    distribution: tuple[Recipient, ...] = ()
    signatory: Signatory | None = None
    purposes: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    peaks: tuple[Peak, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    citations: tuple[LegalBasis, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A plan as read: values, the document's lines, the source of each value by path, defects.

    Paths look like `title` or `movements[3].quota.collectives`. `scanned` are the pages a machine recognised.
    """

    plan: Plan
    lines: tuple[Line, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    defects: tuple[Defect, ...] = ()
    scanned: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The whole reading as JSON types; `from_json` gives an equal reading back."""
        whole: dict[str, Any] = codec.dump(self)
        return whole

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        """Raises ValueError on a mapping that is not the JSON of a reading."""
        return codec.load(cls, data)
