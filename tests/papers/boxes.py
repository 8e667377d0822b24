"""A closed box made without a database, and what was really voted."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass

from guong.papers import sealing


@dataclass
class Box:
    """A vote of some members on some nominees; `truth` are the letters each member sealed."""

    setup: str
    key: sealing.KeySheets
    envelopes: dict[int, bytes]
    truth: dict[int, str]
    recusals: set[tuple[int, int]]
    items: list[int]

    @property
    def hash(self) -> str:
        return sealing.digest(self.setup)

    def apart(self) -> set[tuple[int, int]]:
        return {(self.items.index(item), member) for item, member in self.recusals}

    def opened(self, sheets: tuple[int, int] = (0, 1)) -> sealing.Opened:
        key = sealing.join([self.key.sheets[place] for place in sheets], self.key.public)
        return sealing.open_box(key, self.hash, self.envelopes, len(self.items), self.apart())

    def file(self, opened: sealing.Opened | None = None) -> str:
        return sealing.box_file(self.setup, self.envelopes, self.recusals, opened)


def box(
    draw: random.Random, members: int = 7, nominees: int = 4, *, key: sealing.KeySheets | None = None,
    session: int = 7, away: float = 0.1, back: float = 0.1,
) -> Box:  # fmt: skip
    """Members 101…, nominees 201…; some are away, stand back, leave lines blank, vote twice."""
    key = key or sealing.new_key()
    seats, items = [101 + n for n in range(members)], [201 + n for n in range(nominees)]
    setup = sealing.frozen({
        "session": session, "round": 1, "council": "Hội đồng", "title": "Xét khen",
        "denominator": "all_members",
        "absent": "same_box", "members": [[seat, f"Thành viên {seat}"] for seat in seats],
        "nominees": [[item, f"Người {item}", draw.choice([50, 67, 80, 90])] for item in items],
        "public_key": base64.b64encode(key.public).decode(),
    })  # fmt: skip
    made = Box(setup, key, {}, {}, set(), items)
    made.recusals = {(item, seat) for item in items for seat in seats if draw.random() < back}
    for seat in seats:
        if draw.random() < away:
            continue
        for _again in range(draw.choice([1, 1, 2])):
            letters = "".join(draw.choice("YYN-") for _ in items)
            made.envelopes[seat] = sealing.seal(key.public, made.hash, seat, letters)
            made.truth[seat] = letters
    return made
