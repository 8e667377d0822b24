"""Word 97-2003: paragraphs, tables and headings in columns, or a clear line where antiword is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from guong.planreader import Unreadable, read
from guong.planreader.formats import lines_of, programs
from guong.planreader.sandbox import read_limited
from tests.planreader import made
from tests.tools import needs_antiword, no_programs  # noqa: F401 - a fixture

FILE = Path(__file__).parent / "files" / "an-binh-communications.doc"


@needs_antiword
def test_old_word_says_the_same_as_its_text() -> None:
    assert (
        read(FILE.read_bytes(), "x.doc").to_json()["plan"] == made.expected("an-binh-communications")["plan"]
    )


@needs_antiword
def test_old_word_is_read_in_the_limited_process() -> None:
    assert read_limited(FILE.read_bytes(), "x.doc") == read(FILE.read_bytes(), "x.doc")


@needs_antiword
def test_tables_keep_their_rows_and_cells() -> None:
    rows = [line.text for line in lines_of(FILE.read_bytes(), "x").lines if " | " in line.text]
    assert [len(row.split(" | ")) for row in rows] == [6] * 8
    assert rows[1].endswith("- 01 buổi phát động có truyền hình; - 04 bản tin truyền thanh")


@needs_antiword
def test_a_damaged_file_is_refused() -> None:
    whole = FILE.read_bytes()
    for data in (whole[:-9000], whole[:20_000], whole[:512] + b"\xaa" * 6000 + whole[6512:]):
        with pytest.raises(Unreadable) as refused:
            read(data, "x.doc")
        assert refused.value.code in {"broken_word", "unknown_format"}


@pytest.mark.usefixtures("no_programs")
def test_without_antiword_the_line_says_what_to_install() -> None:
    with pytest.raises(Unreadable, match="apt-get install antiword"):
        read(FILE.read_bytes(), "x.doc")
    assert "antiword" in programs.missing()
