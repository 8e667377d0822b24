"""Who may sign a decision of the department, and in which form: from posts and delegations (K-19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from guong.base.access import Role
from guong.base.models import Body, Employment, Grant, Person
from guong.papers.model import Signature
from guong.papers.signing import signature


@dataclass(frozen=True)
class Signatory:
    """Somebody who leads the department on a day. `until`: last day of what was lent, if it was lent."""

    person_id: int
    signature: Signature
    until: date | None = None

    def __str__(self) -> str:
        above = self.signature.authority.replace("\n", " ")
        form = f"{above} / {self.signature.position}" if above else self.signature.position
        return f"{self.signature.name} ({form})"


def signatories(department: Body, day: date | None = None) -> list[Signatory]:
    """Leaders by post, and whoever holds the leader's role, also lent; the head first."""
    day = day or timezone.localdate()
    grants = Grant.objects.in_force(day).filter(role=Role.LEADER, body=department, user__person__isnull=False)
    lent: dict[int, date | None] = {}
    for person, source, until in grants.values_list("user__person", "delegated_from", "valid_to"):
        lent[person] = until if source and lent.get(person, until) else None
    leading = Q(body=department, is_leader=True)
    works = Employment.objects.in_force(day).filter(
        leading | Q(person__in=lent, body__path__startswith=department.path)
    )
    posts = dict(works.order_by("is_leader", "-pk").values_list("person_id", "post"))
    head = department.department.signatory_position
    found = [
        Signatory(
            person.pk,
            signature(head, posts[person.pk], person.name, authorised=lent.get(person.pk) is not None),
            lent.get(person.pk),
        )
        for person in Person.objects.filter(pk__in=posts).order_by("sort_key", "pk")
    ]
    return sorted(found, key=lambda one: bool(one.signature.authority))
