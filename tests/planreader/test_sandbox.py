"""The limited child: reads like the reader, survives nothing it should not, and always answers in time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import guong
from guong.planreader import Reading, Unreadable, child, read, sandbox
from guong.planreader.sandbox import read_limited
from tests.planreader import made

YEARLY = made.text_of("an-binh-yearly").encode()
SOURCE = Path(guong.__file__).resolve().parents[1]
HEAD = "Số: 1/KH-SYT\nAn Bình, ngày 01 tháng 01 năm 2026\nKẾ HOẠCH\nThử\nI. MỤC ĐÍCH\nII. THỜI GIAN\n"
ENDLESS = (
    "a", "1.1.", "((1)", "- ", "“", "ngày ", "trước ngày 1/1 ", "từ ngày 1/1/2026 đến ", "về Sở Y tế và ",
    "I. ", "Kế hoạch số 1/KH-A ", "Sở Y tế phối hợp ", "05 tập thể và ", "100% ", "ít nhất 1 ", "| ",
    "điều dưỡng, ", "số 1/A-B-C-", "BSCKII. TS ThS ", " }(báo cáo ", "Nơi nhận ", "năm 2026 ", "của ",
    "Hằng năm, ", "mỗi quý ", "tập trung vào dịp Tết; ", "thứ Hai, ngày ", "Phần I ", "60 năm (", "; - ",
    "Luật A số ",
)  # fmt: skip


def run_limited(code: str, seconds: int = 1, limited: bool = True) -> int:
    """Exit code of a child that limits itself and then runs `code`."""
    start = "from guong.planreader import child\n" + (f"child.limit({seconds})\n" if limited else "")
    env = {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", start + code], env=env, capture_output=True, timeout=30
    ).returncode


def test_reads_what_the_reader_reads() -> None:
    assert read_limited(YEARLY, "a.txt") == read(YEARLY, "a.txt")


def test_every_good_format_fits_the_limits() -> None:
    text = made.text_of("an-binh-communications")
    for data in (made.as_word(text), made.as_pdf(text)):
        assert read_limited(data, "x").plan.number == "31/KH-SYT"


def test_reason_comes_out_of_the_child() -> None:
    with pytest.raises(Unreadable) as refused:
        read_limited(made.encrypted_pdf(), "khóa.pdf")
    assert refused.value.code == "encrypted_pdf"
    assert "khóa.pdf" in str(refused.value)


def test_too_big_is_refused_without_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_run", None)
    with pytest.raises(Unreadable) as refused:
        read_limited(b"a" * (sandbox.MAX_BYTES + 1), "x")
    assert refused.value.code == "too_big"


def test_child_is_killed_at_its_deadline() -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_limited(YEARLY, "x", seconds=0.01)
    assert refused.value.code == "too_slow"
    assert time.monotonic() - began < 2


def test_reading_stops_when_its_server_is_killed() -> None:
    """The child of a parent that is gone leaves at once, before it looks at the file."""
    env = {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    question = json.dumps({"name": "x", "seconds": 3, "parent": 1})
    command = [sys.executable, "-m", "guong.planreader.child", question]
    result = subprocess.run(command, input=YEARLY, env=env, capture_output=True, timeout=30)
    assert (result.returncode, result.stdout) == (1, b"")


def test_a_full_disk_is_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(Unreadable) as refused:
        read_limited(YEARLY, "x")
    assert refused.value.code == "no_room"


def test_hanging_child_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that never answers, and a grandchild of its own, are both gone after the deadline."""
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def hang(command: list[str], **rest: object) -> subprocess.Popen[bytes]:
        code = "import subprocess as s; s.Popen(['sleep', '60']); print('x', flush=True)\n"
        code += "s.Popen(['sleep', '60']).wait()"
        started.append(real([sys.executable, "-c", code], **rest))
        return started[0]

    monkeypatch.setattr(sandbox.subprocess, "Popen", hang)
    with pytest.raises(Unreadable):
        read_limited(YEARLY, "x", seconds=0.8)
    assert started[0].poll() is not None
    with pytest.raises(ProcessLookupError):
        _wait_for_empty_group(started[0].pid)


def _wait_for_empty_group(group: int) -> None:
    """Raises ProcessLookupError once no process of the group is left."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] not in "ZX":
                break
        else:
            raise ProcessLookupError(group)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{",
        b"[]",
        b'{"code":"no such"}',
        b'{"code":"no such","params":{}}',
        b'{"reading":{"plan":7}}',
        b"7",
    ],
)
def test_nonsense_from_the_child_is_a_reason(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable) as refused:
        monkeypatch.setattr(sandbox, "_run", lambda *_question: (answer, 0))
        read_limited(YEARLY, "x")
    assert refused.value.code == "reader_failed"


def test_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 1000)
    with pytest.raises(Unreadable) as refused:
        read_limited(YEARLY, "x")
    assert refused.value.code == "too_slow"


LIMITS = {
    "memory": "bytearray(900 << 20)",
    "files": "[open('/dev/null') for _ in range(200)]",
    "writing": "import tempfile; f = tempfile.TemporaryFile(); f.write(b'x' * 9999); f.flush()",
    "time": "\nwhile True: pass",
}


@pytest.mark.parametrize("code", LIMITS.values(), ids=LIMITS)
def test_child_cannot_pass_its_limits(code: str) -> None:
    assert run_limited(code) != 0


@pytest.mark.parametrize("code", [code for what, code in LIMITS.items() if what != "time"])
def test_the_same_passes_without_limits(code: str) -> None:
    assert run_limited(code, limited=False) == 0


def test_failure_of_the_reader_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, _name: str, _means: object) -> Reading:
        raise ZeroDivisionError if data == b"a" else MemoryError

    monkeypatch.setattr(child, "read", fail)
    assert child.answer(b"a", {"name": "x"})["code"] == "reader_failed"
    assert child.answer(b"b", {"name": "x"})["code"] == "too_hungry"


@pytest.mark.parametrize("word", ENDLESS)
def test_endless_lines_are_read_in_time(word: str) -> None:
    """No pattern of the reader may cost more than the length of the text (400,000 characters a file)."""
    line = (word * 11_000)[:11_000]
    texts = (
        HEAD + "\n".join([f"- Sở Y tế {line}"] * 12 + [line] * 12) + "\nNơi nhận:\n" + "\n".join([line] * 8),
        "\n".join([line] * 4) + f"\nKẾ HOẠCH\n{line}\nCăn cứ {line}\nI. MỘT\nII. HAI\nPHỤ LỤC\n\t{line}\n",
    )
    for text in texts:
        try:
            read_limited(text.encode(), "x.txt")
        except Unreadable as refused:
            assert refused.code != "too_slow"


def test_a_bad_pattern_would_be_stopped() -> None:
    """The twin: a pattern with nested repeats on such a line is killed by the limit on CPU time."""
    assert run_limited("import re; re.match(r'(a+)+$', 'a' * 60 + 'b')") != 0


def test_child_answers_on_its_own_output() -> None:
    env = {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    question = json.dumps({"name": "x", "seconds": 3, "parent": os.getpid()})
    command = [sys.executable, "-m", "guong.planreader.child", question]
    result = subprocess.run(command, input=YEARLY, env=env, capture_output=True, check=True, timeout=30)
    assert Reading.from_json(json.loads(result.stdout)["reading"]) == read(YEARLY, "x")
