"""An assessment as a page shows it: conditions as sentences, what the book says, sources in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from guong.law import Assessment, Facts, Finding, Law, Override, Question, assess
from guong.law.citing import in_full
from guong.law.engine import MERIT
from guong.law.words import LANGUAGES
from guong.records.lacking import Lacks
from guong.records.proposing import GIVEN, JUDGED, LEVELS, OPEN, TO_JUDGE
from guong.records.rounds import with_its_round
from guong.records.sentences import book_says, language, words_of


@dataclass(frozen=True)
class Point:
    """One condition, or (`mode` set) the line above several of which any or all must hold."""

    key: str
    depth: int
    state: str
    text: str
    mode: str = ""
    says: str = ""
    lacks: str = ""
    source: str = ""
    confidence: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""
    for_people: bool = False
    suspends: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """One answer ready to be read."""

    answer: Assessment
    word: str
    points: tuple[Point, ...]
    lacks: tuple[str, ...]
    authority: tuple[str, ...]
    authority_source: str
    since: date
    instruments: tuple[str, ...]
    layers: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Records whose entry would settle something."""
        return tuple(sorted({name for point in self.points for name in point.missing}))


@dataclass(frozen=True)
class Pair:
    """The same condition under two regimes; None where one does not ask it."""

    left: Point | None
    right: Point | None

    @property
    def differs(self) -> bool:
        """Whether another thing is asked, or the same comes out otherwise."""
        if self.left is None or self.right is None:
            return True
        return (self.left.text, self.left.state) != (self.right.text, self.right.state)


@dataclass(frozen=True)
class Line:
    """One award in the overview of a subject."""

    code: str
    title: str
    level: str
    is_title: bool
    word: str
    unverified: bool
    lacks: tuple[str, ...]
    judged: tuple[str, ...]


def word_of(answer: Assessment) -> str:
    """The answer of lists: an open one whose rest only people can judge says so."""
    if answer.outcome != OPEN or answer.checked != "eligible":
        return answer.outcome
    machine = [each for each in answer.finding.leaves() if not each.for_people and not each.suspends]
    return TO_JUDGE if machine else JUDGED


def explain(law: Law, answer: Assessment) -> Explained:
    """The assessment with everything spelled out. `law` must be the one that gave it."""
    lacks = Lacks(law, answer)
    regime = law.regimes[answer.regime]
    named = {layer.code: f"{layer.vi} ({layer.decision})" for layer in law.layers}
    return Explained(
        answer=answer,
        word=word_of(answer),
        points=tuple(_points(law, lacks, answer.finding, 0, "all")),
        lacks=tuple(lacks.sentences()),
        authority=tuple(office_words(law, office) for office in answer.authority.offices),
        authority_source=in_full(answer.authority.source, law.instruments),
        since=regime.since,
        instruments=tuple(law.instruments[key].name for key in regime.instruments),
        layers=tuple(named.get(code, code) for code in answer.layers),
    )


def _points(law: Law, lacks: Lacks, finding: Finding, depth: int, above: str) -> Iterator[Point]:
    """Conditions in order; "all of these" inside "all of these" needs no line of its own."""
    if not finding.mode:
        yield _point(law, lacks, finding, depth)
        return
    inside = depth
    if finding.mode != above:
        heading = _("Any one of these") if finding.mode == "any" else _("All of these")
        yield Point(f"{finding.mode}{depth}", depth, finding.state, heading, finding.mode)
        inside = depth + 1
    for part in finding.parts:
        yield from _points(law, lacks, part, inside, finding.mode)


def _point(law: Law, lacks: Lacks, finding: Finding, depth: int) -> Point:
    return Point(
        key=finding.id,
        depth=depth,
        state=finding.state,
        text=lacks.words(finding),
        says=book_says(law, finding),
        lacks=lacks.of_one(finding) if finding.state == "failed" else "",
        source=in_full(finding.source, law.instruments),
        confidence=finding.confidence,
        evidence=_evidence(law, finding),
        note=finding.note,
        for_people=finding.for_people,
        suspends=finding.suspends,
        missing=tuple(filter(None, finding.missing.split(", "))) if not finding.for_people else (),
    )


