"""What goes with a proposal: papers, days of publication, time limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guong.law.book import Law
from guong.law.model import Cited, NotKnown

PHYSICIANS = ("TTUT", "TTND")


@dataclass(frozen=True)
class Publication:
    """Whether a list was public long enough; None where nobody knows how long it must be."""

    enough: bool | None
    working_days: int
    needed: int | None
    cited: Cited | None

    @property
    def unverified(self) -> bool:
        """Whether the number of days is not verified."""
        return self.cited is None or self.cited.is_unverified


def dossier(law: Law, code: str, day: date, regime: str | None = None) -> Cited:
    """The papers of an award: its own list, or that of titles or forms.

    Raises KeyError for an unknown award, NotKnown where no source gives it.
    """
    award = law.awards[code]
    own = f"dossier.{code}"
    general = "dossier.title" if award.category == "title" else "dossier.form"
    return law.value(own if own in law.values else general, day, regime)


def check_publication(law: Law, code: str, working_days: int, day: date) -> Publication:
    """Whether a State-level list was public for so many working days before the council.

    Awards below State level need none by national law: 0 days, unless a layer says otherwise.
    """
    award = law.awards[code]
    if award.level != "state":
        return Publication(True, working_days, 0, None)
    name = "publication.physicians" if code in PHYSICIANS else "publication.state"
    try:
        cited = law.value(name, day)
    except NotKnown:
        return Publication(None, working_days, None, None)
    needed = int(str(cited.value))
    return Publication(working_days >= needed, working_days, needed, cited)
