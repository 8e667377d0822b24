"""Screens of councils: the list with their sessions, one council, its members (D-05, D-24)."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access
from guong.awards.actions import councils as actions
from guong.awards.forms.councils import CouncilForm, MemberForm
from guong.awards.models import Council, CouncilMember, Session
from guong.awards.models.council import CouncilRole
from guong.base.access import Role
from guong.base.answers import attempt, complain, must, page_of, send, show
from guong.base.models import Body, LogEntry, Person
from guong.base.search import having_words, with_posts

MOST_FOUND = 20


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Councils and their sessions, newest first, with attendance (D-24)."""
    found = (
        Session.objects.visible_to(request.user)
        .order_by("-held_at", "-pk")
        .select_related("council")
        .annotate(
            members=Count("seats", distinct=True),
            came=Count("seats", filter=Q(seats__present=True), distinct=True),
            nominees=Count("items", distinct=True),
        )
    )
    councils = Council.objects.visible_to(request.user).annotate(size=Count("members"))
    context = {
        "page": page_of(request, found),
        "councils": councils,
        "may_set_up": request.user.scope.has(Role.STANDING_OFFICE),
    }
    return render(request, "awards/councils/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def council_new(request: HttpRequest) -> HttpResponse:
    """Set up a council of the department one keeps."""
    department = Body.objects.held_by(request.user, Role.STANDING_OFFICE).filter(kind="department").first()
    must(None if department else _("Only the standing office may do this."))
    form = CouncilForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = send(
            request, form, lambda: actions.set_up(by=request.user, department=department, **form.cleaned_data)
        )
        if answer:
            return answer
    return show(request, "awards/councils/form.html", form, council=None)


def _council(request: HttpRequest, pk: int) -> Council:
    councils = Council.objects.visible_to(request.user).select_related("department__department")
    return get_object_or_404(councils, pk=pk)


@require_safe
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """One council: members, sessions, how often they met and came."""
    found = _council(request, pk)
    context = {
        "council": found,
        "members": with_posts_of(found),
        "sessions": found.sessions.visible_to(request.user).annotate(
            members=Count("seats", distinct=True),
            came=Count("seats", filter=Q(seats__present=True), distinct=True),
            nominees=Count("items", distinct=True),
        )[:20],
        "may_keep": access.must_keep_councils(request.user, found) is None,
        "history": LogEntry.objects.about(found)[:30],
    }
    return render(request, "awards/councils/council.html", context)


def with_posts_of(council: Council) -> list[CouncilMember]:
    """Members with the posts they hold today."""
    members = list(council.members.select_related("person"))
    works = {person.pk: person.works for person in with_posts([member.person for member in members])}
    for member in members:
        member.works = works[member.person_id]
    return members


@require_http_methods(["GET", "HEAD", "POST"])
def council_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or establishing decision."""
    found = _council(request, pk)
    must(access.must_keep_councils(request.user, found))
    names = ("name", "established_by", "established_on")
    form = CouncilForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in names}
        answer = send(
            request, form, lambda: actions.amend(by=request.user, council=found, **values), _("Saved.")
        )
        if answer:
            return answer
    return show(request, "awards/councils/form.html", form, council=found)


@require_http_methods(["GET", "HEAD", "POST"])
def council_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Find people and put them on the list; change roles; take members off."""
    found = _council(request, pk)
    must(access.must_keep_councils(request.user, found))
    people = Person.objects.visible_to(request.user)
    if request.method == "POST":
        return _add_member(request, found, people)
    query = request.GET.get("q", "")[:100]
    hits = having_words(people, "name_fold", query).by_name()[:MOST_FOUND] if query.strip() else []
    context = {
        "council": found,
        "members": with_posts_of(found),
        "query": query,
        "hits": with_posts(hits),
        "roles": CouncilRole.choices,
    }
    return render(request, "awards/councils/members.html", context)


def _add_member(request: HttpRequest, found: Council, people: object) -> HttpResponse:
    form = MemberForm(request.POST, people=people)
    back = redirect("awards:council_members", found.pk).url
    if not form.is_valid():
        return complain(request, form, back)
    return attempt(
        request,
        lambda: actions.add_member(by=request.user, council=found, **form.cleaned_data),
        _("%(name)s is on the list.") % {"name": form.cleaned_data["person"].name},
        back,
    )


@require_POST
def council_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Another role for a member, or off the list."""
    found = _council(request, pk)
    seat = get_object_or_404(found.members.select_related("person", "council"), pk=member)
    back = redirect("awards:council_members", found.pk).url
    if request.POST.get("act") == "remove":
        said = _("%(name)s is no longer on the list.") % {"name": seat.person.name}
        return attempt(request, lambda: actions.remove_member(by=request.user, member=seat), said, back)
    role = request.POST.get("role", "")
    if role not in CouncilRole.values:
        return redirect(back)
    return attempt(
        request, lambda: actions.change_role(by=request.user, member=seat, role=role), _("Saved."), back
    )
