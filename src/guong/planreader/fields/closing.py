"""The signature part: recipients with their purpose, the signer's position and name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guong.planreader.document import Document
from guong.planreader.grammar import POSITION, RECIPIENTS, UPPER
from guong.planreader.model import Recipient, Signatory
from guong.planreader.passage import Ledger, Passage, Span
from guong.planreader.spelling import bare, is_upper

_OPEN = re.compile(RECIPIENTS.pattern + r"\s*:?\s*", re.IGNORECASE)
# Two columns of recipients on one line.
_NEXT = re.compile(r";\s+(?=[-–•]\s?[^\W\d])")
_BULLET = re.compile(r"^\W{0,3}[-–·•*+]\s*|^Như trên|^Như Điều", re.IGNORECASE)
_PURPOSE = re.compile(
    r"[;,.]?\s*\(\s*(?P<p>(?:để\s+)?(?:b/?\s?c(?:áo|/k)?|báo cáo|thực hiện|t/h(?:iện)?|triển khai|phối hợp"
    r"|p/h(?:ợp)?|biết|chỉ đạo"
    r"|c/đ|theo dõi|đăng tải|đăng tin|đưa tin|đôn đốc|lưu|giám sát|xin ý kiến)\b[^()]{0,40})\)?",
    re.IGNORECASE,
)
_BRACE = re.compile(r"[}\]]\s*\(?\s*(?P<p>[^\W\d][^()}]{2,40})\)?")
_LAST = re.compile(r"^\W*Lưu\b", re.IGNORECASE)
_DEGREES = (
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|Bs|DS|CN|BSCKI{1,2}|BSCK\s?I{1,2}|BS\.?CKI{1,2}|DSCKI{1,2}|TTND|TTƯT"
    r"|TTUT)\.?[\s.,]*)*"
)
_NAME = re.compile(rf"^\W*(?P<n>{_DEGREES}[{UPPER}][^\W\d]*(?:[ \-][{UPPER}][^\W\d]*){{1,5}})\W*$")
_TITLES = re.compile(r"\b(?:KT\.|TM\.|TL\.|TUQ\.|Q\.)\s*")
# Leaders and web pages get a copy; a brace "(thực hiện)" beside the list is not meant for them.
_COPY_ONLY = re.compile(r"^(?:lãnh đạo|trang|cổng|website|ban giám đốc|lưu)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Closing:
    recipients: tuple[Recipient, ...]
    signatory: Signatory | None


def closing_of(document: Document, ledger: Ledger) -> Closing:
    """Recipients stand in the left column, the signature in the right; converters mix their lines."""
    lines = [
        Passage(document.lines).add(row)
        for row in document.layout.closing
        if document.lines[row].text.strip()
    ]
    left = [line for line in lines if _is_left(line)]
    spans = _recipient_spans(left)
    recipients = _with_braces([_recipient(span) for span in spans], braces_of(document))
    values = tuple(_put(item, ledger.at("distribution", at)) for at, item in enumerate(recipients))
    return Closing(values, _signatory(lines, ledger))


def braces_of(document: Document) -> list[Span]:
    """Purposes that stand in braces beside the list, so that the lines they cover are a guess."""
    lines = [
        Passage(document.lines).add(row)
        for row in document.layout.closing
        if document.lines[row].text.strip()
    ]
    whole = _joined(document, lines)
    return [Span(whole, *match.span("p")) for match in _BRACE.finditer(whole.text)]


@dataclass(frozen=True)
class _Item:
    name: Span
    purpose: Span | None
    sure: float = 0.95


def _is_left(line: Passage) -> bool:
    return not _BRACE.match(line.text) and not _says_position(line)


def _says_position(line: Passage) -> bool:
    return is_upper(line.text) and bool(POSITION.search(bare(line.text)))


def _joined(document: Document, lines: list[Passage]) -> Passage:
    """Braces are often cut over lines: "} (báo" + "cáo)"."""
    whole = Passage(document.lines)
    for line in lines:
        whole.add(line.row)
    return whole


def _recipient_spans(lines: list[Passage]) -> list[Span]:
    """Bulleted lines from "Nơi nhận" on, with the lines that continue them, up to the file copy."""
    found: list[Span] = []
    started = False
    captioned = any(_OPEN.match(bare(line.text)) for line in lines)
    for line in lines:
        span = line.whole()
        if opening := _OPEN.match(bare(line.text)):
            started = True
            span = span.sub(opening.end())
            if not span or not _BULLET.match(span.text):
                continue
        bullet = _BULLET.match(span.text)
        if bullet and (started or not captioned):
            found += [_unbulleted(piece) for piece in _pieces(span)]
            if _LAST.match(found[-1].text):
                break
        elif started and found and _goes_on(found[-1], span):
            found[-1].passage.add(span.passage.row)
            found[-1] = replace(found[-1], end=len(found[-1].passage.text))
    return [span for span in found if span.trimmed()]


def _pieces(span: Span) -> Iterator[Span]:
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
    return cut and not before.text.endswith((";", "."))


def _recipient(span: Span) -> _Item:
    purpose = span.search(_PURPOSE, "p")
    whole = span.search(_PURPOSE)
    name = Span(span.passage, span.start, whole.start) if whole else span
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


def _signatory(lines: list[Passage], ledger: Ledger) -> Signatory | None:
    part = ledger.at("signatory")
    position: Span | None = None
    for index, line in enumerate(lines):
        found = _position(line)
        if found is None:
            continue
        position = found
        for other in lines[index + 1 :]:
            if _says_position(other):
                position = _position(other) or position
                continue
            if name := _name(other):
                name = _second(name) if _two_signers(position) else name
                return Signatory(part.put("position", position, 0.95), part.put("name", name, 0.93))
    return Signatory(part.put("position", position, 0.8), None) if position else None


def _two_signers(position: Span) -> bool:
    """Two positions side by side: converters put both on one line, and both names on another."""
    return len(POSITION.findall(bare(position.passage.text))) > 1


def _second(name: Span) -> Span:
    words = name.text.split()
    if len(words) < 4 or len(words) % 2:
        return name
    return name.sub(name.text.rindex(" ".join(words[len(words) // 2 :])))


def _position(line: Passage) -> Span | None:
    """The last position on a line of capitals; a line "Nơi nhận: GIÁM ĐỐC" of two columns counts too."""
    opening = _OPEN.match(bare(line.text))
    span = line.whole().sub(opening.end()) if opening else line.whole()
    if not span or not is_upper(_TITLES.sub("", span.text)):
        return None
    found = None
    for match in POSITION.finditer(bare(line.text), span.start):
        found = Span(line, *match.span())
    return found


def _name(line: Passage) -> Span | None:
    if _BULLET.match(line.text) or _OPEN.match(bare(line.text)) or _says_position(line):
        return None
    return line.search(_NAME, "n")
