"""Who got the plan, who has read it, who has not: of both denominators, by name (B-12, B-20)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from guong.base.coverage import Coverage, both
from guong.base.models import Body, User
from guong.plans.access import must_keep_plans, must_pass_on, must_receive
from guong.plans.delivering import bodies_of, purpose_of, sections_of
from guong.plans.models import Delivery, Plan, Recipient, Reminder
from guong.plans.reading.bodies import Directory


@dataclass(frozen=True)
class Line:
    """A line of "Nơi nhận": for what, and how many bodies of ours it means."""

    recipient: Recipient
    purpose: Delivery.Purpose
    bodies: int

    @property
    def is_outside(self) -> bool:
        """Nobody of ours; the copy to keep names registries, not recipients."""
        return not self.bodies and self.purpose != Delivery.Purpose.FILE


@dataclass
class Copies:
    """Copies of the edition in force, as one user may see them."""

    plan: Plan
    user: User

    @cached_property
    def all(self) -> list[Delivery]:
        """Every copy of the edition the user may see, without those passed on to sections."""
        found = Delivery.objects.visible_to(self.user).filter(plan=self.plan, edition=self.plan.edition)
        return list(
            found.filter(passed_on=None)
            .select_related("body", "read_by__person")
            .order_by("body__sort_key", "pk")
        )

    @cached_property
    def follows(self) -> bool:
        """The user issued the plan and sends reminders."""
        return must_keep_plans(self.user, self.plan) is None

    @cached_property
    def own(self) -> list[Delivery]:
        """Copies somebody of whose house the user is."""
        return [one for one in self.all_own if must_receive(self.user, one) is None]

    @cached_property
    def all_own(self) -> list[Delivery]:
        """Copies sent or passed on to bodies the user acts for."""
        ids = [holding.body_id for holding in self.user.scope.holdings]
        found = Delivery.objects.visible_to(self.user).filter(
            plan=self.plan, edition=self.plan.edition, body__in=ids
        )
        return list(found.select_related("body", "read_by__person").order_by("body__sort_key"))

    @cached_property
    def missing(self) -> list[Delivery]:
        return [one for one in self.all if not one.read_at]

    @cached_property
    def cover(self) -> list[Coverage]:
        """How many units among the recipients have read it."""
        units = [one.body for one in self.all if one.body.in_sector]
        return both(units, {one.body_id for one in self.all if one.read_at})

    @cached_property
    def others(self) -> tuple[int, int]:
        """Offices, unions and others that are in no denominator: how many have read, how many there are."""
        found = [one for one in self.all if not one.body.in_sector]
        return sum(bool(one.read_at) for one in found), len(found)

    @cached_property
    def lines(self) -> list[Line]:
        """Every line of the paper, also of those outside the system."""
        directory = Directory(self.plan.department)
        found = []
        for recipient in self.plan.recipients.select_related("body"):
            recipient.plan = self.plan
            purpose = Delivery.Purpose(purpose_of(recipient))
            found.append(Line(recipient, purpose, len(bodies_of(recipient, directory))))
        return found


@dataclass
class House:
    """One unit's copy, with the sections it can be passed on to and who of them has read it."""

    delivery: Delivery
    user: User

    @cached_property
    def handed(self) -> list[Delivery]:
        found = self.delivery.handed.select_related("body", "read_by__person")
        return list(found.order_by("body__sort_key", "pk"))

    @cached_property
    def passes_on(self) -> bool:
        current = self.delivery.edition == self.delivery.plan.edition
        return current and must_pass_on(self.user, self.delivery) is None

    @cached_property
    def left(self) -> list[Body]:
        """Sections that do not have it yet."""
        have = {one.body_id for one in self.handed}
        return [body for body in sections_of(self.delivery.body) if body.pk not in have]

    @property
    def read(self) -> int:
        return sum(bool(one.read_at) for one in self.handed)

    @property
    def missing(self) -> list[Delivery]:
        return [one for one in self.handed if not one.read_at]


def reminded(plan: Plan, about: str) -> Counter[int]:
    """How often each body was reminded, by id."""
    return Counter(Reminder.objects.filter(plan=plan, about=about).values_list("body_id", flat=True))
