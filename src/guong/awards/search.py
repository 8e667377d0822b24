"""Finding nominations and decisions by words without diacritics, or by their number."""

from __future__ import annotations

from guong.awards.models import Decision, Nomination
from guong.base.feed import Hit
from guong.base.models import User
from guong.base.search import having_words
from guong.base.text import fold


def search(user: User, query: str, limit: int) -> list[Hit]:
    """Newest first, of what the user may see."""
    if not fold(query):
        return []
    return [*_nominations(user, query, limit), *_decisions(user, query, limit)]


def _nominations(user: User, query: str, limit: int) -> list[Hit]:
    seen = Nomination.objects.visible_to(user).with_names().order_by("-pk")
    plain = query.replace(".", "").strip()
    by_number = seen.filter(pk=int(plain)) if plain.isdecimal() and len(plain) < 12 else seen.none()
    found = [*by_number, *having_words(seen, "search", query)[:limit]]
    return [
        Hit(
            nomination.name,
            f"{nomination.unit.label} · {nomination.movement} · {nomination.get_state_display()}",
            nomination.get_absolute_url(),
            "nomination",
        )
        for nomination in found[:limit]
    ]


def _decisions(user: User, query: str, limit: int) -> list[Hit]:
    found = Decision.objects.visible_to(user).having(query).order_by("-pk")[:limit]
    return [
        Hit(decision.full_number or decision.title, decision.title, decision.get_absolute_url(), "decision")
        for decision in found
    ]
