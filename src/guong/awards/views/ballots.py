"""Screens of a vote: the ballot on a phone, key sheets, closed box, opening, paper (07a, 07b, 07c)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access, sealed
from guong.awards.actions import boxes
from guong.awards.actions import sessions as actions
from guong.awards.ballot import OpenVote, voted
from guong.awards.forms.ballots import BoardForm, PaperForm, SheetsForm, envelope_of
from guong.awards.forms.councils import choices_of
from guong.awards.models import Box, Envelope, Seat, Session
from guong.awards.session_view import Sight, sight_of
from guong.base.answers import attachment, attempt, complain, must, send, show
from guong.base.workflow import Refused
from guong.papers.key_sheets import KeySheet, key_sheets_pdf

State = Session.State
BOARD = ("Trưởng ban kiểm phiếu", "Thư ký ban kiểm phiếu", "Ủy viên ban kiểm phiếu")


def _session(request: HttpRequest, pk: int) -> Session:
    sessions = Session.objects.visible_to(request.user).select_related("council__department__department")
    return get_object_or_404(sessions, pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's ballot, made for a phone."""
    if request.method == "POST" and "envelope" in request.POST:
        mine = Session.objects.where_seated(request.user).filter(pk=pk).first()
        return _receive(request, mine or _session(request, pk))
    found = _session(request, pk)
    must(access.must_sit_in_the_session(request.user, found))
    if request.method == "POST":
        return _cast(request, found)
    return render(request, _page(found), _ballot(found, request, {}))


def _page(session: Session) -> str:
    return "awards/sessions/sealed_ballot.html" if session.is_secret else "awards/sessions/ballot.html"


def _receive(request: HttpRequest, session: Session) -> HttpResponse:
    """An envelope sealed on the device; answered for its script. The same one may be sent again."""
    try:
        tracker = boxes.cast(by=request.user, session=session, envelope=envelope_of(request.POST["envelope"]))
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    moment = f"{timezone.localtime():%H:%M:%S}"
    return JsonResponse({"tracker": tracker, "at": moment, "count": len(voted(session))})


def _cast(request: HttpRequest, session: Session) -> HttpResponse:
    """A ballot without a script: open, or sealed here in memory."""
    choices = choices_of(request.POST)
    cast = boxes.cast_unsealed if session.is_secret else actions.vote
    try:
        cast(by=request.user, session=session, choices=choices)
    except Refused as refused:
        messages.error(request, str(refused))
        return render(request, _page(session), _ballot(session, request, choices), status=409)
    if not session.is_secret:
        said = _("The server has your choices. You may change them until the vote is closed.")
        messages.success(request, said)
    return redirect("awards:ballot", session.pk)


def _ballot(session: Session, request: HttpRequest, typed: dict[int, str]) -> dict[str, Any]:
    sight = sight_of(session, request.user)
    lines = _lines(session, sight, typed)
    open_lines = [line for line in lines if not line["apart"]]
    may_vote = session.is_secret or session.kind == Session.Kind.WRITTEN or sight.me.present
    return {
        "session": session,
        "seat": sight.me,
        "lines": lines,
        "choosing": bool(open_lines),
        "apart": len(lines) - len(open_lines),
        "left": sum(not line["choice"] for line in open_lines),
        "open": session.state == State.VOTING and may_vote,
        **(_of_the_box(session, sight.me, request) if session.is_secret else {}),
    }


def _lines(session: Session, sight: Sight, typed: dict[int, str]) -> list[dict[str, Any]]:
    """The nominees with the member's open choice, or what a refused form said."""
    seat = sight.me
    kept = {} if session.is_secret else dict(
        OpenVote.objects.filter(seat=seat).values_list("item_id", "choice")
    )  # fmt: skip
    mine = kept | typed
    apart = {r.item_id: r.reason for row in sight.rows for r in row.recused if r.seat_id == seat.pk}
    rows = sorted(sight.rows, key=lambda row: (row.item.order, row.item.pk))
    return [
        {"row": row, "choice": mine.get(row.item.pk, ""), "apart": apart.get(row.item.pk, "")} for row in rows
    ]


