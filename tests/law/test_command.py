"""`guong law assess FILE`: the answer in words or as JSON, and one line when there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guong.law import Assessment, shipped_layers
from guong.site import commands

FILE = """
ask: {code: BKTTG, year: 2024, received_on: 2025-01-10}
facts:
  ratings: {2020..2023: HTT, 2024: HTXS}
  titles: {BKT: [2019], CSTDCS: [2021, 2024]}
  disciplines: []
"""


def told(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    path = tmp_path / "ask.yaml"
    path.write_text(text, encoding="utf-8")
    code = commands.main(["law", "assess", str(path), *more])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_answer_names_condition_article_and_what_was_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(tmp_path, FILE, capsys)
    assert code == 0
    assert "Không đủ điều kiện" in out
    assert "✗ Trong thời gian đó có 3 lần Chiến sĩ thi đua cơ sở [L22 Đ.73(1); titles=2" in out


def test_answer_as_json_reads_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(tmp_path, FILE, capsys, "--json")
    answer = Assessment.from_json(json.loads(out))
    assert [each.id for each in answer.deciding("failed")] == ["titles_in_chain"]
    assert answer.authority.offices == ("prime_minister",)


def test_missing_facts_and_marks_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = "ask: {code: LDTT, year: 2026, received_on: 2026-12-01}\n"
    ask += "facts: {ratings: {2026: HTT}, disciplines: []}\n"
    _, out, _ = told(tmp_path, ask, capsys)
    assert "Cần xem xét (chưa kiểm chứng)" in out
    assert "cần: employment" in out
    assert "cần: Biên bản bình xét" in out
    assert "Lưu ý: Luật sửa đổi" in out


def test_layer_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = "ask: {code: LDTT, year: 2025, received_on: 2025-12-01}\n"
    ask += (
        "facts: {person: {manager: false}, ratings: {2025: HTT}, disciplines: [], answers: {spirit: true}}\n"
    )
    assert "Cần xem xét" in told(tmp_path, ask, capsys)[1]
    layer = str(shipped_layers()["an-binh-2025"])
    assert "Đủ điều kiện" in told(tmp_path, ask, capsys, "--layer", layer)[1]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("code: BKTTG", "code: BKXX", "unknown name 'BKXX'"),
        ("received_on: 2025-01-10", "received_on: 2012-01-10", "No regime"),
        ("2024: HTXS", "2024: HTXXS", "ratings: unknown word 'HTXXS'"),
        ("2024: HTXS", "2024: 3", "ratings: unknown word 3"),
        ("disciplines: []", "leave: [{kind: sick, days: many}]", "leave"),
        ("disciplines: []", "leave: [{kind: sick, dayz: 3}]", "unknown column 'dayz'"),
        ("disciplines: []", "disciplines: [{matter: warning, since: soon}]", "is no date"),
        ("disciplines: []", "answers: {spirit: 7}", "answers"),
        ("2024: HTXS", "2023: HTXS", "given once"),
        ("titles:", "tittles:", "unknown name 'tittles'"),
        ("year: 2024", "year: next", "whole number"),
        ("CSTDCS: [2021, 2024]", "CSTDCS: [last]", "is no year"),
        ("code: BKTTG", "code: XATB", "not laid down"),
    ],
)
def test_bad_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, why: str
) -> None:
    assert old in FILE
    code, out, err = told(tmp_path, FILE.replace(old, new), capsys)
    assert (code, out) == (2, "")
    assert why in err
    assert err.count("\n") == 1


def test_missing_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["law", "assess", "nowhere.yaml"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
