"""Calling a session, attendance, recusals and votes (D-05, D-15, D-23, C4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from guong.awards import access, recusals
from guong.awards.actions import sessions
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Comment, CouncilMember, Item, OpenVote, Recusal, Session
from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused, take
from tests import factories as make
from tests.awards.house import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=5)


def refused(record, action: str) -> list[str]:
    """What was refused about a record, in the log."""
    return list(
        LogEntry.objects.about(record).filter(refused=True, action=action).values_list("note", flat=True)
    )


def test_call_copies_members_and_the_share_needed(at):
    session = at.called(at.listed(2))
    assert session.seats.count() == 5
    assert session.vote_percent == 80
    assert set(session.items.values_list("nomination__state", flat=True)) == {"tabled"}
    CouncilMember.objects.filter(council=at.council).delete()
    assert session.seats.count() == 5


def test_call_is_refused_to_everyone_but_the_standing_office(at):
    nominations = at.listed(1)
    for user in (at.leader, at.chair, at.secretary, make.user(Role.UNIT_HEAD, at.unit), make.user()):
        with pytest.raises(Refused, match=r"standing office|Thường trực|thường trực"):
            sessions.call(
                by=user, council=at.council, title="x", place="", nominations=nominations,
                held_at=timezone.now() + timedelta(days=1),
            )  # fmt: skip
    assert not Session.objects.exists()
    assert at.called(nominations).state == "called"


def test_call_needs_an_answered_comment_and_a_closed_list(at):
    (nomination,) = at.listed(1)
    comment = Comment.objects.create(
        entry=nomination.listing_entries.get(), author=at.leader, text="Có đúng người không?"
    )
    assert list(sessions.ready_for_a_council(at.department)) == []
    with pytest.raises(Refused):
        at.called([nomination])
    assert not Session.objects.exists()
    comment.answer, comment.answered_by, comment.answered_at = "Đúng.", at.clerk, timezone.now()
    comment.save()
    assert list(sessions.ready_for_a_council(at.department)) == [nomination]


def test_open_list_keeps_its_nominees_from_the_council(at):
    (nomination,) = at.listed(1)
    nomination.listing_entries.get().listing.__class__.objects.update(state="open")
    assert not sessions.ready_for_a_council(at.department).exists()
    with pytest.raises(Refused):
        at.called([nomination])


@pytest.mark.parametrize(
    "roles", [["chair", "member", "member"], ["secretary", "member", "member"], ["chair", "secretary"]]
)
def test_call_needs_chair_secretary_and_three_members(at, roles):
    CouncilMember.objects.filter(council=at.council).delete()
    for place, role in enumerate(roles):
        CouncilMember.objects.create(council=at.council, person=make.person(), role=role, order=place)
    with pytest.raises(Refused):
        at.called(at.listed(1))


def test_session_in_the_past_is_refused(at):
    with pytest.raises(Refused):
        sessions.call(
            by=at.clerk, council=at.council, title="x", place="", nominations=at.listed(1),
            held_at=timezone.now() - timedelta(days=2),
        )  # fmt: skip


def test_vote_opens_only_when_everybodys_attendance_is_known(at):
    session = at.called(at.listed(1))
    with pytest.raises(Refused, match="5"):
        take(SESSION_STEPS["open_voting"], session, by=at.chair)
    at.everybody_came(session)
    assert take(SESSION_STEPS["open_voting"], session, by=at.chair).state == "voting"


def test_attendance_is_kept_by_the_secretary_only(at):
    session = at.called(at.listed(1))
    seat = session.seats.first()
    for user in (at.chair, at.members[0], at.clerk, at.leader):
        with pytest.raises(Refused):
            sessions.record_attendance(by=user, session=session, came={seat.pk: (True, "")})
    sessions.record_attendance(by=at.secretary, session=session, came={seat.pk: (False, "đi công tác")})
    seat.refresh_from_db()
    assert (seat.present, seat.absence_reason) == (False, "đi công tác")


def test_own_unit_and_oneself_are_recused_by_the_house(at):
    colleague = at.members[0]
    make.employ(colleague.person, make.section(at.unit), post="Bác sĩ")
    other_unit = make.unit(at.department)
    itself = make.nomination(at.movement, other_unit, at.members[1].person, state="listed")
    mine = at.listed(1)[0]
    itself.listing_entries.create(listing=mine.listing_entries.get().listing)
    at.called([mine, itself])
    found = {(r.seat.person_id, r.item.nomination_id): r.reason for r in Recusal.objects.all()}
    assert set(found) == {(colleague.person_id, mine.pk), (at.members[1].person_id, itself.pk)}


def test_recused_member_is_refused_and_the_refusal_is_kept(at):
    make.employ(at.members[0].person, at.unit, post="Bác sĩ")
    session = at.voting(at.listed(1))
    item = session.items.get()
    with pytest.raises(Refused):
        sessions.vote(by=at.members[0], session=session, choices={item.pk: "yes"})
    assert not OpenVote.objects.exists()
    assert len(refused(session, "vote")) == 1


def test_recusal_guard_switched_off_lets_the_colleague_vote(at, monkeypatch):
    """The twin: without the rule the vote of one's own unit is cast."""
    make.employ(at.members[0].person, at.unit, post="Bác sĩ")
    monkeypatch.setattr(recusals, "reason_to_step_back", lambda *_: "")
    session = at.voting(at.listed(1))
    sessions.vote(by=at.members[0], session=session, choices={session.items.get().pk: "yes"})
    assert OpenVote.objects.count() == 1


