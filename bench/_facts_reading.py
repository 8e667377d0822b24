"""Reads and answers from the scratch database in a process of its own, so that its peak of memory is its own.

Run by bench.facts as `guong manage shell -c`, on the scratch database; prints one JSON line a measurement.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date

from bench import median_ms
from guong.base.models import Body, Person
from guong.law import Facts, screen
from guong.records import facts
from guong.records.asking import ask
from guong.regulations.here import law_of

RECEIVED = date(2024, 12, 20)
YEAR = 2024
ASKED = ("LDTT", "CSTDT", "BKTTG", "TTUT")
KIB = 1024**2


def measure() -> None:
    """Everybody first: the peak of memory is that of the large reading."""
    root = Body.objects.get(kind="department")
    law = law_of(root)
    began = time.perf_counter()
    read = Facts.of(**facts.facts_for(facts.everybody(root), RECEIVED).frames)
    told("reading", time.perf_counter() - began)
    taken = [_seconds(lambda: screen(law, read, year=YEAR, received_on=RECEIVED)) for _ in range(3)]
    told("evaluation", min(taken))
    told("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB)
    answers = screen(law, read, year=YEAR, received_on=RECEIVED)
    told("counts", {code: int((answers[code] == "eligible").sum()) for code in ("CSTDCS", "CSTDT")})
    person = Person.objects.get(pk=7)
    for code in ASKED:
        told(f"person {code}", median_ms(lambda c=code: ask(root, person, c, YEAR, RECEIVED)))
    section, unit = Body.objects.filter(kind="section").first(), Body.objects.filter(kind="unit").first()
    told("section", median_ms(lambda: ask(root, section, "TTLDTT", YEAR, RECEIVED)))
    told("unit", median_ms(lambda: ask(root, unit, "TTLDTT", YEAR, RECEIVED)))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def told(name: str, value: object) -> None:
    """One measurement for the parent."""
    sys.stdout.write(json.dumps([name, value]) + "\n")
    sys.stdout.flush()
