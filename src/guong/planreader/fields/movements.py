"""Movements: numbered items that say who leads and how many are awarded, or rows of a table."""

from __future__ import annotations

import re

from guong.planreader.document import Document
from guong.planreader.fields.tables import Sheet, sheets_of
from guong.planreader.grammar import POST
from guong.planreader.marks import DASH
from guong.planreader.meaning import rest_of, title_of
from guong.planreader.model import Movement, Quota
from guong.planreader.outline import Node
from guong.planreader.passage import Ledger, Passage, Span

# The first word decides; order matters, "chủ trì" may stand beside "phụ trách".
ATTRIBUTES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("in_charge", re.compile(r"phụ trách|đầu mối|theo dõi chính", re.IGNORECASE)),
    ("host", re.compile(r"chủ trì", re.IGNORECASE)),
    ("judged_at", re.compile(r"thời (?:điểm|gian)\b.*(?:xét|khen|bình|tổng kết)|thời điểm", re.IGNORECASE)),
    (
        "quota",
        re.compile(r"(?:số lượng|chỉ tiêu|cơ cấu)\b.*(?:xét|khen|giải|đề nghị)|số lượng", re.IGNORECASE),
    ),
    ("content", re.compile(r"nội dung|tiêu chí|mục tiêu", re.IGNORECASE)),
    ("posts", re.compile(r"^đối tượng", re.IGNORECASE)),
    ("form", re.compile(r"^hình thức", re.IGNORECASE)),
)
_EMULATION = re.compile(r"thi đua|khen|phong trào|bình xét|tôn vinh", re.IGNORECASE)
_NAME_COLUMN = re.compile(r"phong trào|chuyên đề|nội dung thi đua", re.IGNORECASE)
COLLECTIVES = re.compile(r"(\d{1,4})\s*(?:\([^)]*\)\s*)?tập thể", re.IGNORECASE)
INDIVIDUALS = re.compile(r"(\d{1,4})\s*(?:\([^)]*\)\s*)?cá nhân", re.IGNORECASE)
_BOTH = re.compile(r"(\d{1,4})\s*tập thể\s*,?\s*(?:và\s*)?cá nhân", re.IGNORECASE)
_EACH = re.compile(
    r"(?:cho|đối với|trên|/)?\s*(?:mỗi|từng|một)\s+chương trình|/\s*(?:01\s+)?chương trình", re.IGNORECASE
)
_AD_HOC = re.compile(r"\bđột xuất\b", re.IGNORECASE)
_POST = re.compile(rf"\b(?:{POST})\b", re.IGNORECASE)
_POSTS_ONLY = re.compile(
    rf"[“\"«](?P<p>(?:{POST})(?:\s*(?:,|và|hoặc|-|–)\s*(?:{POST}))*)\s+(?:giỏi|tiêu biểu|xuất sắc|trẻ|ưu tú"
    rf"|thanh lịch)[^”\"»]{{0,40}}[”\"»]",
    re.IGNORECASE,
)
_POSTS_HELD = re.compile(
    rf"(?:chỉ xét|dành (?:riêng )?cho|đối tượng)\b[^.;]{{0,60}}?(?P<p>(?:{POST})(?:\s*(?:,|và|hoặc)\s*"
    rf"(?:{POST}))*)",
    re.IGNORECASE,
)

_POSTS_LISTED = re.compile(rf"^\s*(?P<p>(?:{POST})(?:\s*(?:,|và|hoặc)\s*(?:{POST}))*)\W*$", re.IGNORECASE)


def movements_of(document: Document, ledger: Ledger) -> tuple[Movement, ...]:
    """In document order. Numbered items without attributes count when their neighbours have them."""
    nodes = _nodes(document)
    movements = [_movement(node, ledger.at("movements", index)) for index, node in enumerate(nodes)]
    for sheet in sheets_of(document):
        name = sheet.column(_NAME_COLUMN)
        keys = [sheet.column(pattern) for _, pattern in ATTRIBUTES[:4]]
        if name is None or sum(key is not None for key in keys) < 2:
            continue
        for row in sheet.rows:
            if row[name].text:
                movements.append(_from_row(sheet, row, name, ledger.at("movements", len(movements))))
    return tuple(movements)


def movement_nodes(document: Document) -> list[Node]:
    """The items of the outline that are movements."""
    return _nodes(document)


