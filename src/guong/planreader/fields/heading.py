"""Kind, number, place, date, issuer, title and theme."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guong.planreader.dates import iso
from guong.planreader.document import Document
from guong.planreader.grammar import UPPER
from guong.planreader.layout import KIND
from guong.planreader.model import IsoDate
from guong.planreader.passage import Ledger, Passage, Span
from guong.planreader.spelling import is_upper

_NUMBER = re.compile(
    r"(?:Số\s*:?|Kế hoạch số|Chương trình số)\s*(?P<n>(?P<d>\d{0,5})\s?[.…_]*\s?/\s?(?P<s>[A-ZĐ][\wĐđ]*"
    r"(?:\s?[-–/]\s?[A-ZĐ][\wĐđ]*)*))",
)
_DATE = re.compile(
    r"ngày\s*(?P<d>\d{0,2})[\s.…_]*tháng\s*(?P<m>\d{0,2})[\s.…_]*năm\s*(?P<y>\d{4})", re.IGNORECASE
)
_PLACE = re.compile(
    rf"(?<![\w/\-])(?P<p>[{UPPER}][^\W\d]*(?:[\s\-–]+[{UPPER}][^\W\d]*){{0,5}}|TP\.[^,]+?)\s*,\s*ngày\b"
)
_ISSUER = re.compile(
    r"(?:^|[,;.]\s*|\bnăm \d{4}\s+)(?P<i>(?:Sở|UBND|Ủy ban|Uỷ ban|Bộ|Trung tâm|Bệnh viện|Chi cục|Cục|Vụ"
    r"|Ban|Thanh tra"
    r"|Công đoàn|Hội đồng|Văn phòng|Trường|Viện|Đảng ủy|Liên đoàn|Đoàn|TTYT)\b[^,;.]{0,110}?)\s+"
    r"(?:(?:phối hợp|thống nhất)\b[^,;.]{0,80}?\s+)?(?:tiếp tục\s+)?(?:xây dựng|ban hành|lập|đề ra"
    r"|tổ chức)\s+[^;]{0,60}?(?:kế hoạch|chương trình|phương án)\b",
    re.IGNORECASE,
)
_STRAY = re.compile(r"\s*(?:\bCỘNG H(?:ÒA|OÀ).*|Độc lập.*|ĐỘC LẬP.*)$")
_ORGAN = re.compile(
    r"^(?:SỞ|UBND|ỦY BAN|UỶ BAN|BỘ|TRUNG TÂM|BỆNH VIỆN|CHI CỤC|CỤC|CÔNG ĐOÀN|THANH TRA|BAN|HỘI ĐỒNG|TRƯỜNG"
    r"|VIỆN)\b"
)
_THEME = re.compile(r"(?:với\s+)?chủ đề\W{0,4}[“\"«](?P<t>[^”\"»]{4,200})[”\"»]", re.IGNORECASE)
_THEME_HEADING = re.compile(r"^chủ đề\b", re.IGNORECASE)
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
    number = _number(document.heading, ledger) or _number(joined, ledger)
    place = _place(document.heading, ledger)
    return Heading(
        _kind(document, ledger),
        number,
        place,
        _date(document.heading, ledger) or _date(joined, ledger, 0.7),
        _issuer(document, ledger),
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
    row = document.layout.kind
    if row < 0:
        symbol = _first(document.heading, re.compile(r"/\s?KH\b"))
        return ledger.put("kind", symbol, 0.7, "Kế hoạch") if symbol else None
    span = Passage(document.lines).add(row).search(KIND, 1)
    return ledger.put("kind", span, 0.99, span.text.capitalize()) if span else None


def _first(passages: list[Passage], pattern: re.Pattern[str], group: str | int = 0) -> Span | None:
    return next((span for passage in passages if (span := passage.search(pattern, group))), None)


def _number(passages: list[Passage], ledger: Ledger) -> str | None:
    for passage in passages:
        for found in passage.find_all(_NUMBER):
            symbol = re.sub(r"\s", "", found["s"])
            value = f"{found['d']}/{symbol}"
            return ledger.put("number", Span(passage, *found.span("n")), 0.97 if found["d"] else 0.8, value)
    return None


def _place(passages: list[Passage], ledger: Ledger) -> str | None:
    span = _first(passages, _PLACE, "p")
    return ledger.put("place", span, 0.97) if span else None


def _date(passages: list[Passage], ledger: Ledger, confidence: float = 0.97) -> IsoDate | None:
    for passage in passages:
        if found := _DATE.search(passage.text):
            day = found["d"] if found["m"] else ""
            value = iso(found["y"], found["m"] or None, day or None)
            return ledger.put("issued_on", Span(passage, *found.span()), confidence, value) if value else None
    return None


def _issuer(document: Document, ledger: Ledger) -> str | None:
    for passage in [*document.preamble, *document.outline.root.bodies]:
        if found := list(passage.find_all(_ISSUER)):
            return ledger.put("issuer", Span(passage, *found[-1].span("i")), 0.9)
    return _letterhead(document, ledger)


def _letterhead(document: Document, ledger: Ledger) -> str | None:
    """The body in the left column of the heading: the last line of capitals that names one."""
    span = None
    for passage in document.heading:
        cleaned = _STRAY.sub("", passage.text)
        if _ORGAN.match(cleaned) and is_upper(cleaned):
            span = Span(passage, 0, len(cleaned))
    if span is None:
        return None
    return ledger.put("issuer", span, 0.7, written_small(span.text))


def written_small(text: str) -> str:
    """A name in capitals as running text has it: first word and proper names with a capital."""
    words = text.lower().split()
    small = {
        "tế",
        "viện",
        "tâm",
        "dân",
        "cục",
        "đoàn",
        "tra",
        "tỉnh",
        "thành",
        "phố",
        "và",
        "khoa",
        "ban",
        "nhân",
        "hội",
    }
    known = {"ubnd": "UBND"}
    return " ".join(known.get(w, w if w in small else w.capitalize()) for w in words)


def _title(document: Document, ledger: Ledger) -> str | None:
    span = document.title.whole().trimmed(" .;:-–")
    return ledger.put("title", span, 0.95) if span else None


def _theme(document: Document, ledger: Ledger) -> str | None:
    intro = [*document.preamble, *document.outline.root.bodies]
    if span := _first(intro, _THEME, "t"):
        return ledger.put("theme", span.trimmed(), 0.95)
    for node in document.outline.root.children:
        if _THEME_HEADING.match(node.head.text):
            for span in node.spans():
                if quoted := span.search(_QUOTED, "t"):
                    return ledger.put("theme", quoted.trimmed(), 0.9)
    return None
