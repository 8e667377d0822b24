"""Memory of a whole installation at work, without the database: `guong bench memory`.

Shared pages are divided among those who share them (PSS), so that the sum is what the machine really gives.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import Figure
from bench._http import Reader, server
from guong.site import env
from guong.site.demo import PASSWORD

PAGES = (
    "/viec/",
    "/de-nghi/",
    "/ke-hoach/",
    "/phong-trao/",
    "/quyet-dinh/",
    "/to-chuc/",
    "/nguoi/",
    "/so-vang/",
)
ROUNDS = 25


def figures() -> Iterator[Figure]:
    """Two web processes and one worker, after two hundred pages."""
    command = [sys.executable, "-m", "guong.site.commands", "worker"]
    worker = subprocess.Popen(command, env=env.for_child(), cwd=env.ROOT)
    try:
        with server() as port:
            reader = Reader(port).log_in("thuongtruc", PASSWORD)
            for _ in range(ROUNDS):
                for path in PAGES:
                    reader.get(path)
            mine = family(Path("/proc/self").resolve().name)
            yield Figure("memory of web and worker", sum(map(pss, mine)) / 1024, "MiB", 400)
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def family(root: str) -> list[str]:
    """Process ids of everything below `root`, without `root` itself."""
    parents = {
        stat.parent.name: re.sub(r".*\) \S ", "", stat.read_text()).split()[0]
        for stat in Path("/proc").glob("[0-9]*/stat")
    }
    found, before = {root}, 0
    while len(found) > before:
        before = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return sorted(found - {root})


def pss(process: str) -> int:
    """Proportional memory of one process in KiB; 0 when it has just ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
