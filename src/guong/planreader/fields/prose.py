"""The text itself, section by section: for a reader of the plan and for the editor of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guong.planreader.document import Document
from guong.planreader.meaning import rest_of, title_of
from guong.planreader.model import Section
from guong.planreader.outline import Node, Table
from guong.planreader.passage import Ledger, Passage, Span

# A heading no longer than this is a title; a longer first paragraph is text.
_LONGEST_TITLE = 300


def sections_of(document: Document, ledger: Ledger) -> tuple[Section, ...]:
    """In document order; text before the first section and after the last stands in unnumbered ones."""
    root = document.outline.root
    parts = [_loose(root.bodies), *map(_numbered, root.children), _loose(document.outline.conclusion)]
    kept = [part for part in parts if part is not None]
    return tuple(_put(*part, ledger.at("sections", at)) for at, part in enumerate(kept))


_Part = tuple[Span | None, Span | None, list[Span]]


def _loose(passages: Sequence[Passage]) -> _Part | None:
    return (None, None, [passage.whole() for passage in passages]) if passages else None


def _numbered(node: Node) -> _Part:
    title = title_of(node)
    code = Span(node.head.passage, 0, len(node.label)) if node.label else None
    if len(title.text) > _LONGEST_TITLE:
        return code, None, [node.head, *_under(node)]
    rest = rest_of(node)
    return code, title, [*([rest] if rest else []), *_under(node)]


def _under(node: Node) -> list[Span]:
    """Everything under a heading as it is printed, numbers and bullets included."""
    spans = [
        *(body.whole() for body in node.bodies),
        *(row for table in node.tables for row in _rows(table)),
        *(span for child in node.children for span in (child.head.passage.whole(), *_under(child))),
    ]
    return sorted(spans, key=lambda span: (span.passage.row, span.start))


def _rows(table: Table) -> Iterator[Span]:
    for row in table.rows:
        cells = [cell for cell in row if cell.text]
        if cells:
            yield cells[0].blank().add(cells[0].row).whole()


def _put(code: Span | None, title: Span | None, paragraphs: list[Span], ledger: Ledger) -> Section:
    return Section(
        ledger.put("code", code, 0.97) if code else None,
        ledger.put("title", title, 0.97) if title else None,
        ledger.put_all("paragraphs", paragraphs, 0.97),
    )
