"""Entering, correcting and withdrawing one line."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from guong.base.answers import must, send, sent_before, show
from guong.base.models import Body, LogEntry, Person
from guong.base.search import with_posts
from guong.base.text import fold
from guong.records.actions.entries import (
    add_author,
    amend,
    enter,
    enter_initiative,
    must_keep_line,
    say_whole,
    withdraw,
)
from guong.records.forms.entries import (
    AuthorForm,
    CircumstanceForm,
    HonourForm,
    InitiativeForm,
    NewInitiativeForm,
    RatingForm,
    WholeForm,
    WithdrawForm,
)
from guong.records.models import Circumstance, Honour, Initiative, Rating
from guong.records.models.entries import book_of
from guong.records.reach import books_open_to, must_keep_subject

FORMS: dict[type, Any] = {Honour: HonourForm, Rating: RatingForm, Circumstance: CircumstanceForm,
                          Initiative: InitiativeForm}  # fmt: skip
TITLES = {
    Honour: gettext_lazy("Enter an award of %(name)s"),
    Rating: gettext_lazy("Enter a rating of %(name)s"),
    Circumstance: gettext_lazy("Enter a discipline, a matter or a leave of %(name)s"),
    Initiative: gettext_lazy("Enter an initiative of %(name)s"),
}
INTROS = {
    Honour: gettext_lazy(
        "Awards decided here enter by themselves. This form is for other levels and older years."
    ),
    Rating: gettext_lazy("Read only by those who must."),
    Circumstance: gettext_lazy("Dates only, no story. Read only by those who must."),
    Initiative: gettext_lazy("Co-authors are added on the next page."),
}
EDITING = ["GET", "HEAD", "POST"]


def _subject(request: HttpRequest, about: str, pk: int) -> Person | Body:
    seen = books_open_to(request.user) if about == "person" else Body.objects.visible_to(request.user)
    found = get_object_or_404(seen, pk=pk)
    must(must_keep_subject(request.user, found))
    return found


@require_http_methods(EDITING)
def add(request: HttpRequest, pk: int, about: str, model: Any) -> HttpResponse:
    """One more line about a person or a collective."""
    subject = _subject(request, about, pk)
    if request.method == "POST" and (earlier := sent_before(request)):
        return earlier
    form = (NewInitiativeForm if model is Initiative else FORMS[model])(request.POST or None, subject=subject)
    if form.is_valid():
        key = form.cleaned_data["key"]
        answer = send(
            request, form, lambda: _enter(model, subject, form, request, key), _("The line is entered."),
            to=None if model is Initiative else book_of(subject),
        )  # fmt: skip
        if answer:
            return answer
    return show(
        request, "records/form.html", form, subject=subject, book=book_of(subject), intro=INTROS[model],
        title=TITLES[model] % {"name": subject}, button=_("Enter into the book"), back=book_of(subject),
        is_personal=model.IS_PERSONAL,
    )  # fmt: skip


def _enter(model: type, subject: Any, form: Any, request: HttpRequest, key: Any) -> Any:
    if model is Initiative:
        share = form.cleaned_data["share"]
        return enter_initiative(subject, form.values(), share, by=request.user, key=key)
    return enter(model, subject, form.values(), by=request.user, key=key)


def _line(request: HttpRequest, model: Any, pk: int) -> Any:
    line = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    must(must_keep_line(request.user, line))
    return line


@require_http_methods(EDITING)
def edit(request: HttpRequest, pk: int, model: Any) -> HttpResponse:
    """Correct a line; the version seen guards against two at once."""
    line = _line(request, model, pk)
    subject = getattr(line, "subject", None)
    form = FORMS[model](request.POST or None, instance=line, subject=subject)
    back = line.get_absolute_url()
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        answer = send(
            request, form, lambda: amend(line, form.values(), version=version, by=request.user),
            _("The line is corrected."), to=back,
        )  # fmt: skip
        if answer:
            return answer
    return show(
        request, "records/form.html", form, subject=subject or line, book=back, back=back,
        title=_("Correct: %(line)s") % {"line": line}, button=_("Save the correction"),
        intro=_("What the line said before stays in its history."), log=LogEntry.objects.about(line)[:30],
        is_personal=model.IS_PERSONAL,
    )  # fmt: skip


@require_http_methods(EDITING)
def remove(request: HttpRequest, pk: int, model: Any) -> HttpResponse:
    """Withdraw a wrong line, with the reason."""
    line = _line(request, model, pk)
    subject = getattr(line, "subject", None)
    back = book_of(subject) if subject else line.get_absolute_url()
    form = WithdrawForm(request.POST or None, initial={"version": line.version})
    if form.is_valid():
        values = form.cleaned_data
        answer = send(
            request, form,
            lambda: withdraw(line, values["reason"], version=values["version"], by=request.user),
            _("The line is withdrawn from the book."), to=back,
        )  # fmt: skip
        if answer:
            return answer
    return show(
        request, "records/form.html", form, subject=subject or line, book=back, back=back,
        title=_("Withdraw: %(line)s") % {"line": line}, button=_("Withdraw the line"),
        intro=_("For lines that should never have been entered. Those who keep the book still read it."),
        is_personal=model.IS_PERSONAL,
    )  # fmt: skip


@require_http_methods(EDITING)
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Since which year the unit's book is whole: only then does a gap mean that there was nothing."""
    unit = _subject(request, "body", pk)
    form = WholeForm(request.POST or None, unit=unit)
    if form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}

        def write() -> None:
            for name, since in changed.items():
                say_whole(unit, name, since, by=request.user)

        if answer := send(request, form, write, _("The years are kept."), to=book_of(unit)):
            return answer
    return show(
        request, "records/form.html", form, subject=unit, book=book_of(unit), back=book_of(unit),
        title=_("Since when is the book of %(unit)s whole?") % {"unit": unit}, button=_("Keep the years"),
        intro=_("From that year on, what is not in the book did not happen. Empty: not known."),
    )  # fmt: skip


