"""What the law says of a nomination: asked from the record book, compared, frozen (K-16, K-25).

In the annual review titles of the department's own level are decided together. What stands on the same list
therefore counts as won where a higher title, or a collective's share of members, rests on it; the frozen line
names those dossiers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Q
from django.utils import timezone

from guong.awards.models import Assessment, JudgedAnswer, Nomination
from guong.awards.titles import own_codes
from guong.base.models import Body, Person, User
from guong.law import Facts, Override
from guong.law.assessment import Assessment as Answer
from guong.law.assessment import Finding
from guong.law.conditions_of_service import Judged
from guong.law.model import NotInForce
from guong.records.asking import about, ask, key_of
from guong.records.facts import facts_for
from guong.regulations.here import law_of


@dataclass
class Reading:
    """Facts read together, and the answers given from them."""

    subjects: dict[int, Person | Body] = field(default_factory=dict)
    facts: dict[date, Facts] = field(default_factory=dict)
    answers: dict[Any, Any] = field(default_factory=dict)

    def once(self, key: tuple[Any, ...], find: Callable[[], Any]) -> Any:
        """What was found for the key before, or is now."""
        if key not in self.answers:
            self.answers[key] = find()
        return self.answers[key]


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def read_together(nominations: Iterable[Nomination] = ()) -> Iterator[None]:
    """Within: facts of these nominees are read once, and no question is asked twice."""
    subjects = [subject_of(each) for each in nominations]
    token = _reading.set(Reading({key_of(subject): subject for subject in subjects}))
    try:
        yield
    finally:
        _reading.reset(token)


def subject_of(nomination: Nomination) -> Person | Body:
    """Who is honoured; one of the two is always there."""
    return nomination.person or nomination.body


def received_on(nomination: Nomination) -> date:
    """The day the deciding level received it; today for one that is still to be sent."""
    return timezone.localdate(nomination.submitted_at) if nomination.submitted_at else timezone.localdate()


def override_of(nomination: Nomination) -> Override | None:
    """Another regime that the standing office set for this receipt, with its reason."""
    reading = _reading.get() or Reading()
    last = reading.once(("last", nomination.pk), nomination.assessments.first)
    if last is None or not last.overridden or last.received_on != received_on(nomination):
        return None
    return Override(last.regime, last.override_reason)


def answer_today(nomination: Nomination, override: Override | None = None) -> Answer:
    """What the law answers from today's records.

    Raises NotInForce where the law lays nothing down, FactsError when nothing is known of the nominee.
    """
    reading = _reading.get() or Reading()
    override = override or override_of(nomination)
    key = ("answer", nomination.pk, nomination.title_code, received_on(nomination), override)
    return reading.once(key, lambda: _asked(reading, nomination, override))


def _asked(reading: Reading, nomination: Nomination, override: Override | None) -> Answer:
    day, subject = received_on(nomination), subject_of(nomination)
    if nomination.title_code not in law_of(nomination.department).awards:
        raise NotInForce(nomination.title_code)
    return ask(
        nomination.department, subject, nomination.title_code, nomination.movement.plan.year, day,
        branch=nomination.branch, override=override,
        facts=_with_more(_facts(reading, subject, day).only(key_of(subject)), nomination),
    )  # fmt: skip


def _facts(reading: Reading, subject: Person | Body, day: date) -> Facts:
    if key_of(subject) not in reading.subjects:
        reading.subjects[key_of(subject)] = subject
        reading.facts.clear()
    if day not in reading.facts:
        reading.facts[day] = Facts.of(**facts_for(about(*reading.subjects.values()), day).frames)
    return reading.facts[day]


def _with_more(facts: Facts, nomination: Nomination) -> Facts:
    """The book, what people judged, and what stands on the same list."""
    subject, year = key_of(subject_of(nomination)), nomination.movement.plan.year
    judged = [
        {"subject": subject, "year": year, "question": question, "answer": answer}
        for question, answer in judged_of(nomination).items()
    ]
    facts = facts.plus(answers=judged)
    if nomination.branch != Nomination.Branch.MERIT:
        return facts
    titles = [
        {"subject": subject, "code": each.title_code, "year": year} for each in counted_with(nomination)
    ]
    facts = facts.plus(titles=titles)
    return facts if nomination.body is None else replace(facts, members=_members(facts.members, nomination))


def _members(members: pl.DataFrame, nomination: Nomination) -> pl.DataFrame:
    """Members put forward this year count with those who have the title already; nobody counts twice."""
    year = nomination.movement.plan.year
    for code in ("LDTT", "CSTDCS"):
        listed = (
            Nomination.objects.in_the_running()
            .filter(movement=nomination.movement_id, title_code=code)
            .filter(person__employments__body__path__startswith=nomination.body.path)
            .values("person")
            .distinct()
            .count()
        )
        column = pl.col(f"members_{code}")
        raised = pl.when(pl.col("year") == year).then(pl.max_horizontal(column, pl.lit(listed)))
        members = members.with_columns(raised.otherwise(column).alias(f"members_{code}"))
    return members


def judged_of(nomination: Nomination) -> dict[str, bool]:
    """The latest answer to each question that people judged."""
    return dict(
        JudgedAnswer.objects.filter(nomination=nomination).order_by("pk").values_list("question", "answer")
    )


def counted_with(nomination: Nomination) -> list[Nomination]:
    """Titles of the department's own level that the same nominee is proposed for in the same review."""
    if nomination.branch != Nomination.Branch.MERIT:
        return []
    reading = _reading.get() or Reading()
    key = ("with", nomination.pk, nomination.title_code)
    found: list[Nomination] = reading.once(key, lambda: _standing_beside(nomination))
    return found


