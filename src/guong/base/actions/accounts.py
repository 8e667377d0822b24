"""Accounts: made with a password shown once, renewed, closed. Nobody changes one's own (K-01)."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import Role, must_administer
from guong.base.actions.grants import cut, must_leave_an_administrator
from guong.base.actions.organisation import refuse
from guong.base.entry import claim, fulfil
from guong.base.models import Body, Grant, Person, User
from guong.base.workflow import Refused, guarded

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no l, o, 0, 1, i: people type it from paper


def one_time_password() -> str:
    """Four groups of four, about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(4))


def make_account(person: Person, username: str, email: str, *, by: User, key: UUID) -> tuple[User, str]:
    """An account with a password that must be changed at once. Raises Refused, AlreadyDone."""
    with guarded(by, "make_account", person) as log:
        claim(by, key)
        refuse(must_administer_person(by, person))
        if User.objects.filter(person=person).exists():
            raise Refused(_("%(person)s already has an account.") % {"person": person})
        if User.objects.filter(username__iexact=username).exists():
            raise Refused(_("The user name %(name)s is taken; choose another one.") % {"name": username})
        password = one_time_password()
        made = User.objects.create_user(
            username, password, person=person, email=email, must_change_password=True
        )
        log.about(made)
        log.about(person)
        fulfil(by, key, made)
    return made, password


def renew_password(account: User, *, by: User) -> str:
    """A new password to be changed at once; every session of the account ends. Raises Refused."""
    with guarded(by, "renew_password", account) as log:
        account = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
        refuse(must_keep_account(by, account))
        if not account.is_active:
            raise Refused(_("This account is closed; open it again first."))
        password = one_time_password()
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        log.about(account)
    return password


def close_account(account: User, *, note: str, by: User) -> User:
    """End the account and all its roles now; open sessions and lent roles die with it. Raises Refused."""
    with guarded(by, "close_account", account) as log:
        account = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
        refuse(must_keep_account(by, account))
        for grant in Grant.objects.in_force().filter(user=account).select_related("body"):
            must_leave_an_administrator(grant)
            cut(grant)
        account.is_active = False
        account.save(update_fields=["is_active"])
        log.about(account, note=note)
    return account


def reopen_account(account: User, *, note: str, by: User) -> User:
    """Let somebody back in, without the former roles. Raises Refused."""
    with guarded(by, "reopen_account", account) as log:
        account = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
        refuse(must_keep_account(by, account))
        account.is_active = True
        account.save(update_fields=["is_active"])
        log.about(account, note=note)
    return account


def change_password(account: User, password: str) -> None:
    """One's own new password; other sessions end, because their hash no longer fits."""
    with guarded(account, "change_password", account) as log:
        account.set_password(password)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        log.about(account)


def must_keep_account(user: User, account: User) -> str | None:
    """Administrators keep the accounts of those who work or act below them, never their own."""
    if user.pk == account.pk:
        return _("You cannot do this to your own account; ask another administrator.")
    administers = Q(user.scope.within("person__employments__body", Role.ADMINISTRATOR)) | user.scope.within(
        "grants__body", Role.ADMINISTRATOR
    )
    if User.objects.filter(administers, pk=account.pk).exists():
        return None
    return _("Only the administrator of this account's unit may do this.")


def must_administer_person(user: User, person: Person) -> str | None:
    """An account is made where the person works today."""
    if user.person_id == person.pk:
        return _("You cannot do this to your own account; ask another administrator.")
    bodies = Body.objects.filter(employments__in=person.employments.in_force())
    if not bodies:
        return _("%(person)s works nowhere today: record the employment first.") % {"person": person}
    if any(must_administer(user, body) is None for body in bodies):
        return None
    return must_administer(user, bodies[0])
