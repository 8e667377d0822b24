from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from guong.papers import drawing, printing
from guong.papers.certificates import certificates_pdf
from guong.papers.printing import DrawingError, NotPrintableError, draw
from tests.papers.samples import certificate


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(printing, "_TEMPLATES", tmp_path)
    return tmp_path


def test_errors_of_a_template_are_told(templates: Path) -> None:
    (templates / "broken.typ").write_text('#panic("hỏng")', encoding="utf-8")
    with pytest.raises(DrawingError, match="hỏng"):
        draw("broken.typ")


def test_missing_glyph_is_told_apart(templates: Path) -> None:
    text = (
        '#set document(date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: "Liberation Serif")\n'
    )
    (templates / "glyph.typ").write_text(text + "#json(bytes(sys.inputs.word))", encoding="utf-8")
    assert draw("glyph.typ", word="được").startswith(b"%PDF")
    with pytest.raises(NotPrintableError) as refusal:
        draw("glyph.typ", word="字")
    assert refusal.value.characters == "字"


def test_endless_drawing_is_stopped(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = "#for a in range(100000) { for b in range(100000) { let c = a * b } }"
    (templates / "endless.typ").write_text(loop, encoding="utf-8")
    monkeypatch.setattr(printing, "_MOST_SECONDS", 0.5)
    with pytest.raises(DrawingError, match="seconds"):
        draw("endless.typ")


def resident_megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def test_memory_of_a_batch_goes_back() -> None:
    batch = [certificate() for _ in range(100)]
    certificates_pdf(batch)
    before = resident_megabytes()
    for _ in range(3):
        certificates_pdf([certificate() for _ in range(100)])
    assert resident_megabytes() - before < 15


def test_drawing_in_the_same_process_keeps_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the reason for a process of its own is real."""

    elsewhere = subprocess.run

    def run_here(command: list[str], *, input: bytes, **more: object) -> object:
        if not command[-1].endswith("drawing.py"):
            return elsewhere(command, input=input, **more)
        output = SimpleNamespace(buffer=io.BytesIO())
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(input)))
            patch.setattr(sys, "stdout", output)
            code = drawing.main()
        return SimpleNamespace(returncode=code, stdout=output.buffer.getvalue())

    monkeypatch.setattr(printing.subprocess, "run", run_here)
    before = resident_megabytes()
    certificates_pdf([certificate() for _ in range(300)])
    assert resident_megabytes() - before > 30