def _standing_beside(nomination: Nomination) -> list[Nomination]:
    same = Nomination.objects.in_the_running().filter(
        movement=nomination.movement_id, person=nomination.person_id, body=nomination.body_id,
        title_code__in=own_codes(nomination.department),
    )  # fmt: skip
    return list(same.exclude(Q(pk=nomination.pk) | Q(title_code=nomination.title_code)))


def freeze(nomination: Nomination, by: User, reason: str, override: Override | None = None) -> Assessment:
    """Keep the answer of now as a new line; nothing earlier is touched. Raises as `answer_today` does."""
    answer = answer_today(nomination, override)
    override = override or override_of(nomination)
    return Assessment.objects.create(
        nomination=nomination, title_code=nomination.title_code, reason=reason,
        received_on=answer.received_on, regime=answer.regime,
        overridden=override is not None, override_reason=override.reason if override else "",
        outcome=answer.outcome, checked=answer.checked, unverified=answer.unverified,
        law_version=answer.law_version, counted_with=[each.pk for each in counted_with(nomination)],
        answer=answer.to_json(), by=by,
    )  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One condition that came out otherwise than when it was frozen."""

    vi: str
    was: str
    now: str


def differences(then: Answer, now: Answer) -> list[Difference]:
    """Conditions whose answer changed, came or went; in the order of today's rule."""
    before = {leaf.id: leaf for leaf in then.finding.leaves()}
    after = {leaf.id: leaf for leaf in now.finding.leaves()}
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, new = before.get(key), after.get(key)
        if (was and was.state) != (new and new.state):
            found.append(Difference((new or was).vi, was.state if was else "", new.state if new else ""))
    return found


def has_changed(then: Answer, now: Answer) -> bool:
    """Whether today's answer differs in anything but the version of the data."""
    return (then.outcome, then.checked, then.unverified, then.code) != (
        now.outcome, now.checked, now.unverified, now.code,
    ) or bool(differences(then, now))  # fmt: skip


def questions_of(nomination: Nomination, answer: Answer) -> dict[str, tuple[str, Finding]]:
    """Questions for people by the condition's id: the law's name of the question, and the finding.

    What is met without anybody's answer, such as what is asked of heads alone, is no question here.
    """
    law = law_of(nomination.department)
    rule = law.rule(answer.code, answer.kind, answer.branch, answer.regime, answer.received_on)
    names = {each.id: each.kind.question for each in rule.group.criteria() if isinstance(each.kind, Judged)}
    answered = judged_of(nomination)
    return {
        leaf.id: (names[leaf.id], leaf)
        for leaf in answer.finding.leaves()
        if leaf.id in names and (leaf.state != "met" or names[leaf.id] in answered)
    }
