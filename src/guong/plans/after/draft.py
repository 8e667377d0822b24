"""A draft that revises a plan, for its page: why, what it would change, what it would answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from guong.base.models import User
from guong.plans.after.difference import Difference
from guong.plans.models import Difficulty, PlanDraft, Revision
from guong.plans.revising import content_for


@dataclass
class Revising:
    """What the page of such a draft says beside the paper."""

    draft: PlanDraft
    user: User

    @cached_property
    def difference(self) -> Difference:
        """Against the plan as it stands now; once issued, as it was issued."""
        plan = self.draft.revises
        made = Revision(
            plan=plan,
            number=plan.edition + 1,
            before=plan.content,
            after=content_for(plan, self.draft.content),
        )
        return Difference(made, self.user)

    @cached_property
    def difficulties(self) -> list[Difficulty]:
        """Difficulties issuing it answers, as far as the user may see them."""
        found = Difficulty.objects.visible_to(self.user).filter(draft=self.draft)
        return list(found.select_related("body"))
