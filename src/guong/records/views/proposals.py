"""What may be proposed this year: for one subject, for everybody of a unit, and one answer explained."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guong.base.access import Role
from guong.base.answers import attachment, must
from guong.base.models import Body, Person
from guong.base.models.organisation import BodyKind
from guong.base.search import with_posts
from guong.base.workflow import Refused
from guong.law import Facts, FactsError, Law, NotInForce, Question, assess
from guong.law.engine import MERIT
from guong.plans.uploads import EXCEL
from guong.records import access, explaining
from guong.records.asking import facts_of, key_of
from guong.records.board_pages import page_context, workbook
from guong.records.boards import board_of
from guong.records.forms.proposals import BoardFilter, QuestionForm, YearForm
from guong.records.reach import (
    books_open_to,
    must_keep_subject,
    must_see_everybody_of,
    must_see_personal,
    unit_of,
)
from guong.regulations.here import law_of

PLACES = (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.SECTION)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where the reader may ask: oneself, the bodies one keeps, the sector. The only place opens at once."""
    user = request.user
    mine = Person.objects.filter(pk=user.person_id or 0).first()
    bodies = Body.objects.held_by(user, *access.UNIT_SIDE).current().filter(kind__in=PLACES).by_name()
    sectors = Body.objects.held_by(user, Role.STANDING_OFFICE).filter(department__isnull=False)
    places = [(reverse("records:board", args=[body.pk]), body) for body in bodies]
    above = [(reverse("records:sector", args=[body.pk]), body) for body in sectors.by_name()]
    own = reverse("records:proposals_of_person", args=[mine.pk]) if mine else ""
    if own and not places and not above:
        return redirect(own)
    context = {"own": own, "places": places, "sectors": above}
    return render(request, "records/proposals/start.html", context)


def _subject(request: HttpRequest, about: str, pk: int) -> Person | Body:
    seen = books_open_to(request.user) if about == "person" else Body.objects.visible_to(request.user)
    found = get_object_or_404(seen, pk=pk)
    must(must_see_personal(request.user, found))
    return found


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that may be proposed for a person."""
    return _overview(request, _subject(request, "person", pk))


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that may be proposed for a unit or a section as a collective."""
    return _overview(request, _subject(request, "body", pk))


def _overview(request: HttpRequest, subject: Any) -> HttpResponse:
    form = YearForm(request.GET)
    today, year = timezone.localdate(), form.year_asked()
    context = _about(request, subject) | {"form": form, "year": year, "today": today}
    try:
        law, facts = _asked(subject, today)
        lines = explaining.overview(law, facts, key_of(subject), year, today)
    except (FactsError, NotInForce, Refused):
        return render(request, "records/proposals/overview.html", context)
    context |= {
        "lines": lines, "next": explaining.next_of(lines), "law": law,
        "unverified": any(line.unverified for line in lines),
        "warnings": [hole.note for hole in law.holes_on(today)],
    }  # fmt: skip
    return render(request, "records/proposals/overview.html", context)


def _asked(subject: Person | Body, day: Any) -> tuple[Law, Facts]:
    """The law and the facts. Raises FactsError, or Refused, when the book has nobody to ask about."""
    facts = facts_of(subject, day)
    if not facts.subjects.height:
        raise FactsError("nothing to ask about")
    place = subject if isinstance(subject, Body) else unit_of(subject, day)
    return law_of(place.department_above()), facts


def _about(request: HttpRequest, subject: Any) -> dict[str, Any]:
    is_person = isinstance(subject, Person)
    about = "person" if is_person else "body"
    listed = not is_person and subject.kind in PLACES and not must_see_everybody_of(request.user, subject)
    return {
        "subject": subject, "is_person": is_person, "about": about,
        "works": with_posts([subject])[0].works if is_person else [],
        "book": reverse(f"records:{about}", args=[subject.pk]),
        "explanation": f"records:explanation_of_{about}",
        "board": reverse("records:board", args=[subject.pk]) if listed else "",
    }  # fmt: skip


