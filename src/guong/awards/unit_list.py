"""Everything the page of one unit's list shows: lines by title, who could be added, caps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards.consolidation import LOOKS as STATE_LOOKS
from guong.awards.eligibility import LOOKS
from guong.awards.models import Assessment, Nomination
from guong.awards.titles import branch_of, own_codes
from guong.base.models import Body, BodyKind, Employment
from guong.law import Award, Facts, screen
from guong.movements.models import Movement
from guong.records.facts import Subjects, facts_for
from guong.regulations.here import law_of

State = Nomination.State
FIRST = ("eligible", "open", "", "suspended", "not_eligible")  # who could be added, before who could not
OWN = (BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE, BodyKind.SECTION)


@dataclass(frozen=True)
class Verdict:
    """The law's answer for a list: as if all that people judge were granted."""

    outcome: str = ""
    unverified: bool = False

    @property
    def look(self) -> str:
        """The kind of pill."""
        return LOOKS.get(self.outcome, "plain")

    @property
    def label(self) -> str:
        """In words."""
        return str(Assessment.Outcome(self.outcome).label) if self.outcome else _("not asked")


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    nomination: Nomination
    verdict: Verdict

    @property
    def look(self) -> str:
        """The kind of pill of its state."""
        return STATE_LOOKS[State(self.nomination.state)]

    @property
    def detail(self) -> str:
        """What tells homonyms apart."""
        work, person = self.nomination.employment, self.nomination.person
        born = _("born %(year)s") % {"year": person.birth_year} if person and person.birth_year else ""
        parts = (
            work.post if work else "",
            self.nomination.section.name if self.nomination.section else "",
            born,
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be added: an employment or a body, by its id."""

    pk: int
    subject: int
    name: str
    detail: str
    verdict: Verdict


@dataclass(frozen=True)
class Tab:
    """One title with the number of its lines."""

    award: Award
    count: int

    @property
    def usual(self) -> bool:
        """Shown without being looked for: used already, or a title of the department's own level."""
        return bool(self.count) or (self.award.category == "title" and self.award.level == "unit")


def tabs(movement: Movement, unit: Body, titles: Iterable[Award]) -> list[Tab]:
    """Every title that may be proposed, with the lines there are."""
    rows = Nomination.objects.in_the_running().filter(movement=movement, unit=unit).order_by()
    counts = dict(rows.values_list("title_code").annotate(n=Count("pk")))
    return [Tab(award, counts.get(award.code, 0)) for award in titles]


def lines(movement: Movement, unit: Body, nominations: Any, code: str) -> list[Line]:
    """The lines of one title with the law's answers, in one pass; none for who left the unit (D5)."""
    found = list(nominations)
    people = [each.person_id for each in found if each.person_id]
    works = Employment.objects.in_force().filter(person__in=people, body__path__startswith=unit.path)
    bodies = [_subject(None, each.body_id) for each in found if each.body_id]
    verdicts = verdicts_for(movement, code, [*set(works.values_list("person", flat=True)), *bodies])
    return [Line(each, verdicts.get(_subject(each.person_id, each.body_id), Verdict())) for each in found]


def _subject(person: int | None, body: int | None) -> int:
    return person if person is not None else -(body or 0)


def candidates(movement: Movement, unit: Body, award: Award, subject: str) -> list[Candidate]:
    """Staff, or collectives, of the unit that are not on its list for this title; the eligible first."""
    there = Nomination.objects.in_the_running().filter(movement=movement)
    if branch_of(movement) == Nomination.Branch.MERIT:
        there = there.filter(title_code=award.code)
    taken = {_subject(*pair) for pair in there.values_list("person", "body")}
    everyone = _people(unit) if subject == "individual" else _bodies(unit)
    fresh = {each[1]: each for each in everyone if each[1] not in taken}
    verdicts = verdicts_for(movement, award.code, list(fresh))
    found = [Candidate(*each, verdicts.get(each[1], Verdict())) for each in fresh.values()]
    return sorted(found, key=lambda each: FIRST.index(each.verdict.outcome))


def _people(unit: Body) -> Iterable[tuple[int, int, str, str]]:
    works = Employment.objects.in_force().filter(body__path__startswith=unit.path)
    rows = works.order_by("person__sort_key", "pk").values_list(
        "pk", "person_id", "person__name", "post", "body__name", "person__birth_year"
    )
    for pk, person, name, post, body, born in rows:
        year = _("born %(year)s") % {"year": born} if born else ""
        yield pk, person, name, ", ".join(part for part in (post, body, year) if part)


def _bodies(unit: Body) -> Iterable[tuple[int, int, str, str]]:
    for body in Body.objects.filter(path__startswith=unit.path, kind__in=OWN).current().order_by("path"):
        yield body.pk, -body.pk, body.name, str(body.get_kind_display())


def verdicts_for(movement: Movement, code: str, subjects: list[int]) -> dict[int, Verdict]:
    """The law's answer for many at once; what stands on the same list counts as it does for a dossier."""
    if not subjects:
        return {}
    day, year = timezone.localdate(), movement.plan.year
    answers = screen(
        law_of(movement.plan.department), _facts(movement, subjects, day), year=year, received_on=day,
        codes=[code], branch=branch_of(movement),
    )  # fmt: skip
    if f"{code}.checked" not in answers.columns:
        return {}
    found = answers.select("subject", f"{code}.checked", f"{code}.unverified").iter_rows()
    return {subject: Verdict(outcome, bool(unsure)) for subject, outcome, unsure in found if outcome}


def _facts(movement: Movement, subjects: list[int], day: date) -> Facts:
    people = [subject for subject in subjects if subject > 0]
    about = Subjects(people, [-subject for subject in subjects if subject < 0])
    facts = Facts.of(**facts_for(about, day).frames)
    if branch_of(movement) != Nomination.Branch.MERIT:
        return facts
    listed = Nomination.objects.in_the_running().filter(
        movement=movement, person__in=people, title_code__in=own_codes(movement.plan.department)
    )
    return facts.plus(titles=[
        {"subject": person, "code": code, "year": movement.plan.year}
        for person, code in listed.values_list("person", "title_code")
    ])  # fmt: skip
