"""Secret ballots through the product: who may, when, once, and what the database itself refuses (C3-C9)."""

from __future__ import annotations

import random
import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction

from guong.awards import sealed
from guong.awards.actions import boxes, conclusions, councils, sessions
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Box, Envelope, Item, OpenVote, Pile, Seat, Session
from guong.base import audit
from guong.base.models import LogEntry
from guong.base.workflow import Refused, take
from guong.papers import sealing
from guong.papers.verify_session import Fault, verify
from tests import factories as make
from tests.awards import secret
from tests.awards.house import House, house
from tests.drill import size

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=5)


@pytest.fixture
def draw() -> random.Random:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    return random.Random(seed)


def refusal(act, **values) -> str:
    with pytest.raises(Refused) as refused:
        act(**values)
    return str(refused.value)


def forbidden(write) -> str:
    """What the database says when it refuses."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return str(error.value)


def raw_delete(rows) -> None:
    """As SQL deletes, without Django's own look at foreign keys."""
    rows._raw_delete(rows.db)


def without(trigger: str, table: str):
    """The twin's switch: the trigger is gone for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER {trigger} ON "{table}"')


# --- the road ---


def test_secret_vote_from_key_to_minutes(at, draw):
    vote = secret.voting(at, 3)
    vote.cast_all(draw)
    vote.close()
    vote.open((2, 0))
    session = vote.session
    assert (session.state, session.issued, session.returned, session.valid, session.invalid) == (
        "closed",
        5,
        5,
        5,
        0,
    )
    assert {i.pk: (i.yes, i.no, i.blank) for i in session.items.all()} == vote.counts()
    assert all(item.members == 5 for item in session.items.all())
    assert "Chưa hủy phiếu khóa" in refusal(conclusions.conclude, by=at.chair, session=session)
    vote.destroy()
    assert conclusions.conclude(by=at.chair, session=session).state == "concluded"


def test_vote_needs_its_key_and_three_different_holders(at):
    session = secret.called(at)
    assert "chưa có khóa" in refusal(take, step=SESSION_STEPS["open_voting"], record=session, by=at.secretary)
    right = secret.holders(session)
    foreign = Seat.objects.create(session=at.called(at.listed(1)), person=make.person(), role="member")
    wrong = (right[:2], [right[0]] * 3, [right[2], right[1], right[0]], [*right[:2], foreign])
    for holders in wrong:
        with pytest.raises(Refused):
            boxes.set_up(by=at.secretary, session=session, holders=holders)
    for user in (at.clerk, at.leader, *at.members):
        with pytest.raises(Refused):
            boxes.set_up(by=user, session=session, holders=right)
    assert not Box.objects.exists()


def test_key_is_made_again_only_before_the_vote(at):
    session = secret.called(at)
    first, _key = boxes.set_up(by=at.secretary, session=session, holders=secret.holders(session))
    second, _key = boxes.set_up(by=at.secretary, session=session, holders=secret.holders(session))
    first.refresh_from_db()
    assert first.dropped_at
    assert session.box == second
    take(SESSION_STEPS["open_voting"], session, by=at.secretary)
    with pytest.raises(Refused):
        boxes.set_up(by=at.secretary, session=session, holders=secret.holders(session))


def test_open_and_secret_votes_keep_to_their_own_roads(at):
    vote, open_vote = secret.voting(at), at.voting(at.listed(1))
    item = vote.session.items.first()
    assert "phiếu kín" in refusal(sessions.vote, by=at.chair, session=vote.session, choices={item.pk: "yes"})
    assert "phiếu kín" in refusal(take, step=SESSION_STEPS["close_voting"], record=vote.session, by=at.chair)
    assert "công khai" in refusal(take, step=SESSION_STEPS["close_box"], record=open_vote, by=at.chair)
    with pytest.raises(Refused):
        boxes.cast(by=at.chair, session=open_vote, envelope=b"x")
    assert not OpenVote.objects.exists()


def test_titles_say_whether_the_vote_is_secret_and_its_share(at):
    titled = at.listed(1, title_code="CSTDCS") + at.listed(1, title_code="CSTDT") + at.listed(1)
    assert "Chiến sĩ thi đua" in refusal(at.called, nominations=titled, kind="open")
    session = at.called(titled)
    assert session.kind == "secret"
    assert [item.percent for item in session.items.all()] == [80, 90, at.department.department.vote_percent]
    assert at.called(at.listed(1)).kind == "open"
    assert at.called(at.listed(1), kind="written").kind == "written"


def test_written_opinions_need_no_meeting(at):
    session = at.called(at.listed(1), kind="written")
    session = take(SESSION_STEPS["open_voting"], session, by=at.secretary)
    sessions.vote(by=at.vice, session=session, choices={session.items.get().pk: "yes"})
    closed = take(SESSION_STEPS["close_voting"], session, by=at.secretary)
    assert (closed.items.get().yes, closed.items.get().members) == (1, 5)


# --- C3, C4: one vote, of the fixed list, in time ---


@pytest.mark.django_db(transaction=True)
def test_c03_many_casts_at_once_leave_one_envelope_the_last_acknowledged():
    vote = secret.voting(house(members=5))
    said: list[tuple[float, str]] = []
    start, lock, rounds = threading.Barrier(20), threading.Lock(), size(10, 10)

    def run() -> None:
        try:
            start.wait(30)
            for _ in range(rounds):
                tracker = vote.cast(vote.at.chair, random.choice(["YY", "YN", "NN"]))
                with lock:
                    said.append(tracker)
        finally:
            connection.close()

    hands = [threading.Thread(target=run) for _ in range(20)]
    [hand.start() for hand in hands]
    [hand.join(60) for hand in hands]
    assert len(said) == 20 * rounds == len(set(said))
    assert Envelope.objects.count() == 1
    assert Envelope.objects.get().tracker in said
    last = vote.cast(vote.at.chair, "YN")
    assert Envelope.objects.get().tracker == last
    vote.truth = {vote.at.chair: "YN"}
    for user in vote.at.users[1:4]:
        vote.cast(user, "YY")
    vote.close()
    vote.open()
    assert {i.pk: (i.yes, i.no, i.blank) for i in vote.session.items.all()} == vote.counts()


def test_c03_without_the_unique_key_a_member_counts_twice(at):
    """The twin: one more row of the same member, and the box holds two."""
    vote = secret.voting(at)
    vote.cast(at.chair, "YY")
    seat = vote.session.seats.get(person=at.chair.person)
    second = {"box": vote.box, "seat": seat, "ciphertext": vote.envelope(at.chair, "YY")}
    assert "envelope_once_per_member" in forbidden(lambda: Envelope.objects.create(**second, tracker="x"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE awards_envelope DROP CONSTRAINT envelope_once_per_member")
    Envelope.objects.create(**second, tracker="x")
    assert vote.box.envelopes.filter(seat=seat).count() == 2


def test_c03_the_same_envelope_sent_again_changes_nothing(at):
    vote = secret.voting(at)
    envelope = vote.envelope(at.chair, "YN")
    first = boxes.cast(by=at.chair, session=vote.session, envelope=envelope)
    assert boxes.cast(by=at.chair, session=vote.session, envelope=envelope) == first
    assert LogEntry.objects.about(vote.session).filter(action="vote", refused=False).count() == 1


def test_c04_only_the_fixed_list_votes_while_the_box_is_open(at, draw):
    vote, other = secret.voting(at), secret.voting(house(members=5))
    strangers = [at.clerk, at.leader, make.user(), *other.at.users]
    session = vote.session
    for _ in range(size(50, 10_000)):
        who, stage = draw.choice(strangers), draw.choice(["voting", "called", "boxed", "closed", "concluded"])
        session.state = stage
        with pytest.raises(Refused):
            boxes.cast(by=who, session=session, envelope=bytes(draw.randbytes(sealing.envelope_length(2))))
    session.state = "voting"
    envelope = vote.envelope(at.chair, "YY")
    vote.close()
    for stale in (session, vote.session):  # a page loaded before the closing, and after
        with pytest.raises(Refused):
            boxes.cast(by=at.chair, session=stale, envelope=envelope)
    assert not Envelope.objects.filter(box=vote.box).exists()


def test_c04_closed_box_takes_nothing_even_from_raw_sql(at):
    vote = secret.voting(at)
    vote.cast(at.chair, "YY")
    vote.close()
    seat = vote.session.seats.get(person=at.vice.person)
    row = {"box": vote.box, "seat": seat, "ciphertext": b"x", "tracker": "x"}
    envelopes = Envelope.objects.filter(box=vote.box)
    for write in (
        lambda: Envelope.objects.create(**row), envelopes.delete, lambda: envelopes.update(tracker="y"),
        lambda: envelopes.update(seat=seat),
    ):  # fmt: skip
        assert "envelope" in forbidden(write)
    without("guong_envelope_holds", "awards_envelope")
    Envelope.objects.create(**row)  # the twin: without the trigger the closed box takes it
    assert envelopes.count() == 2


@pytest.mark.django_db(transaction=True)
def test_c04_every_envelope_acknowledged_before_the_closing_is_in_its_list():
    """Members send without pause while the secretary closes: what was acknowledged is in the hashed list."""
    at = house(members=8)
    for _ in range(size(3, 40)):
        vote = secret.voting(at, 1)
        last: dict[int, str] = {}
        start = threading.Barrier(len(at.users) + 1)

        def run(user, vote=vote, last=last, start=start) -> None:
            try:
                start.wait(30)
                for _ in range(200):
                    last[user.pk] = boxes.cast(
                        by=user, session=vote.session, envelope=vote.envelope(user, "Y")
                    )
            except Refused:
                pass  # the box is closed
            finally:
                connection.close()

        hands = [threading.Thread(target=run, args=(user,)) for user in at.users]
        [hand.start() for hand in hands]
        start.wait(30)
        time.sleep(random.uniform(0.05, 0.4))
        closed = take(SESSION_STEPS["close_box"], vote.session, by=at.secretary)
        [hand.join(60) for hand in hands]
        assert sealed.trackers_of(closed.box) == sorted(last.values())
        assert closed.box.list_hash == sealing.list_hash(closed.box.setup_hash, last.values())


def test_c04_membership_after_the_key_changes_nothing(at):
    vote = secret.voting(at)
    newcomer = make.user()
    councils.add_member(by=at.clerk, council=at.council, person=newcomer.person, role="member")
    with pytest.raises(Refused):
        boxes.cast(by=newcomer, session=vote.session, envelope=vote.envelope(at.chair, "YY"))
    seat = {"session": vote.session, "person": newcomer.person, "role": "member"}
    for write in (
        lambda: Seat.objects.create(**seat), lambda: raw_delete(vote.session.seats.all()),
        lambda: vote.session.seats.update(person=newcomer.person),
        lambda: Item.objects.create(session=vote.session, nomination=at.listed(1)[0]),
        lambda: vote.session.items.update(vote_percent=1),
    ):  # fmt: skip
        assert "sealed session" in forbidden(write)
    without("guong_sealed_list", "awards_seat")
    Seat.objects.create(**seat)  # the twin: without the trigger the list grows under the vote


def test_absent_members_vote_in_the_same_box(at, draw):
    session = secret.called(at)
    away = session.seats.get(person=at.members[0].person)
    sessions.record_attendance(by=at.secretary, session=session, came={away.pk: (False, "đi công tác")})
    vote = secret.voting(at, session=session)
    vote.cast_all(draw)
    vote.close()
    assert vote.open().returned == 5


# --- C5, C6 through the product ---


def test_c05_counts_are_on_all_members_recused_and_absent_included(draw):
    at = house(members=7)
    make.employ(at.members[0].person, at.unit, post="Bác sĩ")  # stands back from everybody of the unit
    vote = secret.voting(at, 3)
    users = at.users[:6]
    vote.cast_all(draw, users)
    vote.close()
    session = vote.open()
    assert session.returned == 6
    for item in session.items.all():
        assert (item.yes, item.no, item.blank) == vote.counts()[item.pk]
        assert item.yes + item.no + item.blank == 5
        assert (item.verdict == "") is (100 * item.yes >= session.vote_percent * 7)


def test_c06_copied_foreign_and_spoiled_envelopes_are_refused_or_invalid(at):
    vote, other = secret.voting(at), secret.voting(at)
    mine = vote.envelope(at.chair, "YY")
    boxes.cast(by=at.chair, session=vote.session, envelope=mine)
    assert "bản chép" in refusal(boxes.cast, by=at.vice, session=vote.session, envelope=mine)
    for wrong in (b"", mine[:-1], mine + b"x"):
        with pytest.raises(Refused):
            boxes.cast(by=at.vice, session=vote.session, envelope=wrong)
    boxes.cast(by=at.vice, session=vote.session, envelope=other.envelope(at.vice, "YY"))
    spoiled = bytearray(vote.envelope(at.members[0], "YY"))
    spoiled[-1] ^= 1
    boxes.cast(by=at.members[0], session=vote.session, envelope=bytes(spoiled))
    boxes.cast(by=at.members[1], session=vote.session, envelope=vote.envelope(at.chair, "YY"))
    vote.close()
    session = vote.open()
    assert (session.valid, session.invalid) == (1, 3)
    assert all(item.yes == 1 for item in session.items.all())


# --- C8: the sheets ---


def test_c08_wrong_sheets_open_nothing_and_say_so(at, draw):
    vote = secret.voting(at)
    vote.cast_all(draw)
    vote.close()
    foreign = sealing.new_key().sheets
    for words in ([vote.key.sheets[0]] * 2, [vote.key.sheets[0], foreign[1]], list(foreign[:2]), ["", "x"]):
        said = refusal(boxes.open_box, by=at.secretary, session=vote.session, sheets=words)
        assert "Chưa phiếu nào được mở" in said
        assert not any(word in said for word in foreign[0].split() if len(word) > 6)
    assert not Pile.objects.exists()
    assert Session.objects.get(pk=vote.session.pk).state == "boxed"
    kept = LogEntry.objects.about(vote.session).filter(action="open_box", refused=True)
    assert kept.count() == 4
    assert not any(vote.key.sheets[0].split()[5] in entry.note.split() for entry in kept)


def test_c08_sheets_are_kept_nowhere(at, draw):
    """No column of any table holds the words or the private key."""
    vote = secret.opened(at, draw)
    words = [sheet.split() for sheet in vote.key.sheets]
    private = sealing.join(vote.key.sheets[:2], vote.key.public).private_bytes_raw()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row(t.*)::text FROM "{table}" t')
            text = "\n".join(row for (row,) in cursor.fetchall())
            assert not [sheet for sheet in words if " ".join(sheet[4:8]) in text], table
            assert private.hex() not in text, table


def test_c08_opening_is_for_the_counting_board_and_the_chair(at, draw):
    vote = secret.voting(at)
    vote.cast_all(draw)
    vote.close()
    for user in (at.members[1], at.clerk, at.leader, make.user()):
        with pytest.raises(Refused):
            boxes.open_box(by=user, session=vote.session, sheets=vote.key.sheets[:2])
    assert (
        boxes.open_box(by=at.members[0], session=vote.session, sheets=vote.key.sheets[:2]).state == "closed"
    )


def test_c08_after_destruction_the_box_cannot_be_opened_again(at, draw):
    vote = secret.opened(at, draw)
    with pytest.raises(Refused):
        boxes.open_box(by=at.secretary, session=vote.session, sheets=vote.key.sheets[:2])
    with pytest.raises(Refused):
        vote.destroy()


# --- C9, C11: the box anyone can check, opened once ---


def test_c09_exported_box_verifies_and_holds_every_tracker(at, draw):
    vote = secret.voting(at, 3)
    trackers = {user: vote.cast(user, draw.choice(["YYN", "NYY"])) for user in at.users}
    vote.close()
    closed = verify(sealed.exported(vote.box))
    assert closed == vote.box.list_hash
    assert sealed.trackers_of(vote.box) == sorted(trackers.values())
    vote.open()
    text = sealed.exported(vote.box)
    assert verify(text, vote.box.list_hash, list(vote.key.sheets[1:])).startswith(closed)
    seats = dict(vote.session.seats.values_list("pk", "person_id"))
    assert all(str(seat) in text for seat in seats)


def test_c09_change_in_the_database_after_closing_is_found_in_the_file(at, draw):
    vote = secret.voting(at)
    vote.cast_all(draw)
    vote.close()
    without("guong_envelope_holds", "awards_envelope")
    for spoil in ("delete", "swap"):
        with transaction.atomic():
            one = vote.box.envelopes.first()
            if spoil == "delete":
                one.delete()
            else:
                fresh = vote.envelope(at.chair, "YY")
                vote.box.envelopes.filter(seat__person=at.chair.person).update(
                    ciphertext=fresh, tracker=sealing.tracker(fresh)
                )
            with pytest.raises(Fault):
                verify(sealed.exported(vote.box), printed=vote.box.list_hash)
            transaction.set_rollback(True)


def test_c09_closing_hash_is_in_the_audit_chain(at, draw):
    vote = secret.voting(at)
    vote.cast_all(draw)
    vote.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM base_auditentry WHERE \"table\" = 'awards_box' AND detail::text LIKE %s",
            [f"%{vote.box.list_hash}%"],
        )
        assert cursor.fetchone() == (1,)


def test_c11_box_is_sealed_closed_and_opened_once_even_for_raw_sql(at, draw):
    vote = secret.opened(at, draw)
    box = Box.objects.filter(pk=vote.box.pk)
    for values in (
        {"list_hash": "x"}, {"opened_at": None}, {"setup": "{}"}, {"public_key": "x"}, {"destroyed_at": None},
    ):  # fmt: skip
        assert "once" in forbidden(lambda values=values: box.update(**values))
    assert "once" in forbidden(lambda: raw_delete(box))
    assert "once" in forbidden(lambda: Pile.objects.update(slips="YYYYY"))
    assert "once" in forbidden(lambda: Item.objects.filter(session=vote.session).update(yes=5, no=0))
    without("guong_pile_holds", "awards_pile")
    assert Pile.objects.update(slips="YYYYY")  # the twin


def test_c11_fewer_than_three_envelopes_are_not_opened(at):
    vote = secret.voting(at)
    vote.cast(at.chair, "YY")
    vote.cast(at.vice, "NY")
    vote.close()
    said = refusal(boxes.open_box, by=at.secretary, session=vote.session, sheets=vote.key.sheets[:2])
    assert "lộ ai bỏ" in said
    again = take(SESSION_STEPS["vote_again"], vote.session, by=at.chair, note="thiếu phiếu")
    assert again.state == "called"
    assert again.box is None
    second = secret.voting(at, session=again)
    assert second.box.round == 2
    assert second.session.boxes.count() == 2
    with pytest.raises(Refused):  # an envelope of the first round
        boxes.cast(by=at.chair, session=second.session, envelope=b"x")


@pytest.mark.parametrize(
    "write", ["Pile.objects.bulk_create", "Item.objects.bulk_update", "count_ballots", "save"]
)
def test_c11_opening_that_fails_midway_leaves_the_box_unopened(at, draw, write, monkeypatch):
    vote = secret.voting(at)
    vote.cast_all(draw)
    vote.close()

    def fail(*_args, **_values):
        raise RuntimeError("power cut")

    target = {
        "Pile.objects.bulk_create": (Pile.objects, "bulk_create"), "count_ballots": (sealed, "count_ballots"),
        "Item.objects.bulk_update": (Item.objects, "bulk_update"), "save": (Box, "save"),
    }[write]  # fmt: skip
    with monkeypatch.context() as patch, pytest.raises(RuntimeError), transaction.atomic():
        patch.setattr(*target, fail)
        vote.open()
    assert not Pile.objects.exists()
    assert not Item.objects.filter(yes__isnull=False).exists()
    session = Session.objects.get(pk=vote.session.pk)
    assert (session.state, session.returned, session.box.opened_at) == ("boxed", None, None)
    assert vote.open().state == "closed"


# --- paper ---


def totals(session: Session, yes: int = 4, **values) -> dict:
    items = {str(pk): [yes, 1] for pk in session.items.values_list("pk", flat=True)}
    return {"issued": 5, "returned": 5, "valid": 5, "invalid": 0, "items": items} | values


def test_whole_session_on_paper_is_counted_by_two_people(at, draw):
    vote = secret.voting(at)
    vote.cast_all(draw)
    session = take(SESSION_STEPS["vote_on_paper"], vote.session, by=at.chair, note="mất điện")
    assert (session.state, session.on_paper, session.box) == ("boxed", True, None)
    with pytest.raises(Refused):
        boxes.open_box(by=at.secretary, session=session, sheets=vote.key.sheets[:2])
    first = totals(session)
    assert boxes.count_paper(by=at.secretary, session=session, totals=first).state == "boxed"
    assert (
        boxes.count_paper(by=at.secretary, session=session, totals=first).state == "boxed"
    )  # the same person
    assert boxes.count_paper(by=at.vice, session=session, totals=totals(session, yes=3)).state == "boxed"
    done = boxes.count_paper(by=at.vice, session=session, totals=first)
    assert done.state == "closed"
    assert {(item.yes, item.no, item.members) for item in done.items.all()} == {(4, 1, 5)}
    assert conclusions.conclude(by=at.chair, session=done).returned == 5


def test_totals_that_do_not_add_up_are_refused(at):
    session = take(SESSION_STEPS["vote_on_paper"], secret.called(at), by=at.chair, note="mất mạng")
    for wrong in (
        totals(session, returned=4), totals(session, issued=4),
        totals(session, issued=6, returned=6, valid=6),
        totals(session, yes=5), totals(session, items={}), totals(session, valid=4, invalid=0),
    ):  # fmt: skip
        with pytest.raises(Refused):
            boxes.count_paper(by=at.secretary, session=session, totals=wrong)
    with pytest.raises(Refused):
        boxes.count_paper(by=at.clerk, session=session, totals=totals(session))
    assert not session.paper_counts.exists()


@pytest.mark.django_db(transaction=True)
def test_chain_holds_after_a_whole_secret_vote(chain):
    secret.opened(house(members=5), random.Random(3))
    assert audit.verify() == []
