"""Who gets the places when more nominees have enough votes than there are places. Pure functions.

Highest votes first. A tie across the last place is never settled by order of the list: it stays open
until the chair names who goes first, with a reason (law.md 3.4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    """chosen: item ids with a place. tied: ids that share the last `open_places`. reserve: id to its number,
    equal votes with equal numbers."""

    chosen: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    open_places: int = 0
    reserve: Mapping[int, int] = field(default_factory=dict)


def outcome(votes: Mapping[int, int], places: int | None, settled: Collection[int] = ()) -> Outcome:
    """The result for nominees with enough votes (`votes`: item id to votes in favour).

    `places` None means that the plan sets no number. `settled` names those of the tie who go first; it is
    used only when it fits the tie exactly, otherwise the tie stays open.
    """
    order = sorted(votes, key=lambda item: (-votes[item], item))
    if places is None or len(order) <= places:
        return Outcome(chosen=tuple(order))
    if places <= 0:
        return Outcome(reserve=numbered(votes, order))
    edge = votes[order[places - 1]]
    sure = [item for item in order if votes[item] > edge]
    tied = [item for item in order if votes[item] == edge]
    open_places = places - len(sure)
    if len(tied) > open_places:
        first = [item for item in tied if item in settled]
        if len(first) != open_places or set(settled) - set(tied):
            return Outcome(tuple(sure), tuple(tied), open_places)
        tied = first
    chosen = [*sure, *tied]
    return Outcome(tuple(chosen), reserve=numbered(votes, [item for item in order if item not in chosen]))


def numbered(votes: Mapping[int, int], waiting: Iterable[int]) -> dict[int, int]:
    """Numbers in reserve: 1 and the number of those with more votes; equals share a number."""
    waiting = list(waiting)
    return {item: 1 + sum(votes[other] > votes[item] for other in waiting) for item in waiting}
