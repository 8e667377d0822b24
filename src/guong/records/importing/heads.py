"""What the columns of an office's sheet mean, guessed from their headings; a person confirms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guong.base.text import fold
from guong.papers.tables import Row

LOOK_AT = 25  # lines in which the headings are looked for
NOTHING = ""
FIELDS: dict[str, object] = {
    NOTHING: _("not used"),
    "name": _("name of the person or collective"),
    "staff_code": _("staff code"),
    "birth": _("birthday or year of birth (only the year is kept)"),
    "post": _("post"),
    "section": _("section"),
    "unit": _("unit"),
    "subject": _("person or collective"),
    "award": _("title or form of commendation"),
    "award_2": _("title or form, second column"),
    "award_code": _("code of the title or form"),
    "year": _("year"),
    "number": _("decision number"),
    "decided": _("day of the decision"),
    "decision": _("number, day and issuer of the decision in one cell"),
    "authority": _("who decided"),
    "kind": _("type of commendation"),
    "achievement": _("achievement"),
    "level": _("rating"),
    "title": _("name of the initiative"),
    "authors": _("authors"),
    "effect": _("summary, effect"),
    "recognised": _("level of recognition"),
    "scope": _("where it applies"),
}
NEEDED = {
    "honours": (("name", "staff_code"), ("award", "award_code"), ("year", "decided", "decision")),
    "ratings": (("name", "staff_code"), ("level",), ("year",)),
    "initiatives": (("title",), ("authors",), ("year", "decided", "decision")),
}
# (field, words of a folded heading); the first that fits wins, so the narrow ones stand first.
_SIGNS: tuple[tuple[str, str], ...] = (
    (NOTHING, r"^(stt|tt|so tt|so thu tu|ghi chu|dia chi|gioi tinh|ong ba|ten goi)\b"),
    (NOTHING, r"^(linh vuc|dan toc|ton giao)\b"),
    (NOTHING, r"(cccd|cmnd|dinh danh|dien thoai|email|que quan|dang vien|ma phan loai|phan loai can bo)"),
    ("decision", r"so ngay thang nam|so,? ngay.*quyet dinh|quyet dinh so ngay"),
    ("title", r"(ten )?(de tai|sang kien|giai phap)(?!.*(cap|dung))"),
    ("authors", r"tac gia"),
    ("recognised", r"cap cong nhan|pham vi cong nhan|cap sang kien"),
    ("decided", r"ngay (cong nhan|quyet dinh|qd|ky|ban hanh|khen|tang)"),
    ("decided", r"^ngay thang nam( quyet dinh| qd| ky)?$"),
    ("authority", r"(don vi|co quan|cap) (cong nhan|ban hanh|quyet dinh|khen|tang|cap)|nguoi ky|cap khen"),
    ("birth", r"ngay sinh|nam sinh|ngay thang nam sinh|sinh ngay|sinh nam"),
    ("staff_code", r"^ma (can bo|nhan vien|nhan su|vien chuc|cbvc|nv|cb|so)\b|so hieu (vien chuc|can bo)"),
    ("award_code", r"^ma (hinh thuc|danh hieu|ht|dh)"),
    ("subject", r"phan loai (khen thuong|doi tuong)|^doi tuong|ca nhan.{0,3}tap the$"),
    ("kind", r"loai hinh|loai khen"),
    ("level", r"xep loai|muc do hoan thanh|danh gia|phan loai (chat luong|vien chuc|danh gia)|ket qua xep"),
    ("award", r"danh hieu|hinh thuc|khen thuong|\bhtkt\b|noi dung khen"),
    ("number", r"so (quyet dinh|qd|van ban)|quyet dinh so|^quyet dinh$|^qd$|^so hieu"),
    ("achievement", r"thanh tich|ly do|cong lao|noi dung"),
    ("effect", r"tom tat|hieu qua|mo ta"),
    ("scope", r"pham vi|ap dung"),
    ("section", r"^(khoa|phong|to|bo phan)\b|phong khoa|khoa phong|phong ban"),
    ("post", r"chuc (vu|danh)|vi tri"),
    ("unit", r"don vi|co quan|noi cong tac|truc thuoc|benh vien"),
    ("name", r"ho (va )?ten|^ten\b|ten (tap the|ca nhan|nguoi)|^ca nhan|^tap the|hoten"),
    ("year", r"^nam\b|nam (khen|cong tac|xet|thanh tich|danh hieu)|thoi gian"),
)  # fmt: skip
_ENTRY = [(field, re.compile(signs)) for field, signs in _SIGNS]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Guess:
    """Index of the line of headings, and for each column its heading and its meaning."""

    head: int
    headings: tuple[str, ...]
    columns: tuple[str, ...]


def meaning(heading: str) -> str:
    """The field a heading names; a rating of a named year is `level:2025`."""
    words = fold(heading)
    found = next((field for field, signs in _ENTRY if signs.search(words)), NOTHING)
    if found == "level" and (year := _YEAR.search(words)):
        return f"level:{year.group()}"
    return found


def guess(rows: Sequence[Row]) -> Guess:
    """The likeliest line of headings: the first one of those that name the most different fields."""
    best, most = Guess(0, tuple(map(str, rows[0])) if rows else (), ()), 0
    for at in range(min(LOOK_AT, len(rows))):
        found = read_line(rows, at)
        named = len({field for field in found.columns if field})
        if named > most:
            best, most = found, named
    return best


def read_line(rows: Sequence[Row], at: int) -> Guess:
    """The line as headings; a word like “Số” below a wide “Quyết định” is read together with it."""
    above = _spread(rows[at - 1]) if _continues(rows, at) else []
    headings, columns, taken = [], [], set()
    for place, cell in enumerate(rows[at]):
        own, over = str(cell).strip(), above[place] if place < len(above) else ""
        field = _field(own, over)
        if field == "award" and "award" in taken:
            field = "award_2"
        columns.append(NOTHING if field in taken else field)
        taken.add(field)
        headings.append(" ".join(word for word in (over, own) if word))
    return Guess(at, tuple(headings), tuple(columns))


def _field(own: str, over: str) -> str:
    """What a heading means, alone or with the one it stands under."""
    if not own or not over:
        return meaning(own or over)
    return meaning(f"{own} {over}") or meaning(f"{over} {own}") or meaning(own)


def _continues(rows: Sequence[Row], at: int) -> bool:
    """The line is the second one of the headings: a few words below, most columns named above only."""
    if not at:
        return False
    above = [bool(str(cell).strip()) for cell in rows[at - 1]]
    here = [bool(str(cell).strip()) for cell in rows[at]]
    words = all(isinstance(cell, str) and len(cell) < 40 for cell in rows[at])
    both = sum(one and other for one, other in zip(above, here, strict=False))
    return words and any(here) and sum(above) > 2 and both * 2 <= sum(above)


def _spread(row: Row) -> list[str]:
    """A merged cell speaks for the empty cells to its right, as far as a few columns."""
    words, last, far = [], "", 0
    for cell in row:
        own = str(cell).strip()
        last, far = (own, 0) if own else (last, far + 1)
        words.append(last if far < 4 else "")
    return words


def missing(kind: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Groups of fields of which one must be there and is not."""
    there = {column.partition(":")[0] for column in columns if column}
    years = {column for column in columns if column.startswith("level:")}
    return [
        group
        for group in NEEDED[kind]
        if not there.intersection(group) and not (years and group == ("year",))
    ]


def doubled(columns: Sequence[str]) -> list[str]:
    """Fields given to more than one column."""
    used = [column for column in columns if column]
    return sorted({column for column in used if used.count(column) > 1})


_FOR = {
    "honours": ("name", "staff_code", "birth", "post", "section", "unit", "subject", "award", "award_2",
                "award_code", "year", "number", "decided", "decision", "authority", "kind", "achievement"),
    "ratings": ("name", "staff_code", "birth", "post", "section", "unit", "subject", "year", "level",
                "number"),
    "initiatives": ("title", "authors", "section", "unit", "year", "number", "decided", "decision",
                    "authority", "recognised", "scope", "effect"),
}  # fmt: skip


def offered(kind: str) -> list[tuple[str, object]]:
    """The fields a column of such a sheet can be."""
    return [(name, FIELDS[name]) for name in (NOTHING, *_FOR[kind])]
