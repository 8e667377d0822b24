"""Copies of a plan: who has read it, reading one's own, passing it on to sections, reminding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from guong.base.answers import attempt, page_of
from guong.base.models import Body
from guong.plans import delivering
from guong.plans.access import must_receive
from guong.plans.after.cascade import Cascade
from guong.plans.after.copies import Copies, House, reminded
from guong.plans.forms import UnitFilter
from guong.plans.models import Delivery, Plan, Reminder
from guong.plans.views.plans import plans_seen

About = Reminder.About


@require_safe
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody the plan was sent to, and who has not read it."""
    plan = get_object_or_404(plans_seen(request), pk=pk)
    found = Copies(plan, request.user)
    states = [("read", _("has read it")), ("unread", _("has not read it"))]
    form = UnitFilter(states, request.GET)
    told = reminded(plan, About.READ)
    rows = [one for one in found.all if form.keeps(one.body, "read" if one.read_at else "unread")]
    page = page_of(request, rows)
    for one in page:
        one.reminders = told[one.body_id]
    context = {"plan": plan, "copies": found, "form": form, "page": page}
    return render(request, "plans/copies.html", context)


@require_safe
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """One body's copy: who read it there, and the sections it went on to."""
    found = get_object_or_404(_copies(request), pk=pk)
    house = House(found, request.user)
    told = reminded(found.plan, About.READ)
    for one in house.handed:
        one.reminders = told[one.body_id]
    context = {
        "copy": found,
        "house": house,
        "receives": not found.read_at and must_receive(request.user, found) is None,
        "is_old": found.edition != found.plan.edition,
        "sections": list(house.left) if house.passes_on else [],
    }
    return render(request, "plans/copy.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one's body has read the plan."""
    found = get_object_or_404(_copies(request), pk=pk)
    done = _("Recorded: %(body)s has read the plan.") % {"body": found.body.label}
    return attempt(request, lambda: delivering.confirm_read(request.user, found), done, found)


@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the copy on: to all sections, or to those ticked."""
    found = get_object_or_404(_copies(request), pk=pk)
    chosen = delivering.sections_of(found.body)
    if "all" not in request.POST:
        ticked = set(request.POST.getlist("section"))
        chosen = [body for body in chosen if str(body.pk) in ticked]
    done = _("The plan went on to the sections.")
    return attempt(request, lambda: delivering.pass_on(request.user, found, chosen), done, found)


@require_POST
def remind_sections(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the sections that have not read it."""
    found = get_object_or_404(_copies(request), pk=pk)
    bodies = [one.body for one in House(found, request.user).missing]
    return _remind(request, found.plan, bodies, About.READ, found)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind everybody missing, or the one body named: to read the plan, or to issue its own."""
    plan = get_object_or_404(plans_seen(request), pk=pk)
    about = About.DERIVE if request.POST.get("about") == About.DERIVE else About.READ
    if about == About.DERIVE:
        missing = Cascade(plan).missing
    else:
        missing = [one.body for one in Copies(plan, request.user).missing]
    if one := request.POST.get("body"):
        missing = [body for body in missing if str(body.pk) == one]
    page = "plans:cascade" if about == About.DERIVE else "plans:copies"
    return _remind(request, plan, missing, about, reverse(page, args=[plan.pk]))


def _remind(request: HttpRequest, plan: Plan, bodies: list[Body], about: str, to: Any) -> HttpResponse:
    made: list[int] = []
    answer = attempt(
        request, lambda: made.append(delivering.remind(request.user, plan, bodies, about)), "", to
    )
    if made:
        words = ngettext("%(n)s body was reminded.", "%(n)s bodies were reminded.", made[0])
        messages.success(request, words % {"n": made[0]})
    return answer


def _copies(request: HttpRequest) -> Any:
    return Delivery.objects.visible_to(request.user).select_related(
        "plan__department", "plan__body", "body", "read_by__person", "passed_on__body"
    )
