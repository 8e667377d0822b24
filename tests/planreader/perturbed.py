"""The same plan as other offices, converters and scanners leave it; each change keeps what it says."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from guong.planreader.spelling import bare

Change = Callable[[str], str]
# What scanners make of capitals with two signs.
_CONFUSED = str.maketrans(dict(zip("ẾẠỔẬỘỤỬỀỐ", "ÉAÔÂỌUƯÈÓ", strict=True)))
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})")


def capitals_without_accents(text: str) -> str:
    return "".join(bare(sign) if sign.isupper() and sign != "Đ" else sign for sign in text)


def confused_capitals(text: str) -> str:
    return text.translate(_CONFUSED)


def wrapped(width: int) -> Change:
    """Lines broken as a printed page would break them; rows of tables stay."""

    def change(text: str) -> str:
        return "\n".join(
            line if " | " in line else "\n".join(textwrap.wrap(line, width, break_on_hyphens=False))
            for line in text.splitlines()
        )

    return change


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)


def with_blank_lines(text: str) -> str:
    return "\n\n".join(line for line in text.splitlines() if line)


def paged(text: str, running: str = "") -> str:
    """A page number after every 33 lines, with a running line under it when one is given."""
    kept = []
    for at, line in enumerate(text.splitlines()):
        kept.append(line)
        if at % 33 == 32 and " | " not in line:
            kept += [str(at // 33 + 2), *([running] if running else [])]
    return "\n".join(kept)


def with_running_heads(text: str) -> str:
    return paged(wrapped(85)(text), "Văn bản của cơ quan, đơn vị")


def head_side_by_side(text: str) -> str:
    lines = text.splitlines()
    kind, motto = lines.index("KẾ HOẠCH"), next(at for at, line in enumerate(lines) if "CỘNG HÒA" in line)
    return "\n".join([*_columns(lines[:motto], lines[motto:kind]), *lines[kind:]])


def foot_side_by_side(text: str) -> str:
    """Recipients and signature printed beside each other, the name beside the file copy."""
    lines = [line for line in text.splitlines() if line]
    start = lines.index("Nơi nhận:")
    last = next(at for at in range(start + 1, len(lines)) if lines[at].startswith("- Lưu")) + 1
    position, name = lines[last : last + 2]
    beside = [position, *[""] * (last - start - 2), name]
    return "\n".join([*lines[:start], *_columns(lines[start:last], beside), *lines[last + 2 :]])


def _columns(left: list[str], right: list[str]) -> list[str]:
    left, right = [line for line in left if line], list(right)
    height = max(len(left), len(right))
    left, right = left + [""] * (height - len(left)), right + [""] * (height - len(right))
    return [f"{one.ljust(48)}{other}".rstrip() for one, other in zip(left, right, strict=True)]


def indented(text: str) -> str:
    return "\n".join(line if " | " in line else f"    {line}" for line in text.splitlines())


def dated(form: str) -> Change:
    return lambda text: _SLASHED.sub(lambda found: form.format(*found.groups()), text)


def long_parts(text: str) -> str:
    return re.sub(r"(?m)^([IVX]+)\. (?=[A-ZĐ])", r"Phần \1\n", text)


def misread_numbers(text: str) -> str:
    read = {"III": "Ill", "II": "Il", "IV": "1V"}
    return re.sub(r"(?m)^(III|II|IV)(?=\. )", lambda found: read[found.group()], text)


def bulleted(sign: str) -> Change:
    return lambda text: re.sub(r"(?m)^- ", f"{sign} ", text)


def hard_blanks(text: str) -> str:
    return text.replace(" ", "\u00a0")


CHANGES: dict[str, Change] = {
    "capitals without accents": capitals_without_accents,
    "confused capitals": confused_capitals,
    "lines of 60": wrapped(60),
    "lines of 80": wrapped(80),
    "lines of 100": wrapped(100),
    "no blank lines": without_blank_lines,
    "a blank line after each": with_blank_lines,
    "page numbers": paged,
    "running heads": with_running_heads,
    "head side by side": head_side_by_side,
    "foot side by side": foot_side_by_side,
    "indented": indented,
    "dates in words": dated("{0} tháng {1} năm {2}"),
    "dates with dashes": dated("{0}-{1}-{2}"),
    "dates with dots": dated("{0}.{1}.{2}"),
    "long parts": long_parts,
    "misread numbers": misread_numbers,
    "round bullets": bulleted("•"),
    "stars": bulleted("*"),
    "hard blanks": hard_blanks,
}
