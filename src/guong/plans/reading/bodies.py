"""Names in a plan and the bodies they mean: one, several at once, or a whole group of units.

Nothing is bound to a name that only looks alike: such a match is shown as a question (design.md decision 7).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.models import Body, BodyKind, Denominator, Department
from guong.base.text import fold

EXACT, SHORTENED, EVERYONE, ALIKE = 1.0, 0.85, 0.75, 0.5
ALIKE_FROM = 0.84
_HEADS = re.compile(r"^(thu truong|lanh dao|giam doc|truong|nguoi dung dau) ")
_AROUND = re.compile(r"\b(thuoc so y te|so y te|thuoc so|nganh y te|nganh)\b")
_MANY = re.compile(r"\b(cac|moi|tung|toan bo|tat ca)\b.*\b(don vi|benh vien|trung tam|co so y te)\b")
_SOME = re.compile(r"\b(phu trach|duoc giao|duoc phan cong|con lai|lien quan|chu tri|dau moi|khac)\b")
_SECTOR = re.compile(r"\b(toan nganh|trong nganh)\b")


@dataclass(frozen=True)
class Match:
    """The bodies a name means, or a group of units, and how sure that is (0–1; None: nothing found)."""

    bodies: tuple[Body, ...] = ()
    group: str = ""
    confidence: float | None = None


@dataclass
class Directory:
    """Every body a plan of the department can name today, by all the ways to name it.

    `issuer` is the unit whose own plan it is: such a plan binds nobody but that unit and what is below it.
    """

    department: Body
    issuer: Body | None = None

    @cached_property
    def all(self) -> list[Body]:
        """Bodies of the department and bodies outside it, by name; sections of the issuer only."""
        here = (Q(path__startswith=self.department.path) | Q(inside=False)) & ~Q(kind=BodyKind.SECTION)
        if self.issuer:
            here |= Q(path__startswith=self.issuer.path)
        return list(Body.objects.current().filter(here).by_name())

    @cached_property
    def place(self) -> str:
        """The place word of the province, which plans add and leave out at will."""
        return fold(
            Department.objects.filter(body=self.department).values_list("place", flat=True).first() or ""
        )

    @cached_property
    def names(self) -> dict[str, list[Body]]:
        """Full and short names, folded."""
        return self._index(lambda name: fold(name))

    @cached_property
    def cores(self) -> dict[str, list[Body]]:
        """Names without the words around them."""
        return self._index(self.core)

    @cached_property
    def units(self) -> dict[str, list[Body]]:
        """Units of the two denominators (A-06)."""
        counted = [
            body for body in self.all if body.in_sector and body.kind in (BodyKind.UNIT, BodyKind.PRIVATE)
        ]
        return {
            Denominator.SUBORDINATE: [body for body in counted if body.subordinate],
            Denominator.SECTOR: counted,
        }

    def _index(self, key_of) -> dict[str, list[Body]]:
        found: dict[str, list[Body]] = defaultdict(list)
        for body in self.all:
            for key in {key_of(body.name), key_of(body.short_name)} - {""}:
                found[key].append(body)
        return found

    def core(self, name: str) -> str:
        """A folded name without its head's post, the province, "thuộc Sở" and the like."""
        bare = re.sub(r"\b(tinh|thanh pho)\b", " ", _HEADS.sub("", fold(name)))
        if self.place:
            bare = re.sub(rf"\b{re.escape(self.place)}\b", " ", bare)
        core = " ".join(_AROUND.sub(" ", bare).split())
        return re.sub(r"^so | so$", " ", core).strip() or " ".join(bare.split())

    def match(self, text: str) -> Match:
        """Whom the words mean."""
        if not text.strip():
            return Match()
        if found := self._one(text):
            return found
        if len(self.names.get(fold(text), ())) > 1:
            return Match()
        if group := group_of(text):
            return Match(group=group, confidence=EVERYONE if "truc thuoc" not in fold(text) else SHORTENED)
        return self._several(text) or self._alike(text)

    def _one(self, text: str) -> Match | None:
        for index, key, sure in ((self.names, fold(text), EXACT), (self.cores, self.core(text), SHORTENED)):
            found = {body.pk: body for body in index.get(key, [])} if key else {}
            if len(found) == 1:
                return Match(tuple(found.values()), confidence=sure)
        return None

    def _several(self, text: str) -> Match | None:
        parts = [part for part in re.split(r"\s*[;,]\s*|\s+và\s+", text) if part.strip()]
        found = [self._one(part) for part in parts]
        if len(parts) < 2 or not all(found):
            return None
        bodies = {body.pk: body for match in found for body in match.bodies}
        return Match(tuple(bodies.values()), confidence=min(match.confidence for match in found))

    def _alike(self, text: str) -> Match:
        key = self.core(text)
        scored = [
            (SequenceMatcher(None, key, name).ratio(), bodies[0])
            for name, bodies in self.cores.items()
            if key and len(bodies) == 1
        ]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return Match((best[1],), confidence=ALIKE) if best[0] >= ALIKE_FROM else Match()

    def label(self, body: Body) -> str:
        """A name that means one body only."""
        return body.name if len(self.names[fold(body.name)]) == 1 else f"{body.name} ({body.code})"

    def group_label(self, group: str) -> str:
        """A group by name and number."""
        words = {
            Denominator.SUBORDINATE: _("All subordinate units (%(n)s)"),
            Denominator.SECTOR: _("All units of the sector (%(n)s)"),
        }
        return words[Denominator(group)] % {"n": len(self.units[group])}

    @cached_property
    def choices(self) -> list[str]:
        """Everything that may be typed, for the list offered while typing."""
        return [self.group_label(group) for group in Denominator.values] + [
            self.label(body) for body in self.all
        ]

    def shown(self, match: Match) -> str:
        """The match as a person would type it."""
        if match.group:
            return self.group_label(match.group)
        return "; ".join(self.label(body) for body in match.bodies)

    def typed(self, text: str) -> Match:
        """What a person chose. Raises ValueError with a sentence for a name nobody bears."""
        by_label = {fold(self.label(body)): body for body in self.all}
        for group in Denominator.values:
            if fold(text) == fold(self.group_label(group)):
                return Match(group=group, confidence=1.0)
        found: dict[int, Body] = {}
        for part in filter(None, (part.strip() for part in text.split(";"))):
            body = by_label.get(fold(part)) or next(iter(self._only(part)), None)
            if body is None:
                raise ValueError(
                    _("No body is called “%(name)s”. Choose one from the list.") % {"name": part[:80]}
                )
            found[body.pk] = body
        return Match(tuple(found.values()), confidence=1.0 if found else None)

    def _only(self, name: str) -> tuple[Body, ...]:
        match = self._one(name)
        return match.bodies if match else ()

    def owners(self, match: Match) -> list[Body]:
        """Every single body behind a match that the plan can bind."""
        return self.bound(self.units[match.group] if match.group else match.bodies)

    def bound(self, bodies: Iterable[Body]) -> list[Body]:
        """Those of the bodies a plan of this issuer may give work to."""
        return [body for body in bodies if not self.issuer or body.path.startswith(self.issuer.path)]


def group_of(text: str) -> str:
    """The group of units the words mean: all subordinate ones, the whole sector, or none."""
    plain = fold(text)
    if not _MANY.search(plain) or _SOME.search(plain):
        return ""
    return Denominator.SECTOR if _SECTOR.search(plain) else Denominator.SUBORDINATE
