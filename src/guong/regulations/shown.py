"""The law as pages print it: values with their units and words, rules as sentences, differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from guong.base.templatetags.gui_format import money, percent, vi_number
from guong.base.text import fold
from guong.law import Award, Cited, Confidence, Law, NotInForce, NotKnown, compare
from guong.law.model import Criterion, Group, Rule

SUBJECTS = {
    "individual": gettext_lazy("individuals"),
    "collective": gettext_lazy("collectives"),
    "household": gettext_lazy("households"),
}
CATEGORIES = {
    "title": pgettext_lazy("law", "emulation title"),
    "form": pgettext_lazy("law", "form of commendation"),
    "honour": pgettext_lazy("law", "honorary title"),
    "encouragement": pgettext_lazy("law", "praise"),
}
LEVELS = {
    "commune": pgettext_lazy("law", "commune"),
    "unit": pgettext_lazy("law", "unit, department"),
    "province": pgettext_lazy("law", "province, ministry"),
    "state": pgettext_lazy("law", "State"),
    "none": "—",
}
CONFIDENCE = {
    Confidence.TEXT: ("ok", pgettext_lazy("law", "read in the text")),
    Confidence.SECONDARY: ("plain", pgettext_lazy("law", "quoted elsewhere")),
    Confidence.UNVERIFIED: ("warn", pgettext_lazy("law", "not verified")),
}
GROUPS = {
    "authority": pgettext_lazy("law", "Who decides"),
    "caps": gettext_lazy("Caps"),
    "votes": gettext_lazy("Votes"),
    "deadline": gettext_lazy("Deadlines"),
    "processing": gettext_lazy("Time for handling"),
    "publication": gettext_lazy("Publication"),
    "dossier": gettext_lazy("Papers of a dossier"),
    "forms": gettext_lazy("Form numbers"),
    "money": gettext_lazy("Money"),
    "ratings": gettext_lazy("Yearly ratings"),
    "general": gettext_lazy("General rules"),
    "retention": gettext_lazy("Keeping of files"),
}
OTHER = gettext_lazy("Other")
TERMS = {
    "achievement_proof": pgettext_lazy("law", "confirmation of the achievement"),
    "armed_forces": pgettext_lazy("law", "the armed forces"),
    "award_decisions": pgettext_lazy("law", "copies of award decisions"),
    "body_summary": pgettext_lazy("law", "the body's own summary"),
    "commune_chairman": pgettext_lazy("law", "the chairman of the commune"),
    "consultation": pgettext_lazy("law", "opinions asked for"),
    "council_minutes": pgettext_lazy("law", "minutes of the council"),
    "department_director": pgettext_lazy("law", "the director of the department"),
    "direct_work_confirmation": pgettext_lazy("law", "confirmation of direct work"),
    "district_chairman": pgettext_lazy("law", "the chairman of the district"),
    "government": pgettext_lazy("law", "the Government"),
    "head_of_body": pgettext_lazy("law", "the head of the body"),
    "initiative_or_rating_proof": pgettext_lazy("law", "proof of the initiative or the outstanding rating"),
    "initiative_proof": pgettext_lazy("law", "recognition of the initiative"),
    "minister": pgettext_lazy("law", "the minister"),
    "president": pgettext_lazy("law", "the President"),
    "prime_minister": pgettext_lazy("law", "the Prime Minister"),
    "provincial_chairman": pgettext_lazy("law", "the chairman of the province"),
    "report": pgettext_lazy("law", "report of achievements"),
    "review_minutes": pgettext_lazy("law", "minutes of the review"),
    "science_acceptance": pgettext_lazy("law", "acceptance of the science task"),
    "submission": pgettext_lazy("law", "submission"),
    "ttut_proof": pgettext_lazy("law", "decision of Thầy thuốc ưu tú"),
    "vote_record": pgettext_lazy("law", "record of the count"),
    "all_members": pgettext_lazy("law", "all members of the council"),
    "written_opinion": pgettext_lazy("law", "a written opinion"),
}


def value_words(law: Law, name: str, value: Any) -> str:
    """A value with its unit, as people write it."""
    kind = law.values[name].type
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(_word(law, each) for each in value)
    if not isinstance(value, int | Decimal):
        return _word(law, str(value))
    written: dict[str, Any] = {
        "percent": percent, "money": money,
        "days": lambda n: ngettext("%(n)s day", "%(n)s days", int(n)) % {"n": n},
        "working_days": lambda n: ngettext("%(n)s working day", "%(n)s working days", int(n)) % {"n": n},
        "months": lambda n: ngettext("%(n)s month", "%(n)s months", int(n)) % {"n": n},
        "years": lambda n: ngettext("%(n)s year", "%(n)s years", int(n)) % {"n": n},
    }  # fmt: skip
    return str(written.get(kind, vi_number)(value))


def _word(law: Law, code: str) -> str:
    """An award, an instrument, an office, a paper or another term of the data in words."""
    if code in law.awards:
        return name_of(law.awards[code])
    if code in law.instruments:
        return law.instruments[code].name
    return str(TERMS.get(code, code))


def name_of(award: Award) -> str:
    """The award in the reader's language."""
    return award.en if (get_language() or "vi").startswith("en") else award.vi


