"""What the public may read of awards: names, forms, decisions; nothing that is not on the paper (J4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from guong.awards.models import Award, Decision
from guong.base.text import fold
from guong.movements.models import Subject


@dataclass(frozen=True)
class Wanted:
    """The filters of the honour book, as they came from the address; nonsense counts as not given."""

    words: str = ""
    year: int | None = None
    form: str = ""
    unit: int | None = None
    subject: str = ""


def awards(wanted: Wanted) -> QuerySet[Award]:
    """Awards in force that fit."""
    found = Award.objects.valid()
    if wanted.year:
        found = found.filter(decision__year=wanted.year)
    if wanted.form:
        found = found.filter(form=wanted.form)
    if wanted.unit:
        found = found.filter(unit=wanted.unit)
    if wanted.subject in Subject.values:
        found = found.filter(subject=wanted.subject)
    for word in fold(wanted.words).split():
        found = found.filter(Q(search__contains=word) | Q(decision__search__contains=word))
    return found


def in_order(found: QuerySet[Award]) -> QuerySet[Award]:
    """Newest decision first; inside it as the paper lists them."""
    return found.order_by("-decision__signed_on", "-decision__number", "order", "pk")


def page_of(found: QuerySet[Award], first: int, count: int) -> QuerySet[Award]:
    """Some awards with what a line shows. Their numbers are picked first: whole rows are slow to sort."""
    picked = in_order(found).values("pk")[first : first + count]
    return in_order(Award.objects.filter(pk__in=picked)).select_related("decision")


def newest(count: int) -> QuerySet[Award]:
    """The latest awards."""
    return page_of(awards(Wanted()), 0, count)


def years() -> list[int]:
    """Years with an issued decision, newest first."""
    issued = Decision.objects.filter(state=Decision.State.ISSUED)
    return list(issued.order_by("-year").values_list("year", flat=True).distinct())


def forms() -> list[str]:
    """Forms of commendation that were granted."""
    return list(Award.objects.valid().order_by("form").values_list("form", flat=True).distinct())


def figures(year: int) -> dict[str, int]:
    """Awards of a year, collectives and individuals apart (D-10)."""
    return awards(Wanted(year=year)).aggregate(
        collectives=Count("pk", filter=Q(subject=Subject.COLLECTIVE)),
        individuals=Count("pk", filter=Q(subject=Subject.INDIVIDUAL)),
    )


def this_year() -> int:
    """The year on the wall."""
    return timezone.localdate().year
