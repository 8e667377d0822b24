"""The list of nominations and one dossier, timed as a browser meets them: `guong bench nominations`.

Runs on the database of the settings; for the goals load `guong demo --scale` (100,000 nominations) first.
The last figure leaves its drafts behind.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from itertools import product

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import Figure, median_ms
from bench._http import Reader, server
from guong.awards.models import Nomination
from guong.base.models import Employment, User
from guong.movements.models import Movement
from guong.plans.models import Plan
from guong.site.demo import PASSWORD

OFFICE, CLERK = "thuongtruc", "vanthubv"
CONNECTIONS = 8
DRAFTS = 480
TEXT = "Tổ chức khám sàng lọc cho 1.240 người cao tuổi, giảm thời gian chờ từ 90 xuống 35 phút."


def figures() -> Iterator[Figure]:
    """Pages over one kept connection, median; drafts over eight."""
    yield Figure("nominations", Nomination.objects.count(), "records", 100_000, more_is_better=True)
    with server() as port:
        reader = Reader(port).log_in(OFFICE, PASSWORD)
        for name, path, goal in pages():
            yield Figure(f"{name}, p50", median_ms(lambda path=path: _page(reader, path)), "ms", goal)
        yield Figure("list, queries", queries(), "queries", 12)
        yield Figure("drafts created", drafts(port), "per second", 60, more_is_better=True)


def pages() -> list[tuple[str, str, float]]:
    """Name, address and goal in milliseconds."""
    one = Nomination.objects.filter(state="awarded").order_by("-pk").first()
    movement = one.movement_id
    return [
        ("list, first page", "/de-nghi/", 30),
        ("list, every year", "/de-nghi/?nam=0&xem=tat-ca", 30),
        ("list, filtered", f"/de-nghi/?phong-trao={movement}&doi-tuong=individual&xem=tham-dinh", 30),
        ("list, one unit", f"/de-nghi/?don-vi={one.unit_id}&nam=0&xem=da-khen", 30),
        ("search, two words", "/de-nghi/?q=nguyen+hoa&nam=0", 40),
        ("search, common word", "/de-nghi/?q=nguyen&nam=0", 40),
        ("search, nothing found", "/de-nghi/?q=zzyzx&nam=0", 40),
        ("detail", one.get_absolute_url(), 25),
    ]


def _page(reader: Reader, path: str) -> None:
    status, body = reader.get(path)
    if status != 200 or b"</html>" not in body:
        raise RuntimeError(f"{path}: {status}")


def queries() -> int:
    """Queries of one list page, counted in this process."""
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=OFFICE))
    client.get("/de-nghi/")
    with CaptureQueriesContext(connection) as seen:
        status = client.get("/de-nghi/").status_code
    if status != 200:
        raise RuntimeError(f"/de-nghi/: {status}")
    return len(seen)


def drafts(port: int) -> float:
    """Drafts a second over eight connections, each by its own form."""
    addresses = _free_nominees()
    readers = [Reader(port).log_in(CLERK, PASSWORD) for _ in range(CONNECTIONS)]
    made = [0] * CONNECTIONS

    def work(place: int) -> None:
        for address in addresses[place::CONNECTIONS]:
            values = {"achievement": TEXT, "key": str(uuid.uuid4())}
            made[place] += readers[place].post(address, values)[0] == 302

    threads = [threading.Thread(target=work, args=(place,)) for place in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    if sum(made) != len(addresses):
        raise RuntimeError(f"{len(addresses) - sum(made)} of {len(addresses)} drafts were refused")
    return len(addresses) / taken


def _free_nominees() -> list[str]:
    """Forms of people of the clerk's unit who are not nominated in that movement yet."""
    unit = User.objects.get(username=CLERK).grants.get().body
    works = Employment.objects.in_force().filter(body__path__startswith=unit.path).order_by("pk")
    movements = Movement.objects.filter(
        plan__state=Plan.State.IN_FORCE, quota_kind=Movement.QuotaKind.FIXED, route=Movement.Route.THEMATIC
    ).values_list("pk", flat=True)
    taken = set(Nomination.objects.filter(unit=unit).values_list("movement_id", "person_id"))
    free = (
        f"/de-nghi/moi/{movement}/nguoi/{work.pk}/"
        for movement, work in product(movements, works)
        if (movement, work.person_id) not in taken
    )
    return [address for address, _place in zip(free, range(DRAFTS), strict=False)]
