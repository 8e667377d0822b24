"""Who may decide an award on a day: what the law data says of its authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guong.law.book import Law
from guong.law.model import NotInForce, NotKnown

DEPARTMENT = ("department_director", "head_of_body")


@dataclass(frozen=True)
class Deciders:
    """The offices that may decide, by the names of the data, with the source. Empty: nobody known may."""

    offices: tuple[str, ...]
    source: str
    unverified: bool

    def include(self, *offices: str) -> bool:
        """Whether one of these offices may decide."""
        return bool(set(offices) & set(self.offices))


def deciders(law: Law, code: str, day: date) -> Deciders:
    """Who decides the award on the day. Raises KeyError for an award outside the catalogue."""
    law.awards[code]
    try:
        found = law.value(f"authority.{code}", day)
    except (NotKnown, NotInForce, KeyError):
        return Deciders((), "", True)
    value = found.value if isinstance(found.value, tuple) else (str(found.value),)
    return Deciders(value, _full(law, found.source), found.is_unverified)


def _full(law: Law, source: str) -> str:
    """A source with the name of the instrument for its key: "L22 Đ.80(1)" as people read it."""
    key, _blank, article = source.partition(" ")
    instrument = law.instruments.get(key)
    return f"{article.replace('Đ.', 'Điều ')} {instrument.name}".strip() if instrument else source
