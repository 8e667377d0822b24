"""What a heading announces, told by its words and not by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.outline import Node
from guong.planreader.passage import Span
from guong.planreader.spelling import bare_pattern

_COLON = re.compile(r"\s*:\s*")

# All searched in bare text: scanners lose accents, and headings are often in capitals.
PERIOD = bare_pattern(r"thời gian|tiến độ")
TOPICS = bare_pattern(
    r"nội dung (?:\w+ )?(?:truyền thông|tuyên truyền)(?! (?:và|bằng|trên))|(?:truyền thông"
    r"|tuyên truyền)\b.*\b(?:trọng tâm|trọng điểm|chủ yếu)"
    r"|(?:chủ đề|thông điệp) (?:truyền thông|tuyên truyền)"
)
COMMUNICATIONS = bare_pattern(r"truyền thông|tuyên truyền")
PROGRAMME = bare_pattern(r"chương trình (?:hội nghị|đại hội|buổi|lễ)|nội dung chương trình|^chương trình$")
PARTICIPANTS = bare_pattern(r"thành phần|đại biểu")
BASES = bare_pattern(r"^(?:các )?(?:căn cứ|cơ sở)(?:$|,? (?:pháp lý|xây dựng|ban hành|lập|để|kế hoạch)\b)")
PURPOSES = bare_pattern(r"^(?:mục đích|mục tiêu)(?: chung| cụ thể| tổng quát)?(?:,? (?:và )?ý nghĩa)?$")
REQUIREMENTS = bare_pattern(r"^(?:các )?yêu cầu(?: chung| cụ thể)?$")
# A heading over both, whose items are told apart only under headings of their own.
AIMS = bare_pattern(r"^(?:mục đích|mục tiêu)\b.*\byêu cầu$")
FUNDING = bare_pattern(r"kinh phí")


def title_of(node: Node) -> Span:
    """The heading proper: the words before a colon, or the whole first paragraph."""
    colon = node.head.search(_COLON)
    return (
        Span(node.head.passage, node.head.start, colon.start).trimmed() if colon else node.head.trimmed(" :.")
    )


def rest_of(node: Node) -> Span | None:
    """What follows the colon of a heading in the same paragraph."""
    colon = node.head.search(_COLON)
    if colon is None or colon.end >= node.head.end:
        return None
    return Span(node.head.passage, colon.end, node.head.end)


def headed(root: Node, meaning: re.Pattern[str], longest: int = 120) -> Iterator[Node]:
    """Nodes whose short heading carries this meaning."""
    for node in root.walk():
        title = title_of(node)
        if node.mark is not None and title and len(title.text) <= longest and title.says(meaning):
            yield node


def content_of(node: Node) -> Iterator[Span]:
    """The spans that say what the heading announces: after its colon, in its bodies, in its children."""
    if rest := rest_of(node):
        yield rest
    yield from (body.whole() for body in node.bodies)
    for child in node.children:
        yield from child.spans()
