"""The law book: everything loaded, asked by name and date. `load()` reads it, `with_layer` puts a province's
on top.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from guong.law.marked import Mark
from guong.law.model import (
    Award,
    Cited,
    Group,
    Hole,
    Instrument,
    Layer,
    NotInForce,
    NotKnown,
    Regime,
    Rule,
    RuleKey,
    SubjectKind,
)
from guong.law.names import codes_by_key, key_of
from guong.law.reading_rules import EVERY, EVERY_STATE, Names
from guong.law.reading_values import Timeline
from guong.law.words import Words


@dataclass(frozen=True, eq=False)
class Law:
    """The national law and the layers on top of it, the last one strongest."""

    regimes: dict[str, Regime]
    holes: tuple[Hole, ...]
    instruments: dict[str, Instrument]
    awards: dict[str, Award]
    branches: dict[str, str]
    posts: tuple[str, ...]
    values: dict[str, Timeline]
    rules: dict[RuleKey, Rule]
    words: Words
    digest: str
    layers: tuple[Layer, ...] = ()

    @cached_property
    def names(self) -> Names:
        """The names a layer may speak of."""
        return Names(
            codes=frozenset(self.awards),
            branches=frozenset({*self.branches, EVERY}),
            questions=frozenset(self.words.questions),
            papers=frozenset(self.words.papers),
            posts=frozenset(self.posts),
        )

    @cached_property
    def _codes(self) -> dict[str, str]:
        return codes_by_key(self.awards.values())

    def award_called(self, words: str) -> Award | None:
        """The award that a cell of a sheet or an old decision means; None when it names none."""
        code = self._codes.get(key_of(words))
        return self.awards[code] if code else None

    @property
    def version(self) -> str:
        """A short mark of the data, kept with every assessment: it changes whenever a file does."""
        layers = "".join(layer.digest for layer in self.layers)
        return hashlib.sha256((self.digest + layers).encode()).hexdigest()[:12]

    def with_layer(self, layer: Layer) -> Law:
        """This law with one more layer on top."""
        return replace(self, layers=(*self.layers, layer))

    def regime_on(self, day: date) -> Regime:
        """The regime in force. Raises NotInForce before the first one."""
        for regime in self.regimes.values():
            if regime.covers(day):
                return regime
        first = next(iter(self.regimes.values()))
        raise NotInForce(f"No regime is recorded for {day}; the first begins on {first.since}")

    def holes_on(self, day: date) -> Iterator[Hole]:
        """Where instruments of two regimes meet on the day."""
        return (hole for hole in self.holes if hole.covers(day))

    def layers_on(self, day: date) -> tuple[Layer, ...]:
        """The layers that apply on the day, the strongest last."""
        return tuple(layer for layer in self.layers if layer.covers(day))

    def value(self, name: str, day: date, regime: str | None = None) -> Cited:
        """The value of a name, e.g. `votes.CSTDCS.share`.

        By regime: that of `day`, or the regime given. Layers that apply on the day come first. Raises
        KeyError for an unknown name, NotInForce outside its dates, NotKnown where no source gives it.
        """
        found = self._found(name, day, regime)
        if found.value is None:
            raise NotKnown(f"{name} on {day}: no source seen gives it ({found.source})")
        return found

    def _found(self, name: str, day: date, regime: str | None) -> Cited:
        timeline = self.values[name]
        for layer in reversed(self.layers_on(day)):
            if name in layer.values:
                return layer.values[name][0]
        if timeline.by_regime:
            return timeline.by_regime[regime or self.regime_on(day).code]
        for cited in timeline.by_day:
            if cited.since and cited.since <= day and (cited.until is None or day <= cited.until):
                return cited
        raise NotInForce(f"{name}: nothing is laid down on {day}")

    def rule(self, code: str, subject: SubjectKind, branch: str, regime: str, day: date) -> Rule:
        """The rule of an award, with what every award asks put before it.

        Raises NotInForce when the award has no such branch under that regime.
        """
        own, layer = self._own(code, subject, branch, regime, day)
        shared = [self.rules.get((EVERY, subject, EVERY, regime))]
        if self._is_state_award(code):
            shared.append(self.rules.get((EVERY_STATE, subject, branch, regime)))
        parts = (*(part for rule in shared if rule for part in rule.group.parts), own)
        return Rule(code, subject, branch, regime, Group("all", parts), self._where(own), layer)

    def _is_state_award(self, code: str) -> bool:
        """A form or honour of the State; titles such as Chiến sĩ thi đua toàn quốc are none."""
        return self.awards[code].level == "state" and self.awards[code].category != "title"

    def records_of(
        self, code: str, subject: SubjectKind, branch: str, regime: str, day: date
    ) -> frozenset[str]:
        """The frames of facts a rule reads. Raises NotInForce as `rule` does."""
        criteria = self.rule(code, subject, branch, regime, day).group.criteria()
        return frozenset(name for each in criteria for name in each.kind.fact.split(", "))

    def subjects_of(self, code: str, branch: str, regime: str, day: date) -> tuple[SubjectKind, ...]:
        """The kinds of subjects that may be asked about for an award."""
        rules = self.rules_under(regime, day)
        return tuple(each.subject for each in rules if (each.code, each.branch) == (code, branch))

    def _own(self, code: str, subject: SubjectKind, branch: str, regime: str, day: date) -> tuple[Group, str]:
        for layer in reversed(self.layers_on(day)):
            if group := layer.rules.get((code, subject, branch)):
                return group, layer.code
        rule = self.rules.get((code, subject, branch, regime))
        if rule is None:
            raise NotInForce(f"{code} for {subject}, {branch}: not laid down under {regime}")
        return rule.group, ""

    @staticmethod
    def _where(group: Group) -> Mark:
        return next(group.criteria()).where

    def rules_under(self, regime: str, day: date) -> Iterator[Rule]:
        """Every award's rules that can be asked under the regime."""
        keys = {(code, subject, branch) for code, subject, branch, of in self.rules if of == regime}
        for layer in self.layers_on(day):
            keys |= set(layer.rules)
        for code, subject, branch in sorted(keys):
            if code not in (EVERY, EVERY_STATE):
                yield self.rule(code, subject, branch, regime, day)
