"""Purposes and requirements, item by item; a requirement that carries a number can become a check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.document import Document
from guong.planreader.fields.targets import counted_in
from guong.planreader.meaning import AIMS, PURPOSES, REQUIREMENTS, content_of, title_of
from guong.planreader.model import Requirement
from guong.planreader.outline import Node
from guong.planreader.passage import Ledger, Span


def purposes_of(document: Document, ledger: Ledger) -> tuple[str, ...]:
    """Items under a heading of purposes, and items under one heading for both that are not told apart."""
    spans = list(_items(document, PURPOSES))
    if not spans and not any(_items(document, REQUIREMENTS)):
        spans = list(_items(document, AIMS))
    return ledger.put_all("purposes", spans, 0.93)


def requirements_of(document: Document, ledger: Ledger) -> tuple[Requirement, ...]:
    return tuple(
        _requirement(span, ledger.at("requirements", at))
        for at, span in enumerate(_items(document, REQUIREMENTS))
    )


def _items(document: Document, meaning: re.Pattern[str]) -> Iterator[Span]:
    for node in document.nodes():
        if _announces(node, meaning) and not any(_announces(child, meaning) for child in node.children):
            yield from (span for span in map(Span.trimmed, content_of(node)) if span)


def _announces(node: Node, meaning: re.Pattern[str]) -> bool:
    return node.mark is not None and title_of(node).says(meaning)


def _requirement(span: Span, ledger: Ledger) -> Requirement:
    metric, value = counted_in(span) or (None, None)
    return Requirement(
        ledger.put("text", span, 0.93), ledger.put("metric", metric, 0.75), ledger.put("value", value, 0.85)
    )
