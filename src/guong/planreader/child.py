"""The limited process behind `sandbox`: a file comes in, progress and one JSON answer go out."""

from __future__ import annotations

import base64
import ctypes
import json
import math
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import Any

from guong.planreader.formats import drawing
from guong.planreader.formats.means import Means
from guong.planreader.reader import read
from guong.planreader.reasons import Unreadable

MEMORY = 640 * 1024 * 1024
OPEN_FILES = 48
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Limits first, then the file. The question is the only argument, the file is the standard input."""
    question = json.loads(sys.argv[1])
    _die_with(int(question["parent"]))
    limit(float(question["seconds"]))
    _say(answer(sys.stdin.buffer.read(), question))


def _die_with(parent: int) -> None:
    """A server that is killed leaves nobody reading on."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)  # it died before the line above


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


def answer(data: bytes, question: Mapping[str, Any]) -> dict[str, Any]:
    """The reading or the picture of a page, or why there is none."""
    name = str(question["name"])
    try:
        if "page" in question:
            return {"picture": base64.b64encode(drawing.page_of(data, name, question["page"])).decode()}
        means = Means(bool(question.get("scans")), f"/proc/{os.getpid()}/fd/0", _told)
        return {"reading": read(data, name, means).to_json()}
    except Unreadable as reason:
        return {"code": reason.code, "params": reason.params}
    except MemoryError:
        return {"code": "too_hungry", "params": {"name": name}}
    except Exception:  # whatever a hostile file does, only a reason leaves this process
        return {"code": "reader_failed", "params": {"name": name}}


def _told(done: int, total: int) -> None:
    _say({"done": done, "total": total})


def _say(message: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
