"""Who holds all that the database ever wrote links no member to a choice (C1, C2); two designs fail."""

from __future__ import annotations

import math
import random
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from psycopg.conninfo import make_conninfo

from guong.awards import sealed
from guong.awards.actions import boxes
from guong.awards.models import Pile
from guong.papers import sealing
from guong.site.pg import programs
from tests.awards import secret
from tests.awards.house import house
from tests.awards.secret import Vote
from tests.drill import size

pytestmark = pytest.mark.django_db(transaction=True)

MEMBERS = 15
Rows = dict[str, list[dict[str, str]]]
Deal = list[str]  # a choice for each member, as the attacker deals them


def dumped(*tables: str) -> Rows:
    """What a logical copy holds, row by row in the order it writes them."""
    given = {name: connection.settings_dict[name.upper()] for name in ("host", "port", "user", "password")}
    target = make_conninfo(dbname=connection.settings_dict["NAME"], **{k: v for k, v in given.items() if v})
    command = [str(programs() / "pg_dump"), "--data-only", *(f"--table={table}" for table in tables), target]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found: Rows = {table: [] for table in tables}
    current: list[dict[str, str]] | None = None
    columns: list[str] = []
    for line in text.splitlines():
        if line.startswith("COPY public."):
            current = found[line.split()[1].partition(".")[2].strip('"')]
            columns = [name.strip('" ') for name in line[line.index("(") + 1 : line.index(")")].split(",")]
        elif line == "\\.":
            current = None
        elif current is not None:
            current.append(dict(zip(columns, line.split("\t"), strict=True)))
    return found


def hits_of(deal: Deal, truth: Deal) -> int:
    return sum(guess == choice for guess, choice in zip(deal, truth, strict=True))


def expected(truth: Deal) -> tuple[float, float]:
    """Hits of a random deal of the published tally: mean and variance, exactly (hypergeometric)."""
    members, yes = len(truth), truth.count("Y")
    share = yes / members
    spread = yes * share * (1 - share) * (members - yes) / (members - 1) if members > 1 else 0.0
    return members - 2 * yes + 2 * yes * share, 4 * spread


def sigmas(deals: list[Deal], truths: list[Deal]) -> float:
    """How far the attack is from what the published tally alone gives."""
    found = sum(map(hits_of, deals, truths))
    mean = sum(expected(truth)[0] for truth in truths)
    spread = sum(expected(truth)[1] for truth in truths)
    return (found - mean) / math.sqrt(spread) if spread else 0.0


# --- the attacker ---


def in_order_of(key: Callable[[dict[str, str]], object]) -> Callable[[list[dict[str, str]]], list[str]]:
    return lambda rows: [row["seat_id"] for row in sorted(rows, key=key)]


