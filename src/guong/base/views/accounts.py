"""Screens of accounts and roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.access import LOG_READERS, PERSONAL_DUTIES, Role
from guong.base.actions import accounts as accounts_
from guong.base.actions.grants import delegate, end_grant, grant_role
from guong.base.answers import must, page_of, send
from guong.base.entry import AlreadyDone
from guong.base.forms.accounts import AccountFilter, AccountForm, GrantForm, LendForm, ReasonForm
from guong.base.models import Grant, LogEntry, Person, User
from guong.base.search import having_words
from guong.base.views.form_page import show_form
from guong.base.views.people import crumbs as people_crumbs
from guong.base.waiting import leavers
from guong.base.workflow import Refused


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Accounts below the reader, with their roles; everybody else goes to the own ones."""
    if not request.user.scope.has(*LOG_READERS):
        return redirect(request.user)
    form = AccountFilter(request.GET)
    values = form.cleaned_data if form.is_valid() else {}
    held = Grant.objects.in_force().select_related("body").order_by("role", "pk")
    found = (
        _matching(request.user, values)
        .select_related("person")
        .prefetch_related(Prefetch("grants", held, to_attr="held"))
        .order_by("person__sort_key", "pk")
    )
    return render(request, "base/roles/list.html", {
        "form": form, "page": page_of(request, found), "filtered": any(values.values()),
        "administers": request.user.scope.has(Role.ADMINISTRATOR),
    })  # fmt: skip


def _matching(user: User, values: dict[str, Any]) -> Any:
    show = values.get("show", "")
    found = leavers(user) if show == "left" else User.objects.visible_to(user)
    if show in ("", "closed"):
        found = found.filter(is_active=show == "")
    if query := values.get("q"):
        by_name = having_words(User.objects.visible_to(user), "person__name_fold", query)
        found = found.filter(Q(username__icontains=query.strip()) | Q(pk__in=by_name))
    if values.get("role"):
        found = found.filter(pk__in=Grant.objects.in_force().filter(role=values["role"]).values("user_id"))
    return found


