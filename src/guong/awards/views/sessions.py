"""Screens of a council session: calling it, its page, the ballot, the conclusion, the minutes (07a, 07c)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access, sealed
from guong.awards.actions import conclusions
from guong.awards.actions import sessions as actions
from guong.awards.actions.decisions import waiting_for_a_decision
from guong.awards.ballot import voted
from guong.awards.flow import SESSION_STEPS
from guong.awards.forms.ballots import BoardForm
from guong.awards.forms.councils import (
    CallForm,
    ConcludeForm,
    ReasonForm,
    RecusalForm,
    WhenForm,
    attendance_of,
)
from guong.awards.minutes import minutes_paper
from guong.awards.models import Council, Item, Session
from guong.awards.session_view import direct_workers, road, sight_of
from guong.base.answers import attachment, attempt, complain, must, send, sent_before, show
from guong.base.models import LogEntry
from guong.base.workflow import offered, refusals, take
from guong.papers.pdf import to_pdf
from guong.papers.word import to_docx

State = Session.State
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGES = ("conclude", "open_box", "count_paper")  # steps with a page of their own
SAID = {
    "open_voting": gettext_lazy("The vote is open."),
    "close_voting": gettext_lazy("The vote is closed and counted."),
    "close_box": gettext_lazy("The box is closed: members find their trackers, then two sheets open it."),
    "vote_again": gettext_lazy("The round is dropped: print new key sheets, then open the vote."),
    "vote_on_paper": gettext_lazy("The vote is on paper: two members enter the totals."),
}
WRITERS = {"docx": (to_docx, WORD), "pdf": (to_pdf, "application/pdf")}


def _session(request: HttpRequest, pk: int) -> Session:
    sessions = Session.objects.visible_to(request.user).select_related("council__department__department")
    return get_object_or_404(sessions, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a session: when, where, and who is on the agenda."""
    council = get_object_or_404(
        Council.objects.visible_to(request.user).select_related("department__department"), pk=pk
    )
    must(access.must_keep_councils(request.user, council))
    if earlier := sent_before(request):
        return earlier
    ready = actions.ready_for_a_council(council.department)
    form = CallForm(request.POST or None, ready=ready)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "place", "kind", "nominations", "key")}
        answer = send(
            request, form,
            lambda: actions.call(by=request.user, council=council, held_at=form.held_at(), **values),
            _("The session is called; members stand on its list."),
        )  # fmt: skip
        if answer:
            return answer
    chosen = set(request.POST.getlist("nominations"))
    context = {"council": council, "ready": _with_leaders(ready), "chosen": chosen}
    return show(request, "awards/sessions/new.html", form, **context)


