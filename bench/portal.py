"""Public pages as a visitor meets them: `guong bench portal`. Runs on the database of the settings."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from django.db import connection

from bench import Figure, median_ms
from bench._http import Reader, server
from guong.awards.models import Award

CONNECTIONS = 8
SECONDS = 5.0
CHANGES = 20
PAGES = ("/", "/so-vang/", "/so-vang/?year=2025")


def figures() -> Iterator[Figure]:
    """One connection for the times; eight for the rate; a change between every two visits for freshness."""
    with server() as port:
        reader = Reader(port)
        for path in PAGES:
            yield Figure(
                f"public page {path}, p50", median_ms(lambda path=path: _page(reader, path), 200), "ms", 5
            )
        code = Award.objects.valid().order_by("-pk").values_list("code", flat=True)[0]
        check = median_ms(lambda: _page(reader, f"/kiem-chung/{code}/"), 100)
        yield Figure("certificate check, p50", check, "ms", 25)
        yield Figure("public pages", rate(port), "per second", 400, more_is_better=True)
        yield Figure("stale pages after a change", stale(reader), "pages", 0)
        yield Figure("first visit after a change, p50", after_a_change(reader), "ms", 100)


def _page(reader: Reader, path: str) -> bytes:
    status, body = reader.get(path)
    if status != 200 or b"</html>" not in body:
        raise RuntimeError(f"{path}: {status}")
    return body


def rate(port: int) -> float:
    """Answers a second over eight open connections."""
    made = [0] * CONNECTIONS
    end = time.perf_counter() + SECONDS

    def work(place: int) -> None:
        reader = Reader(port)
        while time.perf_counter() < end:
            _page(reader, PAGES[made[place] % len(PAGES)])
            made[place] += 1

    threads = [threading.Thread(target=work, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(made) / SECONDS


def stale(reader: Reader) -> int:
    """Pages that did not show a name changed just before. The name is put back."""
    award = Award.objects.valid().order_by("-decision__signed_on", "-decision__number", "order", "pk").first()
    old, missed = award.name_on_paper, 0
    for number in range(CHANGES):
        Award.objects.filter(pk=award.pk).update(name_on_paper=f"Phép đo {number}")
        missed += f"Phép đo {number}".encode() not in _page(reader, "/so-vang/")
    Award.objects.filter(pk=award.pk).update(name_on_paper=old)
    return missed


def after_a_change(reader: Reader) -> float:
    """The visit that makes the page anew."""

    def changed() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE portal_version SET number = number + 1")

    def visit() -> float:
        changed()
        began = time.perf_counter()
        _page(reader, "/so-vang/")
        return (time.perf_counter() - began) * 1000

    return sorted(visit() for _ in range(CHANGES))[CHANGES // 2]
