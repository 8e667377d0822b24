"""`python -m guong.planreader FILE`: JSON on one side, one clear line and exit 2 on the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guong.planreader.__main__ import main
from tests.planreader import made

YEARLY = made.PLANS / "an-binh-yearly.txt"


def test_json_is_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(YEARLY), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == made.expected("an-binh-yearly")["plan"]


def test_all_adds_lines_sources_and_defects(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(YEARLY), "--all"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"plan", "lines", "sources", "defects", "scanned"}


def test_plain_run_is_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(YEARLY)]) == 0
    assert "Phong trào: 11" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "không có nội dung"), (b"MZ\x90\0\0\0\0\0", "chương trình")]
)
def test_unreadable_file_is_one_line_and_exit_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    file = tmp_path / "ke hoach.docx"
    file.write_bytes(content)
    assert main([str(file), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("path", ["", "khong-co.docx"])
def test_missing_file_or_folder_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    assert main([str(tmp_path / path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