@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: roles now and before, what was lent, what happened."""
    found = get_object_or_404(User.objects.visible_to(request.user).select_related("person"), pk=pk)
    grants = found.grants.select_related("body", "granted_by__person", "delegated_from__user__person")
    now = Grant.objects.in_force()
    lent = Grant.objects.filter(delegated_from__user=found, valid_to__gte=timezone.localdate())
    context = {
        "account": found,
        "own": found.pk == request.user.pk,
        "held": grants.filter(pk__in=now).order_by("role", "pk"),
        "coming": grants.filter(valid_from__gt=timezone.localdate()).order_by("valid_from"),
        "past": grants.exclude(pk__in=now)
        .filter(valid_from__lte=timezone.localdate())
        .order_by("-valid_to")[:30],
        "lent": lent.select_related("user__person", "body").order_by("valid_from"),
        "may_keep": accounts_.must_keep_account(request.user, found) is None,
        "administered": tuple(request.user.scope.paths(Role.ADMINISTRATOR)),
        "personal": PERSONAL_DUTIES,
        "log": LogEntry.objects.about(found)[:30],
    }
    return render(request, "base/roles/account.html", context)


def crumbs(found: User) -> list[tuple[str, str]]:
    """The way to a form about an account."""
    return [(_("Accounts and roles"), reverse("base:roles")), (str(found), found.get_absolute_url())]


@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest, pk: int) -> HttpResponse:
    """An account for a person; its password is shown on the answer and nowhere else."""
    who = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    must(accounts_.must_administer_person(request.user, who))
    form = AccountForm(request.POST or None, initial={"username": _suggested(who)})
    if form.is_valid():
        values = form.cleaned_data
        try:
            made, password = accounts_.make_account(
                who, values["username"], values["email"], by=request.user, key=values["key"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        except AlreadyDone as earlier:
            return redirect(earlier.url)
        else:
            return _show_password(request, made, password)
    return show_form(
        request, form, title=_("Account of %(person)s") % {"person": who}, crumbs=people_crumbs(who),
        button=_("Make the account"), back=who.get_absolute_url(),
        intro=_("The password is shown once, right after. It must be changed at the first login."),
    )  # fmt: skip


def _suggested(who: Person) -> str:
    """Given name and first letters of the others: huong.mt, with a number when taken."""
    words = who.name_fold.split()
    name = ".".join([words[-1], "".join(word[0] for word in words[:-1])]).strip(".") if words else ""
    taken = set(User.objects.filter(username__startswith=name).values_list("username", flat=True))
    return next(
        tried for tried in (name, *(f"{name}{number}" for number in range(2, 10_000))) if tried not in taken
    )


def _show_password(request: HttpRequest, found: User, password: str) -> HttpResponse:
    answer = render(request, "base/roles/password.html", {"account": found, "password": password})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def renew_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown once."""
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        password = accounts_.renew_password(found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    return _show_password(request, found, password)


@require_http_methods(["GET", "HEAD", "POST"])
def grant_role_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A role on a body with dates."""
    found = get_object_or_404(User.objects.visible_to(request.user).select_related("person"), pk=pk)
    must(None if request.user.scope.has(Role.ADMINISTRATOR) else _("Only an administrator grants roles."))
    form = GrantForm(request.POST or None, user=request.user, initial={"begin": timezone.localdate()})
    if form.is_valid():
        values = dict(form.cleaned_data)
        answer = send(
            request,
            form,
            lambda: grant_role(found, **values, by=request.user),
            _("The role is granted."),
            to=found,
        )
        if answer:
            return answer
    return show_form(
        request, form, title=_("Grant a role to %(who)s") % {"who": found}, crumbs=crumbs(found),
        button=_("Grant the role"), back=found.get_absolute_url(),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def end_grant_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role now."""
    grant = get_object_or_404(
        Grant.objects.visible_to(request.user).select_related("user__person", "body"), pk=pk
    )
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        answer = send(
            request, form, lambda: end_grant(grant, note=note, by=request.user), _("The role has ended."),
            to=_after(request.user, grant),
        )  # fmt: skip
        if answer:
            return answer
    return show_form(
        request, form, title=_("End the role “%(grant)s” of %(who)s") % {"grant": grant, "who": grant.user},
        crumbs=[(_("Accounts and roles"), reverse("base:roles"))], button=_("End the role"),
        back=_after(request.user, grant),
        intro=_("It ends at once, also on pages that are open now, and so does what was lent from it."),
    )  # fmt: skip


def _after(user: User, grant: Grant) -> str:
    """The account the reader came from: the holder's, or one's own for what one has lent."""
    lent = grant.delegated_from is not None and grant.delegated_from.user_id == user.pk
    return (user if lent else grant.user).get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
def lend_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Lend one's own role for an absence."""
    grant = get_object_or_404(
        Grant.objects.in_force().filter(user=request.user).select_related("body__parent"), pk=pk
    )
    form = LendForm(request.POST or None, grant=grant)
    if form.is_valid():
        values = dict(form.cleaned_data)
        answer = send(
            request,
            form,
            lambda: delegate(grant, **values, by=request.user),
            _("The role is lent."),
            to=request.user,
        )
        if answer:
            return answer
    return show_form(
        request, form, title=_("Lend the role “%(grant)s”") % {"grant": grant}, crumbs=crumbs(request.user),
        button=_("Lend the role"), back=request.user.get_absolute_url(),
        intro=_("You keep the role yourself. It cannot be lent further, and you can end it at any time."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def close_account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    found = get_object_or_404(User.objects.visible_to(request.user).select_related("person"), pk=pk)
    must(accounts_.must_keep_account(request.user, found))
    form = ReasonForm(request.POST or None)
    write = accounts_.close_account if found.is_active else accounts_.reopen_account
    if form.is_valid():
        note = form.cleaned_data["note"]
        done = _("The account is closed.") if found.is_active else _("The account is open again.")
        answer = send(request, form, lambda: write(found, note=note, by=request.user), done, to=found)
        if answer:
            return answer
    words = _words_of_closing(found)
    return show_form(request, form, crumbs=crumbs(found), back=found.get_absolute_url(), **words)


def _words_of_closing(found: User) -> dict[str, str]:
    if found.is_active:
        return {
            "title": _("Close the account of %(who)s") % {"who": found}, "button": _("Close the account"),
            "intro": _("Every session ends at once, all roles end, and so does what was lent from them."),
        }  # fmt: skip
    return {
        "title": _("Open the account of %(who)s again") % {"who": found}, "button": _("Open the account"),
        "intro": _("The former roles do not come back; grant what is needed now."),
    }  # fmt: skip
