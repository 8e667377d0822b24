"""Units and sections by the words of a sheet: code, name, short name, a name of former times."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from guong.base.models import Body, BodyKind, BodyName, User
from guong.base.text import fold
from guong.records.access import KEEPERS

_UNITS = (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.DEPARTMENT)
_PART = re.compile(r"\s*[,;]\s*|\s+[-–]\s+")


@dataclass
class Places:
    """The tree below one department, as one user may enter lines for it."""

    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    inside: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    unit_of: dict[int, int] = field(default_factory=dict)
    label: dict[int, str] = field(default_factory=dict)
    code: dict[int, str] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()
    memory: dict[tuple[str, str], tuple[int | None, str]] = field(default_factory=dict)

    def unit(self, unit_cell: str, section_cell: str = "") -> tuple[int | None, str]:
        """The unit a row belongs to, or a sentence why it is not known."""
        known = self.memory.get((unit_cell, section_cell))
        if known is None:
            known = self.memory[unit_cell, section_cell] = self._unit(unit_cell)
        return known

    def _unit(self, cell: str) -> tuple[int | None, str]:
        whole = fold(cell)
        for words in (whole, *(fold(part) for part in _PART.split(cell))):
            found = {self.unit_of[pk] for pk in self.named.get(words, ()) if pk in self.unit_of}
            if len(found) == 1:
                return self._if_kept(found.pop())
            if found:
                codes = ", ".join(sorted(self.code[pk] for pk in found))
                return None, _("Several units are called “%(name)s”: write the code, one of %(codes)s.") % {
                    "name": cell, "codes": codes,
                }  # fmt: skip
        return None, _("There is no unit “%(name)s” in the department: write its name or code.") % {
            "name": cell
        }

    def _if_kept(self, pk: int) -> tuple[int | None, str]:
        if pk in self.kept:
            return pk, ""
        return None, _("You do not keep the book of %(unit)s.") % {"unit": self.label[pk]}

    def collective(self, name: str, unit: int | None) -> tuple[int | None, str]:
        """The section or unit a collective's name means; inside the unit first."""
        parts = [fold(part) for part in (name, *_PART.split(name))]
        for words in parts:
            found = self.inside.get((unit, words), set()) if unit else set()
            found = found or {pk for pk in self.named.get(words, ()) if unit in (None, self.unit_of.get(pk))}
            if len(found) == 1:
                pk = next(iter(found))
                return (pk, "") if self.unit_of.get(pk) in self.kept else self._if_kept(self.unit_of[pk])
        return None, _("There is no unit or section “%(name)s”; enter it in the organisation first.") % {
            "name": name
        }


def places_of(department: Body, user: User) -> Places:
    """Everything below the department, closed bodies and former names too."""
    found = Places()
    rows = list(
        Body.objects.under(department).values_list("pk", "path", "kind", "code", "name", "short_name")
    )
    kinds = {pk: kind for pk, _path, kind, *_names in rows}
    for pk, path, _kind, code, name, short in rows:
        above = [int(part) for part in path.strip("/").split("/")]
        unit = next((up for up in reversed(above) if kinds.get(up) in _UNITS), None)
        if unit is None:
            continue
        found.unit_of[pk], found.label[pk], found.code[pk] = unit, short or name, code
        for words in {fold(code), fold(name), fold(short)} - {""}:
            _name(found, pk, words)
    for pk, name, short in BodyName.objects.filter(body__in=found.unit_of).values_list(
        "body", "name", "short_name"
    ):
        for words in {fold(name), fold(short)} - {""}:
            _name(found, pk, words)
    kept = Body.objects.held_by(user, *KEEPERS).filter(path__startswith=department.path)
    found.kept = frozenset(kept.values_list("pk", flat=True))
    return found


def _name(places: Places, pk: int, words: str) -> None:
    places.named[words].add(pk)
    places.inside[places.unit_of[pk], words].add(pk)
