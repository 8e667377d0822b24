"""Facts of half a million people from the database: `guong bench facts`.

Fills a scratch database beside the real one by COPY, once (some minutes, 5 GB), and leaves it there:
`guong_bench_PEOPLE_BODIES`. `GUONG_BENCH_PEOPLE` and `GUONG_BENCH_BODIES` set its size. Reading and answering
run in a process of their own; its answers must be those given from the same facts in memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bench import Figure
from bench._book_of_many import address
from bench._law_people import YEAR, people
from bench.law import RECEIVED
from guong.law import load, screen
from guong.site import env

PEOPLE = int(os.environ.get("GUONG_BENCH_PEOPLE", "500000"))
BODIES = int(os.environ.get("GUONG_BENCH_BODIES", str(PEOPLE // 100)))
READING = "import sys; sys.path.insert(0, '.'); from bench._facts_reading import measure; measure()"
COUNTED = ("CSTDCS", "CSTDT")
# Raising a whole hospital's members takes longer than one person; nobody waits for it inside a list.
OF_A_UNIT = 100.0


def figures() -> Iterator[Figure]:
    """Reading, evaluation, memory; then single questions as a request asks them."""
    found = _measured(address(PEOPLE, BODIES))
    _compare(found["counts"])
    size = f"{PEOPLE} people, {BODIES} collectives, 10 years"
    yield Figure(f"{size}: facts from the database", found["reading"], "s", 13.0)
    yield Figure(f"{size}: all titles", found["evaluation"], "s", 2.0)
    yield Figure(f"{size}: both", found["reading"] + found["evaluation"], "s", 15.0)
    yield Figure("memory at its peak", found["peak"], "GiB", 2.0)
    for name, value in found.items():
        if name.startswith("person "):
            yield Figure(f"one assessment with its facts: {name}", value, "ms", 10.0)
    yield Figure("one assessment with its facts: a section", found["section"], "ms", OF_A_UNIT)
    yield Figure("one assessment with its facts: a unit and its members", found["unit"], "ms", OF_A_UNIT)


def _measured(where: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "guong.site.commands", "manage", "shell", "--no-imports", "-c", READING]
    surroundings = env.for_child(**{env.DATABASE_URL.name: where, env.OWNER_DATABASE_URL.name: where})
    done = subprocess.run(
        command, env=surroundings, cwd=env.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return dict(json.loads(line) for line in done.stdout.splitlines())


def _compare(counts: dict[str, int]) -> None:
    """Raises RuntimeError when the database gives other answers than the same facts in memory."""
    answers = screen(load(), people(PEOPLE), year=YEAR, received_on=RECEIVED, codes=COUNTED)
    for code in COUNTED:
        if int((answers[code] == "eligible").sum()) != counts[code]:
            raise RuntimeError(f"{code}: the database and the invented facts disagree: {counts}")
