"""The product's own benchmarks. Each module has `figures()`, which measures and yields Figures."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value and what it should be: at most the goal, or at least when more is better."""

    name: str
    value: float
    unit: str
    goal: float
    more_is_better: bool = False

    @property
    def reached(self) -> bool:
        """Whether the value meets the goal."""
        return self.value >= self.goal if self.more_is_better else self.value <= self.goal

    def line(self) -> str:
        """The figure as one line of JSON."""
        value = {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "goal": self.goal,
            "reached": self.reached,
        }
        return json.dumps(value, ensure_ascii=False)


def p95_ms(work: Callable[[], object], times: int = 20, warm: int = 2) -> float:
    """The duration in milliseconds that nineteen of twenty calls stay under."""
    return _percentile(_taken(work, times, warm), 95)


def _percentile(taken: list[float], share: int) -> float:
    return statistics.quantiles(taken, n=100, method="inclusive")[share - 1]


def median_ms(work: Callable[[], object], times: int = 30, warm: int = 5) -> float:
    """Median duration of one call in milliseconds, after some calls that do not count."""
    return statistics.median(_taken(work, times, warm))


def _taken(work: Callable[[], object], times: int, warm: int) -> list[float]:
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken
