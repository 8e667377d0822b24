"""The regions of an official document (NĐ 30/2020): heading, title, preamble, body, signature, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from guong.planreader.grammar import BODY_OPENS, BODY_START, LOWER, POSITION, RECIPIENTS
from guong.planreader.kindline import KindLine, kind_line
from guong.planreader.marks import mark_of
from guong.planreader.model import Line
from guong.planreader.spelling import bare, bare_pattern, is_upper, squeeze

_ANNEX = re.compile(
    rf"^\W*PHU LUC\b(?!.*[{LOWER}]{{3}})|^\W*Phu luc(?:\s+(?:so\s+)?(?:\d+|[IVX]+))?\W*$"
    r"|^.{0,40}\bPhu luc (?:so )?(?:\d+|[IVX]+)\W*$"
)
_ATTACHED = re.compile(r"^\W*(?:ban hanh\s+)?kem theo\b", re.IGNORECASE)
_SHEET = re.compile(r"^\W*(?:S?TT|So TT|Thoi gian|Thoi diem)\s*\|", re.IGNORECASE)
_REASON = bare_pattern(
    r"^\W*(?:Căn cứ|Thực hiện|Nhằm|Nhân dịp|Nhân kỷ niệm|Theo|Xét|Trên cơ sở|Để|Thi hành|Triển khai"
    r"|Tiếp tục|Phát huy|Hưởng ứng|Chào mừng|Hướng tới|Được sự)\b",
    re.NOFLAG,
)
# The plan is issued; or a document it is made under is named with its date.
_ISSUED = (
    r"\b(?:xây dựng|ban hành|lập|đề ra|tổ chức)\b.{0,60}?\b(?:kế hoạch|chương trình|phương án|đề án)\b"
    r"|\bnhư sau\b"
)
_ISSUES = bare_pattern(rf"{_ISSUED}|\b(?:ngày|tháng)\s+\d{{1,2}}.{{0,40}}\d{{4}}\s+của\b")
_ISSUES_ITSELF = bare_pattern(_ISSUED)
_RULE = re.compile(r"^[\s\-_=*.–—|]*$")
_DATED = bare_pattern(r"\bngày\b.{0,20}\btháng\b.{0,20}(?:năm|ăm)\s*\d{4}")
_NUMBERED = re.compile(r"\d*\s*/\s*(?:KH|CTr|CT|PA|DA|HD)\b|\d\s*-\s*(?:KH|CTr|HD)/")
_LAST_COPY = bare_pattern(r"^\W*[-–•+]\s*Lưu\b")
_BULLET = re.compile(r"^\W{0,2}[-–•+*]")
# A title in small letters is no longer than this; a paragraph after a blank line is.
_LONG = 120
# Two signatures above the list of recipients take no more lines than this.
_SIGNATURES = 20


@dataclass(frozen=True)
class Layout:
    """Line ranges, counted from 0, the end excluded.

    `formal` when the heading bears a number or a date, so that even a text without sections is a document.
    """

    kind: KindLine
    title: range
    preamble: range
    body: range
    closing: range
    annexes: range
    formal: bool = False


def layout_of(lines: Sequence[Line], furniture: Set[int] = frozenset()) -> Layout | None:
    """The regions of a plan, or None when the text is none; `furniture` are rows without words of it."""
    texts = ["" if row in furniture else squeeze(line.text) for row, line in enumerate(lines)]
    kind = kind_line(texts)
    if kind is None:
        return None
    after = kind.row + 1 if kind.row >= 0 else _after_heading(texts)
    closing = _closing(texts, after)
    annex = _annex(texts, closing if closing is not None else after, closing is not None)
    end = annex if annex is not None else len(texts)
    stop = closing if closing is not None and closing < end else end
    start = _body(texts, after, stop)
    title_end = _title_end(texts, kind, after, start)
    first = kind.row if kind.row >= 0 else after
    return Layout(
        kind,
        range(first, title_end),
        range(title_end, start),
        range(start, stop),
        range(stop, end),
        range(end, len(texts)),
        _is_formal(texts[: first + 1]),
    )


def _is_formal(heading: Sequence[str]) -> bool:
    whole = bare(" ".join(heading))
    return bool(_DATED.search(whole) or _NUMBERED.search(whole))


def _after_heading(texts: Sequence[str]) -> int:
    """Without a line KẾ HOẠCH the title follows the line of the place and date."""
    for row, text in enumerate(texts[:80]):
        if _DATED.search(bare(text)):
            return row + 1
    return 0


def _closing(texts: Sequence[str], after: int) -> int | None:
    """The first line of the signature part: "Nơi nhận", or the position when it stands just before."""
    row = next((row for row in range(after, len(texts)) if RECIPIENTS.match(bare(texts[row]))), None)
    if row is None:
        row = _copies(texts, after)
    if row is None:
        return _position(texts, after)
    for above in range(row - 1, max(after, row - _SIGNATURES), -1):
        if not texts[above]:
            continue
        if not _says_who_signs(texts[above]) and not _is_name(texts[above], above, texts):
            break
        row = above
    return row


def _says_who_signs(text: str) -> bool:
    """A position, or in a paper of two bodies the body under it."""
    return _says_position(text) or (len(text) < 60 and is_upper(text, 0.95) and bool(BODY_START.match(text)))


def _says_position(text: str) -> bool:
    return is_upper(text) and bool(POSITION.search(bare(text)))


def _copies(texts: Sequence[str], after: int) -> int | None:
    """A list of recipients whose caption a scanner lost: the bullets right above "Lưu"."""
    last = next((row for row in range(len(texts) - 1, after, -1) if _LAST_COPY.match(bare(texts[row]))), None)
    if last is None:
        return None
    row = last
    while (
        row > after and texts[row - 1] and (_BULLET.match(texts[row - 1]) or len(texts[row - 1]) < _LONG // 2)
    ):
        row -= 1
    return row if row < last else None


def _is_name(text: str, row: int, texts: Sequence[str]) -> bool:
    """A signer's name above "Nơi nhận" counts only when the position stands right above it."""
    over = next((texts[above] for above in range(row - 1, max(0, row - 6), -1) if texts[above]), "")
    words = text.split()
    named = 2 <= len(words) <= 8 and all(word[:1].isupper() for word in words)
    return named and _says_who_signs(over)