def _with_leaders(ready: QuerySet) -> list[Any]:
    return list(ready.select_related("appraisal"))


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one session, for members, its secretary and its chair."""
    found = _session(request, pk)
    sight = sight_of(found, request.user)
    cast = voted(found) if found.state in (State.VOTING, State.BOXED) else set()
    blocked = {step.name: why for step in _buttons(found, request) if (why := _why_not(step, found, request))}
    context = {
        "session": found,
        "sight": sight,
        "road": road(found, sight),
        "workers": direct_workers(sight.rows),
        "voted": len(cast),
        "i_voted": sight.me is not None and sight.me.pk in cast,
        "box": sealed.named_box(found) if found.is_secret else None,
        "board_form": _board(found, request),
        "may_count": access.must_count_the_ballots(request.user, found) is None,
        "steps": _buttons(found, request),
        "blocked": blocked,
        "recusal_form": RecusalForm(session=found) if sight.may_keep_record else None,
        "groups": conclusions.groups_of(found) if found.state == State.CLOSED else [],
        "free": _free_for_a_decision(found) if found.state == State.CONCLUDED else 0,
        "may_draft": access.must_be_standing_office(request.user, found) is None,
        "may_keep": access.must_keep_councils(request.user, found) is None,
        "history": LogEntry.objects.about(found).exclude(action="vote", refused=False)[:40],
    }
    return render(request, "awards/sessions/session.html", context)


def _free_for_a_decision(session: Session) -> int:
    return waiting_for_a_decision(session.department).filter(items__session=session).count()


def _buttons(session: Session, request: HttpRequest) -> list[Any]:
    """Opening and closing are buttons; conclusion and counting have pages of their own."""
    return [step for step in offered(SESSION_STEPS, session, request.user) if step.name not in PAGES]


def _board(session: Session, request: HttpRequest) -> BoardForm | None:
    """Who leads a sealed session chooses the counting board before the vote."""
    if not session.is_sealed or session.state != State.CALLED:
        return None
    leads = access.must_lead_the_session(request.user, session) is None
    return BoardForm(session=session) if leads else None


def _why_not(step: Any, session: Session, request: HttpRequest) -> str:
    return " ".join(refusals(step, session, request.user, note="asked in the dialog"))


@require_POST
def session_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close the vote, or hold it anew."""
    found = _session(request, pk)
    step = SESSION_STEPS.get(request.POST.get("step", ""))
    if step is None or step.name in PAGES:
        raise Http404
    note = request.POST.get("note", "")
    return attempt(request, lambda: take(step, found, by=request.user, note=note), SAID[step.name], found)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, place or title."""
    found = _session(request, pk)
    must(access.must_keep_councils(request.user, found))
    form = WhenForm(request.POST or None, initial=WhenForm.values_of(found))
    if request.method == "POST" and form.is_valid():
        values = {"title": form.cleaned_data["title"], "place": form.cleaned_data["place"]}
        answer = send(
            request, form,
            lambda: actions.amend(by=request.user, session=found, held_at=form.held_at(), **values),
            _("Saved."),
        )  # fmt: skip
        if answer:
            return answer
    return show(request, "awards/sessions/edit.html", form, session=found)


@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretary's list of who came."""
    found = _session(request, pk)
    came = attendance_of(request.POST, found)
    return attempt(
        request,
        lambda: actions.record_attendance(by=request.user, session=found, came=came),
        _("Attendance is recorded."),
        found,
    )


@require_POST
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """A member who stands back from one nominee."""
    found = _session(request, pk)
    form = RecusalForm(request.POST, session=found)
    if not form.is_valid():
        return complain(request, form, found)
    said = _("%(name)s stands back; this is printed in the minutes.")
    return attempt(
        request,
        lambda: actions.recuse(by=request.user, **form.cleaned_data),
        said % {"name": form.cleaned_data["seat"].person.name},
        found,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's page: the result, ties to settle, the conclusion."""
    found = _session(request, pk)
    must(access.must_chair_the_session(request.user, found))
    form = ConcludeForm(request.POST or None, session=found)
    if request.method == "POST" and form.is_valid():
        first = [item.pk for item in form.cleaned_data["first"]]
        words = {name: form.cleaned_data[name] for name in ("reason", "words")}
        answer = send(
            request, form,
            lambda: conclusions.conclude(by=request.user, session=found, settled=first, **words),
            _("The session is concluded; the minutes can be downloaded."),
        )  # fmt: skip
        if answer:
            return answer
    groups = conclusions.groups_of(found) if found.state == State.CLOSED else []
    context = {
        "session": found,
        "sight": sight_of(found, request.user),
        "groups": groups,
        "any_tied": any(group.tied for group in groups),
        "first": {int(pk) for pk in request.POST.getlist("first") if pk.isdigit()},
    }
    return show(request, "awards/sessions/conclude.html", form, **context)


@require_POST
def reserve(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Promote one in reserve, or end the wait."""
    found = _session(request, pk)
    waiting = get_object_or_404(
        Item.objects.filter(session=found).select_related("session", "nomination"), pk=item
    )
    form = ReasonForm(request.POST)
    act = {"promote": conclusions.promote, "release": conclusions.release_reserve}.get(
        request.POST.get("step", "")
    )
    if act is None:
        raise Http404
    if not form.is_valid():
        return complain(request, form, found)
    return attempt(
        request,
        lambda: act(by=request.user, item=waiting, reason=form.cleaned_data["note"]),
        _("%(name)s: recorded.") % {"name": waiting.nomination.name},
        found,
    )


@require_safe
def minutes(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The minutes of a concluded session as Word or PDF."""
    found = _session(request, pk)
    if ending not in WRITERS or found.state != State.CONCLUDED:
        raise Http404
    write, content_type = WRITERS[ending]
    day = f"{found.local_day:%Y-%m-%d}"
    return attachment(write(minutes_paper(found)), f"bien-ban-{found.pk}-{day}.{ending}", content_type)
