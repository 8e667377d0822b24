"""Who does what: the section "tổ chức thực hiện", item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from guong.planreader.document import Document
from guong.planreader.fields.units import begins_with_body
from guong.planreader.grammar import DUTY, ORGANISATION, UNIT_END
from guong.planreader.marks import DASH
from guong.planreader.meaning import FUNDING, PERIOD, rest_of, title_of
from guong.planreader.model import Assignment
from guong.planreader.outline import Node
from guong.planreader.passage import Ledger, Span
from guong.planreader.spelling import bare, bare_pattern

_POLITE = bare_pattern(r"^(?:Đề nghị|Giao(?: cho)?|Yêu cầu|Trách nhiệm của|Nhiệm vụ của|Đối với)\s+(?=\S)")
_ADVERBIAL = re.compile(
    r"^(?:Căn cứ|Trên cơ sở|Theo|Định kỳ|Hằng|Hàng|Để|Sau khi|Khi|Trong|Kết thúc|Từ|Ngoài|Cùng với|Trước)\b"
)
_COMMA = re.compile(r",\s+")
_SENTENCE = re.compile(r"\.\s+(?=[^\W\d_])")
_LONGEST_ADVERBIAL = 400
_LONGEST_UNIT = 190


@dataclass
class Share:
    """One body's share of the work, before it becomes an Assignment."""

    unit: Span
    tasks: list[Span] = field(default_factory=list)


def assignments_of(document: Document, ledger: Ledger) -> tuple[Assignment, ...]:
    """In document order."""
    return tuple(
        Assignment(part.put("unit", share.unit, 0.93), part.put_all("tasks", share.tasks, 0.93))
        for index, share in enumerate(shares_of(document))
        for part in [ledger.at("assignments", index)]
    )


def shares_of(document: Document) -> list[Share]:
    """The shares of the last section about organisation that names a body."""
    for found in (_shares_in_items, _shares_in_paragraphs):
        for section in _sections(document):
            if shares := list(found(section)):
                return shares
    return []


def _shares_in_items(section: Node) -> Iterator[Share]:
    return _shares(section.children)


def _shares_in_paragraphs(section: Node) -> Iterator[Share]:
    """Paragraphs without a number that open with a body and its duty."""
    for node in section.walk():
        if not title_of(node).says(FUNDING):
            yield from (share for body in node.bodies if (share := share_of(Node(body.whole()))))


def _sections(document: Document) -> list[Node]:
    """Sections about organisation, the last first."""
    sections = [
        node
        for node in document.outline.root.children
        if title_of(node) and title_of(node).says(ORGANISATION)
    ]
    if not sections:
        sections = [node for node in document.nodes() if node.mark and title_of(node).says(ORGANISATION)][:1]
    return sections[::-1]


def loose_items(document: Document) -> Iterator[Span]:
    """Items of that section that name no body."""
    for section in _sections(document)[:1]:
        for node in section.children:
            about = title_of(node).says(PERIOD) or title_of(node).says(ORGANISATION)
            if not about and share_of(node) is None and not any(share_of(child) for child in node.children):
                yield node.head


def _shares(nodes: list[Node]) -> Iterator[Share]:
    for node in nodes:
        title = title_of(node)
        if title.says(PERIOD) and len(title.text) < 60:
            continue
        inner = [child for child in node.children if child.rank < DASH]
        if inner and _about_sharing(title, inner):
            yield from _shares(node.children)
        elif share := share_of(node):
            yield share


def _about_sharing(title: Span, inner: list[Node]) -> bool:
    """A heading such as "Phân công nhiệm vụ" over headings that name bodies."""
    named = sum(begins_with_body(child.head.text) for child in inner)
    polite = _POLITE.match(bare(title.text)) is not None
    return (title.says(ORGANISATION) and not polite) or named * 2 > len(inner)


def share_of(node: Node) -> Share | None:
    """None when the item names no body, neither first nor after an adverbial nor in its second sentence."""
    return next((share for head in _openings(node.head) if (share := _share(node, head))), None)


def _openings(head: Span) -> Iterator[Span]:
    """Where the name of a body may begin."""
    yield _without_politeness(head)
    if _ADVERBIAL.match(head.text):
        for comma in _COMMA.finditer(head.text, 0, _LONGEST_ADVERBIAL):
            rest = _without_politeness(head.sub(comma.end()))
            if begins_with_body(rest.text):
                yield rest
                return
    if (stop := _SENTENCE.search(head.text, 0, _LONGEST_ADVERBIAL)) and not begins_with_body(head.text):
        yield _without_politeness(head.sub(stop.end()))


def _share(node: Node, head: Span) -> Share | None:
    if not head or not begins_with_body(head.text):
        return None
    rest = rest_of(node)
    title = _without_politeness(title_of(node))
    first = head.start == _without_politeness(node.head).start
    named = not title.search(DUTY) or _is_duty(rest)
    if first and rest is not None and named and len(title.text) <= _LONGEST_UNIT:
        return Share(title, [rest, *_tasks(node)])
    if first and UNIT_END.search(head.text) and _has_more(node) and len(head.text) <= _LONGEST_UNIT:
        return Share(title, _tasks(node))
    verb = head.search(DUTY)
    if first and _has_more(node) and (verb is None or _is_name(head.text)):
        return Share(head.trimmed(), _tasks(node))
    if verb is None or verb.start - head.start > _LONGEST_UNIT:
        return None
    unit = Span(head.passage, head.start, verb.start).trimmed()
    return (
        Share(unit, [Span(head.passage, verb.start, head.end), *_tasks(node)]) if " " in unit.text else None
    )


def _is_duty(rest: Span | None) -> bool:
    """Duties follow the colon, so a verb before it belongs to a name: "Trưởng đoàn kiểm tra: …"."""
    return rest is not None and DUTY.match(rest.text[:1].lower() + rest.text[1:]) is not None


def _is_name(text: str) -> bool:
    """A heading, not a sentence: short, and without the stop of a sentence."""
    return len(text) <= 110 and not text.rstrip().endswith((".", ";"))


def _has_more(node: Node) -> bool:
    return bool(node.children or node.bodies)


def _tasks(node: Node) -> list[Span]:
    tasks = [body.whole() for body in node.bodies]
    for child in node.children:
        tasks += [child.head, *(body.whole() for body in child.bodies)]
        tasks += [under.head for under in child.children]
    return [task for task in tasks if task]


def _without_politeness(span: Span) -> Span:
    found = _POLITE.match(bare(span.text))
    return span.sub(found.end()) if found else span
