"""How fast and how right plans are read: `guong bench planreader`, or `python -m bench.planreader`."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import Figure, scans
from guong.planreader import read
from guong.planreader.formats import programs
from guong.planreader.sandbox import read_limited

ROOT = Path(__file__).resolve().parents[1]
CASES = sorted((ROOT / "src" / "guong" / "site" / "demo" / "plans").glob("*.txt"))
SHARED = ROOT.parent / "shared"
ROUNDS = 5
PAGES = 20
ANNEX_PAGES = 300
# Words (syllables) on a printed A4 page of such a document.
PAGE_WORDS = 450
# Lines of the annex that fill three hundred pages.
LONG_ROWS = 8_600


def twenty_pages() -> bytes:
    """A yearly plan with as many movements and duties as fill twenty pages."""
    yearly = next(case for case in CASES if "yearly" in case.name).read_text(encoding="utf-8")
    start, end = yearly.index("2.1. "), yearly.index("2.10. ")
    block = yearly[start:end]
    text = yearly
    number = 11
    while len(text.split()) < PAGES * PAGE_WORDS:
        renumbered = []
        for line in block.splitlines(keepends=True):
            found = re.match(r"2\.\d+\. ", line)
            renumbered.append(f"2.{number}. {line[found.end() :]}" if found else line)
            number += bool(found)
        text = text.replace("III. THỜI GIAN", "".join(renumbered) + "III. THỜI GIAN")
    return text.encode()


def long_annex() -> bytes:
    """A communications plan whose table of activities fills 300 pages."""
    plan = next(case for case in CASES if "communications" in case.name).read_text(encoding="utf-8")
    start = plan.index("\n1 | ") + 1
    rows = [line for line in plan[start:].splitlines() if " | " in line]
    words = sum(len(row.split()) for row in rows)
    lines = rows * (ANNEX_PAGES * PAGE_WORDS // words + 1)
    table = "\n".join(re.sub(r"^\d+", str(number), line) for number, line in enumerate(lines, start=1))
    return (plan[:start] + table).encode()


def seconds_of_cpu(data: bytes, rounds: int = ROUNDS) -> float:
    """The best of some rounds: the others measure the machine."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        read(data, "plan.txt")
        best = min(best, time.process_time() - began)
    return best


def seconds_in_sandbox(data: bytes) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.monotonic()
        read_limited(data, "plan.txt")
        best = min(best, time.monotonic() - began)
    return best


def three_hundred_pages() -> bytes:
    """The yearly plan with a list of units as annex, 300 printed pages with a text layer."""
    yearly = next(case for case in CASES if "yearly" in case.name).read_text(encoding="utf-8")
    rows = "\n".join(f"{n}. Trạm Y tế số {n}: 01 tập thể và 02 cá nhân mỗi năm." for n in range(1, LONG_ROWS))
    return scans.printed(f"{yearly}\nPHỤ LỤC\n{rows}")


def a_scan() -> tuple[bytes, int]:
    """A plan as a scanner gives it, and its pages."""
    yearly = next(case for case in CASES if "yearly" in case.name).read_text(encoding="utf-8")
    sheets = scans.sheets(scans.printed(yearly))
    return scans.as_pdf(sheets), len(sheets)


def measured(data: bytes, name: str) -> tuple[float, int]:
    """Seconds and the largest memory in KiB of one reading in a process of its own."""
    script = "import sys; from pathlib import Path; from guong.planreader.sandbox import read_limited;"
    script += f"read_limited(Path(sys.argv[1]).read_bytes(), {name!r}, 600, scans=True);"
    script += "import resource as r; print(r.getrusage(r.RUSAGE_CHILDREN).ru_maxrss)"
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-c", script, file.name], capture_output=True, check=True)
        return time.monotonic() - began, int(done.stdout)


def long_figures() -> Iterator[Figure]:
    """The longest annex, and a scan where Tesseract is installed."""
    seconds, memory = measured(three_hundred_pages(), "phu-luc.pdf")
    yield Figure("PDF of 300 pages", seconds, "s", 10.0)
    yield Figure("PDF of 300 pages, memory", memory / 1024, "MiB", 400.0)
    if programs.reads_scans():
        data, pages = a_scan()
        seconds, memory = measured(data, "quet.pdf")
        yield Figure("a scanned page, all cores", seconds / pages, "s", 1.5)
        yield Figure("a scan, memory", memory / 1024, "MiB", 400.0)


def memory_of_children() -> float:
    """The most any limited process has used so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def seed_score() -> float | None:
    """Micro-F1 on the five real plans, None where they are not beside the repository."""
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    if len(seeds) != 5:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds):
            plan = read(seed.read_bytes(), seed.name).to_json()["plan"]
            (Path(folder) / f"seed{number}.json").write_text(json.dumps(plan), encoding="utf-8")
        scorer = [sys.executable, str(SHARED / "tools" / "score.py"), folder, str(SHARED / "plans" / "gold")]
        result = subprocess.run([*scorer, "--tier", "seed"], capture_output=True, text=True, check=True)
    found = re.search(r"overall micro-F1 ([\d.]+)", result.stdout)
    return float(found.group(1)) if found else None


def figures() -> Iterator[Figure]:
    """Twenty pages and an annex of 300, by CPU and memory; the score on the real plans where they are."""
    data = twenty_pages()
    cpu = seconds_of_cpu(data)
    yield Figure("plan of 20 pages, CPU", cpu, "s", 0.3)
    yield Figure("pages a second of CPU", PAGES / cpu, "pages", PAGES / 0.3, more_is_better=True)
    yield Figure("plan of 20 pages, limited process", seconds_in_sandbox(data), "s", 5.0)
    annex = long_annex()
    yield Figure("plan with an annex of 300 pages, CPU", seconds_of_cpu(annex, 1), "s", 10.0)
    read_limited(annex, "plan.txt")
    yield Figure("plan with an annex of 300 pages, memory", memory_of_children(), "MiB", 400.0)
    yield from long_figures()
    score = seed_score()
    if score is not None:
        yield Figure("micro-F1 on the seeds", score, "share", 0.97, more_is_better=True)
