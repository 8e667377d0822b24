"""Plans in other layouts than the province's own: each read field by field from the file it would come in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guong.planreader import Plan, codec, read
from tests.planreader import made

LAYOUTS = Path(__file__).parent / "cases" / "layouts"
NAMES = sorted(path.stem for path in LAYOUTS.glob("*.txt"))
# `sections` is the text itself, compared in the round trip of the paper (tests/plans/test_paper.py).
FIELDS = tuple(field for field in vars(Plan()) if field != "sections")
# Fields the reader does not get right yet: a case that starts to pass must leave this list.
# Of two signatures one above the other the reader takes the second position with the first words under it,
# and an addressee in small letters ("gửi về trạm y tế") is none to it.
# "kiểm tra hằng quý" inside a sentence is no recurring duty to it.
KNOWN_GAPS = {
    "committee-two-parts": {"recurring"},
    "joint-two-issuers": {"deadlines", "signatory"},
}


def file_of(name: str) -> tuple[bytes, str]:
    """The case as the file it stands for: automatic numbers need Word, columns side by side a PDF."""
    text = (LAYOUTS / f"{name}.txt").read_text(encoding="utf-8")
    if name.startswith("word-"):
        return made.numbered_word([numbered(line) for line in text.splitlines()]), f"{name}.docx"
    if name.startswith("pdf-"):
        return made.as_pdf(text), f"{name}.pdf"
    return text.encode(), f"{name}.txt"


def numbered(line: str) -> tuple[int | None, str]:
    """ "# " stands for an automatic number of the first level, "## " of the second, "### " for a bullet."""
    marks, _blank, words = line.partition(" ")
    return (len(marks) - 1, words) if marks and not marks.strip("#") else (None, line)


def wanted(name: str) -> Plan:
    return codec.load(Plan, json.loads((LAYOUTS / f"{name}.json").read_text(encoding="utf-8")))


def wrong_fields(name: str) -> dict[str, tuple[object, object]]:
    """What the reader found and what the text says, for each field where they differ."""
    found, right = read(*file_of(name)).plan, wanted(name)
    pairs = {field: (getattr(found, field), getattr(right, field)) for field in FIELDS}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("name", NAMES)
def test_layout_is_read_field_by_field(name: str) -> None:
    wrong = wrong_fields(name)
    assert set(wrong) == KNOWN_GAPS.get(name, set()), wrong


def test_there_are_enough_layouts_and_every_gap_names_one() -> None:
    assert len(NAMES) >= 12
    assert set(KNOWN_GAPS) <= set(NAMES)
