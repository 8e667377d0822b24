"""Recipients of a plan with the purpose each gets it for: the left column of the signature part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guong.planreader.document import Document
from guong.planreader.fields.columns import Piece
from guong.planreader.grammar import CAPTION
from guong.planreader.model import Recipient
from guong.planreader.passage import Ledger, Passage, Span
from guong.planreader.spelling import bare, bare_pattern

# Two columns of recipients on one line.
_NEXT = re.compile(r";\s+(?=[-–•]\s?[^\W\d])")
_BULLET = re.compile(r"^\W{0,3}[-–·•*+]\s*|^Như trên|^Như Điều", re.IGNORECASE)
_PURPOSE = bare_pattern(
    r"[;,.]?\s*\(\s*(?P<p>(?:để\s+)?(?:b/?\s?c(?:áo|/k)?|báo cáo|thực hiện|t/h(?:iện)?|triển khai|phối hợp"
    r"|p/h(?:ợp)?|biết|chỉ đạo"
    r"|c/đ|theo dõi|đăng tải|đăng tin|đưa tin|đôn đốc|lưu|giám sát|xin ý kiến)\b[^()]{0,40})\)?"
)
_BRACE = re.compile(r"[}\]]\s*\(?\s*(?P<p>[^\W\d][^()}]{2,40})\)?")
_LAST = re.compile(r"^\W*Lưu\b", re.IGNORECASE)
# Leaders and web pages get a copy; a brace "(thực hiện)" beside the list is not meant for them.
_COPY_ONLY = re.compile(r"^(?:lãnh đạo|trang|cổng|website|ban giám đốc|lưu)\b", re.IGNORECASE)


def recipients_of(document: Document, pieces: Sequence[Piece], ledger: Ledger) -> tuple[Recipient, ...]:
    """In the order of the list, the file copy ("Lưu") last."""
    left = [piece for piece in pieces if not piece.right and not _BRACE.match(piece.passage.text)]
    items = _with_braces([_recipient(span) for span in _spans(left)], braces_of(document))
    return tuple(_put(item, ledger.at("distribution", at)) for at, item in enumerate(items))


def braces_of(document: Document) -> list[Span]:
    """Purposes that stand in braces beside the list, so that the lines they cover are a guess."""
    whole = Passage(document.lines)
    for row in document.layout.closing:
        whole.add(row)
    return [Span(whole, *match.span("p")) for match in _BRACE.finditer(whole.text)]


@dataclass(frozen=True)
class _Item:
    name: Span
    purpose: Span | None
    sure: float = 0.95


def _spans(pieces: Sequence[Piece]) -> list[Span]:
    """Bulleted lines from "Nơi nhận" on, with the lines that continue them, up to the file copy."""
    found: list[Span] = []
    started = False
    captioned = any(CAPTION.match(bare(piece.passage.text)) for piece in pieces)
    for piece in pieces:
        span = piece.passage.whole()
        if opening := CAPTION.match(bare(span.text)):
            started = True
            span = span.sub(opening.end())
            if not span or not _BULLET.match(span.text):
                continue
        bullet = _BULLET.match(span.text)
        if bullet and (started or not captioned):
            found += [_unbulleted(part) for part in _parts(span)]
            if _LAST.match(found[-1].text):
                break
        elif started and found and _goes_on(found[-1], span):
            found[-1].passage.add(piece.passage.row, piece.start, piece.end)
            found[-1] = replace(found[-1], end=len(found[-1].passage.text))
    return [span for span in found if span.trimmed()]


def _parts(span: Span) -> Iterator[Span]:
    start = 0
    for cut in _NEXT.finditer(span.text):
        yield span.sub(start, cut.start() + 1)
        start = cut.end()
    yield span.sub(start)


def _unbulleted(span: Span) -> Span:
    bullet = _BULLET.match(span.text)
    return span if bullet is None or span.text[:1].isalpha() else span.sub(bullet.end())


def _goes_on(before: Span, span: Span) -> bool:
    """A narrow column cuts a recipient or its purpose in two."""
    cut = span.text.startswith("(") or span.text[:1].islower()
    return cut and not before.text.endswith((";", ".", ":"))


def _recipient(span: Span) -> _Item:
    found = _PURPOSE.search(bare(span.text))
    purpose = span.sub(*found.span("p")) if found else None
    name = span.sub(0, found.start()) if found else span
    return _Item(name.trimmed(), purpose.trimmed(" ();.") if purpose else None)


def _with_braces(items: list[_Item], braces: list[Span]) -> list[_Item]:
    """A brace beside the list covers a run of lines that have no purpose of their own: a guess."""
    waiting = list(braces)
    result: list[_Item] = []
    covered = False
    for item in items:
        if item.purpose or _COPY_ONLY.match(item.name.text):
            if covered and waiting:
                waiting.pop(0)
            covered = False
        elif waiting:
            item = replace(item, purpose=waiting[0].trimmed(), sure=0.4)
            covered = True
        result.append(item)
    return result


def _put(item: _Item, ledger: Ledger) -> Recipient:
    name = ledger.put("recipient", item.name, 0.95)
    return Recipient(name, ledger.put("purpose", item.purpose, item.sure) if item.purpose else None)
