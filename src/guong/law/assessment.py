"""The frozen answer: what was asked, under which text, what came out, and what each finding rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Outcome = Literal["eligible", "not_eligible", "suspended", "open"]
State = Literal["met", "failed", "open"]
Compared = int | str | bool | None


@dataclass(frozen=True)
class Finding:
    """One condition, or a group of which all or any must hold (`mode` and `parts` are set)."""

    state: State
    mode: Literal["", "all", "any"] = ""
    parts: tuple[Finding, ...] = ()
    id: str = ""
    kind: str = ""
    vi: str = ""
    en: str = ""
    source: str = ""
    confidence: str = ""
    where: str = ""
    compared: Mapping[str, Compared] = field(default_factory=dict)
    missing: str = ""
    for_people: bool = False
    evidence: tuple[str, ...] = ()
    suspends: bool = False
    note: str = ""

    def leaves(self) -> Iterator[Finding]:
        """The conditions in it, in order."""
        if not self.mode:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def deciding(self, state: State) -> Iterator[Finding]:
        """Conditions of this state, looking only into groups of this state."""
        if self.state == state:
            if not self.mode:
                yield self
            for part in self.parts:
                yield from part.deciding(state)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Finding:
        """Back from `to_json`."""
        values = dict(data)
        values["parts"] = tuple(cls.from_json(part) for part in values["parts"])
        values["evidence"] = tuple(values["evidence"])
        return cls(**values)


@dataclass(frozen=True)
class Authority:
    """Who may decide on the day of the decision, by role; `why_not` says why nobody is known."""

    offices: tuple[str, ...]
    source: str
    confidence: str
    why_not: str


@dataclass(frozen=True)
class Assessment:
    """An answer that never changes again; `law_version` tells which data it was given from.

    unverified: the answer rests on at least one value not verified, and must be shown with the mark.
    checked: the answer if everything left to people's judgement were granted.
    """

    code: str
    award: str
    subject: int
    kind: str
    branch: str
    merit_type: str
    year: int
    received_on: date
    decided_on: date
    regime: str
    regime_reason: str
    outcome: Outcome
    unverified: bool
    checked: Outcome
    finding: Finding
    authority: Authority
    warnings: tuple[str, ...]
    layers: tuple[str, ...]
    law_version: str

    def deciding(self, state: State) -> list[Finding]:
        """The conditions that came out so and matter; inside a group settled otherwise they do not."""
        return list(self.finding.deciding(state))

    def missing(self) -> list[str]:
        """Records that would settle what is open, each once."""
        return sorted({name for each in self.deciding("open") for name in each.missing.split(", ")})

    def not_verified(self) -> list[Finding]:
        """What a screen names beside the mark: the unverified conditions, when the answer rests on any."""
        if not self.unverified:
            return []
        return [each for each in self.finding.leaves() if each.confidence == "unverified"]

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON; dates as text."""
        data = asdict(self)
        data["received_on"] = self.received_on.isoformat()
        data["decided_on"] = self.decided_on.isoformat()
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Assessment:
        """Back from `to_json`, equal to what it was."""
        values = dict(data)
        for name in ("received_on", "decided_on"):
            values[name] = date.fromisoformat(values[name])
        authority = dict(values["authority"])
        authority["offices"] = tuple(authority["offices"])
        values["authority"] = Authority(**authority)
        values["finding"] = Finding.from_json(values["finding"])
        for name in ("warnings", "layers"):
            values[name] = tuple(values[name])
        return cls(**values)
