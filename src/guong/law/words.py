"""Vietnamese and English sentences for conditions, questions and papers, from the law data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guong.law.conditions import Condition
from guong.law.marked import Node
from guong.law.reading_rules import KINDS, NAMES

Pair = Mapping[str, str]
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Words:
    """Sentences by language; terms translate the words used as figures (HTXS, province …)."""

    kinds: Mapping[str, Pair]
    questions: Mapping[str, Pair]
    papers: Mapping[str, Pair]
    terms: Mapping[str, Pair]

    def sentence(self, condition: Condition, language: str) -> str:
        """What the condition asks, as one phrase."""
        figures = {name: self._term(value, language) for name, value in condition.words().items()}
        if "question" in figures:
            return self.questions[str(vars(condition)["question"])][language]
        return self.kinds[NAMES[type(condition)]][language].format_map(_Or(figures))

    def _term(self, value: object, language: str) -> str:
        if isinstance(value, tuple):
            return (" hoặc " if language == "vi" else " or ").join(self._term(each, language) for each in value)
        term = self.terms.get(str(value))
        return term[language] if term else str(value)


class _Or(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def read_words(root: Node) -> Words:
    """The words file. Raises LawError when a condition has no sentence or a language is missing."""
    parts = root.only("kinds", "questions", "papers", "terms")
    for kind in KINDS:
        if kind != "judged" and kind not in root.need("kinds").map():
            raise parts["kinds"].mark.wrong(f"no sentence for {kind!r}")
    root.need("kinds").only(*KINDS)
    return Words(**{name: _pairs(root.need(name)) for name in ("kinds", "questions", "papers", "terms")})


def _pairs(node: Node) -> dict[str, Pair]:
    found = {}
    for name, each in node.map().items():
        each.only(*LANGUAGES)
        found[name] = {language: each.need(language).text() for language in LANGUAGES}
    return found
