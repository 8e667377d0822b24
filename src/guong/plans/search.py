"""Finding plans by any words of their number, title or theme."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guong.base.feed import Hit
from guong.base.models import User
from guong.base.search import having_words
from guong.base.text import fold
from guong.plans.models import Plan


def search(user: User, query: str, limit: int) -> list[Hit]:
    """Plans the user may see, newest first."""
    if not fold(query):
        return []
    found = having_words(
        Plan.objects.visible_to(user).defer("topics", "activities", "event"), "search", query
    )
    return [Hit(plan.title, _detail(plan), plan.get_absolute_url(), "plan") for plan in found[:limit]]


def _detail(plan: Plan) -> str:
    year = _("year %(year)s") % {"year": plan.year}
    return " · ".join(filter(None, (plan.kind, plan.number, year)))