def _position(texts: Sequence[str], after: int) -> int | None:
    for row in range(len(texts) - 1, max(after, len(texts) - 40), -1):
        text = texts[row]
        if text and len(text) < 60 and is_upper(text, 0.95) and POSITION.search(bare(text)):
            return row
    return None


def _annex(texts: Sequence[str], after: int, signed: bool) -> int | None:
    """The first annex: its caption, or after the signature "(kèm theo …)" or the head of a table."""
    for row in range(after, len(texts)):
        text = bare(texts[row])
        if _ANNEX.match(text):
            return row
        if signed and (_ATTACHED.match(text) or _SHEET.match(text)):
            return _above(texts, row, after)
    return None


def _above(texts: Sequence[str], row: int, after: int) -> int:
    """The first line of the title in capitals right above `row`."""
    while row - 1 > after and is_upper(texts[row - 1]) and not POSITION.search(bare(texts[row - 1])):
        row -= 1
    return row


def _body(texts: Sequence[str], after: int, stop: int) -> int:
    """The first numbered heading; a plan without any begins its body after the preamble."""
    for row in range(after, stop):
        mark = mark_of(texts[row])
        if mark is not None and mark.is_heading:
            return row
    reasons = [row for row in range(after, stop) if _REASON.match(bare(texts[row]))]
    first = reasons[-1] if reasons else after
    issued = next((row for row in range(first, stop) if _ISSUES_ITSELF.search(bare(texts[row]))), None)
    return stop if issued is None else min(issued + 1, stop)


def _title_end(texts: Sequence[str], kind: KindLine, after: int, stop: int) -> int:
    rows = [row for row in range(after, stop) if texts[row] and not _RULE.match(texts[row])]
    started = texts[kind.row][kind.end :].strip() if kind.row >= 0 else ""
    started = started if len(started) > 3 else ""
    for row in rows:
        text = texts[row]
        opens = _opens(texts, row)
        issues = bool(_ISSUES.search(bare(text)))
        if started and (opens or issues or _is_prose(texts, row, started)):
            return row
        if not started and opens and issues and len(text) > 300:
            return row
        started = f"{started} {text}"
    return stop


def _opens(texts: Sequence[str], row: int) -> bool:
    """The preamble begins: with a reason, or with the body that issues the plan in the lines that follow."""
    text = bare(texts[row])
    if _REASON.match(text):
        return not is_upper(texts[row])
    if not BODY_OPENS.match(text) or is_upper(texts[row]):
        return False
    return bool(_ISSUES.search(bare(" ".join(texts[row : row + 4]))))


def _is_prose(texts: Sequence[str], row: int, title: str) -> bool:
    """Running text after a title in capitals, or a long paragraph after a blank line."""
    text = texts[row]
    if is_upper(title) and not is_upper(text, 0.5):
        return len(text) > _LONG // 3 or not text[:1].islower()
    return len(text) > (_LONG if not texts[row - 1] else 400)
