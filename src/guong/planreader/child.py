"""The limited process behind `sandbox.read_limited`: a file comes in, one JSON answer goes out."""

from __future__ import annotations

import json
import math
import resource
import sys
from typing import Any

from guong.planreader.reader import read
from guong.planreader.reasons import Unreadable

MEMORY = 640 * 1024 * 1024
OPEN_FILES = 24


def main() -> None:
    """Limits first, then the file."""
    question = sys.stdin.buffer
    header = json.loads(question.readline(65536))
    limit(float(header["seconds"]))
    json.dump(answer(question.read(), str(header["name"])), sys.stdout, ensure_ascii=True)
    sys.stdout.flush()


def limit(seconds: float) -> None:
    """Never to be lifted again in this process."""
    cpu = max(1, math.ceil(seconds))
    for kind, value in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def answer(data: bytes, name: str) -> dict[str, Any]:
    """The reading, or why there is none."""
    try:
        return {"reading": read(data, name).to_json()}
    except Unreadable as reason:
        return {"code": reason.code, "params": reason.params}
    except MemoryError:
        return {"code": "too_hungry", "params": {"name": name}}
    except Exception:  # whatever a hostile file does, only a reason leaves this process
        return {"code": "reader_failed", "params": {"name": name}}


if __name__ == "__main__":
    main()