def _of_the_box(session: Session, seat: Seat, request: HttpRequest) -> dict[str, Any]:
    box = session.box
    mine = Envelope.objects.filter(box=box, seat=seat).first() if box else None
    return {
        "box": box,
        "tracker": mine.tracker if mine else "",
        "again": request.GET.get("lai") == "1" or request.method == "POST",
        "count": len(voted(session)),
        "members": session.seats.count(),
    }


@require_POST
def keys(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the key of the box; the answer is the PDF of its three sheets, which nobody can get again."""
    found = _session(request, pk)
    form = BoardForm(request.POST, session=found)
    if not form.is_valid():
        return complain(request, form, found)
    try:
        box, key = boxes.set_up(by=request.user, session=found, holders=form.holders())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    sheets = [
        KeySheet(seat.person.name, role, words)
        for seat, role, words in zip(box.holders, BOARD, key.sheets, strict=True)
    ]
    mark = box.setup_hash[:8]
    pdf = key_sheets_pdf(found.council.name, found.title, found.local_day, mark, sheets)
    return attachment(pdf, f"phieu-khoa-{found.pk}-{mark}.pdf", "application/pdf")


def _closed_box(session: Session) -> Box:
    """The box of a secret vote that is closed, 404 before: nobody watches it fill."""
    box = sealed.named_box(session) if session.is_sealed else None
    if box is None or not box.list_hash:
        raise Http404
    return box


@require_safe
def trackers(request: HttpRequest, pk: int) -> HttpResponse:
    """The sorted list of all trackers: every member finds theirs."""
    found = _session(request, pk)
    box = _closed_box(found)
    seat = access.seat_of(request.user, found)
    mine = (
        Envelope.objects.filter(box=box, seat=seat).values_list("tracker", flat=True).first() if seat else ""
    )
    context = {"session": found, "box": box, "trackers": sealed.trackers_of(box), "mine": mine, "seat": seat}
    return render(request, "awards/sessions/trackers.html", context)


@never_cache
@require_safe
def box_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The box for `guong verify-session`: every member may check it on another machine."""
    found = _session(request, pk)
    must(access.must_sit_in_the_session(request.user, found))
    box = _closed_box(found)
    return attachment(sealed.exported(box).encode(), f"hom-phieu-{found.pk}.json", "application/json")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counting(request: HttpRequest, pk: int) -> HttpResponse:
    """Two key sheets open the box."""
    found = _session(request, pk)
    must(access.must_count_the_ballots(request.user, found))
    box = _closed_box(found)
    form = SheetsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = [form.cleaned_data["first"], form.cleaned_data["second"]]
        answer = send(
            request, form, lambda: boxes.open_box(by=request.user, session=found, sheets=words),
            _("The box is opened and counted. Destroy the three key sheets now."),
        )  # fmt: skip
        if answer:
            return answer
    count = box.envelopes.count()
    return show(request, "awards/sessions/counting.html", form, session=found, box=box, count=count)


@require_POST
def destroy(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the three sheets are destroyed."""
    found = _session(request, pk)
    said = _("It is recorded that the three key sheets are destroyed.")
    return attempt(request, lambda: boxes.record_destruction(by=request.user, session=found), said, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Totals of ballots on paper, entered by two members apart."""
    found = _session(request, pk)
    must(access.must_sit_in_the_session(request.user, found))
    if not found.on_paper:
        raise Http404
    form = PaperForm(request.POST or None, items=sealed.agenda(found))
    if request.method == "POST" and form.is_valid():
        answer = send(
            request, form,
            lambda: boxes.count_paper(by=request.user, session=found, totals=form.totals()),
            _("Your totals are kept."), found,
        )  # fmt: skip
        if answer:
            return answer
    counted = [count.by for count in found.paper_counts.select_related("by__person")]
    return show(request, "awards/sessions/paper.html", form, session=found, counted=counted)
