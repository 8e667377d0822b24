"""Difficulties under plans: the list, one of them, reporting, answering, answering by a revision."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import attempt, must, page_of, send, sent_before, show, stored, take_step
from guong.base.models import LogEntry
from guong.base.text import fold
from guong.base.workflow import offered
from guong.plans import difficulties
from guong.plans.access import must_report_difficulty
from guong.plans.actions.revisions import answer_by_revision
from guong.plans.flow import DIFFICULTY_STEPS
from guong.plans.forms import AnswerForm, DifficultyFilter, DifficultyForm
from guong.plans.models import Difficulty
from guong.plans.views.plans import plans_seen

POSTED = ["GET", "HEAD", "POST"]


@require_safe
def difficulty_list(request: HttpRequest) -> HttpResponse:
    """Difficulties one may see, those that wait first."""
    form = DifficultyFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = _difficulties(request)
    plan = (
        plans_seen(request).filter(pk=int(n)).first()
        if (n := request.GET.get("plan", "")).isdigit()
        else None
    )
    if plan:
        found = found.filter(plan=plan)
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    if wanted.get("q"):
        found = found.filter(Q(text__icontains=wanted["q"]) | Q(body__name_fold__contains=fold(wanted["q"])))
    waiting = Case(When(state=Difficulty.State.OPEN, then=0), default=1)
    context = {
        "form": form,
        "plan": plan,
        "page": page_of(request, found.order_by(waiting, "-at", "-pk")),
        "filtered": bool(plan or any(wanted.values())),
    }
    return render(request, "plans/difficulties.html", context)


@require_http_methods(POSTED)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a difficulty of one's unit."""
    plan = get_object_or_404(plans_seen(request), pk=pk)
    if request.method == "POST" and (answer := sent_before(request)):
        return answer
    form = DifficultyForm(request.user, plan, request.POST or None, request.FILES or None)
    must(None if form.units else _("Only the head or the clerk of the unit reports its difficulties."))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def write() -> Difficulty:
            return difficulties.report(
                request.user, plan, said["body"], said["text"], said["file"], key=said["key"]
            )

        if answer := send(request, form, write, _("The difficulty was sent to the issuer of the plan.")):
            return answer
    why = difficulties.must_be_in_period(plan)
    return show(request, "plans/difficulty_new.html", form, plan=plan, why=why)


@require_http_methods(POSTED)
def difficulty(request: HttpRequest, pk: int) -> HttpResponse:
    """One difficulty and its answer; the issuer answers here."""
    found = get_object_or_404(_difficulties(request), pk=pk)
    may = {step.name: step for step in offered(DIFFICULTY_STEPS, found, request.user)}
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["answer"]
        done = _("The unit sees the answer on its home page.")
        if answer := send(request, form, lambda: difficulties.answer(request.user, found, text), done):
            return answer
    own = must_report_difficulty(request.user, found) is None
    context = {
        "difficulty": found,
        "answers": "answer" in may,
        "adjusts": "adjust" in may and found.draft is None,
        "open_revision": difficulties.open_revision(found.plan) if "adjust" in may else None,
        "steps": [step for name, step in may.items() if name == "withdraw"],
        "notes": own and found.state in difficulties.ANSWERED and not found.noted_at,
        "log": LogEntry.objects.about(found),
    }
    return show(request, "plans/difficulty.html", form, **context)


@require_POST
def difficulty_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a difficulty back."""
    found = get_object_or_404(_difficulties(request), pk=pk)
    return take_step(request, {"withdraw": DIFFICULTY_STEPS["withdraw"]}, found, found)


@require_POST
def note_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit has read the answer."""
    found = get_object_or_404(_difficulties(request), pk=pk)
    done = _("Recorded: the unit has the answer.")
    return attempt(request, lambda: difficulties.note_answer(request.user, found), done, found)


@require_POST
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer by a revision: go on with the one being written, or begin one."""
    found = get_object_or_404(_difficulties(request), pk=pk)
    done = _("The difficulty is tied to the revision; issuing it answers the unit.")
    return attempt(request, lambda: answer_by_revision(request.user, found), done, found)


@require_safe
def difficulty_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file a unit sent with it."""
    return stored(get_object_or_404(_difficulties(request), pk=pk).file)


def _difficulties(request: HttpRequest) -> Any:
    return Difficulty.objects.visible_to(request.user).select_related(
        "plan__department", "plan__body", "body", "file", "by__person", "answered_by__person", "revision",
        "draft",
    )  # fmt: skip
