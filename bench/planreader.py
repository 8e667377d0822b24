"""How fast and how right plans are read: `guong bench planreader`, or `python -m bench.planreader`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import Figure
from guong.planreader import read
from guong.planreader.sandbox import read_limited
from guong.site import demo

ROOT = Path(__file__).resolve().parents[1]
CASES = sorted((Path(demo.__file__).parent / "plans").glob("*.txt"))
SHARED = ROOT.parent / "shared"
ROUNDS = 5
PAGES = 20
# Words (syllables) on a printed A4 page of such a document.
PAGE_WORDS = 450


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


def seconds_of_cpu(data: bytes) -> float:
    """The best of some rounds: the others measure the machine."""
    best = float("inf")
    for _ in range(ROUNDS):
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
    """Twenty pages by CPU and through the limited process; the real plans where they lie beside."""
    data = twenty_pages()
    cpu = seconds_of_cpu(data)
    yield Figure("plan of 20 pages, CPU", cpu, "s", 0.3)
    yield Figure("pages a second of CPU", PAGES / cpu, "pages", PAGES / 0.3, more_is_better=True)
    yield Figure("plan of 20 pages, limited process", seconds_in_sandbox(data), "s", 5.0)
    score = seed_score()
    if score is not None:
        yield Figure("micro-F1 on the seeds", score, "share", 0.90, more_is_better=True)
