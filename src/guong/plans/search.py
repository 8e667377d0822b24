"""Finding plans by any words of their number, title or theme."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guong.base.feed import Hit
from guong.base.models import User
from guong.base.search import having_words
from guong.base.text import fold
from guong.plans.models import Plan, PlanDraft

State = PlanDraft.State


def search(user: User, query: str, limit: int) -> list[Hit]:
    """Plans the user may see, newest first."""
    if not fold(query):
        return []
    found = having_words(
        Plan.objects.visible_to(user).defer("content", "topics", "activities", "event"), "search", query
    )
    hits = [Hit(plan.title, _detail(plan), plan.get_absolute_url(), "plan") for plan in found[:limit]]
    return [*hits, *_drafts(user, query, limit)][:limit]


def _drafts(user: User, query: str, limit: int) -> list[Hit]:
    """Open drafts where they are written and approved."""
    seen = PlanDraft.objects.visible_to(user).exclude(state__in=(State.ISSUED, State.DROPPED))
    found = having_words(seen, "search", query).select_related("body")[:limit]
    return [
        Hit(str(draft), f"{draft.body.label} · {_('draft')}, {draft.get_state_display()}",
            draft.get_absolute_url(), "plan")
        for draft in found
    ]  # fmt: skip


def _detail(plan: Plan) -> str:
    year = _("year %(year)s") % {"year": plan.year}
    return " · ".join(filter(None, (plan.kind, plan.number, year)))
