"""Votes of a session: who may cast, how they are counted, and how many are enough (D-05, C4, C5).

The denominator is always all members of the establishing decision, absent and recused ones included.
Shares are compared in whole numbers: 26 of 29 is under 90 percent, however it is rounded.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from guong.awards.models import Item, OpenVote, Recusal, Seat, Session
from guong.base.models import User

Choice = OpenVote.Choice


@dataclass(frozen=True)
class Tally:
    """What the box holds on one item. `members` is everybody on the list, `recused` are among them."""

    yes: int
    no: int
    members: int
    recused: int

    @property
    def silent(self) -> int:
        """Members who could have voted and did not."""
        return self.members - self.yes - self.no - self.recused


def is_enough(yes: int, members: int, percent: int) -> bool:
    """At least `percent` of all members are in favour. Raises ValueError when there are no members."""
    if members < 1:
        raise ValueError("a share of no members")
    return 100 * yes >= percent * members


def votes_needed(members: int, percent: int) -> int:
    """The smallest number of votes that is enough."""
    return -(-percent * members // 100)


class BallotBox(Protocol):
    """One way of voting. Sealed ballots will be a second one."""

    def cast(self, seat: Seat, item: Item, choice: str, by: User) -> None:
        """Put one member's choice on one item into the box; a second one replaces the first."""

    def voted(self, session: Session) -> dict[int, int]:
        """How many items each seat has voted on: seat id to count. Says nothing about choices."""

    def tally(self, item: Item) -> Tally:
        """The count of one item."""

    def tallies(self, session: Session) -> dict[int, Tally]:
        """The counts of all items of a session, by item id, in a fixed number of queries."""


class OpenBallots:
    """Open voting: the choice of each member is kept with the member's name."""

    def cast(self, seat: Seat, item: Item, choice: str, by: User) -> None:
        """Keep the choice; until the vote is closed it may be changed."""
        OpenVote.objects.update_or_create(item=item, seat=seat, defaults={"choice": choice, "cast_by": by})

    def voted(self, session: Session) -> dict[int, int]:
        """How many items each seat has voted on."""
        return dict(Counter(OpenVote.objects.filter(item__session=session).values_list("seat_id", flat=True)))

    def tally(self, item: Item) -> Tally:
        """The count of one item."""
        return self.tallies(item.session)[item.pk]

    def tallies(self, session: Session) -> dict[int, Tally]:
        """The counts of all items. A vote that stands beside a recusal is not counted."""
        members = session.seats.count()
        apart = set(Recusal.objects.filter(item__session=session).values_list("item_id", "seat_id"))
        votes = OpenVote.objects.filter(item__session=session).values_list("item_id", "seat_id", "choice")
        counts = Counter((item, choice) for item, seat, choice in votes if (item, seat) not in apart)
        recused = Counter(item for item, _seat in apart)
        return {
            item: Tally(counts[item, Choice.YES], counts[item, Choice.NO], members, recused[item])
            for item in session.items.values_list("pk", flat=True)
        }


def box_of(_session: Session) -> BallotBox:
    """The way this session votes."""
    return OpenBallots()


def write_counts(session: Session, _by: User) -> None:
    """When voting closes the counts are written once; what has too few votes is settled there and then."""
    tallies = box_of(session).tallies(session)
    for item in session.items.all():
        tally = tallies[item.pk]
        item.yes, item.no, item.members = tally.yes, tally.no, tally.members
        enough = is_enough(tally.yes, tally.members, session.vote_percent)
        item.verdict = "" if enough else Item.Verdict.NOT_ENOUGH
        item.save(update_fields=["yes", "no", "members", "verdict"])
