"""Who signs: the position and the name in the right column of the signature part."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from guong.planreader.fields.columns import Piece, says_position
from guong.planreader.grammar import CAPTION, POSITION, POSITIONS, UPPER
from guong.planreader.model import Signatory
from guong.planreader.passage import Ledger, Passage, Span
from guong.planreader.spelling import bare, is_upper

_BULLET = re.compile(r"^\W{0,3}[-–·•*+]\s*")
_DEGREES = (
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|Bs|DS|CN|BSCKI{1,2}|BSCK\s?I{1,2}|BS\.?CKI{1,2}|DSCKI{1,2}|TTND|TTƯT"
    r"|TTUT)\.?[\s.,]*)*"
)
_NAME = re.compile(rf"^\W*(?P<n>{_DEGREES}[{UPPER}][^\W\d]*(?:[ \-][{UPPER}][^\W\d]*){{1,5}})\W*$")
_TITLES = re.compile(r"\b(?:KT\.|TM\.|TL\.|TUQ\.|Q\.)\s*")
# More words in capitals are a heading.
_LONGEST_IN_CAPITALS = 5
_WRITTEN = {
    bare(position): position
    for position in (*POSITIONS, "PHÓ", "TỔNG", "THƯỜNG TRỰC", "SỞ", "BỆNH VIỆN", "TRUNG TÂM", "Y TẾ")
}
_KNOWN = re.compile("|".join(sorted(_WRITTEN, key=len, reverse=True)))
_SMALL_POSITION = re.compile(rf"^(?:(?:KT|TM|TL|TUQ|Q)\.?\s*)?({POSITION.pattern})\W*$", re.IGNORECASE)


def signatory_of(pieces: Sequence[Piece], ledger: Ledger) -> Signatory | None:
    """The last position in capitals before a name; a position in small letters when there is none."""
    return _signed(pieces, _position, ledger) or _signed(pieces, _small_position, ledger)


def _signed(
    pieces: Sequence[Piece], position_in: Callable[[Passage], Span | None], ledger: Ledger
) -> Signatory | None:
    part = ledger.at("signatory")
    lines = [piece.passage for piece in pieces]
    position: Span | None = None
    for index, line in enumerate(lines):
        found = position_in(line)
        if found is None:
            continue
        position = found
        for at, other in enumerate(lines[index + 1 :], start=index + 1):
            if again := position_in(other):
                position = again
                continue
            if name := _last_name(pieces, at):
                name = _second(name) if _two_signers(position) else name
                return Signatory(_put(position, 0.95, part), part.put("name", name, 0.93))
    return Signatory(_put(position, 0.8, part), None) if position else None


def _put(position: Span, confidence: float, ledger: Ledger) -> str | None:
    """The position with the accents it is always written with."""

    def with_accents(found: re.Match[str]) -> str:
        as_read = position.text[found.start() : found.end()]
        return as_read if as_read in POSITIONS else _WRITTEN[found.group()]

    written = _KNOWN.sub(with_accents, bare(position.text))
    same = len(written) == len(position.text) and position.text.isupper()
    return ledger.put("position", position, confidence, written if same else position.text)


def _small_position(line: Passage) -> Span | None:
    found = _SMALL_POSITION.match(bare(line.text))
    return Span(line, *found.span(1)) if found else None


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
    opening = CAPTION.match(bare(line.text))
    span = line.whole().sub(opening.end()) if opening else line.whole()
    if not span or not is_upper(_TITLES.sub("", span.text)):
        return None
    found = None
    for match in POSITION.finditer(bare(line.text), span.start):
        found = Span(line, *match.span())
    return found


def _last_name(pieces: Sequence[Piece], at: int) -> Span | None:
    """The name in this piece; of two names side by side the one on the right."""
    row = pieces[at].passage.row
    beside = [piece for piece in pieces[at:] if piece.passage.row == row]
    names = [name for piece in beside if (name := _name(piece.passage))]
    return names[-1] if names and _name(pieces[at].passage) else None


def _name(line: Passage) -> Span | None:
    if _BULLET.match(line.text) or CAPTION.match(bare(line.text)) or says_position(line):
        return None
    name = line.search(_NAME, "n")
    return None if name and is_upper(name.text) and len(name.text.split()) > _LONGEST_IN_CAPITALS else name
