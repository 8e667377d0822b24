"""Values plans say in words only: the year, whose share a target is, when a movement is judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from guong.base.models import Denominator
from guong.base.text import fold
from guong.plans.reading import kinds, when
from guong.plans.reading.kinds import Field

if TYPE_CHECKING:
    from guong.plans.reading.draft import Draft

_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)


def year_of(draft: Draft, _base: str) -> tuple[str, float | None]:
    """The year: of the period, else the one the title names, else of the date; else this year, unsure."""
    for path, sure in (("period.start", 0.9), ("issued_on", 0.8)):
        if path == "issued_on" and (named := _YEAR.search(draft.found("title") or "")):
            return named[1], 0.9
        text = draft.found(path)
        if text:
            try:
                return str(when.of_iso(text).first.year), sure
            except ValueError:
                continue
    return str(timezone.localdate().year), 0.3


def issuing_body(draft: Draft, base: str) -> tuple[str, float | None]:
    """The body of ours whose plan it is; nobody for a plan from above."""
    found = draft.directory.match(draft.text(base, Field("issuer", "", kinds.TEXT)))
    ours = [body for body in found.bodies if body.inside]
    return (draft.directory.label(ours[0]), found.confidence) if len(ours) == 1 else ("", None)


def denominator_of(draft: Draft, base: str) -> tuple[str, float | None]:
    """Whose share a target is (A-06); empty when its words do not say."""
    words = fold(draft.found(f"{base}.metric") or "")
    if "toan nganh" in words:
        return Denominator.SECTOR, 0.9
    if "truc thuoc" in words:
        return Denominator.SUBORDINATE, 0.9
    return "", None


def bodies_of(name: str):
    """A value that names the bodies meant by the words of another value of the same record."""

    def derive(draft: Draft, base: str) -> tuple[str, float | None]:
        match = draft.directory.match(draft.text(base, Field(name, "", kinds.TEXT)))
        return draft.directory.shown(match), match.confidence

    return derive
