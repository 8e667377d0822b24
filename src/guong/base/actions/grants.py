"""Roles: granted by administrators, lent by their holders while away, ended. Nobody grants oneself (K-19)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.access import PERSONAL_DUTIES, Role, must_administer
from guong.base.actions.organisation import lock_tree, refuse
from guong.base.entry import claim, fulfil
from guong.base.models import Body, BodyKind, Department, Grant, User
from guong.base.workflow import Refused, guarded

ONLY_ON = {  # roles that mean nothing anywhere else
    Role.LEADER: (BodyKind.DEPARTMENT, BodyKind.PROVINCE),
    Role.SECTION_HEAD: (BodyKind.SECTION,),
    Role.UNIT_HEAD: (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.UNION, BodyKind.YOUTH),
    Role.UNIT_CLERK: (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.UNION, BodyKind.YOUTH),
}


def grant_role(
    account: User, role: str, body: Body, *, begin: date, end: date | None, reason: str, by: User, key: UUID
) -> Grant:
    """A role on a body for a time. Raises Refused, AlreadyDone."""
    with guarded(by, "grant_role", account) as log:
        claim(by, key)
        account = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
        refuse(must_be_able_to_grant(by, account, role, body))
        if Grant.objects.in_force(begin).filter(user=account, role=role, body=body).exists():
            raise Refused(_("%(who)s already holds this role there.") % {"who": account})
        made = Grant.objects.create(
            user=account, role=role, body=body, valid_from=begin, valid_to=end, reason=reason, granted_by=by
        )
        log.about(account, note=str(made))
        fulfil(by, key, account)
    return made


def must_be_able_to_grant(user: User, account: User, role: str, body: Body) -> str | None:
    """Every reason against a grant, the first one."""
    if user.pk == account.pk:
        return _("Nobody grants roles to oneself; ask another administrator.")
    if not account.is_active:
        return _("This account is closed; open it again first.")
    if why := must_administer(user, body):
        return why
    if body.valid_to is not None and body.valid_to < timezone.localdate():
        return _("%(body)s is closed since %(day)s.") % {"body": body, "day": f"{body.valid_to:%d/%m/%Y}"}
    if role == Role.STANDING_OFFICE and not Department.objects.filter(standing_office=body).exists():
        return _("%(body)s does not hold the standing office; the settings name its holder.") % {"body": body}
    if body.kind not in ONLY_ON.get(Role(role), BodyKind.values):
        return _("The role %(role)s does not exist on a body of this kind: %(kind)s.") % {
            "role": Role(role).label, "kind": body.get_kind_display(),
        }  # fmt: skip
    return None


def end_grant(grant: Grant, *, note: str, by: User) -> Grant:
    """End a role now: by the administrator of its body, or by its holder who lent it. Raises Refused."""
    with guarded(by, "end_grant", grant.user) as log:
        lock_tree()  # two administrators must not remove each other at the same moment
        grant = Grant.objects.select_for_update(of=("self",)).select_related("body", "user").get(pk=grant.pk)
        lent_by_me = grant.delegated_from is not None and grant.delegated_from.user_id == by.pk
        refuse(None if lent_by_me else must_administer(by, grant.body))
        if grant not in Grant.objects.in_force() and grant.valid_from <= timezone.localdate():
            raise Refused(_("This role has already ended."))
        must_leave_an_administrator(grant)
        cut(grant)
        log.about(grant.user, note=f"{grant}. {note}".strip())
    return grant


def cut(grant: Grant) -> None:
    """From this moment on the grant holds no more. Days are whole, so its last day was yesterday."""
    grant.valid_to = timezone.localdate() - timedelta(days=1)
    grant.valid_from = min(grant.valid_from, grant.valid_to)
    grant.save(update_fields=["valid_from", "valid_to"])


def must_leave_an_administrator(grant: Grant) -> None:
    """Raises Refused for the last administrator who reaches the body: nobody could give the role back."""
    if grant.role != Role.ADMINISTRATOR:
        return
    others = Grant.objects.in_force().filter(
        role=Role.ADMINISTRATOR, body_id__in=grant.body.ancestor_ids(), delegated_from=None, valid_to=None
    )
    if not others.exclude(pk=grant.pk).exclude(user=grant.user).exists():
        raise Refused(
            _("%(who)s is the last administrator of %(body)s: grant the role to somebody else first.")
            % {"who": grant.user, "body": grant.body}
        )


def delegate(grant: Grant, to: User, *, begin: date, end: date, reason: str, by: User, key: UUID) -> Grant:
    """Lend one's role for an absence, not longer than one holds it, never further. Raises Refused."""
    with guarded(by, "delegate", grant.user) as log:
        claim(by, key)
        grant = Grant.objects.select_for_update(of=("self",)).select_related("body").get(pk=grant.pk)
        refuse(must_be_able_to_lend(by, grant, to, begin, end))
        made = Grant.objects.create(
            user=to, role=grant.role, body=grant.body, valid_from=begin, valid_to=end,
            delegated_from=grant, granted_by=by, reason=reason,
        )  # fmt: skip
        log.about(by, note=_("%(grant)s to %(who)s") % {"grant": grant, "who": to})
        log.about(to, note=str(made))
        fulfil(by, key, by)
    return made


def must_be_able_to_lend(user: User, grant: Grant, to: User, begin: date, end: date) -> str | None:
    """Every reason against lending a role, the first one."""
    if grant.user_id != user.pk:
        return _("Only the holder of a role lends it.")
    if grant.delegated_from_id is not None:
        return _("A role lent to you cannot be lent further; ask its holder.")
    if to.pk == user.pk:
        return _("You hold this role already; choose somebody else.")
    if not to.is_active:
        return _("This account is closed; choose another one.")
    if grant.role in PERSONAL_DUTIES:
        return _("The role %(role)s is personal and cannot be lent.") % {"role": grant.get_role_display()}
    if begin < timezone.localdate():
        return _("The first day cannot be in the past.")
    if begin < grant.valid_from or (grant.valid_to is not None and end > grant.valid_to):
        return _("You hold this role from %(begin)s to %(end)s only; lend it within that time.") % {
            "begin": f"{grant.valid_from:%d/%m/%Y}",
            "end": f"{grant.valid_to:%d/%m/%Y}" if grant.valid_to else "…",
        }
    return None


def may_receive(grant: Grant) -> object:
    """Accounts that can stand in: open, of people who work below the body the role is on."""
    return (
        User.objects.filter(is_active=True, person__employments__body__path__startswith=_reach(grant))
        .exclude(pk=grant.user_id)
        .select_related("person")
        .order_by("person__sort_key", "pk")
        .distinct()
    )


def _reach(grant: Grant) -> str:
    """The standing office and offices may be stood in for by anybody of the department around them."""
    if grant.body.kind == BodyKind.OFFICE and grant.body.parent:
        return grant.body.parent.path
    return grant.body.path
