"""`guong bench NAME`: runs one of the benchmarks under bench/; each figure is one line of JSON."""

from __future__ import annotations

import argparse
import importlib
import sys

from guong.site import env
from guong.site.trouble import Trouble


def run(arguments: argparse.Namespace) -> int:
    """0 when every figure reached its goal, 1 otherwise. Raises Trouble for an unknown name."""
    names = sorted(path.stem for path in (env.ROOT / "bench").glob("[!_]*.py"))
    if arguments.name not in names:
        raise Trouble("Các phép đo", "The benchmarks", " ".join(names))
    sys.path.insert(0, str(env.ROOT))
    reached = True
    for figure in importlib.import_module(f"bench.{arguments.name}").figures():
        sys.stdout.write(figure.line() + "\n")
        sys.stdout.flush()
        reached = reached and figure.reached
    return 0 if reached else 1
