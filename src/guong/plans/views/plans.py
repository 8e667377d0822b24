"""The list of plans, and one plan with everything it makes people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import attempt, complain, page_of, stored, take_step
from guong.base.forms.papers import SignedCopyForm
from guong.base.models import LogEntry
from guong.base.search import having_words
from guong.base.workflow import offered
from guong.plans import actions, register
from guong.plans.access import must_keep_plans
from guong.plans.actions import issuing
from guong.plans.actions.drafting import OVER
from guong.plans.after.page import After
from guong.plans.flow import ASSIGNMENT_STEPS, PLAN_STEPS
from guong.plans.forms import PlanFilter, bodies_kept_by, bodies_written_for
from guong.plans.models import Assignment, Duty, Obligation, Plan, PlanDraft, Reading
from guong.plans.plan_parts import folded, parts_of
from guong.plans.reading.paper import linked, numbers_in, paper_of

OPEN = (Reading.State.READ, Reading.State.READING, Reading.State.FAILED)
HEAVY = ("topics", "activities", "event")
DONE = (Duty.State.REPORTED, Duty.State.ACCEPTED)


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Plans in force and closed, newest first; readings that wait for the standing office on top."""
    form = PlanFilter(request.user, request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Plan.objects.visible_to(request.user).defer(*HEAVY)
    if wanted.get("q"):
        found = having_words(found, "search", wanted["q"])
    if wanted.get("year"):
        found = found.filter(year=wanted["year"])
    if wanted.get("focal"):
        found = found.filter(focal_tasks=wanted["focal"])
    page = page_of(request, _with_counts(found))
    waiting = Reading.objects.visible_to(request.user).filter(state__in=OPEN)
    context = {
        "form": form,
        "page": page,
        "draft_count": PlanDraft.objects.visible_to(request.user).exclude(state__in=OVER).count(),
        "filtered": any(wanted.values()),
        "rows": list(page),
        "waiting": waiting.defer("lines").select_related("file", "read_by__person").order_by("-pk")[:20],
        "may_upload": bodies_kept_by(request.user).exists(),
    }
    return render(request, "plans/list.html", context)


def _with_counts(found: Any) -> Any:
    """Movements and duties of each plan, counted inside the query of the page."""
    movements = Plan.objects.filter(pk=OuterRef("pk")).order_by().annotate(n=Count("movements"))
    duties = Duty.objects.filter(obligation__plan=OuterRef("pk")).order_by().values("obligation__plan")
    done = duties.filter(state__in=DONE)
    return found.annotate(
        movement_count=Coalesce(Subquery(movements.values("n")), 0),
        duty_count=Coalesce(Subquery(duties.annotate(n=Count("pk")).values("n")), 0),
        duty_done=Coalesce(Subquery(done.annotate(n=Count("pk")).values("n")), 0),
    )


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything one plan says and what became of it."""
    found = get_object_or_404(plans_seen(request), pk=pk)
    keeps = must_keep_plans(request.user, found) is None
    context = {
        "plan": found,
        "movements": found.movements.prefetch_related("leads__body", "quotas__programme").order_by("order"),
        "assignments": _assignments(request, found),
        "obligations": _obligations(request, found),
        "draft": getattr(found, "draft", None),
        "copy_form": SignedCopyForm() if keeps else None,
        "derives": _may_derive(request, found),
        "steps": offered(PLAN_STEPS, found, request.user),
        "portal": (portal := _portal_button(found) if keeps else None),
        "portal_steps": [portal] if portal else [],
        "log": _log(found),
        **parts_of(found, request.user, keeps=keeps),
        "after": After(found, request.user),
    }
    return render(request, "plans/plan.html", context)


def _may_derive(request: HttpRequest, found: Plan) -> bool:
    """The reader writes plans of a body below the one that issued this plan."""
    if found.state != Plan.State.IN_FORCE:
        return False
    return bodies_written_for(request.user).exclude(pk=found.kept_by.pk).exists()


def _log(found: Plan) -> list[LogEntry]:
    """What happened to the plan and, before it, to its reading and its draft."""
    entries = list(LogEntry.objects.about(found))
    before = [record for record in (found.reading, getattr(found, "draft", None)) if record]
    return entries + [entry for record in before for entry in LogEntry.objects.about(record)]


@dataclass(frozen=True)
class _Button:
    """A named act as the button tag wants it."""

    name: str
    label: str
    needs_note: bool
    url: str


def _portal_button(found: Plan) -> _Button | None:
    if found.published_at:
        return _Button(
            "take_back", _("Take off the portal"), True, reverse("plans:take_back", args=[found.pk])
        )
    if found.state == Plan.State.IN_FORCE:
        return _Button(
            "publish", _("Publish on the portal"), False, reverse("plans:publish", args=[found.pk])
        )
    return None


def plans_seen(request: HttpRequest) -> Any:
    """Plans the reader may see, with what every page about one needs."""
    return Plan.objects.visible_to(request.user).select_related(
        "department", "body", "document", "reading__file", "signed_file", "draft"
    )


def _assignments(request: HttpRequest, found: Plan) -> list[Assignment]:
    rows = list(found.assignments.select_related("body"))
    for row in rows:
        row.plan = found
        row.steps = offered(ASSIGNMENT_STEPS, row, request.user)
    return rows


def _obligations(request: HttpRequest, found: Plan) -> list[Obligation]:
    """Obligations with how many units have reported, and the reader's own duties."""
    counted = {
        "all": Count("duties"),
        "done": Count("duties", filter=Q(duties__state__in=DONE)),
    }
    rows = list(found.obligations.annotate(**counted).order_by("due_on", "order", "pk"))
    mine = Duty.objects.visible_to(request.user).filter(obligation__plan=found, body_id__in=_own_ids(request))
    by_obligation = {duty.obligation_id: duty for duty in mine}
    for row in rows:
        row.mine = by_obligation.get(row.pk)
        row.counts_down = row.done < row.all or (not row.all and row.due_on >= timezone.localdate())
    return folded(rows, timezone.localdate())


def _own_ids(request: HttpRequest) -> list[int]:
    return [holding.body_id for holding in request.user.scope.holdings]


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as issued, with the words that became records marked."""
    found = get_object_or_404(plans_seen(request), pk=pk)
    paper = paper_of(found.reading.lines, found.reading.found) if found.reading else None
    if paper:
        linked(paper, register.addresses_of(found, numbers_in(paper)))
    return render(request, "plans/text.html", {"plan": found, "paper": paper})


@require_safe
def plan_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file the plan was read from."""
    found = get_object_or_404(plans_seen(request), pk=pk)
    return stored(found.reading.file if found.reading else None)


@require_safe
def plan_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF a plan written here was issued as."""
    found = get_object_or_404(plans_seen(request).select_related("draft__pdf_file"), pk=pk)
    return stored(found.draft.pdf_file if hasattr(found, "draft") else None)


@require_http_methods(["GET", "HEAD", "POST"])
def signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the signed PDF; fetch it."""
    found = get_object_or_404(plans_seen(request), pk=pk)
    if request.method != "POST":
        return stored(found.signed_file)
    form = SignedCopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return complain(request, form, found)
    file = form.cleaned_data["file"]
    return attempt(
        request,
        lambda: issuing.keep_signed_copy(request.user, found, file.name, file.read()),
        _("The signed copy is kept with its hash."),
        found,
    )


@require_POST
def plan_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a plan, or open it again."""
    found = get_object_or_404(plans_seen(request), pk=pk)
    return take_step(request, PLAN_STEPS, found, found)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the plan on the portal."""
    found = get_object_or_404(plans_seen(request), pk=pk)
    done = _("The plan is on the portal now.")
    return attempt(request, lambda: actions.publish(request.user, found), done, found)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the plan off the portal."""
    found = get_object_or_404(plans_seen(request), pk=pk)
    reason = request.POST.get("note", "")
    done = _("The plan is no longer on the portal.")
    return attempt(request, lambda: actions.take_back(request.user, found, reason), done, found)


@require_POST
def assignment_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task is done, or not yet."""
    found = get_object_or_404(
        Assignment.objects.visible_to(request.user).select_related("plan__department", "plan__body", "body"),
        pk=pk,
    )
    return take_step(request, ASSIGNMENT_STEPS, found, found.plan)