def test_move_to_the_nominees_unit_before_the_vote_recuses(at):
    session = at.called(at.listed(1))
    assert not Recusal.objects.exists()
    make.employ(at.members[0].person, at.unit, post="Bác sĩ")
    at.everybody_came(session)
    take(SESSION_STEPS["open_voting"], session, by=at.secretary)
    assert Recusal.objects.get().seat.person == at.members[0].person


def test_other_recusals_need_a_reason_and_the_secretary(at):
    session = at.voting(at.listed(1))
    item, seat = session.items.get(), session.seats.get(person=at.vice.person)
    with pytest.raises(Refused):
        sessions.recuse(by=at.chair, item=item, seat=seat, reason="vợ của người được đề nghị")
    with pytest.raises(Refused):
        sessions.recuse(by=at.secretary, item=item, seat=seat, reason=" ")
    sessions.recuse(by=at.secretary, item=item, seat=seat, reason="vợ của người được đề nghị")
    with pytest.raises(Refused, match="vợ"):
        sessions.vote(by=at.vice, session=session, choices={item.pk: "yes"})


def test_votes_of_others_early_late_and_absent_are_refused(at):
    session = at.called(at.listed(1))
    at.everybody_came(session)
    choices = {session.items.get().pk: "yes"}
    with pytest.raises(Refused):  # early
        sessions.vote(by=at.chair, session=session, choices=choices)
    take(SESSION_STEPS["open_voting"], session, by=at.secretary)
    for stranger in (at.clerk, at.leader, make.user(), make.user(Role.COUNCIL_MEMBER, at.department)):
        with pytest.raises(Refused):
            sessions.vote(by=stranger, session=session, choices=choices)
    session.seats.filter(person=at.vice.person).update(present=False)
    with pytest.raises(Refused):  # absent
        sessions.vote(by=at.vice, session=session, choices=choices)
    sessions.vote(by=at.chair, session=session, choices=choices)
    take(SESSION_STEPS["close_voting"], session, by=at.secretary)
    with pytest.raises(Refused):  # late
        sessions.vote(by=at.chair, session=session, choices=choices)
    assert OpenVote.objects.count() == 1


def test_stranger_votes_once_the_rule_is_switched_off(at, monkeypatch):
    """The twin: only the fixed list stands between a stranger and a seat."""
    session = at.voting(at.listed(1))
    stranger = make.user()
    monkeypatch.setattr(access, "must_sit_in_the_session", lambda *_: None)
    monkeypatch.setattr(access, "seat_of", lambda *_: session.seats.first())
    sessions.vote(by=stranger, session=session, choices={session.items.get().pk: "yes"})
    assert OpenVote.objects.get().cast_by == stranger


