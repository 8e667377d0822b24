"""Key communication contents: the items of the section that announces them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guong.planreader.document import Document
from guong.planreader.marks import DASH, PLUS
from guong.planreader.meaning import COMMUNICATIONS, TOPICS, headed, title_of
from guong.planreader.model import Topic
from guong.planreader.outline import Node
from guong.planreader.passage import Ledger, Span

# "… về (1) …; (2) …; (3) …": topics listed inside one sentence.
_INLINE = re.compile(r"\((\d{1,2})\)\s*")
_SPREADS = re.compile(r"\b(?:truyền thông|tuyên truyền|phổ biến)\b", re.IGNORECASE)


def topics_of(document: Document, ledger: Ledger) -> tuple[Topic, ...]:
    """From the first section of topics with two items or more, else from a list inside a sentence."""
    for node in headed(document.outline.root, TOPICS):
        items = _items(node)
        if len(items) > 1:
            return tuple(_topic(item, index, ledger) for index, item in enumerate(items))
    return _inline(document, ledger)


def _items(node: Node) -> list[Node]:
    children = [child for child in node.children if child.rank < PLUS]
    numbered = [child for child in children if child.rank < DASH]
    return numbered if len(numbered) > 1 else children


def _topic(node: Node, index: int, ledger: Ledger) -> Topic:
    part = ledger.at("topics", index)
    code = node.label
    if code:
        part.put("code", Span(node.head.passage, 0, node.head.start).trimmed(" .)(:"), 0.97)
    return Topic(code or str(index + 1), part.put("text", node.head.trimmed(), 0.95))


def _inline(document: Document, ledger: Ledger) -> tuple[Topic, ...]:
    for node in document.outline.root.walk():
        if node.mark is None or not title_of(node).says(COMMUNICATIONS) or len(title_of(node).text) > 120:
            continue
        for child in node.children:
            marks = list(_INLINE.finditer(child.head.passage.text, child.head.start))
            if _counted(marks) and child.head.search(_SPREADS):
                return _listed(child.head, marks, ledger)
    return ()


def _counted(marks: Sequence[re.Match[str]]) -> bool:
    return len(marks) > 2 and [int(mark.group(1)) for mark in marks] == list(range(1, len(marks) + 1))


def _listed(span: Span, marks: Sequence[re.Match[str]], ledger: Ledger) -> tuple[Topic, ...]:
    topics = []
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else span.end
        part = ledger.at("topics", index)
        part.put("code", Span(span.passage, *mark.span(1)), 0.7)
        topics.append(
            Topic(
                mark.group(1), part.put("text", Span(span.passage, mark.end(), end).trimmed(" .;,:…"), 0.65)
            )
        )
    return tuple(topics)
