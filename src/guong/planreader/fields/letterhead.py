"""Number, place, date and issuing body, from the two columns above the title, whole or taken to pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guong.planreader.dates import iso
from guong.planreader.document import Document
from guong.planreader.grammar import LOWER, UPPER
from guong.planreader.model import IsoDate
from guong.planreader.passage import Ledger, Passage, Span
from guong.planreader.spelling import bare, bare_pattern, is_upper

_NUMBER = re.compile(
    r"(?:(?:S[ốổồóo]|Sô)\s*:?|Kế hoạch số|Chương trình số)\s*(?:[^\W\d]{1,2}(?=\d{3}))?"
    r"(?P<n>(?P<d>\d{0,5})\s?[.…_]*\s?/\s?(?P<s>[A-ZĐ][\wĐđ&]*(?:\s?[-–/]\s?[A-ZĐ][\wĐđ&]*)*))",
)
# Party and youth offices: "Số 05-KH/ĐU".
_DASHED = re.compile(
    r"(?:(?:S[ốổồóo]|Sô)\s*:?)\s*(?P<n>(?P<d>\d{0,5})\s?[.…_]*\s?[-–]\s?"
    r"(?P<s>(?:KH|CTr|CT|HD|ĐA|PA)\s?/\s?[A-ZĐ][\wĐđ&]*(?:\s?[-–/]\s?[A-ZĐ][\wĐđ&]*)*))"
)
# A symbol whose "Số" or digits a scanner lost.
_SYMBOL = re.compile(
    r"(?<![\w/])(?P<n>(?P<d>\d{0,5})\s?/\s?(?P<s>(?:KH|CTr|CTPH|PA|ĐA"
    r"|HD)\s?[-–][A-ZĐ][\wĐđ&]*(?:[-–]\w+)*))"
)
_DATE = bare_pattern(
    r"ngày\s*(?P<d>\d{0,2})\D{0,20}?tháng\s*(?P<m>\d{0,2})\D{0,14}?(?:năm|ăm)\s*(?P<y>\d{4})"
)
_WORD = rf"[{UPPER}][{LOWER}]+"
_PLACE = re.compile(
    rf"(?<![\w/\-])(?P<p>(?:TP\.?\s?)?(?:{_WORD}|[{UPPER}]{{2,}}(?=[\s,]))(?:(?:\s+"
    rf"|\s?[-–]\s?){_WORD}){{0,5}}"
    rf"|TP\.[^,]+?)\s*[,.]\s*ngày"
)
_PLACE_IN_CAPITALS = re.compile(
    rf"(?<![\w/\-])(?P<p>[{UPPER}]+(?:[\s\-–]+[{UPPER}]+){{0,4}})\s*,\s*(?:ngày|NGÀY)\b"
)
_HALF_NAME = re.compile(rf"^{_WORD}(?: {_WORD})?$")
_STRAY = re.compile(r"\s*\|?\s*(?:\bCONG HOA.*|DOC LAP.*|\b(?:SO|Số)\s*:.*)$", re.IGNORECASE)
_ORGAN = bare_pattern(
    r"^(?:SỞ|UBND|ỦY BAN|BỘ|TRUNG TÂM|BỆNH VIỆN|CHI CỤC|TỔNG CỤC|CỤC|CÔNG ĐOÀN|THANH TRA|BAN|HỘI ĐỒNG"
    r"|TRƯỜNG"
    r"|VIỆN|LIÊN ĐOÀN|TỔNG LIÊN ĐOÀN|ĐOÀN|TỈNH ĐOÀN|THÀNH ĐOÀN|HUYỆN ĐOÀN|HỘI|ĐẢNG|CHI BỘ|TỈNH ỦY|THÀNH ỦY"
    r"|HUYỆN ỦY|PHÒNG|TRẠM|KHOA|VĂN PHÒNG|HỌC VIỆN|ĐẠI HỌC|CÔNG TY|TTYT|BVĐK|MẶT TRẬN|TỔ|VỤ|CÔNG AN"
    r"|CHÍNH PHỦ)\b",
    re.NOFLAG,
)
# Words of the names of bodies that are written small in running text.
_SMALL = frozenset({
    "tế", "viện", "tâm", "dân", "cục", "đoàn", "tra", "tỉnh", "thành", "phố", "và", "khoa", "ban", "nhân",
    "hội", "động", "lao", "dục", "đào", "tạo", "thông", "tin", "truyền", "ủy", "uỷ", "công", "tác", "liên",
    "huyện", "thị", "xã", "phường", "quận",
})  # fmt: skip
_LONE_WORD = re.compile(rf"^[{UPPER}]{{2,5}}$")
_NO_NAME = bare_pattern(
    r"^(?:CỘNG HÒA|CHỦ NGHĨA|ĐỘC LẬP|ĐOÀN TNCS|ĐOÀN THANH NIÊN CỘNG SẢN|ĐẢNG CỘNG SẢN|HỎA TỐC|KHẨN|MẬT"
    r"|DỰ THẢO|KẾ HOẠCH)\b",
    re.NOFLAG,
)


def number_in(passages: Sequence[Passage], ledger: Ledger) -> str | None:
    """The symbol; of one without its "Số" only the whole heading is searched."""
    for pattern in (_NUMBER, _DASHED, _SYMBOL):
        for passage in [*passages, *_joined(passages)]:
            if found := pattern.search(passage.text):
                symbol = re.sub(r"\s", "", found["s"])
                value = f"{found['d']}{'-' if pattern is _DASHED else '/'}{symbol}"
                sure = 0.97 if found["d"] and pattern is not _SYMBOL else 0.8
                return ledger.put("number", Span(passage, *found.span("n")), sure, value)
    return None


def date_in(passages: Sequence[Passage], ledger: Ledger, confidence: float = 0.97) -> IsoDate | None:
    for passage in [*passages, *_joined(passages)]:
        if found := _DATE.search(bare(passage.text)):
            day = found["d"] if found["m"] else ""
            value = iso(found["y"], found["m"] or None, day or None) or iso(found["y"])
            return ledger.put("issued_on", Span(passage, *found.span()), confidence, value) if value else None
    return None


def place_in(passages: Sequence[Passage], ledger: Ledger) -> str | None:
    """The place before the date; a narrow column breaks its name in two."""
    for pattern in (_PLACE, _PLACE_IN_CAPITALS):
        for at, passage in enumerate(passages):
            span = passage.search(pattern, "p")
            if span is None:
                continue
            if span.start == 0 and at and _HALF_NAME.match(passages[at - 1].text):
                whole = passages[at - 1].blank().add(passages[at - 1].row).add(passage.row)
                span = whole.search(pattern, "p") or span
            return ledger.put("place", span, 0.97)
    return next((ledger.put("place", whole.search(_PLACE, "p"), 0.8) for whole in _joined(passages)), None)


def _joined(passages: Sequence[Passage]) -> list[Passage]:
    """The whole heading as one passage."""
    if not passages:
        return []
    whole = passages[0].blank()
    for passage in passages:
        whole.add(passage.row)
    return [whole]


def organ_in(document: Document) -> Span | None:
    """The body in the left column: the last one named in capitals, with the lines that continue its name."""
    found: Passage | None = None
    end = 0
    opened = False
    for passage in _mended(document.heading):
        text = _STRAY.sub("", bare(passage.text)).rstrip(" |-")
        if not text or not is_upper(text) or _NO_NAME.match(text) or "/" in text:
            opened = opened and not text
            continue
        if _ORGAN.match(text):
            found, end, opened = _copied(passage), len(text), True
        elif opened and found and len(found.text) == end:
            found.add(passage.row)
            end = len(found.text) - len(passage.text) + len(text)
    return Span(found, 0, end) if found else None


def _copied(passage: Passage) -> Passage:
    """The same lines in a passage that may grow."""
    copy = passage.blank().add(passage.row)
    return copy if passage.last_row == passage.row else copy.add(passage.last_row)


def _mended(passages: Sequence[Passage]) -> Iterator[Passage]:
    """A name whose first word a narrow column left alone on its line."""
    alone: Passage | None = None
    for passage in passages:
        if alone is not None:
            yield alone.blank().add(alone.row).add(passage.row)
            alone = None
        elif _LONE_WORD.match(passage.text):
            alone = passage
        else:
            yield passage
    if alone is not None:
        yield alone


def written_small(text: str) -> str:
    """A name in capitals as running text has it: first word and proper names with a capital."""
    words = text.lower().split()
    known = {"ubnd": "UBND", "ttyt": "TTYT"}
    return " ".join(
        known.get(word, word if at and word in _SMALL else word.capitalize()) for at, word in enumerate(words)
    )