def what(law: Law, name: str) -> str:
    """What a value is about, with the award and subject its name speaks of."""
    said = pgettext("law value", law.values[name].about)
    parts = name.split(".")[1:]
    about = [name_of(law.awards[part]) for part in parts if part in law.awards]
    about += [str(SUBJECTS[part]) for part in parts if part in SUBJECTS]
    named = [each for each in about if each not in said]
    return f"{said}: {', '.join(named)}" if named else said


@dataclass(frozen=True)
class Line:
    """One value on one day. `kind` and `sure` are the mark of its confidence."""

    name: str
    about: str
    value: str
    source: str
    note: str
    kind: str
    sure: str
    layer: str
    confidence: str

    @property
    def search(self) -> str:
        """Everything a search looks in, without marks."""
        return fold(f"{self.name} {self.about} {self.value} {self.source} {self.layer}")


def values_on(law: Law, day: date) -> Iterator[Line]:
    """Every value on a day; what no source gives is said to be unknown."""
    for name in law.values:
        try:
            cited, value = law.value(name, day), ""
        except NotInForce:
            continue
        except NotKnown as unknown:
            yield Line(name, what(law, name), _("not known"), "", str(unknown), *_sure(Confidence.UNVERIFIED),
                       "", "unverified")  # fmt: skip
            continue
        value = value_words(law, name, cited.value)
        yield Line(
            name, what(law, name), value, cited.source, cited.note, *_sure(cited.confidence),
            _layer_of(law, name, day), cited.confidence.value,
        )  # fmt: skip


def _sure(confidence: Confidence) -> tuple[str, str]:
    kind, words = CONFIDENCE[confidence]
    return kind, str(words)


def sure(confidence: str) -> tuple[str, str]:
    """Kind and words of the pill for a confidence."""
    return _sure(Confidence(confidence))


def _layer_of(law: Law, name: str, day: date) -> str:
    return next((layer.decision for layer in reversed(law.layers_on(day)) if name in layer.values), "")


def found(lines: Iterator[Line], words: str, confidence: str) -> list[Line]:
    """Lines that hold all the words, in their name, sense, value or source."""
    wanted = fold(words).split()
    return [
        line
        for line in lines
        if (not confidence or line.confidence == confidence)
        and all(
            word in fold(f"{line.name} {line.about} {line.value} {line.source} {line.layer}")
            for word in wanted
        )
    ]


