"""The organisation in reading order: every body after the one above it, siblings in dictionary order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from guong.base.models import Body


@dataclass
class Branch:
    """One body with what stands below it."""

    body: Body
    depth: int
    below: list[Branch] = field(default_factory=list)

    @property
    def units(self) -> int:
        """How many bodies stand below, at any depth."""
        return sum(1 + branch.units for branch in self.below)


def grow(bodies: Iterable[Body]) -> list[Branch]:
    """Branches of the topmost bodies given. A body whose parent is not among them is a top."""
    branches = {body.pk: Branch(body, 0) for body in sorted(bodies, key=lambda body: body.sort_key)}
    children: dict[int | None, list[Branch]] = defaultdict(list)
    for branch in branches.values():
        parent = branch.body.parent_id
        children[parent if parent in branches else None].append(branch)
    for pk, branch in branches.items():
        branch.below = children[pk]
    tops = children[None]
    for top in tops:
        _deepen(top, 0)
    return tops


def _deepen(branch: Branch, depth: int) -> None:
    branch.depth = depth
    for child in branch.below:
        _deepen(child, depth + 1)


def flat(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Every branch in reading order."""
    for branch in branches:
        yield branch
        yield from flat(branch.below)


def choices(bodies: Iterable[Body]) -> list[tuple[int, str]]:
    """Options of a select, indented as the tree is."""
    return [(branch.body.pk, "\u2003" * branch.depth + branch.body.name) for branch in flat(grow(bodies))]
