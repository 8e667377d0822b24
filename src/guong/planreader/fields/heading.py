"""Kind, number, place, date, issuer, title and theme."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guong.planreader.document import Document
from guong.planreader.fields.letterhead import date_in, number_in, organ_in, place_in, written_small
from guong.planreader.model import IsoDate
from guong.planreader.passage import Ledger, Passage, Span
from guong.planreader.spelling import bare, bare_pattern

_BODY = (
    r"Sở|UBND|Ủy ban|Uỷ ban|Bộ|Trung tâm|Bệnh viện|Chi cục|Tổng cục|Cục|Vụ|Ban|Thanh tra|Công đoàn|Hội"
    r"|Văn phòng"
    r"|Trường|Viện|Học viện|Đảng ủy|Đảng uỷ|Đảng bộ|Chi bộ|Tỉnh ủy|Liên đoàn|Tổng Liên đoàn|Đoàn"
    r"|Tỉnh đoàn|TTYT"
    r"|Phòng|Trạm|Khoa|Tổ"
)
_ISSUER = re.compile(
    rf"(?:^|[,;.]\s*|\bnăm \d{{4}}\s+)(?P<i>(?:{_BODY})\b(?:TP\.|[^,;.]){{0,110}}?)\s+"
    r"(?:(?:phối hợp|thống nhất)\b[^,;.]{0,80}?\s+)?(?:tiếp tục\s+)?(?:xây dựng|ban hành|lập|đề ra"
    r"|tổ chức|triển khai)\s+[^;]{0,60}?(?:kế hoạch|chương trình|phương án|đề án)\b"
    rf"|(?:^|[,;.]\s*)(?P<j>(?:{_BODY})\b[^,;.]{{0,110}}?)\s+hướng dẫn\s+(?:phát động|tổ chức"
    rf"|triển khai|thực hiện)",
    re.IGNORECASE,
)
_COMMITTEE = bare_pattern(r"(?:UBND|Ủy ban nhân dân)\b\s*")
_LEVEL = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)?", re.IGNORECASE)
_THEME = bare_pattern(r"chủ đề\b[^“\"«.;]{0,30}?[“\"«](?P<t>[^”\"»]{4,200})[”\"»]")
_THEME_HEADING = bare_pattern(r"^chủ đề\b")
_QUOTED = re.compile(r"[“\"«](?P<t>[^”\"»]{4,200})[”\"»]")


@dataclass(frozen=True)
class Heading:
    kind: str | None
    number: str | None
    place: str | None
    issued_on: IsoDate | None
    issuer: str | None
    title: str | None
    theme: str | None


def heading_of(document: Document, ledger: Ledger) -> Heading:
    """Read the heading; a number or date missing there is looked for in the caption of the annex."""
    captions = [
        Passage(document.lines).add(row)
        for row in document.layout.annexes
        if document.lines[row].text.strip()
    ][:14]
    joined = _joined(document, captions)
    number = number_in(document.heading, ledger) or number_in(joined, ledger)
    place = place_in(document.heading, ledger)
    return Heading(
        _kind(document, ledger),
        number,
        place,
        date_in(document.heading, ledger) or date_in(joined, ledger, 0.7),
        _issuer(document, place, ledger),
        _title(document, ledger),
        _theme(document, ledger),
    )


def _joined(document: Document, captions: list[Passage]) -> list[Passage]:
    """The caption "(Ban hành kèm theo Kế hoạch số … ngày …)", which converters cut into pieces."""
    whole = Passage(document.lines)
    for passage in captions:
        whole.add(passage.row)
    return [whole] if whole.text and re.search(r"kèm theo", whole.text, re.IGNORECASE) else []


def _kind(document: Document, ledger: Ledger) -> str | None:
    kind = document.layout.kind
    if kind.row < 0:
        symbol = _first(document.heading, re.compile(r"/\s?KH\b"))
        return ledger.put("kind", symbol, 0.7, kind.name) if symbol else None
    return ledger.put(
        "kind", Span(Passage(document.lines).add(kind.row), kind.start, kind.end), 0.99, kind.name
    )


def _first(passages: list[Passage], pattern: re.Pattern[str], group: str | int = 0) -> Span | None:
    return next((span for passage in passages if (span := passage.search(pattern, group))), None)


def _issuer(document: Document, place: str | None, ledger: Ledger) -> str | None:
    for passage in [*document.preamble, *document.outline.root.bodies]:
        if found := list(passage.find_all(_ISSUER)):
            span = Span(passage, *found[-1].span("i" if found[-1]["i"] else "j"))
            return ledger.put("issuer", span, 0.9, _in_full(span.text, document, place))
    organ = organ_in(document)
    return (
        ledger.put("issuer", organ, 0.7, _in_full(written_small(organ.text), document, place))
        if organ
        else None
    )


def _in_full(name: str, document: Document, place: str | None) -> str:
    """A people's committee as its letterhead writes it, with the place it governs; others as they are."""
    own, organ = _COMMITTEE.match(bare(name)), organ_in(document)
    head = written_small(organ.text) if organ else ""
    letterhead = _COMMITTEE.match(bare(head))
    if own is None or letterhead is None:
        return name
    level = _LEVEL.fullmatch(name, own.end())
    committee = "UBND" if head.startswith("UBND") else "Ủy ban nhân dân"
    if level and not _LEVEL.fullmatch(head, letterhead.end()):
        return f"{committee} {head[letterhead.end() :]}"
    words = name[own.end() :] if not level or not place else f"{level.group()} {place}"
    return f"{committee} {words}".strip()


def _title(document: Document, ledger: Ledger) -> str | None:
    span = document.title.whole().trimmed(" .;:-–")
    return ledger.put("title", span, 0.95) if span else None


def _theme(document: Document, ledger: Ledger) -> str | None:
    intro = [*document.preamble, *document.outline.root.bodies]
    if span := next((span for passage in intro if (span := passage.search_bare(_THEME, "t"))), None):
        return ledger.put("theme", span.trimmed(), 0.95)
    for node in document.outline.root.children:
        if _THEME_HEADING.match(bare(node.head.text)):
            for span in node.spans():
                if quoted := span.search(_QUOTED, "t"):
                    return ledger.put("theme", quoted.trimmed(), 0.9)
    return None
