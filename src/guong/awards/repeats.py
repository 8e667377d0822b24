"""Repeated texts as those who judge a dossier see them (J-04)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from guong.awards import access
from guong.awards.likeness import Overlap, Piece, overlap
from guong.awards.models import Likeness, Nomination
from guong.base.models import User


@dataclass(frozen=True)
class Repeat:
    """Another dossier with the same passages. `open`: the reader may see that dossier itself."""

    line: Likeness
    other: Nomination
    open: bool

    @property
    def is_earlier(self) -> bool:
        """Whether the other dossier was there first."""
        return self.line.other_id == self.other.pk


def repeats_of(nomination: Nomination, user: User) -> list[Repeat]:
    """What repeats this dossier or is repeated in it, the most first; nothing for who does not judge it."""
    if access.must_judge_the_text(user, nomination):
        return []
    about = Likeness.objects.filter(Q(nomination=nomination) | Q(other=nomination))
    lines = {line.beside(nomination): line for line in about.order_by("-percent", "-pk")}
    if not lines:
        return []
    others = Nomination.objects.with_names().select_related("movement__plan").in_bulk(lines)
    seen = set(Nomination.objects.visible_to(user).filter(pk__in=lines).values_list("pk", flat=True))
    return [Repeat(line, others[pk], pk in seen) for pk, line in lines.items() if pk in others]


def side_by_side(nomination: Nomination, repeat: Repeat) -> Overlap:
    """Both texts with the shared passages marked. Of a dossier that is not open, those passages alone."""
    found = overlap(nomination.achievement, repeat.other.achievement)
    if repeat.open:
        return found
    shown = tuple(piece if piece.shared else Piece(" … ", shared=False) for piece in found.right)
    return Overlap(found.left, shown, found.words, found.total)
