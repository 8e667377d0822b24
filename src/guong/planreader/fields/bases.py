"""Legal bases: the documents the preamble makes the plan under, not those they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guong.planreader.dates import DAY, day_of
from guong.planreader.document import Document
from guong.planreader.grammar import BODY, DOCUMENT, UPPER
from guong.planreader.meaning import BASES, headed
from guong.planreader.model import LegalBasis
from guong.planreader.passage import Ledger, Passage, Span
from guong.planreader.spelling import symbol

_BASIS = re.compile(
    rf"(?P<kind>{DOCUMENT})\s*(?:số\s*:?\s*)?"
    r"(?P<number>\d{1,5}\s?(?:/\s?\d{4})?\s?[/\-–]\s?[A-ZĐ][\wĐđ]*(?:\s?[\-–/&]\s?[\wĐđ]+){0,5})"
    rf"(?:\s*,?\s*ngày\s*(?P<date>{DAY}))?",
    re.IGNORECASE,
)
_ISSUED_BY = re.compile(
    r"\s*,?\s*của\s+(?P<of>[^,;.:()“\"]{2,120})"
    r"|\s+(?P<bare>(?:Bộ|Chính phủ|Thủ tướng|UBND|Sở)\b[^,;.:()“\"]{0,80})"
)
_LAW = re.compile(
    rf"(?P<kind>Luật|Bộ luật|Pháp lệnh)\s+(?P<subject>[{UPPER}][^;]{{2,90}}?)\s*,?\s*"
    rf"(?:số\s*:?\s*(?P<number>\d{{1,3}}/\d{{4}}/[A-Z]{{2,8}}\d{{0,2}})(?:\s*,?\s*ngày\s*(?P<date>{DAY}))?"
    rf"|(?:số\s+\S+\s+)?ngày\s*(?P<day>{DAY}))"
)
_ISSUER_END = re.compile(
    r"\s+(?:về|quy định|ban hành|phê duyệt|hướng dẫn|triển khai|sửa đổi|thực hiện|phát động"
    r"|và\s+(?:Kế hoạch"
    r"|Hướng dẫn"
    r"|Quyết định|Nghị|Chỉ thị|Công văn|Thông)|tổ chức|v/v|theo|xây dựng|năm \d{4}|đối với|cấp|số\s+\d"
    r"|ngày\s+\d|Tại|tại|trong)\b"
)
_SUBJECT = re.compile(
    r"\s*(?:(?:quy định|hướng dẫn)?\s*về(?: việc)?|v/v|quy định|hướng dẫn|phê duyệt|ban hành)\s+"
    r"(?P<s>[^;]{6,400})",
    re.IGNORECASE,
)
_SUBJECT_END = re.compile(
    rf"[;.]|,\s+(?:{DOCUMENT}|Sở|UBND|Bộ|Trung tâm|Bệnh viện)\b"
    rf"|,\s+(?=(?:{BODY})\b[^;.]{{2,80}}\s(?:xây dựng|ban hành|lập|đề ra)\s)|\s+và\s+(?:{DOCUMENT})\s+số"
)
_OWN = re.compile(
    r"(?:^|[,;.:(]|\bvà|\bcùng|Căn cứ(?: vào)?(?: các)?|Thực hiện|Theo|Xét|Triển khai|Thi hành|tinh thần"
    r"|Tiếp theo|\d[.)]|[-+•])\s*$"
)
# "Xét đề nghị của Sở … tại Tờ trình số …"
_PROPOSED = re.compile(r"đề nghị (?:của )?[^;]{2,110} tại\s*$", re.IGNORECASE)
_CARRIED_ON = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)?(?:Tiếp tục|Triển khai|Tổ chức|Để|Nhằm)\b[^,;.]{0,40}\b(?:thực hiện"
    r"|triển khai)\s*$"
)
# A verb of two words may stand before the first basis, however a scanner spelt it.
_FIRST_WORDS = 14


def bases_of(document: Document, ledger: Ledger) -> tuple[LegalBasis, ...]:
    """In the order of the preamble, each number once."""
    found: list[LegalBasis] = []
    seen: set[str] = set()
    for passage in _passages(document):
        for match in _matches(passage.text):
            basis = basis_at(passage, match, ledger.at("legal_bases", len(found)))
            key = (basis.number or f"{basis.subject}{basis.issued_on}").casefold()
            if key in seen:
                _forget(ledger, f"legal_bases[{len(found)}]")
                continue
            seen.add(key)
            found.append(basis)
    return tuple(found)


def _passages(document: Document) -> Iterator[Passage]:
    """The preamble, and a section that lists the bases."""
    yield from document.preamble
    for section in headed(document.outline.root, BASES, 80):
        for node in section.walk():
            yield node.head.passage
            yield from node.bodies


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The bases named in a paragraph, in its order; a law with its number is no second basis."""
    end = 0
    for match in sorted([*_LAW.finditer(text), *_BASIS.finditer(text)], key=lambda m: m.start()):
        if match.start() >= end and _is_basis(text, match.start()):
            yield match
            end = match.end()


