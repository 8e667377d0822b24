"""Votes of councils: what share of all members an award needs, counted in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guong.law.book import Law
from guong.law.model import Cited, NotKnown


@dataclass(frozen=True)
class VoteRule:
    """How a council votes on an award; `share` is a percentage of all members on its establishing decision.

    share is None where no vote share is laid down or known. absent: how members who are away take part.
    """

    code: str
    secret: bool
    share: int | None
    denominator: str
    absent: str
    rests_on: tuple[Cited, ...]

    @property
    def unverified(self) -> bool:
        """Whether something it rests on is not verified."""
        return any(each.is_unverified for each in self.rests_on)


@dataclass(frozen=True)
class VoteResult:
    """Whether the votes are enough; None when no share is known. `needed` is the least number of votes."""

    passed: bool | None
    needed: int | None
    votes: int
    members: int
    unverified: bool


def vote_rule(law: Law, code: str, day: date, regime: str | None = None) -> VoteRule:
    """The rule on a day. Raises KeyError for an unknown award, NotInForce before the first regime."""
    award = law.awards[code]
    ballots = law.value("votes.secret", day, regime)
    rests = [ballots]
    share = None
    if f"votes.{code}.share" in law.values:
        try:
            found = law.value(f"votes.{code}.share", day, regime)
            rests.append(found)
            share = found.value if isinstance(found.value, int) else None
        except NotKnown:
            share = None
    texts = [law.value(f"votes.{name}", day, regime) for name in ("denominator", "absent")]
    secret = isinstance(ballots.value, tuple) and award.code in ballots.value
    return VoteRule(code, secret, share, str(texts[0].value), str(texts[1].value), (*rests, *texts))


def check_votes(rule: VoteRule, votes: int, members: int) -> VoteResult:
    """Whether `votes` of `members` on the establishing decision are enough; never compared as fractions.

    Raises ValueError when there are more votes than members, or no members.
    """
    if not 0 <= votes <= members or members == 0:
        raise ValueError(f"{votes} votes of {members} members cannot be")
    if rule.share is None:
        return VoteResult(None, None, votes, members, True)
    needed = -(-members * rule.share // 100)
    return VoteResult(votes >= needed, needed, votes, members, rule.unverified)