@require_safe
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative with its authors."""
    return _initiative(request, pk, AuthorForm())


def _initiative(request: HttpRequest, pk: int, form: AuthorForm) -> HttpResponse:
    lines = Initiative.objects.visible_to(request.user).select_related("unit")
    line = get_object_or_404(lines, pk=pk)
    keeps = must_keep_line(request.user, line) is None
    open_books = set(
        books_open_to(request.user).filter(authorships__initiative=line).values_list("pk", flat=True)
    )
    return show(
        request, "records/initiative.html", form, line=line, keeps=keeps and not line.withdrawn_on,
        authors=line.authorships.select_related("person"), open_books=open_books,
        log=LogEntry.objects.about(line)[:30] if keeps else [],
    )  # fmt: skip


@require_http_methods(["POST"])
def author(request: HttpRequest, pk: int) -> HttpResponse:
    """One more author. Namesakes are shown to choose from, never guessed."""
    line = _line(request, Initiative, pk)
    form = AuthorForm(request.POST)
    words = request.POST.get("who", "")
    named = Person.objects.visible_to(request.user).filter(name_fold=fold(words)) if fold(words) else ()
    coded = Person.objects.visible_to(request.user).filter(staff_code__iexact=words.strip() or "-")
    people = coded if coded.exists() else named
    form.fields["person"].queryset = people or Person.objects.none()
    if form.is_valid():
        person = form.cleaned_data["person"] or _only(form, with_posts(people))
        if person and (
            answer := send(
                request, form, lambda: add_author(line, person, form.cleaned_data["share"], by=request.user),
                _("The author is added."), to=line,
            )
        ):  # fmt: skip
            return answer
    return _initiative(request, pk, form)


def _only(form: AuthorForm, people: list[Any]) -> Person | None:
    """The only one of that name; else the form asks."""
    if len(people) == 1:
        return people[0]
    if not people:
        form.add_error("who", _("Nobody of this name is among the people you see."))
        return None
    form.fields["person"].label_from_instance = lambda one: " · ".join(
        [one.name, str(one.birth_year or ""), *(str(work) for work in with_posts([one])[0].works)]
    )
    form.asks = True
    form.add_error("person", _("Several people bear this name: choose one."))
    return None
