"""QR codes of certificates, drawn by segno; a large batch is shared among the machine's cores.

Mask 0 is fixed: the search for the prettiest mask is five times the work, and readers do not need it.
Runs as a process of its own too: addresses as JSON on standard input, drawings as JSON on standard output.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import segno

_RUN = re.compile("1+")
_QUIET = 2  # white modules around the code; the paper around them is white too
_MANY = 60  # below this a second process costs more than it saves


def qr_svgs(texts: Sequence[str]) -> list[str]:
    """One drawing for each address, in the same order. Raises ValueError for an address that is not ASCII."""
    if not all(text and text.isascii() for text in texts):
        raise ValueError("an address is plain ASCII")
    workers = min(os.cpu_count() or 1, 4)
    if len(texts) < _MANY or workers == 1:
        return [qr_svg(text) for text in texts]
    made = [""] * len(texts)
    with ThreadPoolExecutor(workers) as pool:  # the threads only wait for their processes
        shares = [texts[first::workers] for first in range(workers)]
        for first, drawn in enumerate(pool.map(_elsewhere, shares)):
            made[first::workers] = drawn
    return made


def _elsewhere(texts: Sequence[str]) -> list[str]:
    """Drawn by another process."""
    command = [sys.executable, "-P", str(Path(__file__))]
    done = subprocess.run(command, input=json.dumps(texts).encode(), capture_output=True, check=True)
    return list(json.loads(done.stdout))


def qr_svg(text: str) -> str:
    """The code as SVG, one stroke for each run of dark modules: sharper than a picture at any size."""
    code = segno.make_qr(text, mode="byte", error="m", mask=0, boost_error=False)
    strokes, x, y = [], 0, 0
    for row, modules in enumerate("".join(map(str, line)) for line in code.matrix):
        for run in _RUN.finditer(modules):
            strokes.append(f"m{run.start() - x} {row - y}h{run.end() - run.start()}")
            x, y = run.end(), row
    side = len(code.matrix) + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path stroke="#000" d="M{_QUIET} {_QUIET}.5{"".join(strokes)}"/></svg>'
    )


if __name__ == "__main__":
    json.dump([qr_svg(text) for text in json.load(sys.stdin)], sys.stdout)
