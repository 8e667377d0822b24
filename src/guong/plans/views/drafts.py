"""Writing a plan: the list of drafts, a new one, its pages, its road, its papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import (
    attachment,
    attempt,
    complain,
    must,
    page_of,
    send,
    sent_before,
    show,
    stored,
)  # fmt: skip
from guong.base.forms.papers import NumberForm
from guong.base.models import LogEntry
from guong.base.workflow import Refused, offered, refusals
from guong.papers import layout
from guong.plans.access import must_write_drafts
from guong.plans.actions import Changed, drafting, issuing
from guong.plans.after.draft import Revising
from guong.plans.flow import PLAN_DRAFT_STEPS
from guong.plans.forms import DraftFilter, StartForm, bodies_written_for
from guong.plans.models import PlanDraft
from guong.plans.writing import papers, screen
from guong.plans.writing.pages import Page, page_called, pages
from guong.plans.writing.typed import as_draft, written

CHECKED = ("submit", "approve", "issue")


def _drafts(request: HttpRequest) -> Any:
    return PlanDraft.objects.visible_to(request.user).select_related(
        "department",
        "body",
        "parent",
        "model",
        "revises",
        "plan",
        "revises__department",
        "revises__body",
        "created_by__person",
    )


@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """Drafts one may see, newest first; those that are over only when asked for."""
    form = DraftFilter(request.GET)
    state = form.cleaned_data.get("state") if form.is_valid() else ""
    found = (
        _drafts(request).filter(state=state) if state else _drafts(request).exclude(state__in=drafting.OVER)
    )
    page = page_of(request, found.defer("unseen"))
    context = {
        "form": form, "page": page, "rows": list(page), "filtered": bool(state),
        "may_write": bodies_written_for(request.user).exists(),
    }  # fmt: skip
    return render(request, "plans/drafts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_new(request: HttpRequest) -> HttpResponse:
    """Choose what the plan starts from."""
    may = bodies_written_for(request.user).exists()
    must(None if may else _("Only those who write the plans of a body start one."))
    if earlier := sent_before(request):
        return earlier
    form = StartForm(request.user, request.POST or None, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("origin", "key")}
        answer = send(
            request, form,
            lambda: drafting.start_draft(request.user, form.body_chosen, plan=form.plan_chosen, **values),
        )  # fmt: skip
        if answer:
            return answer
    return show(request, "plans/drafts/new.html", form)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """`?tu=12` starts from plan 12 above; `?sau=12` after plan 12 of last year."""
    for name, field, origin in (("tu", "parent", "parent"), ("sau", "earlier", "last_year")):
        if request.GET.get(name, "").isdigit():
            return {"origin": origin, field: request.GET[name]}
    return {}


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a paper, its pages with what is missing, and what can be done with it now."""
    found = get_object_or_404(_drafts(request), pk=pk)
    whole = screen.overview(found)
    context = {
        "draft": found,
        "whole": whole,
        "road": screen.road(found),
        "may_write": found.open and must_write_drafts(request.user, found) is None,
        "log": LogEntry.objects.about(found)[:40],
        "revising": Revising(found, request.user) if found.revises else None,
    }
    return render(
        request, "plans/drafts/draft.html", context | _paper(found) | _can_be_done(found, request.user)
    )


def _paper(found: PlanDraft) -> dict[str, Any]:
    try:
        return {"paper": layout.content(papers.paper_of_draft(found))}
    except Refused as refused:
        return {"no_paper": str(refused)}