@require_safe
def explanation(request: HttpRequest, pk: int, code: str, about: str) -> HttpResponse:
    """One answer with all its conditions, articles and missing facts; beside it another regime, if wanted."""
    subject = _subject(request, about, pk)
    context = _about(request, subject)
    try:
        law, facts = _asked(subject, timezone.localdate())
    except (FactsError, Refused):
        return render(request, "records/proposals/explanation.html", context)
    kind = facts.subjects["kind"][0]
    if code not in law.awards or kind not in law.awards[code].subjects:
        raise Http404
    branches = explaining.branches_of(law, code, kind)
    form = QuestionForm(request.GET, law=law, branches=branches)
    context |= {"form": form, "award": law.awards[code]}
    context |= _explained(request, subject, form, law, code)
    return render(request, "records/proposals/explanation.html", context)


def _explained(
    request: HttpRequest, subject: Person | Body, form: QuestionForm, law: Law, code: str
) -> dict[str, Any]:
    day = form.value("day", timezone.localdate())
    question = Question(key_of(subject), code, form.year_asked(), day, form.value("branch", MERIT))
    try:
        facts = facts_of(subject, day)
        found = explaining.explain(law, assess(law, facts, question))
    except (FactsError, NotInForce):
        return {"not_laid_down": day}
    context: dict[str, Any] = {"found": found, "enter": _enter(request, subject, found.missing)}
    if other := form.value("against", ""):
        context["against"] = other
        try:
            context["other"] = explaining.what_if(law, facts, question, other)
        except NotInForce:
            return context
        context["pairs"] = explaining.paired(found, context["other"])
    return context


def _enter(request: HttpRequest, subject: Any, missing: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pages on which what is missing is entered, for those who may."""
    if must_keep_subject(request.user, subject) is not None:
        return []
    about = "person" if isinstance(subject, Person) else "body"
    forms = {
        "ratings": ("rating", _("Enter a rating")), "titles": ("honour", _("Enter an award")),
        "initiatives": ("initiative", _("Enter an initiative")),
        "disciplines": ("circumstance", _("Enter a discipline or leave")),
        "leave": ("circumstance", _("Enter a discipline or leave")),
    }  # fmt: skip
    wanted = [forms[name] for name in missing if name in forms and (about, name) != ("body", "initiatives")]
    found = {reverse(f"records:add_{name}_of_{about}", args=[subject.pk]): label for name, label in wanted}
    unit = unit_of(subject, timezone.localdate())
    if wanted and access.must_keep_the_book_of(request.user, unit) is None:
        found[reverse("records:whole", args=[unit.pk])] = _("Say since when the book is whole")
    if {"employment", "service", "subjects"} & set(missing) and about == "person":
        found[reverse("base:person", args=[subject.pk])] = _("Correct the posts")
    return list(found.items())


def _board(request: HttpRequest, pk: int) -> tuple[Body, BoardFilter, Any]:
    found = get_object_or_404(Body.objects.visible_to(request.user).filter(kind__in=PLACES), pk=pk)
    must(must_see_everybody_of(request.user, found))
    year = BoardFilter(request.GET).year_asked()
    answers = board_of(found, year, timezone.localdate())
    return found, BoardFilter(request.GET, codes=answers.codes), answers


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody of a unit or section, and the answers of every award."""
    found, form, answers = _board(request, pk)
    context = page_context(request, form, answers) | {
        "body": found, "law": law_of(found.department_above()),
        "sheet": reverse("records:board_sheet", args=[pk]), "book": reverse("records:body", args=[pk]),
        "own": reverse("records:proposals_of_body", args=[pk]),
    }  # fmt: skip
    return render(request, "records/proposals/board.html", context)


@require_safe
def board_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as Excel, all rows that the filters leave."""
    found, form, answers = _board(request, pk)
    data = workbook(_("What may be proposed: %(body)s") % {"body": found}, form, answers)
    return attachment(data, f"co-the-de-nghi-{timezone.localdate():%Y-%m-%d}.xlsx", EXCEL)