def _is_basis(text: str, start: int) -> bool:
    before = text[max(0, start - 140) : start]
    return (
        bool(_OWN.search(before) or _PROPOSED.search(before))
        or start < _FIRST_WORDS
        or bool(_CARRIED_ON.match(text[:start]))
    )


def numbered_in(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every document named with its number, whatever it is named for."""
    for match in sorted([*_LAW.finditer(text), *_BASIS.finditer(text)], key=lambda m: m.start()):
        if number := match.groupdict().get("number"):
            yield match, symbol(number)


def _forget(ledger: Ledger, path: str) -> None:
    for key in [key for key in ledger.sources if key.startswith(path)]:
        del ledger.sources[key]


def basis_at(passage: Passage, match: re.Match[str], ledger: Ledger) -> LegalBasis:
    """The document a match names, its parts noted in the ledger."""
    groups = match.groupdict()
    place = "date" if groups.get("date") else "day" if groups.get("day") else None
    day = day_of(groups[place]) if place else None
    kind = groups["kind"]
    return LegalBasis(
        ledger.put("kind", Span(passage, *match.span("kind")), 0.97, kind[:1].upper() + kind[1:]),
        _number(passage, match, ledger),
        ledger.put("issued_on", Span(passage, *match.span(place)), 0.97, day) if place and day else None,
        _issuer(passage, match, ledger),
        _subject(passage, match, ledger),
    )


def _number(passage: Passage, match: re.Match[str], ledger: Ledger) -> str | None:
    number = match.groupdict().get("number")
    if number is None:
        return None
    return ledger.put("number", Span(passage, *match.span("number")), 0.97, symbol(number))


def _issuer_span(passage: Passage, match: re.Match[str]) -> Span | None:
    found = _ISSUED_BY.match(passage.text, match.end())
    if found is None or "subject" in match.groupdict():
        return None
    span = Span(passage, *found.span("of" if found["of"] else "bare"))
    if end := span.search(_ISSUER_END):
        span = Span(passage, span.start, end.start)
    return span.trimmed()


def _issuer(passage: Passage, match: re.Match[str], ledger: Ledger) -> str | None:
    return ledger.put("issuer", _issuer_span(passage, match), 0.93)


def _subject(passage: Passage, match: re.Match[str], ledger: Ledger) -> str | None:
    if "subject" in match.groupdict():
        return ledger.put("subject", Span(passage, *match.span("subject")).trimmed(), 0.9)
    issuer = _issuer_span(passage, match)
    found = _SUBJECT.match(passage.text, issuer.end if issuer else match.end())
    if not found:
        return None
    span = Span(passage, *found.span("s"))
    if stop := span.search(_SUBJECT_END):
        span = Span(passage, span.start, stop.start)
    return ledger.put("subject", span.trimmed(), 0.8)