def _can_be_done(found: PlanDraft, user: Any) -> dict[str, Any]:
    may = offered(PLAN_DRAFT_STEPS, found, user)
    steps = [step for step in may if step.name != "number"]
    checked = [step for step in steps if step.name in CHECKED]
    numbers = any(step.name == "number" for step in may)
    return {
        "steps": steps,
        "blocked": {step.name: " ".join(refusals(step, found, user, "-")) for step in checked},
        "number_form": NumberForm(initial={"version": found.version}) if numbers else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One page of a draft, to be written."""
    found = get_object_or_404(_drafts(request), pk=pk)
    page = page_called(slug)
    if page is None:
        raise Http404
    must(must_write_drafts(request.user, found))
    if request.method == "POST":
        return _written(request, found, page)
    if why := drafting.must_be_open(found):
        messages.error(request, why)
        return redirect(found)
    return _page(request, found, page)


def _written(request: HttpRequest, found: PlanDraft, page: Page) -> HttpResponse:
    texts = {name.removeprefix("v."): request.POST[name] for name in request.POST if name[:2] in ("v.", "n.")}
    act = request.POST.get("do", "save")
    content = written(found, page, texts, act)
    try:
        drafting.save_page(request.user, found, page, content, request.POST.get("seen", ""))
    except Changed as changed:
        messages.error(request, str(changed))
        return _page(request, found, page, mine=content, status=409)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, found, page, mine=content, status=422)
    return redirect(_after(found, page, act))


def _after(found: PlanDraft, page: Page, act: str) -> str:
    """Where a saved page leads: the next one, the draft, or back with an empty row to write on."""
    here = reverse("plans:draft_page", args=[found.pk, page.slug])
    if act.startswith("add:"):
        return f"{here}?them={act.removeprefix('add:')}#moi"
    if act == "next":
        following = pages()[pages().index(page) + 1 :]
        return reverse("plans:draft_page", args=[found.pk, following[0].slug]) if following else _whole(found)
    return here if ":" in act or act == "stay" else _whole(found)


def _whole(found: PlanDraft) -> str:
    return found.get_absolute_url()


def _page(
    request: HttpRequest, found: PlanDraft, page: Page, mine: Any = None, status: int = 200
) -> HttpResponse:
    shown = as_draft(found, found.content if mine is None else mine)
    context = {
        "draft": found,
        "page": page,
        "whole": screen.overview(found),
        "sheets": screen.sheets(shown, page, request.GET.get("them", "")),
        "directory": shown.directory,
        "seen": page.stamp(found.content),
        "theirs": screen.in_words(as_draft(found, found.content), page) if status == 409 else [],
        "unseen": page.slug in found.unseen,
        "last": page == pages()[-1],
        "may_confirm": True,
    }
    return render(request, "plans/drafts/page.html", context, status=status)


@require_POST
def draft_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Send, take back, approve, return, issue, give up."""
    found = get_object_or_404(_drafts(request), pk=pk)
    name, note = request.POST.get("step", ""), request.POST.get("note", "")
    version = _version(request, found)
    if name == "issue":
        return _issue(request, found, version)
    if name not in drafting.MOVED:
        raise Http404
    return attempt(
        request, lambda: drafting.move(request.user, found, name, version=version, note=note), "", found
    )


def _version(request: HttpRequest, found: PlanDraft) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else found.version


def _issue(request: HttpRequest, found: PlanDraft, version: int) -> HttpResponse:
    try:
        issued = issuing.issue(request.user, found, version=version)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    messages.success(request, _("The plan is issued: its text is fixed and its records are there."))
    return redirect(issued.plan or issued.revises or issued)


@require_POST
def draft_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an approved draft its number and day."""
    found = get_object_or_404(_drafts(request), pk=pk)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return complain(request, form, found)
    values = {"on": form.cleaned_data["signed_on"], "version": form.cleaned_data["version"]}
    return attempt(
        request,
        lambda: issuing.give_number(request.user, found, by_hand=form.cleaned_data["by_hand"], **values),
        _("The plan has its number. Print it, have it signed, then issue it."),
        found,
    )


@require_safe
def draft_paper(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The draft as Word or PDF, made now; the files kept once it is issued."""
    found = get_object_or_404(_drafts(request).select_related("word_file", "pdf_file"), pk=pk)
    if ending not in papers.WRITERS:
        raise Http404
    if kept := {"docx": found.word_file, "pdf": found.pdf_file}[ending]:
        return stored(kept)
    try:
        data = papers.file_of(found, ending)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    return attachment(data, papers.file_name(found, ending), papers.WRITERS[ending][1])
