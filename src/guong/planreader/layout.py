"""The regions of an official document (NĐ 30/2020): heading, title, preamble, body, signature, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guong.planreader.grammar import LOWER, POSITION, UPPER
from guong.planreader.marks import mark_of
from guong.planreader.model import Line
from guong.planreader.spelling import is_upper, squeeze

KIND = re.compile(
    rf"^\W{{0,4}}(KẾ HOẠCH(?: LIÊN TỊCH| PHỐI HỢP)?|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG| PHỐI HỢP)?|PHƯƠNG ÁN)"
    rf"(?=\s*$|\s*[({UPPER}][^\W\dA-Z])"
)
_OTHER_KIND = re.compile(
    r"^\W{0,4}(?:QUYẾT ĐỊNH|TỜ TRÌNH|BÁO CÁO|THÔNG BÁO|NGHỊ QUYẾT|CHỈ THỊ|BIÊN BẢN|GIẤY MỜI)\W*$"
)
_RECIPIENTS = re.compile(r"^\W*Nơi\s+nhận\b", re.IGNORECASE)
_ANNEX = re.compile(rf"^\W*PHỤ LỤC\b(?!.*[{LOWER}]{{3}})|^\W*Phụ lục(?:\s+(?:số\s+)?(?:\d+|[IVX]+))?\W*$")
_PREAMBLE = re.compile(
    r"^\W*(?:Căn cứ|Thực hiện|Nhằm|Nhân dịp|Nhân kỷ niệm|Theo|Xét|Trên cơ sở|Để|Thi hành"
    r"|Triển khai thực hiện|Sở Y tế"
    r"|Sở|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Bộ Y tế|Trung tâm|Bệnh viện|Tiếp tục|Phát huy|Hưởng ứng)\b"
)
_ISSUES = re.compile(
    r"\b(?:xây dựng|ban hành|lập|đề ra)\b.{0,60}?\bkế hoạch\b|\bnhư sau\b|\b(?:ngày"
    r"|tháng)\s+\d{1,2}.{0,40}\d{4}\s+của\b",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[\s\-_=*.–—]*$")
_SYMBOL_LINE = re.compile(r"Số\s*:?\s*\d*\s*/\s*KH\b", re.IGNORECASE)
# The heading of a document takes no more lines than this, blank ones left out.
_HEADING_LINES = 40


@dataclass(frozen=True)
class Layout:
    """Line ranges, counted from 0, the end excluded. `kind` is -1 when no line names the kind of document."""

    kind: int
    title: range
    preamble: range
    body: range
    closing: range
    annexes: range


def layout_of(lines: Sequence[Line]) -> Layout | None:
    """The regions of a plan, or None when the text is none."""
    texts = [squeeze(line.text) for line in lines]
    kind = _kind(texts)
    if kind is None:
        return None
    after = kind + 1 if kind >= 0 else _after_heading(texts)
    closing = _closing(texts, after)
    annex = _annex(texts, closing if closing is not None else after)
    end = annex if annex is not None else len(texts)
    stop = closing if closing is not None and closing < end else end
    start = _body(texts, after, stop)
    title_end = _title_end(texts, kind, after, start)
    return Layout(
        kind,
        range(kind if kind >= 0 else after, title_end),
        range(title_end, start),
        range(start, stop),
        range(stop, end),
        range(end, len(texts)),
    )


def _kind(texts: Sequence[str]) -> int | None:
    symbol = False
    seen = 0
    for row, text in enumerate(texts):
        if not text or _RULE.match(text):
            continue
        if KIND.match(text):
            return row
        if _OTHER_KIND.match(text):
            return None
        symbol = symbol or bool(_SYMBOL_LINE.search(text))
        seen += 1
        if seen > _HEADING_LINES:
            break
    return -1 if symbol else None


def _after_heading(texts: Sequence[str]) -> int:
    """Without a line KẾ HOẠCH the title follows the line of the place and date."""
    for row, text in enumerate(texts[:80]):
        if re.search(r"ngày.*tháng.*năm", text, re.IGNORECASE):
            return row + 1
    return 0


def _closing(texts: Sequence[str], after: int) -> int | None:
    """The first line of the signature part: "Nơi nhận", or the position when it stands just before."""
    row = next((row for row in range(after, len(texts)) if _RECIPIENTS.match(texts[row])), None)
    if row is None:
        return _position(texts, after)
    for above in range(row - 1, max(after, row - 7), -1):
        if not texts[above]:
            continue
        if not (is_upper(texts[above]) and POSITION.search(texts[above])) and not _is_name(
            texts[above], above, texts
        ):
            break
        row = above
    return row


def _is_name(text: str, row: int, texts: Sequence[str]) -> bool:
    """A signer's name above "Nơi nhận" counts only when the position stands right above it."""
    over = next((texts[above] for above in range(row - 1, max(0, row - 6), -1) if texts[above]), "")
    words = text.split()
    named = 2 <= len(words) <= 8 and all(word[:1].isupper() for word in words)
    return named and is_upper(over) and bool(POSITION.search(over))


def _position(texts: Sequence[str], after: int) -> int | None:
    for row in range(len(texts) - 1, max(after, len(texts) - 40), -1):
        if texts[row] and is_upper(texts[row], 0.95) and POSITION.search(texts[row]) and len(texts[row]) < 60:
            return row
    return None


def _annex(texts: Sequence[str], after: int) -> int | None:
    return next((row for row in range(after, len(texts)) if _ANNEX.match(texts[row])), None)


def _body(texts: Sequence[str], after: int, stop: int) -> int:
    """The first numbered heading; a plan without any begins its body after the preamble."""
    for row in range(after, stop):
        mark = mark_of(texts[row])
        if mark is not None and mark.is_heading:
            return row
    issued = next((row for row in range(after, stop) if _ISSUES.search(texts[row])), after)
    return min(issued + 1, stop)


def _title_end(texts: Sequence[str], kind: int, after: int, stop: int) -> int:
    rows = [row for row in range(after, stop) if texts[row] and not _RULE.match(texts[row])]
    started = kind >= 0 and len(KIND.sub("", texts[kind]).strip()) > 3
    for row in rows:
        text = texts[row]
        opens = _PREAMBLE.match(text) and (started or _ISSUES.search(text))
        if started and (opens or _ISSUES.search(text) or len(text) > 400):
            return row
        if not started and opens and len(text) > 300:
            return row
        started = True
    return stop
