"""Vietnamese and English sentences for conditions, questions and papers, from the law data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guong.law.marked import Node
from guong.law.model import Criterion
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

    def sentence(self, criterion: Criterion, language: str) -> str:
        """What the condition asks, as one phrase."""
        condition, chain = criterion.kind, criterion.chain
        if condition.by_people:
            return self.questions[str(vars(condition)["question"])][language]
        about = {**(vars(chain) if chain and condition.in_chain else {}), **vars(condition)}
        figures = {
            name: self._term(value, language) for name, value in about.items() if value not in (None, ())
        }
        kind = NAMES[type(condition)]
        if f"{kind}_after" in self.kinds and figures.get("after"):
            kind = f"{kind}_after"
        return self.kinds[kind][language].format_map(figures)

    def _term(self, value: object, language: str) -> str:
        if isinstance(value, tuple):
            return (" hoặc " if language == "vi" else " or ").join(
                self._term(each, language) for each in value
            )
        term = self.terms.get(str(value))
        return term[language] if term else str(value)


def read_words(root: Node) -> Words:
    """The words file. Raises LawError when a condition has no sentence or a language is missing."""
    parts = root.only("kinds", "questions", "papers", "terms")
    for kind, condition in KINDS.items():
        if not condition.by_people and kind not in root.need("kinds").map():
            raise parts["kinds"].mark.wrong(f"no sentence for {kind!r}")
    root.need("kinds").only(*KINDS, *(f"{kind}_after" for kind in KINDS))
    return Words(**{name: _pairs(root.need(name)) for name in ("kinds", "questions", "papers", "terms")})


def _pairs(node: Node) -> dict[str, Pair]:
    found: dict[str, Pair] = {}
    for name, each in node.map().items():
        each.only(*LANGUAGES)
        found[name] = {language: each.need(language).text() for language in LANGUAGES}
    return found