def _evidence(law: Law, finding: Finding) -> tuple[str, ...]:
    """Papers in the reader's language; an assessment keeps the Vietnamese names."""
    named = {paper[LANGUAGES[0]]: paper[language()] for paper in law.words.papers.values()}
    return tuple(named.get(words, words) for words in finding.evidence)


def office_words(law: Law, office: str) -> str:
    """An office of the law's data by its name."""
    named = {
        "department_director": _("director of the department"),
        "district_chairman": _("chairman of the district's People's Committee"),
        "commune_chairman": _("chairman of the commune's People's Committee"),
        "provincial_chairman": _("chairman of the province's People's Committee"),
        "minister": _("minister of health"), "prime_minister": _("prime minister"),
        "government": _("the Government"), "president": _("president of the State"),
        "armed_forces": _("commanders of the armed forces"), "head_of_body": _("head of the body"),
    }  # fmt: skip
    return named.get(office) or words_of(law, office)


def paired(left: Explained, right: Explained) -> list[Pair]:
    """Conditions of two regimes beside each other, in the order of the first."""
    ours, theirs = [point.key for point in left.points], [point.key for point in right.points]
    found: list[Pair] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Pair(*both) for both in zip(left.points[a:b], right.points[c:d], strict=True)]
        else:
            found += [Pair(point, None) for point in left.points[a:b]]
            found += [Pair(None, point) for point in right.points[c:d]]
    return found


def what_if(law: Law, facts: Facts, question: Question, regime: str) -> Explained:
    """The same question under another regime, to look at only. Raises NotInForce if not laid down."""
    override = Override(regime, _("comparison only, no nomination"))
    asked = Question(
        question.subject, question.code, question.year, question.received_on, question.branch,
        question.decided_on, override,
    )  # fmt: skip
    return explain(law, assess(law, facts, asked))


def overview(law: Law, facts: Facts, subject: int, year: int, day: date) -> list[Line]:
    """Every award of the subject's kind on the branch of merit: the answer, and what is missing."""
    kind = facts.subjects["kind"][0]
    regime = law.regime_on(day).code
    given = set(facts.titles.filter(facts.titles["year"] == year)["code"].to_list())
    codes = [
        rule.code for rule in law.rules_under(regime, day) if rule.subject == kind and rule.branch == MERIT
    ]
    in_round = with_its_round(law, facts, year, day)
    lines = [
        _line(law, (facts, in_round), Question(subject, code, year, day), given=code in given)
        for code in codes
    ]
    places = {code: place for place, code in enumerate(law.awards)}
    return sorted(lines, key=lambda line: (not line.is_title, LEVELS.index(line.level), places[line.code]))


def _line(law: Law, known: tuple[Facts, Facts], question: Question, *, given: bool) -> Line:
    """`known`: the facts, and the facts with the lower titles of a running round."""
    award = law.awards[question.code]
    answer, later = (assess(law, facts, question) for facts in known)
    word = word_of(answer)
    if word == "not_eligible" and later.checked == "eligible":
        word = TO_JUDGE
    judged = tuple(
        each.en if language() == "en" else each.vi for each in answer.deciding("open") if each.for_people
    )
    return Line(
        code=award.code,
        title=award.en if language() == "en" else award.vi,
        level=award.level,
        is_title=award.category == "title",
        word=GIVEN if given else word,
        unverified=answer.unverified,
        lacks=tuple(Lacks(law, answer).sentences()),
        judged=judged,
    )


def next_of(lines: list[Line]) -> list[Line]:
    """The nearest title and the nearest form that cannot be proposed yet, each with what is missing."""
    waiting = [line for line in lines if line.word in (OPEN, "not_eligible", "suspended") and line.lacks]
    found = []
    for is_title in (True, False):
        mine = [line for line in waiting if line.is_title is is_title]
        if mine:
            found.append(min(mine, key=lambda line: (LEVELS.index(line.level), len(line.lacks))))
    return found


def branches_of(law: Law, code: str, kind: str) -> list[str]:
    """Branches on which the award can be asked under any regime, merit first."""
    keys = [key[:3] for key in law.rules] + [key for layer in law.layers for key in layer.rules]
    found = {branch for award, subject, branch in keys if (award, subject) == (code, kind)}
    return sorted(found, key=lambda branch: (branch != MERIT, list(law.branches).index(branch)))
