"""The numbered tree of a document: paragraphs joined from lines, hung under the number they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from guong.planreader.grammar import BODY_START, LOWER, ORGANISATION, UPPER
from guong.planreader.marks import ARABIC, BRACKET, DASH, ROMAN, Mark, is_label, mark_of
from guong.planreader.model import Line
from guong.planreader.passage import Passage, Span
from guong.planreader.spelling import bare, bare_pattern, is_upper, squeeze

_ENDED = re.compile(r"[.;:?!…]\W*$|/\.$")
_COUNTED = re.compile(r"(?:\b(?:ngày|tháng|năm|số|khoản|điều|quý)|[-–/,])$", re.IGNORECASE)
_TWO_HEADINGS = re.compile(rf"^(?P<a>[^{LOWER}]{{8,}}?)\s+(?=\d{{1,2}}\.\s?[{UPPER}][{LOWER}])")
_OWN_LINE = re.compile(r"^\W*(?:Nơi nhận|Căn cứ|Trên đây là|Trong quá trình)\b")
_END = re.compile(
    r"^\W*(?:Trên đây là|Trong quá trình|Quá trình (?:thực hiện|triển khai)|Nhận được|Yêu cầu (?:các"
    r"|Thủ trưởng)"
    r"|Đề nghị (?:các|Thủ trưởng))\b"
)
_USUAL = bare_pattern(
    r"^(?:(?:mục đích|yêu cầu|mục tiêu|nội dung|thời gian|tổ chức thực hiện|phân công|kinh phí"
    r"|đối tượng|phạm vi"
    r"|nhiệm vụ|giải pháp|thành phần|địa điểm|phương thức|hình thức|chương trình|chỉ tiêu|tiến độ)"
    r"(?:\s[^\W\d]+){0,5}(?:,\s|\s-\s)?){1,4}:?$"
)
_IN_LINE = re.compile(r"\((\d{1,2})\)\s")
_LONGEST_TITLE = 80
_LONGEST_BODY = 190
_LONGEST = 12_000


@dataclass
class Table:
    """Rows of cells; a cell is a passage, empty cells have an empty text."""

    rows: list[list[Passage]] = field(default_factory=list)


@dataclass
class Node:
    """One numbered or bulleted paragraph and what stands under it."""

    head: Span
    mark: Mark | None = None
    number: int | None = None
    bodies: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def rank(self) -> int:
        return self.mark.rank if self.mark else -1

    @property
    def label(self) -> str | None:
        return self.mark.label if self.mark and not self.mark.is_bullet else None

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def spans(self) -> Iterator[Span]:
        """Head and bodies of this node and of all under it, in order."""
        if self.head:
            yield self.head
        yield from (body.whole() for body in self.bodies)
        for child in self.children:
            yield from child.spans()


@dataclass
class Outline:
    """The root holds the sections; `conclusion` is the last paragraph or two, which belong to no section.

    `unnumbered` when no section bears a Roman number: then usual headings alone on their line open sections.
    """

    root: Node
    conclusion: list[Passage] = field(default_factory=list)
    unnumbered: bool = False


def outline_of(lines: Sequence[Line], rows: Sequence[int]) -> Outline:
    """Build the tree of the lines `rows`."""
    root = Node(Passage(lines).whole())
    outline = Outline(root, unnumbered=not any(_is_section(lines, row) for row in rows))
    stack = [root]
    for block in blocks_of(lines, rows):
        if isinstance(block, Table):
            stack[-1].tables.append(block)
        else:
            _hang(outline, stack, block)
    _number(root)
    return outline


def _hang(outline: Outline, stack: list[Node], passage: Passage) -> None:
    mark = mark_of(passage.text) or _unwritten(outline, stack, passage.text)
    if mark is None:
        if _END.match(passage.text) and len(outline.root.children) > 1:
            outline.conclusion.append(passage)
            return
        while len(stack) > 1 and stack[-1].rank >= DASH:
            stack.pop()
        stack[-1].bodies.append(passage)
        return
    if mark.is_heading and outline.conclusion:
        outline.conclusion.clear()
    if _is_one(outline, mark, passage.text):
        mark = replace(mark, rank=ARABIC)
    node = Node(passage.whole().sub(mark.end), mark, mark.number)
    while stack[-1].rank >= mark.rank:
        stack.pop()
    stack[-1].children.append(node)
    stack.append(node)


def _is_one(outline: Outline, mark: Mark, text: str) -> bool:
    """ "I. Mục đích" under headings in capitals: a scanner has read "1." so."""
    if mark.rank != ROMAN or mark.label != "I" or is_upper(text):
        return False
    return any(node.rank == ROMAN and is_upper(node.head.text) for node in outline.root.children)


def _is_section(lines: Sequence[Line], row: int) -> bool:
    mark = mark_of(squeeze(lines[row].text))
    return mark is not None and mark.rank <= ROMAN


def _unwritten(outline: Outline, stack: Sequence[Node], text: str) -> Mark | None:
    """The mark of a heading that bears none: a usual title of a section, or a body and its colon."""
    if outline.unnumbered and len(text) < _LONGEST_TITLE and _USUAL.match(bare(text)):
        return Mark(ROMAN, "", None, 0)
    shared = len(stack) > 1 and stack[1].head and ORGANISATION.search(bare(stack[1].head.text))
    if shared and text.endswith(":") and len(text) < _LONGEST_BODY and BODY_START.match(text):
        return Mark(BRACKET, "", None, 0)
    return None


def _number(root: Node) -> None:
    """A misread Roman number takes the next number of its row."""
    previous = 0
    for node in root.children:
        if node.mark and node.mark.rank == ROMAN:
            if node.number is None:
                node.number = previous + 1
            previous = node.number


def blocks_of(lines: Sequence[Line], rows: Sequence[int]) -> Iterator[Passage | Table]:
    """Paragraphs and tables in order; lines a page break or a narrow page has cut are joined again."""
    joiner = _Joiner(lines, rows)
    table: Table | None = None
    for row in rows:
        cells = cells_of(lines, row)
        if cells:
            if passage := joiner.take():
                yield passage
            table = table or Table()
            table.rows.append(cells)
            continue
        if table and squeeze(lines[row].text):
            yield table
            table = None
        yield from joiner.feed(row)
    if passage := joiner.take():
        yield passage
    if table:
        yield table


def cells_of(lines: Sequence[Line], row: int) -> list[Passage]:
    """The cells of a ` | ` row, none when the line is no table row."""
    text = lines[row].text
    if text.count(" | ") + text.count("\t| ") < 2 and not (text.count("|") > 2):
        return []
    cells = []
    start = 0
    for piece in text.split("|"):
        cells.append(Passage(lines).add(row, start, start + len(piece)))
        start += len(piece) + 1
    return cells


def _counts_on(before: str, text: str) -> bool:
    """The line begins with the next number of a list "(1) …; (2) …" that runs inside the paragraph."""
    found = _IN_LINE.match(text)
    return found is not None and f" ({int(found.group(1)) - 1}) " in before


class _Joiner:
    """Decides line by line whether a paragraph goes on."""

    def __init__(self, lines: Sequence[Line], rows: Sequence[int]) -> None:
        self._lines = lines
        self._open: Passage | None = None
        self._gap = False
        lengths = sorted(len(squeeze(lines[row].text)) for row in rows if lines[row].text.strip())
        # Nine lines of ten are no longer than a printed line: the text keeps its line breaks.
        widest = lengths[len(lengths) * 9 // 10] if lengths else 0
        self._full = 0.72 * widest if 40 < widest < 130 else 0.0

    def take(self) -> Passage | None:
        passage, self._open = self._open, None
        return passage

    def feed(self, row: int) -> Iterator[Passage]:
        text = squeeze(self._lines[row].text)
        if not text:
            self._gap = True
            return
        if self._open is not None and self._goes_on(text):
            self._open.add(row)
        else:
            if passage := self.take():
                yield passage
            yield from self._start(row, text)
        self._gap = False

    def _start(self, row: int, text: str) -> Iterator[Passage]:
        """One line may hold a section heading and the first heading under it."""
        two = _TWO_HEADINGS.match(text)
        if two and (mark := mark_of(text)) and mark.rank == ROMAN:
            raw = self._lines[row].text
            cut = raw.find(text[two.end() :][:6])
            if cut > 0:
                yield Passage(self._lines).add(row, 0, cut)
                self._open = Passage(self._lines).add(row, cut)
                return
        self._open = Passage(self._lines).add(row)

    def _goes_on(self, text: str) -> bool:
        before = self._open.text if self._open else ""
        if _counts_on(before, text) or is_label(before):
            return True
        if len(before) > _LONGEST or _ENDED.search(before):
            return self._cut_after_stop(before, text)
        cut = _COUNTED.search(before) or text.startswith("(")
        mark = mark_of(text)
        if mark is not None and (mark.is_bullet or not (cut and self._full_line(before))):
            return False
        if _OWN_LINE.match(text):
            return False
        if text[:1].islower() or _COUNTED.search(before):
            return True
        if is_upper(text) and is_upper(before) and mark_of(before) is not None:
            return not self._gap
        return not self._gap and self._full_line(before)

    def _cut_after_stop(self, before: str, text: str) -> bool:
        """In a text with printed line ends a full line may end in a stop by chance."""
        if len(before) > _LONGEST or self._gap or not self._full or before.endswith("/."):
            return False
        if before.endswith(":") and not self._full_line(before):
            return False
        return text[:1].islower() and mark_of(text) is None

    def _full_line(self, before: str) -> bool:
        return bool(self._full) and self._last_width >= self._full

    @property
    def _last_width(self) -> int:
        return len(squeeze(self._lines[self._open.last_row].text)) if self._open else 0
