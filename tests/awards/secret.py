"""A session that votes secretly, up to any stage; `Vote` keeps the sheets the product does not keep."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from guong.awards import sealed
from guong.awards.actions import boxes
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Box, Session
from guong.base.models import User
from guong.base.workflow import take
from guong.papers import sealing
from tests.awards.house import House


@dataclass
class Vote:
    """One sealed vote and what was really chosen: user to letters."""

    at: House
    session: Session
    key: sealing.KeySheets
    truth: dict[User, str] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        return self.session.box

    def envelope(self, user: User, letters: str) -> bytes:
        """As the user's device seals it."""
        seat = self.session.seats.get(person=user.person)
        return sealing.seal(sealed.public_key(self.box), self.box.setup_hash, seat.pk, letters)

    def cast(self, user: User, letters: str) -> str:
        self.truth[user] = letters
        return boxes.cast(by=user, session=self.session, envelope=self.envelope(user, letters))

    def cast_all(self, draw: random.Random, users: list[User] | None = None) -> None:
        """Every member at random, one after another."""
        for user in draw.sample(users or self.at.users, len(users or self.at.users)):
            self.cast(user, "".join(draw.choice("YYN") for _ in range(self.session.items.count())))

    def close(self) -> Session:
        self.session = take(SESSION_STEPS["close_box"], self.session, by=self.at.secretary)
        return self.session

    def open(self, sheets: tuple[int, int] = (0, 1)) -> Session:
        words = [self.key.sheets[place] for place in sheets]
        self.session = boxes.open_box(by=self.at.secretary, session=self.session, sheets=words)
        return self.session

    def destroy(self) -> None:
        boxes.record_destruction(by=self.at.secretary, session=self.session)

    def counts(self) -> Mapping[int, tuple[int, int, int]]:
        """Yes, no and blank of each nominee, recounted from the truth."""
        apart = set(sealed.recusals_of(self.session))
        seats = {seat.person_id: seat.pk for seat in self.session.seats.all()}
        found = {}
        for place, item in enumerate(sealed.agenda(self.session)):
            pile = [
                letters[place]
                for user, letters in self.truth.items()
                if (item.pk, seats[user.person_id]) not in apart
            ]
            found[item.pk] = tuple(pile.count(letter) for letter in "YN-")
        return found


def called(at: House, nominees: int = 2) -> Session:
    """A secret session everybody came to, without a key yet."""
    session = at.called(at.listed(nominees), kind="secret")
    at.everybody_came(session)
    return session


def holders(session: Session) -> list:
    """Vice chair, secretary and a plain member."""
    return [
        session.seats.get(role="vice"),
        session.seats.get(role="secretary"),
        session.seats.filter(role="member")[0],
    ]


def voting(at: House, nominees: int = 2, session: Session | None = None) -> Vote:
    """A sealed vote that is open."""
    session = session or called(at, nominees)
    _box, key = boxes.set_up(by=at.secretary, session=session, holders=holders(session))
    return Vote(at, take(SESSION_STEPS["open_voting"], session, by=at.secretary), key)


def opened(at: House, draw: random.Random, nominees: int = 2) -> Vote:
    """A sealed vote that is counted, its sheets destroyed."""
    vote = voting(at, nominees)
    vote.cast_all(draw)
    vote.close()
    vote.open()
    vote.destroy()
    return vote