def test_item_of_another_session_is_refused(at):
    session, other = at.voting(at.listed(1)), at.voting(at.listed(1))
    with pytest.raises(Refused):
        sessions.vote(by=at.chair, session=session, choices={other.items.get().pk: "yes"})
    with pytest.raises(Refused):
        sessions.vote(by=at.chair, session=session, choices={session.items.get().pk: "maybe"})
    assert not OpenVote.objects.exists()


def test_ballot_is_kept_whole_or_not_at_all(at):
    make.employ(at.members[0].person, at.unit, post="Bác sĩ")
    elsewhere = make.unit(at.department)
    session = at.voting([*at.listed(1), *house_listed(at, elsewhere)])
    first, second = session.items.all()
    with pytest.raises(Refused):
        sessions.vote(by=at.members[0], session=session, choices={second.pk: "yes", first.pk: "yes"})
    assert not OpenVote.objects.exists()


def house_listed(at: House, unit) -> list:
    """One listed nominee of another unit."""
    made = at.listed(1)
    for nomination in made:
        nomination.unit = unit
        nomination.save()
    return made


def test_counts_are_written_once_when_voting_closes(at):
    session = at.closed(at.listed(2), [4, 3])
    enough, short = session.items.all()
    assert (enough.yes, enough.no, enough.members, enough.verdict) == (4, 1, 5, "")
    assert (short.yes, short.no, short.members, short.verdict) == (3, 2, 5, Item.Verdict.NOT_ENOUGH)


@pytest.mark.parametrize("step", ["open_voting", "close_voting", "conclude"])
def test_each_step_is_refused_to_each_wrong_role(at, step):
    session = at.called(at.listed(1))
    at.everybody_came(session)
    Session.objects.filter(pk=session.pk).update(state=SESSION_STEPS[step].source[0])
    right = {at.chair, at.secretary} if step != "conclude" else {at.chair}
    wrong = [
        *(user for user in (*at.users, at.clerk, at.leader) if user not in right),
        *(make.user(role, at.department) for role in Role.values),
    ]
    for user in wrong:
        with pytest.raises(Refused):
            take(SESSION_STEPS[step], session, by=user)
    assert len(refused(session, step)) == len(wrong)
    session.refresh_from_db()
    assert session.state == SESSION_STEPS[step].source[0]
    assert take(SESSION_STEPS[step], session, by=at.chair).state == SESSION_STEPS[step].target


OPEN_ROAD = [SESSION_STEPS[name] for name in ("open_voting", "close_voting", "conclude")]


@pytest.mark.parametrize("state", Session.State.values)
@pytest.mark.parametrize("step", OPEN_ROAD, ids=lambda step: step.name)
def test_step_is_out_of_turn_exactly_outside_its_source(at, step, state):
    session = at.called(at.listed(1))
    at.everybody_came(session)
    Session.objects.filter(pk=session.pk).update(state=state)
    if state in step.source:
        take(step, session, by=at.chair)
    else:
        with pytest.raises(Refused):
            take(step, session, by=at.chair)


def test_session_moves_only_before_the_vote(at):
    session = at.called(at.listed(1))
    tomorrow = timezone.now() + timedelta(days=1)
    moved = sessions.amend(by=at.clerk, session=session, title="Họp lại", held_at=tomorrow, place="Tầng 3")
    assert (moved.title, moved.place) == ("Họp lại", "Tầng 3")
    at.everybody_came(session)
    take(SESSION_STEPS["open_voting"], session, by=at.secretary)
    with pytest.raises(Refused):
        sessions.amend(by=at.clerk, session=session, title="x", held_at=tomorrow, place="")


def test_attendance_and_recusals_rest_after_the_count(at):
    session = at.closed(at.listed(1), [5])
    seat = session.seats.first()
    with pytest.raises(Refused):
        sessions.record_attendance(by=at.secretary, session=session, came={seat.pk: (False, "")})
    with pytest.raises(Refused):
        sessions.recuse(by=at.secretary, item=session.items.get(), seat=seat, reason="muộn")
