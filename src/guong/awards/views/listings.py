"""Lists posted for comment: all of them, one with its comments, posting, answering, closing (D-04, D-15)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access
from guong.awards.actions import listings as actions
from guong.awards.days import database_today
from guong.awards.flow import LISTING_STEPS
from guong.awards.forms.listings import AnswerForm, CommentForm, ListingForm
from guong.awards.models import Comment, Listing, Nomination
from guong.base.access import SECTOR_READERS, Role
from guong.base.answers import attempt, complain, must, page_of, send, show
from guong.base.models import Body, BodyKind, LogEntry
from guong.base.workflow import refusals
from guong.movements.models import Movement


@require_safe
def listings(request: HttpRequest) -> HttpResponse:
    """Open lists first, then the closed ones, newest first."""
    unanswered = Count("entries__comments", filter=Q(entries__comments__answer=""), distinct=True)
    found = (
        Listing.objects.visible_to(request.user)
        .annotate(
            nominees=Count("entries", distinct=True),
            comments=Count("entries__comments", distinct=True),
            unanswered=unanswered,
        )
        .order_by("-state", "-opens_on", "-pk")
    )
    context = {
        "page": page_of(request, found),
        "today": database_today(),
        "reader": request.user.scope.has(*SECTOR_READERS),
        "may_post": request.user.scope.has(Role.STANDING_OFFICE),
    }
    return render(request, "awards/listings/list.html", context)


def _listing(request: HttpRequest, pk: int) -> Listing:
    found = Listing.objects.visible_to(request.user).select_related("department")
    return get_object_or_404(found, pk=pk)


def _page(request: HttpRequest, found: Listing, form: CommentForm | None = None) -> HttpResponse:
    entries = page_of(request, _entries(found))
    seen = Comment.objects.visible_to(request.user).filter(entry__in=[entry.pk for entry in entries])
    by_entry: dict[int, list[Comment]] = {}
    for comment in seen.select_related("author__person", "answered_by__person"):
        by_entry.setdefault(comment.entry_id, []).append(comment)
    today = database_today()
    keeps = not access.must_be_standing_office(request.user, found)
    context = {
        "listing": found,
        "page": entries,
        "rows": [{"entry": entry, "comments": by_entry.get(entry.pk, [])} for entry in entries],
        "open": found.state == Listing.State.OPEN and today <= found.closes_on,
        "reader": request.user.scope.holds(found.department, *SECTOR_READERS),
        "keeps": keeps,
        "may_answer": keeps,
        "close": LISTING_STEPS["close"],
        "why_open": refusals(LISTING_STEPS["close"], found, request.user) if keeps else [],
        "comment_form": form or CommentForm(),
        "chosen": _chosen(request, form, entries),
        "history": LogEntry.objects.about(found)[:50] if keeps else [],
    }
    return render(request, "awards/listings/page.html", context, status=422 if form else 200)


def _entries(found: Listing) -> Any:
    return (
        found.entries.select_related(
            "nomination__movement", "nomination__unit", "nomination__person", "nomination__body",
            "nomination__employment",
        )
        .annotate(said=Count("comments"))
        .order_by("nomination__movement__order", "nomination__subject", "pk")
    )  # fmt: skip


def _chosen(request: HttpRequest, form: CommentForm | None, entries: Any) -> Any:
    """The nominee a comment is about to be written on."""
    asked = str(form.data.get("entry", "")) if form else request.GET.get("ve", "")
    return next((entry for entry in entries if str(entry.pk) == asked), None)


@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: nominees, achievements, and the comments the reader may see."""
    return _page(request, _listing(request, pk))


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a nominee, while the list is open."""
    found = _listing(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        entry = get_object_or_404(found.entries.select_related("listing"), pk=values["entry"])
        answer = send(
            request, form,
            lambda: actions.comment(by=request.user, entry=entry, text=values["text"], key=values["key"]),
            _("Your comment was received. The standing office answers it before the council meets."),
            f"{found.get_absolute_url()}?ve={entry.pk}#d-{entry.pk}",
        )  # fmt: skip
        if answer:
            return answer
    return _page(request, found, form)


@require_POST
def answer(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """The standing office answers a comment."""
    found = _listing(request, pk)
    wanted = Comment.objects.visible_to(request.user).filter(entry__listing=found)
    said = get_object_or_404(wanted.select_related("entry__nomination", "entry__listing"), pk=comment_pk)
    back = f"{found.get_absolute_url()}#d-{said.entry_id}"
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return complain(request, form, back)
    return attempt(
        request,
        lambda: actions.answer(by=request.user, comment=said, text=form.cleaned_data["text"]),
        _("The answer is recorded."), back,
    )  # fmt: skip


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the list after its last day."""
    found = _listing(request, pk)
    return attempt(
        request, lambda: actions.close(by=request.user, listing=found), _("The list is closed."), found
    )


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest) -> HttpResponse:
    """Put nominations on a new list or on an open one."""
    held = Body.objects.held_by(request.user, Role.STANDING_OFFICE)
    department = held.filter(kind=BodyKind.DEPARTMENT).select_related("department").first()
    must(None if department else _("Only the standing office may do this."))
    form = ListingForm(
        request.POST or None,
        department=department,
        listings=Listing.objects.visible_to(request.user),
        initial={"title": actions.next_title(department)},
    )
    chosen = _asked_for(request)
    if request.method == "POST" and form.is_valid() and (done := _post(request, form, department, chosen)):
        return done
    return show(request, "awards/listings/post.html", form, chosen=chosen)


def _asked_for(request: HttpRequest) -> list[Nomination]:
    """Numbers in the address or ticked on this page; without any: all appraised ones of the long road."""
    visible = Nomination.objects.visible_to(request.user).with_names().select_related("appraisal")
    if request.method == "POST":
        numbers = [text for text in request.POST.getlist("pk") if text.isdecimal()]
    else:
        numbers = [text for text in request.GET.get("ho-so", "").split(",") if text.isdecimal()]
    appraised = Q(state=Nomination.State.APPRAISED) & ~Q(movement__route=Movement.Route.AD_HOC)
    wanted = Q(pk__in=numbers) if numbers or request.method == "POST" else appraised
    found = visible.filter(wanted).order_by("movement__plan_id", "movement__order", "subject", "pk")
    return list(found[: actions.MOST_AT_ONCE])


def _post(
    request: HttpRequest, form: ListingForm, department: Body, chosen: list[Nomination]
) -> HttpResponse | None:
    values, results = form.cleaned_data, []

    def write() -> Listing:
        if values.get("listing"):
            results.extend(actions.add(by=request.user, listing=values["listing"], nominations=chosen))
            return values["listing"]
        made, found = actions.post(
            by=request.user, department=department, title=values["title"],
            closes_on=values["closes_on"], nominations=chosen, key=values["key"],
        )  # fmt: skip
        results.extend(found)
        return made

    answer = send(request, form, write)
    if answer:
        _tell(request, results)
    return answer


def _tell(request: HttpRequest, results: list[actions.Result]) -> None:
    done = sum(not result.why for result in results)
    if done:
        messages.success(request, _("Put on the list: %(n)s.") % {"n": done})
    for result in [result for result in results if result.why][:10]:
        messages.warning(request, f"{result.nomination.name}: {result.why}")
