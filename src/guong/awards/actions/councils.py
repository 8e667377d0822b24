"""Setting up a council and its members, as the establishing decision names them (D-05)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from guong.awards import access
from guong.awards.models import Council, CouncilMember
from guong.awards.models.council import CouncilRole
from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import Body, Person, User
from guong.base.workflow import guarded


def set_up(
    *,
    by: User,
    department: Body,
    name: str,
    established_by: str,
    established_on: date,
    key: UUID | None = None,
) -> Council:
    """A new council without members. Raises Refused, or AlreadyDone for a form sent twice."""
    council = Council(
        department=department, name=name, established_by=established_by, established_on=established_on
    )
    with guarded(by, "set_up_council", department) as log:
        must(access.must_keep_councils(by, council))
        claim_once(by, key)
        council.save()
        led_to(by, key, council)
        log.about(council)
    return council


def amend(*, by: User, council: Council, name: str, established_by: str, established_on: date) -> Council:
    """Change the name or the establishing decision. Sessions already called keep their own list."""
    with guarded(by, "amend_council", council) as log:
        council = locked(council)
        must(access.must_keep_councils(by, council))
        council.name, council.established_by, council.established_on = name, established_by, established_on
        council.save()
        log.about(council)
    return council


def add_member(*, by: User, council: Council, person: Person, role: str) -> CouncilMember:
    """Put one person on the list; a council has one chair. Raises Refused."""
    with guarded(by, "add_council_member", council) as log:
        council = locked(council)
        must(access.must_keep_councils(by, council), _twice(council, person), _second_chair(council, role))
        last = council.members.aggregate(last=Max("order"))["last"] or 0
        member = CouncilMember.objects.create(council=council, person=person, role=role, order=last + 1)
        log.about(council, note=f"{person.name}, {member.get_role_display()}")
    return member


def change_role(*, by: User, member: CouncilMember, role: str) -> None:
    """Give a member another role. Raises Refused for a second chair."""
    with guarded(by, "change_council_role", member.council) as log:
        council = locked(member.council)
        must(access.must_keep_councils(by, council), _second_chair(council, role, except_for=member))
        member.role = role
        member.save(update_fields=["role"])
        log.about(council, note=f"{member.person.name}, {member.get_role_display()}")


def remove_member(*, by: User, member: CouncilMember) -> None:
    """Take a member off the list for the sessions to come."""
    with guarded(by, "remove_council_member", member.council) as log:
        council = locked(member.council)
        must(access.must_keep_councils(by, council))
        log.about(council, note=f"{member.person.name}, {member.get_role_display()}")
        member.delete()


def _twice(council: Council, person: Person) -> str | None:
    if council.members.filter(person=person).exists():
        return _("%(name)s is already a member of this council.") % {"name": person.name}
    return None


def _second_chair(council: Council, role: str, except_for: CouncilMember | None = None) -> str | None:
    chairs = council.members.filter(role=CouncilRole.CHAIR)
    if role == CouncilRole.CHAIR and chairs.exclude(pk=except_for.pk if except_for else None).exists():
        return _("This council has a chair already: give that member another role first.")
    return None
