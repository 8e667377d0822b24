"""One question to the law about a subject of the record book (K-16, K-25)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from guong.base.models import Body, Person
from guong.law import Assessment, Facts, Override, Question, assess
from guong.law.engine import MERIT
from guong.law.model import SubjectKind
from guong.records.facts import EVERYTHING, Subjects, facts_for
from guong.regulations.here import law_of


def key_of(subject: Person | Body) -> int:
    """The number by which the law's facts know a subject: a person's id, or minus a body's."""
    return -subject.pk if isinstance(subject, Body) else subject.pk


def about(*subjects: Person | Body) -> Subjects:
    """Whom to read facts about."""
    bodies = [subject.pk for subject in subjects if isinstance(subject, Body)]
    return Subjects([subject.pk for subject in subjects if isinstance(subject, Person)], bodies)


def facts_of(subject: Person | Body, day: date, wanted: Collection[str] = EVERYTHING) -> Facts:
    """What the book knows of one subject on a day; of it only the records `wanted`."""
    return Facts.of(**facts_for(about(subject), day, wanted).frames)


def ask(
    department: Body,
    subject: Person | Body,
    code: str,
    year: int,
    received_on: date,
    *,
    branch: str = MERIT,
    decided_on: date | None = None,
    override: Override | None = None,
    facts: Facts | None = None,
) -> Assessment:
    """May the subject be proposed for this award for merit up to `year`? Answered from the book, by article.

    `facts`: read beforehand, for many subjects at once or with more than the book knows.
    The answer shows personal lines: show it only to those who may see them (`reach.sees_personal`).
    Raises KeyError for an unknown award, NotInForce where it cannot be asked on that day.
    """
    law = law_of(_place_of(subject, received_on) or department)
    if facts is None:
        regime = override.regime if override else law.regime_on(received_on).code
        kind: SubjectKind = "collective" if isinstance(subject, Body) else "individual"
        facts = facts_of(subject, received_on, law.records_of(code, kind, branch, regime, received_on))
    question = Question(key_of(subject), code, year, received_on, branch, decided_on, override)
    return assess(law, facts, question)


def _place_of(subject: Person | Body, day: date) -> Body | None:
    """Where the subject belongs on the day: a unit's own layers apply to its people and sections."""
    if isinstance(subject, Body):
        return subject
    work = subject.employment_on(day)
    return work.body if work else None
