"""Open votes of a session: how they are cast and counted, and how many are enough (D-05, C4, C5).

The denominator is always all members of the establishing decision, absent and recused ones included.
Shares are compared in whole numbers: 26 of 29 is under 90 percent, however it is rounded. Secret ballots
are in `sealed`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from guong.awards.models import Envelope, Item, OpenVote, Recusal, Seat, Session
from guong.base.models import User
from guong.papers.sealing import enough as is_enough

__all__ = [
    "Choice",
    "Tally",
    "cast",
    "is_enough",
    "settle",
    "tallies",
    "voted",
    "votes_needed",
    "write_counts",
]

Choice = OpenVote.Choice


@dataclass(frozen=True)
class Tally:
    """What was voted on one item. `members` is everybody on the list, `recused` are among them."""

    yes: int
    no: int
    members: int
    recused: int

    @property
    def silent(self) -> int:
        """Members who could have voted and did not."""
        return self.members - self.yes - self.no - self.recused


def votes_needed(members: int, percent: int) -> int:
    """The smallest number of votes that is enough."""
    return -(-percent * members // 100)


def cast(seat: Seat, item: Item, choice: str, by: User) -> None:
    """Keep an open choice; until the vote is closed it may be changed."""
    OpenVote.objects.update_or_create(item=item, seat=seat, defaults={"choice": choice, "cast_by": by})


def voted(session: Session) -> set[int]:
    """The seats that have voted. Says nothing about choices."""
    if session.is_secret:
        kept = Envelope.objects.filter(box__session=session, box__dropped_at__isnull=True)
        return set(kept.values_list("seat_id", flat=True))
    return set(OpenVote.objects.filter(item__session=session).values_list("seat_id", flat=True))


def tallies(session: Session) -> dict[int, Tally]:
    """The counts of all items, by item id. A vote that stands beside a recusal is not counted."""
    members = session.seats.count()
    apart = set(Recusal.objects.filter(item__session=session).values_list("item_id", "seat_id"))
    votes = OpenVote.objects.filter(item__session=session).values_list("item_id", "seat_id", "choice")
    counts = Counter((item, choice) for item, seat, choice in votes if (item, seat) not in apart)
    recused = Counter(item for item, _seat in apart)
    return {
        item: Tally(counts[item, Choice.YES], counts[item, Choice.NO], members, recused[item])
        for item in session.items.values_list("pk", flat=True)
    }


def settle(item: Item, members: int) -> None:
    """All members are the denominator; what has too few votes is settled there and then."""
    item.members = members
    item.verdict = "" if is_enough(item.yes or 0, members, item.percent) else Item.Verdict.NOT_ENOUGH


def write_counts(session: Session, _by: User) -> None:
    """When voting closes the counts are written once; what has too few votes is settled there and then."""
    found = tallies(session)
    for item in session.items.select_related("session"):
        item.yes, item.no = found[item.pk].yes, found[item.pk].no
        settle(item, found[item.pk].members)
        item.save(update_fields=["yes", "no", "members", "verdict"])
