"""Texts that repeat another dossier's, compared on a large department: `guong bench likeness`.

Works in a transaction that is rolled back; needs a database with a movement and a unit (`guong demo`).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from bench import Figure
from guong.awards import comparing
from guong.awards.models import Fingerprint, Likeness, Nomination
from guong.base.models import Body, BodyKind, User
from guong.movements.models import Movement
from guong.site.demo import bulk

DOSSIERS, WORDS, COPIES = 50_000, 500, 5_000
SEED = 20261125


def figures() -> Iterator[Figure]:
    """All against all, then one new dossier; every tenth text holds a third of an earlier one."""
    with transaction.atomic():
        yield from _measured()
        transaction.set_rollback(True)


def _measured() -> Iterator[Figure]:
    made = bulk.write(_dossiers())
    known = {nomination.pk for nomination in made}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE awards_nomination")
    yield Figure("dossiers", len(made), "records", DOSSIERS, more_is_better=True)
    taken = _seconds(comparing.refresh_fingerprints)
    yield Figure("fingerprints of all", taken, "s", 120)
    taken = _seconds(comparing.compare_all)
    yield Figure("all against all", taken, "s", 120)
    found = Likeness.objects.filter(nomination__in=known, other__in=known).count()
    yield Figure("copies found", found, "pairs", COPIES, more_is_better=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE awards_fingerprint")
    last = made[-1]
    Fingerprint.objects.filter(pk=last.pk).delete()
    times = sorted(_seconds(lambda: comparing.compare(last.pk)) for _ in range(20))
    yield Figure("a new dossier, slowest of 20", times[-1], "s", 1)


def _seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _dossiers() -> Iterator[Nomination]:
    source = random.Random(SEED)
    movement, clerk = Movement.objects.select_related("plan").first(), User.objects.first()
    unit = Body.objects.filter(kind=BodyKind.UNIT).first()
    numbers = bulk.ids(Nomination, DOSSIERS)
    texts: list[list[str]] = []
    for place, number in enumerate(numbers):
        words = [f"chữ{min(int(source.paretovariate(0.6)), 20_000)}" for _ in range(WORDS)]
        if place % (DOSSIERS // COPIES) == 9:
            start = source.randrange(WORDS * 2 // 3)
            end = start + WORDS // 3
            words[start:end] = source.choice(texts)[start:end]
        texts.append(words)
        yield Nomination(
            pk=number, department=movement.plan.department, movement=movement, unit=unit, body=unit,
            subject="collective", state=Nomination.State.WITHDRAWN, achievement=" ".join(words),
            created_by=clerk, achieved_on=date(2026, 1, 1),
        )  # fmt: skip
