"""The annual review of a department: opened once a year, under a plan of that year (D-08).

It has no quota: the law's ratio caps take its place. Units do not launch it, they write their lists.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from guong.base.models import Body, User
from guong.base.workflow import Refused, guarded
from guong.movements.access import must_keep_movements
from guong.movements.models import Movement
from guong.plans.access import OWN_KEEPERS
from guong.plans.models import Plan

LAST = 900  # its place after the movements of the plan


def open_review(*, by: User, plan: Plan) -> Movement:
    """Open "Thi đua thường xuyên năm …". Raises Refused: no keeper, a closed plan, opened already."""
    made = Movement(
        plan=plan, order=LAST, route=Movement.Route.ANNUAL, quota_kind=Movement.QuotaKind.OPEN,
        name=f"Thi đua thường xuyên năm {plan.year}", window=Movement.Window.END,
        review_of=plan.department, review_year=plan.year,
    )  # fmt: skip
    with guarded(by, "open_annual_review", plan) as log:
        if why := must_keep_movements(by, made) or _not_under(plan) or _opened(plan.department, plan.year):
            raise Refused(why)
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError as error:
            raise Refused(_opened(plan.department, plan.year) or str(error)) from error
        log.about(made)
    return made


def plans_to_open_under(user: User) -> list[Plan]:
    """Plans of departments in force whose year has no review yet, those with most movements first."""
    opened = Movement.objects.filter(review_of=OuterRef("department"), review_year=OuterRef("year"))
    found = Plan.objects.visible_to(user).filter(~Exists(opened), state=Plan.State.IN_FORCE)
    ordered = found.exclude(body__kind__in=OWN_KEEPERS).annotate(size=Count("movements"))
    plans = ordered.select_related("department", "body").order_by("-year", "-size", "pk")
    return [plan for plan in plans if not must_keep_movements(user, Movement(plan=plan))]


def review_of(department: Body, year: int) -> Any:
    """The annual review of a department and year, or None."""
    return Movement.objects.filter(review_of=department, review_year=year).first()


def _not_under(plan: Plan) -> str | None:
    if plan.kept_by.kind in OWN_KEEPERS:
        return _("The annual review of the department is opened under a plan of the department.")
    if plan.state != Plan.State.IN_FORCE:
        return _("The plan of this movement is closed; nothing more is recorded under it.")
    return None


def _opened(department: Body, year: int) -> str | None:
    if review_of(department, year) is None:
        return None
    return _("The annual review of %(year)s is open already. Units add to their lists there.") % {
        "year": year
    }