def attribute_of(node: Node) -> str | None:
    """Which attribute of a movement an item states, by the words before its colon."""
    if rest_of(node) is None:
        return None
    title = title_of(node).text
    if len(title) > 60:
        return None
    return next((key for key, pattern in ATTRIBUTES if pattern.search(title)), None)


def _nodes(document: Document) -> list[Node]:
    found: list[Node] = []
    for parent in document.nodes():
        numbered = [node for node in parent.children if node.rank < DASH]
        full = [node for node in numbered if _is_movement(node)]
        if not full:
            continue
        holders = [node for node in numbered if any(_is_movement(under) for under in node.children)]
        for node in numbered:
            if _is_movement(node) or (len(full) > 1 and node not in holders):
                found.append(node)
    return found


def _is_movement(node: Node) -> bool:
    keys = {key for child in node.children if (key := attribute_of(child))}
    if len(keys) < 2 or not keys & {"quota", "judged_at", "in_charge"}:
        return False
    return any(
        _EMULATION.search(span.text) for span in (node.head, *(title_of(child) for child in node.children))
    )


def _movement(node: Node, ledger: Ledger) -> Movement:
    title = node.head.trimmed(" .:;")
    texts: dict[str, Span] = {}
    for child in node.children:
        key = attribute_of(child)
        rest = rest_of(child)
        if key and rest and key not in texts:
            texts[key] = rest
    if "content" not in texts and node.bodies:
        texts["content"] = node.bodies[0].whole()
    code = Span(title.passage, 0, len(node.label or ""))
    return _built(ledger.put("code", code, 0.98, node.label), title, texts, ledger)


def _from_row(sheet: Sheet, row: list[Passage], name: int, ledger: Ledger) -> Movement:
    texts: dict[str, Span] = {}
    for key, pattern in ATTRIBUTES:
        at = sheet.column(pattern)
        if at is not None and at != name and row[at].text:
            texts[key] = row[at].whole()
    code = (
        ledger.put("code", row[0].whole().trimmed(), 0.9) if name > 0 and row[0].text[:1].isdigit() else None
    )
    return _built(code, row[name].whole().trimmed(), texts, ledger)


def _built(code: str | None, title: Span, texts: dict[str, Span], ledger: Ledger) -> Movement:
    content = texts.get("content")
    quota = texts.get("quota")
    return Movement(
        code=code,
        name=ledger.put("name", title, 0.96),
        host=_short(texts.get("host"), "host", ledger),
        in_charge=_short(texts.get("in_charge"), "in_charge", ledger),
        content=ledger.put("content", content, 0.93) if content else None,
        judged_at=_short(texts.get("judged_at"), "judged_at", ledger),
        quota=quota_of(quota, ledger) if quota else None,
        quota_text=ledger.put("quota_text", quota.trimmed(), 0.95) if quota else None,
        posts=_posts(title, content, texts.get("posts"), ledger),
        ad_hoc=any(_AD_HOC.search(span.text) for span in (title, texts.get("form")) if span),
    )


def _short(span: Span | None, key: str, ledger: Ledger) -> str | None:
    return ledger.put(key, span.trimmed(), 0.96) if span else None


def quota_of(span: Span, ledger: Ledger) -> Quota | None:
    """None when the text names no number of collectives or individuals."""
    part = ledger.at("quota")
    collectives = span.search(_BOTH, 1) or span.search(COLLECTIVES, 1)
    individuals = span.search(INDIVIDUALS, 1)
    if not collectives and not individuals:
        return None
    each = span.search(_EACH)
    if each:
        part.put("per_programme", each, 0.9)
    return Quota(
        int(part.put("collectives", collectives, 0.97) or 0) if collectives else None,
        int(part.put("individuals", individuals, 0.97) or 0) if individuals else None,
        bool(each),
    )


def _posts(title: Span, content: Span | None, whom: Span | None, ledger: Ledger) -> tuple[str, ...]:
    """Only a wording that names posts and nothing else restricts who may be nominated."""
    found = (
        title.search(_POSTS_ONLY, "p")
        or (content.search(_POSTS_HELD, "p") if content else None)
        or (whom.search(_POSTS_LISTED, "p") if whom else None)
    )
    if found is None:
        return ()
    ledger.put("posts", found, 0.85)
    posts = [match.group().lower() for match in _POST.finditer(found.text)]
    return tuple(post[:1].upper() + post[1:] for post in dict.fromkeys(posts))
