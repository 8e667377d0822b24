"""Sixty members cast at once over HTTP, and a box of 40 nominees is opened: `guong bench ballots`.

Runs on the database of the settings with the demo loaded. The council and its sessions stay behind.
"""

from __future__ import annotations

import base64
import random
import statistics
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.cookies import SimpleCookie

from django.conf import settings
from django.test import Client
from django.utils import timezone

from bench import Figure
from bench._http import Reader, server
from guong.awards import sealed
from guong.awards.actions import boxes, sessions
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Council, CouncilMember, Listing, ListingEntry, Nomination, Session
from guong.base.models import Employment, User
from guong.base.workflow import take
from guong.movements.models import Movement
from guong.papers import sealing

MEMBERS, NOMINEES, ROUNDS = 60, 40, 5
OFFICE = "thuongtruc"
DAY = date(2026, 1, 14)


def figures() -> Iterator[Figure]:
    """Casting: every member's browser sends five times over. Opening: once."""
    users = members()
    session = called(council(users))
    secretary = users[1]
    seats = [session.seats.filter(role=role).first() for role in ("vice", "secretary", "member")]
    box, key = boxes.set_up(by=secretary, session=session, holders=seats)
    session = take(SESSION_STEPS["open_voting"], session, by=secretary)
    with server() as port:
        spread = cast_together(port, session, users, seconds=5)
        taken = cast_together(port, session, users)
    yield Figure("cast, 60 within five seconds, p95", p95(spread), "ms", 150)
    yield Figure("cast, 60 in the same instant, p95", p95(taken), "ms", 150)
    yield Figure("envelopes", box.envelopes.count(), "envelopes", MEMBERS, more_is_better=True)
    session = take(SESSION_STEPS["close_box"], session, by=secretary)
    began = time.perf_counter()
    boxes.open_box(by=secretary, session=session, sheets=key.sheets[:2])
    yield Figure("opening 40 nominees x 60 members", time.perf_counter() - began, "s", 3)


def members() -> list[User]:
    """Sixty accounts; made once and used by later runs too."""
    works = Employment.objects.filter(person__user=None).order_by("-pk").select_related("person")[:MEMBERS]
    kept = list(User.objects.filter(username__startswith="bench-").order_by("pk"))
    made = [
        User.objects.create(username=f"bench-{work.pk}", person=work.person)
        for work in works[: MEMBERS - len(kept)]
    ]
    return [*kept, *made]


def council(users: list[User]) -> Council:
    """A council of them all, apart from the demo's."""
    department = Council.objects.order_by("pk").first().department
    made, fresh = Council.objects.get_or_create(
        department=department, name="Hội đồng đo tốc độ", established_by="0/QĐ-SYT", established_on=DAY
    )
    if fresh:
        roles = ["chair", "secretary", "vice", *["member"] * (MEMBERS - 3)]
        CouncilMember.objects.bulk_create(
            CouncilMember(council=made, person=user.person, role=role, order=place)
            for place, (user, role) in enumerate(zip(users, roles, strict=True))
        )
    return made


def called(found: Council) -> Session:
    """A secret session of forty nominees that everybody came to."""
    office = User.objects.get(username=OFFICE)
    movement = Movement.objects.filter(plan__department=found.department).order_by("-pk").first()
    listing = Listing.objects.create(
        department=found.department, title="Danh sách đo tốc độ", state=Listing.State.CLOSED, opens_on=DAY,
        closes_on=DAY,
    )  # fmt: skip
    taken = Nomination.objects.filter(movement=movement).values("person_id")
    works = (
        Employment.objects.in_force()
        .exclude(person__in=taken)
        .select_related("person", "body")
        .order_by("pk")
    )
    made = []
    for work in works[:NOMINEES]:
        nomination = Nomination.objects.create(
            department=found.department, movement=movement, unit=work.body.unit() or work.body,
            person=work.person, employment=work, subject="individual", state="listed",
            achievement="Đo tốc độ", created_by=office,
        )  # fmt: skip
        ListingEntry.objects.create(listing=listing, nomination=nomination)
        made.append(nomination)
    session = sessions.call(
        by=office, council=found, title="Phiên đo tốc độ", place="",
        held_at=timezone.now() + timedelta(hours=1), nominations=made, kind=Session.Kind.SECRET,
    )  # fmt: skip
    session.seats.update(present=True)
    return session


def p95(taken: list[float]) -> float:
    """The time nineteen of twenty stay below."""
    return statistics.quantiles(taken, n=20)[18]


def cast_together(port: int, session: Session, users: list[User], seconds: float = 0) -> list[float]:
    """Milliseconds of every sending. All sixty wait for one another before each round, then send within
    `seconds`: nobody presses the button in the same millisecond."""
    taken: list[float] = []
    start, lock = threading.Barrier(len(users)), threading.Lock()
    ready = [_ready(port, session, user) for user in users]

    def work(reader: Reader, envelopes: list[str]) -> None:
        reader.connection.close()  # opened again by the first sending: the server ends idle ones
        for envelope in envelopes:
            start.wait(120)
            time.sleep(random.uniform(0, seconds))
            began = time.perf_counter()
            status, body = reader.post(f"/hoi-dong/phien-hop/{session.pk}/phieu/", {"envelope": envelope})
            spent = (time.perf_counter() - began) * 1000
            if status != 200:
                raise RuntimeError(f"cast: {status} {body[:200]!r}")
            with lock:
                taken.append(spent)

    threads = [threading.Thread(target=work, args=one) for one in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(taken) != len(users) * ROUNDS:
        raise RuntimeError("a ballot was refused")
    return taken


def _ready(port: int, session: Session, user: User) -> tuple[Reader, list[str]]:
    """A signed-in browser with its page loaded and its envelopes sealed, as on the meeting's phones."""
    client = Client()
    client.force_login(user)
    cookie: SimpleCookie = client.cookies
    reader = Reader(port)
    reader.cookies[settings.SESSION_COOKIE_NAME] = cookie[settings.SESSION_COOKIE_NAME].value
    status, _body = reader.get(f"/hoi-dong/phien-hop/{session.pk}/phieu/")
    if status != 200:
        raise RuntimeError(f"ballot page: {status}")
    seat = session.seats.get(person=user.person)
    box = session.box
    sealed_ones = [
        sealing.seal(sealed.public_key(box), box.setup_hash, seat.pk, "YN" * (NOMINEES // 2))
        for _ in range(ROUNDS)
    ]
    return reader, [base64.b64encode(one).decode() for one in sealed_ones]
