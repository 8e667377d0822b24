"""Screens of people and their employments."""

from __future__ import annotations

import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guong.base.access import KEEPERS_OF_PEOPLE, PEOPLE_READERS, Role
from guong.base.actions.accounts import must_administer_person
from guong.base.actions.people import (
    EDITABLE,
    add_employment,
    edit_person,
    end_employment,
    make_person,
    move_person,
    must_keep,
)
from guong.base.answers import must, page_of, send
from guong.base.entry import stamp
from guong.base.forms.people import EndWorkForm, NewPersonForm, PeopleFilter, PersonForm, WorkForm
from guong.base.models import Employment, LogEntry, Person, User
from guong.base.search import having_words, with_posts
from guong.base.text import fold
from guong.base.views.form_page import show_form


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody the user may see, in Vietnamese order, 50 a page."""
    must(
        None
        if request.user.scope.has(*PEOPLE_READERS)
        else _("Only those who keep or read a unit's people see the list.")
    )
    form = PeopleFilter(request.GET, user=request.user)
    values = form.cleaned_data if form.is_valid() else {}
    found = _matching(Person.objects.visible_to(request.user), values).by_name()
    page = page_of(request, found)
    page.object_list = with_posts(page.object_list)
    return render(request, "base/people/list.html", {
        "form": form, "page": page, "query": values.get("q", ""),
        "filtered": any(values.values()), "may_enter": request.user.scope.has(*KEEPERS_OF_PEOPLE),
    })  # fmt: skip


def _matching(found: Any, values: dict[str, Any]) -> Any:
    if query := values.get("q"):
        by_code = found.filter(staff_code__iexact=query.strip())
        found = by_code if by_code.exists() else having_words(found, "name_fold", query)
        if not fold(query):
            found = found.none()
    works = Employment.objects.in_force()
    if values.get("unit"):
        works = works.filter(body__path__startswith=values["unit"].path)
    if values.get("category"):
        works = works.filter(category=values["category"])
    if values.get("unit") or values.get("category"):
        found = found.filter(pk__in=works.values("person_id"))
    return found


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: employments over time and what happened."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    account = User.objects.visible_to(request.user).filter(person=found).first()
    context = {
        "person": found,
        "employments": found.employments.select_related("body__parent").order_by("-valid_from", "-pk"),
        "today": timezone.localdate(),
        "may_edit": must_keep(request.user, found) is None,
        "may_make_account": account is None and must_administer_person(request.user, found) is None,
        "account": account,
        "same_name": with_posts(_same_name(request.user, found)),
        "log": LogEntry.objects.about(found)[:30],
        "kept": _kept(request.user),
    }
    return render(request, "base/people/person.html", context)


def _same_name(user: User, found: Person) -> Any:
    same = Person.objects.visible_to(user).filter(name_fold=found.name_fold)
    return same.exclude(pk=found.pk).order_by("birth_year", "pk")[:10]


def _kept(user: User) -> tuple[str, ...]:
    """Paths under which the user may end and move employments."""
    return tuple(user.scope.paths(*KEEPERS_OF_PEOPLE))


def crumbs(found: Person | None = None) -> list[tuple[str, str]]:
    """The way to a form about a person."""
    way = [(_("People"), reverse("base:people"))]
    return [*way, (found.name, found.get_absolute_url())] if found else way


@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """A new person with a first employment; namesakes are shown, never merged."""
    user = request.user
    must(
        None
        if user.scope.has(*KEEPERS_OF_PEOPLE)
        else _("Only a unit's clerk or the administrator enters people.")
    )
    form = NewPersonForm(request.POST or None)
    work = WorkForm(request.POST or None, user=user, initial={"body": request.GET.get("unit")})
    if all([form.is_valid(), work.is_valid()]):
        key = work.cleaned_data["key"]
        answer = send(
            request, form, lambda: make_person(form.values(), work.values(), by=user, key=key),
            _("The person is entered."),
        )  # fmt: skip
        if answer:
            return answer
    same, hidden = _namesakes(user, form)
    return show_form(
        request, form, template="base/people/new.html", work=work, same=same, hidden_same=hidden,
        title=_("Enter a person"), crumbs=crumbs(), button=_("Enter the person"), back=reverse("base:people"),
    )  # fmt: skip


def _namesakes(user: User, form: NewPersonForm) -> tuple[list[Person], int]:
    """People of the name typed: those the user may see, and how many others there are."""
    same = getattr(form, "same", Person.objects.none())
    shown = with_posts(same.filter(pk__in=Person.objects.visible_to(user))[:20])
    return shown, same.count() - len(shown)


def _own(request: HttpRequest, pk: int) -> Person:
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    must(must_keep(request.user, found))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit_person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, birth year, gender, staff code."""
    found = _own(request, pk)
    initial = {"version": stamp(found, EDITABLE)}
    form = PersonForm(request.POST or None, instance=copy.copy(found), initial=initial)
    if form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("version")
        answer = send(
            request,
            form,
            lambda: edit_person(found, values, seen=seen, by=request.user),
            _("The changes are saved."),
        )
        if answer:
            return answer
    return show_form(
        request, form, title=_("Change %(person)s") % {"person": found}, crumbs=crumbs(found),
        button=_("Save the changes"), back=found.get_absolute_url(),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def add_employment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One more post beside the present one."""
    found = _own(request, pk)
    form = WorkForm(request.POST or None, user=request.user)
    if form.is_valid():
        key = form.cleaned_data["key"]
        answer = send(
            request, form, lambda: add_employment(found, form.values(), by=request.user, key=key),
            _("The post is added."), to=found,
        )  # fmt: skip
        if answer:
            return answer
    return show_form(
        request, form, title=_("One more post of %(person)s") % {"person": found}, crumbs=crumbs(found),
        button=_("Add the post"), back=found.get_absolute_url(),
        intro=_("The present post goes on. Somebody who moves is recorded with “Move” beside that post."),
    )  # fmt: skip


def _own_work(request: HttpRequest, pk: int) -> Employment:
    """An employment in force of somebody the user may see, in a body whose people the user keeps."""
    works = Employment.objects.in_force().filter(person__in=Person.objects.visible_to(request.user))
    kept = works.filter(request.user.scope.within("body", *KEEPERS_OF_PEOPLE))
    return get_object_or_404(kept.select_related("person", "body"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def move_person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End one post and begin another."""
    old = _own_work(request, pk)
    fields = ("post", "profession", "category", "is_leader", "is_direct_worker", "is_union_chair")
    initial = {name: getattr(old, name) for name in fields}
    form = WorkForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        key = form.cleaned_data["key"]
        answer = send(
            request, form, lambda: move_person(old, form.values(), by=request.user, key=key),
            _("The move is recorded."), to=old.person,
        )  # fmt: skip
        if answer:
            return answer
    return show_form(
        request, form, title=_("Move %(person)s") % {"person": old.person}, crumbs=crumbs(old.person),
        button=_("Record the move"), back=old.person.get_absolute_url(),
        intro=_("The post %(work)s ends the day before. Moves to other units are the administrator's.")
        % {"work": old},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def end_employment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a post."""
    work = _own_work(request, pk)
    form = EndWorkForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_valid():
        day, stays = form.cleaned_data["day"], request.user.scope.has(Role.ADMINISTRATOR)
        answer = send(
            request, form, lambda: end_employment(work, day=day, by=request.user),
            _("The last day of %(person)s is recorded.") % {"person": work.person},
            to=work.person if stays else reverse("base:people"),
        )  # fmt: skip
        if answer:
            return answer
    return show_form(
        request, form, title=_("End the post of %(person)s") % {"person": work.person},
        crumbs=crumbs(work.person), button=_("Record the last day"), back=work.person.get_absolute_url(),
        intro=_("%(work)s. After the last post the administrator is asked to close the account.")
        % {"work": work},
    )  # fmt: skip
