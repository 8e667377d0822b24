"""Nothing leaks while the box is open (C7), and an opening that is cut off is none (C11)."""

from __future__ import annotations

import base64
import random
import re
import threading
import time

import pytest
from django.db import connection
from django.test import Client

from guong.awards import sealed
from guong.awards.actions import boxes
from guong.awards.models import Item, Pile, Session
from guong.base.access import Role
from tests import factories as make
from tests.awards import secret
from tests.awards.house import House, house
from tests.drill import size

PAGES = ("", "phieu/", "phieu/?lai=1")
CHANGING = re.compile(  # what differs from one request to the next whatever was chosen
    rb"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}"
    rb'|name="csrfmiddlewaretoken" value="[^"]+"|\d\d:\d\d(:\d\d)?'
    rb'|id="[a-z]+-[0-9a-f-]{36}"|value="[0-9a-f-]{36}"'
)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def plain(answer) -> bytes:
    return CHANGING.sub(b"", answer.content)


@pytest.mark.django_db
def test_c07_answers_to_yes_and_no_are_equal_in_bytes():
    at = house(members=5)
    vote = secret.voting(at, 2)
    member = client_of(at.vice)
    at_page = f"/hoi-dong/phien-hop/{vote.session.pk}/phieu/"
    sizes, answers = set(), set()
    for _ in range(size(25, 1000)):
        for letters in ("YY", "NN", "YN", "N-"):
            envelope = base64.b64encode(vote.envelope(at.vice, letters)).decode()
            answer = member.post(at_page, {"envelope": envelope})
            assert answer.status_code == 200
            sizes.add((len(envelope), len(answer.content)))
            answers.add(plain(answer))
    assert len(sizes) == len(answers) == 1


@pytest.mark.django_db
def test_c07_no_page_of_any_role_shows_a_trend():
    """Every page of the session and the home page, for every role, after all-yes and after all-no."""
    at = house(members=5)
    roles = {role: make.user(role, at.department) for role in Role.values}
    readers = [*at.users, at.clerk, at.leader, *roles.values()]
    vote = secret.voting(at, 2)
    clients = [client_of(user) for user in readers]
    places = [f"/hoi-dong/phien-hop/{vote.session.pk}/{page}" for page in PAGES]
    places += ["/", "/hoi-dong/", *(f"/de-nghi/{item.nomination_id}/" for item in vote.session.items.all())]
    seen = []
    for letters in ("YY", "NN"):
        for user in at.users:
            vote.cast(user, letters)
        seen.append([[plain(client.get(place)) for place in places] for client in clients])
    assert seen[0] == seen[1]
    assert Item.objects.filter(session=vote.session, yes__isnull=False).count() == 0


@pytest.mark.django_db
def test_c07_open_vote_would_show_the_difference():
    """The twin: a choice kept in clear changes the member's own page."""
    at = house(members=5)
    session = at.voting(at.listed(1))
    client = client_of(at.vice)
    place, item = f"/hoi-dong/phien-hop/{session.pk}/phieu/", session.items.get().pk
    seen = []
    for choice in ("yes", "no"):
        client.post(place, {f"item-{item}": choice})
        client.get(place)  # the message of the sending
        seen.append(plain(client.get(place)))
    assert seen[0] != seen[1]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["ma-niem/", "hom-phieu.json", "kiem-phieu/"])
def test_c07_nobody_reads_the_box_before_it_is_closed(address):
    at = house(members=5)
    vote = secret.voting(at, 2)
    vote.cast_all(random.Random(1))
    for user in at.users:
        assert client_of(user).get(f"/hoi-dong/phien-hop/{vote.session.pk}/{address}").status_code in (
            403,
            404,
        )


@pytest.mark.django_db(transaction=True)
def test_c11_connection_killed_at_any_point_of_the_opening_leaves_all_or_nothing():
    at = house(members=9)
    draw = random.Random()
    outcomes = {"closed": 0, "boxed": 0}
    whole_opening = _seconds_of_one(at, draw)
    for _ in range(size(8, 100)):
        vote = secret.voting(at, 3)
        vote.cast_all(draw)
        vote.close()
        _open_and_kill(vote, draw.uniform(0, 1.5 * whole_opening))
        session = Session.objects.get(pk=vote.session.pk)
        outcomes[session.state] += 1
        whole = session.state == "closed"
        assert Pile.objects.filter(box__session=session).count() == (3 if whole else 0)
        assert session.items.filter(yes__isnull=False).count() == (3 if whole else 0)
        assert bool(session.box.opened_at) is whole is (session.returned == 9)
        if not whole:
            words = list(vote.key.sheets[:2])
            session = boxes.open_box(by=at.secretary, session=session, sheets=words)
        assert {i.pk: (i.yes, i.no, i.blank) for i in session.items.all()} == vote.counts()
    print(outcomes)


def _seconds_of_one(at: House, draw: random.Random) -> float:
    vote = secret.voting(at, 3)
    vote.cast_all(draw)
    vote.close()
    began = time.monotonic()
    vote.open()
    return time.monotonic() - began


def _open_and_kill(vote: secret.Vote, delay: float) -> None:
    """Open in another connection and end its server process after a while, as a crash would."""
    backend: list[int] = []
    ready = threading.Event()

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend.append(cursor.fetchone()[0])
            ready.set()
            boxes.open_box(by=vote.at.secretary, session=vote.session, sheets=vote.key.sheets[:2])
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    broken: list[Exception] = []
    hand = threading.Thread(target=run)
    hand.start()
    ready.wait(30)
    time.sleep(delay)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", backend)
    hand.join(60)
    assert not hand.is_alive()


@pytest.mark.django_db(transaction=True)
def test_c11_without_one_transaction_a_stop_leaves_half_an_opening(monkeypatch):
    """The twin: the same writes, each committed by itself, stopped in between: slips without counts."""
    at = house(members=5)
    vote = secret.voting(at, 3)
    vote.cast_all(random.Random(3))
    vote.close()

    def power_cut(*_args, **_values):
        raise RuntimeError("power cut")

    monkeypatch.setattr(sealed, "count_ballots", power_cut)
    with pytest.raises(RuntimeError):
        sealed.keep(vote.box, sealed.open_with(vote.box, vote.key.sheets[:2]))
    assert Pile.objects.filter(box=vote.box).count() == 3
    assert Session.objects.get(pk=vote.session.pk).state == "boxed"
