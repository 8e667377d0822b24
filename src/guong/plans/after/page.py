"""The part of a plan's page that tells what became of it after issue, for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guong.base.models import User
from guong.plans.access import must_keep_plans
from guong.plans.after.cascade import Cascade, is_cascaded
from guong.plans.after.copies import Copies
from guong.plans.after.difference import brief
from guong.plans.difficulties import must_be_in_period, open_revision, reporting_units
from guong.plans.models import Difficulty, Plan, PlanDraft, Review

SHOWN = 5


@dataclass
class After:
    """Copies, derived plans, difficulties and revisions; each asked for only when it is shown."""

    plan: Plan
    user: User

    @cached_property
    def keeps(self) -> bool:
        return must_keep_plans(self.user, self.plan) is None

    @cached_property
    def copies(self) -> Copies:
        return Copies(self.plan, self.user)

    @cached_property
    def cascade(self) -> Cascade | None:
        """Units' plans, for plans from which units derive theirs and which are in the register."""
        return Cascade(self.plan) if is_cascaded(self.plan) else None

    @cached_property
    def difficulties(self) -> list[Difficulty]:
        found = Difficulty.objects.visible_to(self.user).filter(plan=self.plan).select_related("body")
        return list(found.order_by("-pk")[: SHOWN + 1])

    @cached_property
    def may_report(self) -> bool:
        """The reader speaks for a unit, and the plan still runs."""
        return must_be_in_period(self.plan) is None and reporting_units(self.user, self.plan).exists()

    @cached_property
    def revisions(self) -> list[dict[str, Any]]:
        """Revisions, the newest first, with how much each changed."""
        found = self.plan.revisions.select_related("made_by__person").order_by("-number")
        return [{"revision": one, "brief": brief(one)} for one in found[:SHOWN]]

    @property
    def may_revise(self) -> bool:
        return self.keeps and self.plan.state == Plan.State.IN_FORCE

    @cached_property
    def open_revision(self) -> PlanDraft | None:
        return open_revision(self.plan)

    @cached_property
    def reviews(self) -> list[Review]:
        """Reviews of this plan that are open, because a plan it stands on was revised."""
        found = Review.objects.visible_to(self.user).filter(plan=self.plan, state=Review.State.OPEN)
        return list(found.select_related("revision__plan"))
