"""Screens of the unit: choosing whom to nominate, writing, evidence (D-01, D-10, D-14)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access
from guong.awards.actions import nominations as actions
from guong.awards.completeness import holds_post
from guong.awards.forms.nominations import EditNominationForm, FileForm, LinkForm, NewNominationForm
from guong.awards.models import Nomination
from guong.base.answers import attempt, complain, must, send, show
from guong.base.models import Body, BodyKind, Employment, User
from guong.base.search import having_words
from guong.base.text import fold
from guong.movements.models import Movement, Subject
from guong.plans.models import Plan

MOST_FOUND = 30
COLLECTIVES = (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.SECTION)


def open_movements(user: User) -> Any:
    """Movements that take nominations now, in the order of their plans."""
    plans = Plan.objects.visible_to(user).filter(state=Plan.State.IN_FORCE)
    return (
        Movement.objects.visible_to(user)
        .of_departments()
        .filter(plan__in=plans, ended_by=None)
        .select_related("plan")
        .order_by("-plan__year", "plan_id", "order")
    )


def own_bodies(user: User) -> Any:
    """Units and sections the user writes nominations for."""
    return Body.objects.held_by(user, *access.UNIT_SIDE).current().filter(kind__in=COLLECTIVES)


def own_workers(user: User) -> Any:
    """Employments in force in the user's own units."""
    held = user.scope.within("body", *access.UNIT_SIDE)
    return Employment.objects.in_force().filter(held).select_related("person", "body__parent")


def _must_nominate(user: User) -> None:
    mine = user.scope.has(*access.UNIT_SIDE)
    must(None if mine else _("Only the clerk or the head of the nominating unit may do this."))


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """First the movement, then the person (found without diacritics) or the collective."""
    _must_nominate(request.user)
    movements = list(open_movements(request.user))
    asked = request.GET.get("phong-trao", "")
    movement = next((found for found in movements if str(found.pk) == asked), None)
    subject = request.GET.get("doi-tuong", Subject.INDIVIDUAL)
    words = request.GET.get("ten", "").strip()
    context = {
        "movements": movements,
        "movement": movement,
        "subject": subject if subject in Subject.values else Subject.INDIVIDUAL,
        "subjects": Subject.choices,
        "words": words,
    }
    if movement and subject == Subject.COLLECTIVE:
        context["bodies"] = own_bodies(request.user).order_by("path")[:300]
    elif movement and fold(words):
        works = list(_workers(request.user, words)[: MOST_FOUND + 1])
        context |= {"works": works[:MOST_FOUND], "more": len(works) > MOST_FOUND, "most": MOST_FOUND}
        context["fitting"] = {
            work.pk for work in works if not movement.posts or holds_post(work, movement.posts)
        }
    return render(request, "awards/nominations/choose.html", context)


def _workers(user: User, words: str) -> Any:
    """Those whose name ends as it was typed come first: "hoa" is Hoa and Hòa before Hoàng."""
    ends_so = Case(When(person__name_fold__endswith=f" {fold(words)}", then=0), default=1)
    found = having_words(own_workers(user), "person__name_fold", words)
    return found.order_by(ends_so, "person__sort_key", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest, movement: int, work: int) -> HttpResponse:
    """Write the nomination of one person."""
    return _new(request, movement, get_object_or_404(own_workers(request.user), pk=work))


@require_http_methods(["GET", "HEAD", "POST"])
def new_collective(request: HttpRequest, movement: int, body: int) -> HttpResponse:
    """Write the nomination of one unit or section."""
    return _new(request, movement, get_object_or_404(own_bodies(request.user), pk=body))


def _new(request: HttpRequest, movement_pk: int, nominee: Employment | Body) -> HttpResponse:
    movement = get_object_or_404(open_movements(request.user), pk=movement_pk)
    subject = Subject.INDIVIDUAL if isinstance(nominee, Employment) else Subject.COLLECTIVE
    form = NewNominationForm(request.POST or None, movement=movement, subject=subject)
    if request.method == "POST" and form.is_valid():
        answer = send(
            request, form,
            lambda: actions.draft(
                by=request.user, movement=movement, nominee=nominee, text=form.text(),
                key=form.cleaned_data["key"],
            ),
        )  # fmt: skip
        if answer:
            return answer
    person = nominee.person if isinstance(nominee, Employment) else None
    return show(
        request, "awards/nominations/write.html", form, movement=movement, nominee=nominee, person=person,
        name=person.name if person else nominee.name,
    )  # fmt: skip


def _mine(request: HttpRequest, pk: int) -> Nomination:
    return get_object_or_404(
        Nomination.objects.visible_to(request.user).with_names().select_related("movement__plan"), pk=pk
    )


def _edit_form(request: HttpRequest, nomination: Nomination) -> EditNominationForm:
    names = ("title_code", "achieved_on", "achievement", "version")
    initial = {name: getattr(nomination, name) for name in names} | {"programme": nomination.programme_id}
    return EditNominationForm(
        request.POST or None, movement=nomination.movement, subject=nomination.subject, initial=initial
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the text while the nomination is with the unit; what was typed is kept on a conflict."""
    nomination = _mine(request, pk)
    must(access.must_be_unit_clerk(request.user, nomination))
    form = _edit_form(request, nomination)
    if request.method == "POST" and form.is_valid():
        answer = send(
            request, form,
            lambda: actions.edit(
                by=request.user, nomination=nomination, version=form.cleaned_data["version"],
                text=form.text(),
            ),
            _("Saved."),
        )  # fmt: skip
        if answer:
            return answer
        nomination = _mine(request, pk)
    return show(
        request, "awards/nominations/write.html", form, movement=nomination.movement,
        nomination=nomination, person=nomination.person, name=nomination.name,
        nominee=nomination.employment or nomination.body,
    )  # fmt: skip


@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file of evidence; refused files say their name and why."""
    nomination = _mine(request, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return complain(request, form, f"{nomination.get_absolute_url()}#minh-chung")
    upload = form.cleaned_data["file"]
    return attempt(
        request,
        lambda: actions.add_file(
            by=request.user, nomination=nomination, caption=form.cleaned_data["caption"],
            name=upload.name, data=upload.read(), key=form.cleaned_data["key"],
        ),
        _("The evidence was added."), f"{nomination.get_absolute_url()}#minh-chung",
    )  # fmt: skip


@require_POST
def add_link(request: HttpRequest, pk: int) -> HttpResponse:
    """One address of evidence."""
    nomination = _mine(request, pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return complain(request, form, f"{nomination.get_absolute_url()}#minh-chung")
    return attempt(
        request,
        lambda: actions.add_link(by=request.user, nomination=nomination, **form.cleaned_data),
        _("The evidence was added."), f"{nomination.get_absolute_url()}#minh-chung",
    )  # fmt: skip


@require_POST
def remove_evidence(request: HttpRequest, pk: int, piece: int) -> HttpResponse:
    """Take one piece away."""
    nomination = _mine(request, pk)
    found = get_object_or_404(nomination.evidence, pk=piece)
    return attempt(
        request,
        lambda: actions.remove_evidence(by=request.user, nomination=nomination, piece=found),
        _("The evidence was taken away."), f"{nomination.get_absolute_url()}#minh-chung",
    )  # fmt: skip