def grouped(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under the headings of the page, in their order."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        head = str(GROUPS.get(line.name.split(".", 1)[0], OTHER))
        groups.setdefault(head, []).append(line)
    order = [str(name) for name in (*GROUPS.values(), OTHER)]
    return sorted(groups.items(), key=lambda group: order.index(group[0]))


@dataclass(frozen=True)
class Said:
    """One condition, or a group of which all or any must hold."""

    text: str = ""
    source: str = ""
    note: str = ""
    kind: str = ""
    sure: str = ""
    mode: str = ""
    parts: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class RuleSaid:
    """The rule of one kind of subject on one branch."""

    subject: str
    branch: str
    layer: str
    said: Said


def rules_of(law: Law, code: str, day: date) -> list[RuleSaid]:
    """What an award asks on a day, in sentences."""
    regime = law.regime_on(day).code
    return [
        RuleSaid(
            str(SUBJECTS[rule.subject]), law.branches.get(rule.branch, rule.branch), _decision(law, rule),
            _group(law, rule.group),
        )
        for rule in law.rules_under(regime, day)
        if rule.code == code
    ]  # fmt: skip


def not_verified(rules: list[RuleSaid]) -> list[Said]:
    """Conditions of these rules that nobody has compared with the text, each once."""
    found = {each.text: each for rule in rules for each in _leaves(rule.said) if each.kind == "warn"}
    return list(found.values())


def _leaves(said: Said) -> Iterator[Said]:
    if not said.mode:
        yield said
    for part in said.parts:
        yield from _leaves(part)


def _decision(law: Law, rule: Rule) -> str:
    return next((layer.decision for layer in law.layers if layer.code == rule.layer), "")


def _group(law: Law, group: Group) -> Said:
    parts: list[Said] = []
    for part in group.parts:
        said = _group(law, part) if isinstance(part, Group) else _criterion(law, part)
        parts += said.parts if said.mode == group.mode else [said]
    return Said(mode=group.mode, parts=parts)


def _criterion(law: Law, criterion: Criterion) -> Said:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    kind, words = _sure(criterion.confidence)
    return Said(law.words.sentence(criterion, language), criterion.source, criterion.note, kind, words)


@dataclass(frozen=True)
class Side:
    """What one of two laws says: nothing when it is silent; `unsure`: nobody has verified it."""

    words: str
    source: str
    unsure: bool


@dataclass(frozen=True)
class Difference:
    """One thing a layer changes."""

    about: str
    name: str
    before: Side
    after: Side


def differences(before: Law, after: Law, day: date) -> list[Difference]:
    """What changes between two laws on a day, in the reader's words; values first."""
    unsure = [_unsure(law, day) for law in (before, after)]
    made = []
    for change in compare(before, after, day):
        old, new = change.before, change.after
        if change.name in before.values:
            old, new = (_on(law, change.name, day) for law in (before, after))
        sides = (
            Side(words, source, change.name in doubtful)
            for words, source, doubtful in (
                (old, change.source_before, unsure[0]), (new, change.source_after, unsure[1]),
            )
        )  # fmt: skip
        made.append(Difference(_about(before, change.name), change.name, *sides))
    return sorted(made, key=lambda each: (each.name not in before.values, each.name))


def _about(law: Law, name: str) -> str:
    if name in law.values:
        return what(law, name)
    code, subject, branch = name.split(".")[:3]
    return f"{name_of(law.awards[code])}, {SUBJECTS[subject]} ({law.branches.get(branch, branch)})"


def _unsure(law: Law, day: date) -> set[str]:
    """Names of values and conditions of the day that nobody has verified, as a comparison names them."""
    found = {line.name for line in values_on(law, day) if line.confidence == Confidence.UNVERIFIED}
    for rule in law.rules_under(law.regime_on(day).code, day):
        key = f"{rule.code}.{rule.subject}.{rule.branch}"
        found |= {f"{key}.{each.id}" for each in rule.group.criteria() if each.is_unverified}
    return found


def _on(law: Law, name: str, day: date) -> str:
    try:
        cited: Cited = law.value(name, day)
    except LookupError:
        return ""
    return value_words(law, name, cited.value)
