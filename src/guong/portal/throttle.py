"""How often one address may ask about certificates: enough for people, too seldom for walking (J1).

Counted in the memory of each server process, so the limit of the site is this times its processes. Hits and
misses count alike.
"""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

PER_MINUTE = 60
_MOST_ADDRESSES = 100_000
_lock = Lock()
_asked: Counter[str] = Counter()
_minute = 0


def seconds_to_wait(address: str) -> int:
    """0: go on; this question is counted. Otherwise when the address may ask again."""
    global _minute
    now = int(time.time())
    with _lock:
        if now // 60 != _minute or len(_asked) > _MOST_ADDRESSES:
            _minute = now // 60
            _asked.clear()
        _asked[address] += 1
        return 60 - now % 60 if _asked[address] > PER_MINUTE else 0


def forget() -> None:
    """Every count, as with a new process."""
    with _lock:
        _asked.clear()