def physical() -> dict[str, tuple[str, str]]:
    """Transaction and place of each envelope, as a physical copy of the files has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, xmin::text, ctid::text FROM awards_envelope")
        return {row: (xmin, ctid) for row, xmin, ctid in cursor.fetchall()}


def attacks(sessions: list[Vote]) -> Iterator[tuple[str, list[Deal]]]:
    """Every order in which envelopes can be told apart, laid beside the slips in theirs."""
    rows = dumped(
        "awards_envelope", "awards_pile", "base_logentry", "base_auditentry", "awards_seat", "base_user"
    )
    pages = physical()
    said = [r for r in rows["base_logentry"] if r["action"] == "vote" and r["refused"] == "f"]
    people = {r["id"]: r["person_id"] for r in rows["base_user"]}
    seats = {(r["session_id"], r["person_id"]): r["id"] for r in rows["awards_seat"]}
    spoken = {
        seats[entry["object_id"], people[entry["by_id"]]]: place for place, entry in enumerate(said)
    }  # fmt: skip
    audited = {
        r["row"]: place for place, r in enumerate(rows["base_auditentry"]) if r["table"] == "awards_envelope"
    }
    orders = {
        "order of the copy": in_order_of(lambda row: rows["awards_envelope"].index(row)),
        "ids": in_order_of(lambda row: int(row["id"])),
        "seats": in_order_of(lambda row: int(row["seat_id"])),
        "xmin": in_order_of(lambda row: int(pages[row["id"]][0])),
        "ctid": in_order_of(lambda row: pages[row["id"]][1]),
        "length, then tracker": in_order_of(lambda row: (len(row["ciphertext"]), row["tracker"])),
        "time in the log": in_order_of(lambda row: spoken[row["seat_id"]]),
        "audit trail": in_order_of(lambda row: audited[row["id"]]),
    }
    for name, order in orders.items():
        yield name, [_deal(vote, rows, order) for vote in sessions]


def _deal(vote: Vote, rows: Rows, order: Callable) -> Deal:
    box = str(vote.box.pk)
    slips = next(row["slips"] for row in rows["awards_pile"] if row["box_id"] == box)
    in_order = order([row for row in rows["awards_envelope"] if row["box_id"] == box])
    given = dict(zip(in_order, slips, strict=True))
    return [given[str(seat)] for seat in truth_of(vote)]


def truth_of(vote: Vote) -> Mapping[int, str]:
    seats = dict(vote.session.seats.values_list("person_id", "pk"))
    return {
        seats[user.person_id]: letters for user, letters in sorted(vote.truth.items(), key=lambda p: p[0].pk)
    }


def played(count: int, draw: random.Random) -> list[Vote]:
    """So many opened sessions of fifteen, one nominee each."""
    at = house(members=MEMBERS)
    made = []
    for _ in range(count):
        vote = secret.voting(at, 1)
        vote.cast_all(draw)
        vote.close()
        vote.open()
        made.append(vote)
    return made


def test_c01_full_copy_does_not_link_members_and_choices():
    """Three sigma, and a second sample for an attack that goes beyond by chance (1 in 370)."""
    draw = random.Random()
    for _attempt in range(2):
        sessions = played(size(30, 200), draw)
        truths = [list(truth_of(vote).values()) for vote in sessions]
        found = {name: sigmas(deals, truths) for name, deals in attacks(sessions)}
        print({name: round(value, 2) for name, value in found.items()})
        if all(abs(value) <= 3 for value in found.values()):
            return
    assert {name: value for name, value in found.items() if abs(value) > 3} == {}


@pytest.mark.parametrize("key", ["serial", "uuid DEFAULT gen_random_uuid()"])
def test_c01_two_tables_are_broken_by_the_same_attacker(key):
    """The twin: who voted in one table, what was voted in another, one plain copy, all linked."""
    draw, hits, votes = random.Random(), 0, 0
    for _ in range(size(30, 200)):
        truth = {member: draw.choice("YYN") for member in range(MEMBERS)}
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS two_voted, two_ballot")
            cursor.execute(f"CREATE TABLE two_voted (id {key} PRIMARY KEY, member int UNIQUE)")
            cursor.execute(f"CREATE TABLE two_ballot (id {key} PRIMARY KEY, choice text)")
        for member in draw.sample(range(MEMBERS), MEMBERS):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO two_voted (member) VALUES (%s)", [member])
                cursor.execute("INSERT INTO two_ballot (choice) VALUES (%s)", [truth[member]])
        rows = dumped("two_voted", "two_ballot")
        given = zip(rows["two_voted"], rows["two_ballot"], strict=True)
        hits += sum(truth[int(who["member"])] == what["choice"] for who, what in given)
        votes += MEMBERS
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE two_voted, two_ballot")
    assert hits >= 0.99 * votes


def test_c01_slips_left_in_the_order_of_the_envelopes_are_broken(monkeypatch):
    """The twin of the shuffle: without it the same attacker reads every ballot."""
    monkeypatch.setattr(
        sealing.secrets, "SystemRandom", lambda: type("Still", (), {"shuffle": lambda *_: None})()
    )
    sessions = played(4, random.Random(5))
    truths = [list(truth_of(vote).values()) for vote in sessions]
    best = max(sum(map(hits_of, deals, truths)) for _name, deals in attacks(sessions))
    assert best == 4 * MEMBERS


# --- C2: where the clear choice could lie ---

NOMINEES = 48


def places() -> list[Path]:
    """Everything the product and the database write: heap, WAL, logs, files, statistics."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT current_setting('data_directory')")
        data = Path(cursor.fetchone()[0])
    assert data.is_dir(), "the files of the test server are not on this machine"
    folders = (data, Path(settings.MEDIA_ROOT), Path(settings.VAR))
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def files_with(*needles: bytes) -> set[str]:
    found = set()
    for path in set(places()):
        try:
            text = path.read_bytes()
        except OSError:  # a file of the running server that went meanwhile
            continue
        if any(needle in text for needle in needles):
            found.add(path.name)
    return found


def test_c02_clear_choice_is_on_no_disk_before_the_opening():
    draw = random.Random()
    vote = secret.voting(house(members=5), NOMINEES)
    letters = {user: "".join(draw.choice("YN") for _ in range(NOMINEES)) for user in vote.at.users}
    first, second, *others = vote.at.users
    vote.cast(first, letters[first])
    client = Client()  # the road without a script: the server seals
    client.force_login(second)
    items = sealed.agenda(vote.session)
    words = {"Y": "yes", "N": "no"}
    data = {f"item-{item.pk}": words[letter] for item, letter in zip(items, letters[second], strict=True)}
    assert client.post(f"/hoi-dong/phien-hop/{vote.session.pk}/phieu/", data).status_code == 302
    for user in others:
        vote.cast(user, letters[user])
    assert vote.box.envelopes.count() == 5
    run = "&".join(f"{name}={choice}" for name, choice in list(data.items())[:3]).encode()
    assert files_with(*(found.encode() for found in letters.values()), b"guong ballot 1\n", run) == set()


def test_c02_naive_storing_is_found_in_the_same_places():
    """The twin: the same letters in a plain table are in heap and WAL at once."""
    letters = "".join(random.Random().choice("YN") for _ in range(NOMINEES))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE two_plain (choice text)")
        cursor.execute("INSERT INTO two_plain VALUES (%s)", [letters])
        assert len(files_with(letters.encode())) >= 2
        cursor.execute("DROP TABLE two_plain")


def test_c02_opened_piles_hold_counts_and_no_ballot():
    """After the opening there are slips of each nominee, and no row of one member's answers."""
    vote = secret.voting(house(members=5), NOMINEES)
    draw = random.Random(8)
    for user in vote.at.users:
        vote.cast(user, "".join(draw.choice("YN") for _ in range(NOMINEES)))
    vote.close()
    boxes.open_box(by=vote.at.secretary, session=vote.session, sheets=vote.key.sheets[:2])
    assert {len(pile) for pile in Pile.objects.values_list("slips", flat=True)} == {5}
    assert files_with(*(found.encode() for found in vote.truth.values())) == set()
