"""Documents the body cites, kept apart from the bases of the plan (B-03)."""

from __future__ import annotations

from collections.abc import Sequence

from guong.planreader.document import Document
from guong.planreader.fields.bases import basis_at, numbered_in
from guong.planreader.model import LegalBasis
from guong.planreader.passage import Ledger, Passage

# No plan cites more; a text made of citations alone must not cost a minute.
MOST = 300


def citations_of(
    document: Document, bases: Sequence[LegalBasis], own: str | None, ledger: Ledger
) -> tuple[LegalBasis, ...]:
    """In document order, each number once, without the bases and the plan itself."""
    seen = {basis.number.casefold() for basis in bases if basis.number} | {(own or "").casefold()}
    found: list[LegalBasis] = []
    for passage in _passages(document):
        for match, number in numbered_in(passage.text):
            if number.casefold() in seen or len(found) >= MOST:
                continue
            seen.add(number.casefold())
            found.append(basis_at(passage, match, ledger.at("citations", len(found))))
    return tuple(found)


def _passages(document: Document) -> list[Passage]:
    body = [passage for node in document.nodes() for passage in (node.head.passage, *node.bodies)]
    return [*document.preamble, *body, *document.outline.conclusion]
