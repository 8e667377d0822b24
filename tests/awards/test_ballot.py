"""Shares counted on all members, in whole numbers, against exact fractions (C5)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.awards import ballot
from guong.awards.ballot import Tally, is_enough, votes_needed
from guong.awards.models import OpenVote, Recusal
from tests.awards.house import house

SHARES = [50, 67, 70, 80, 90, 100]


@given(st.integers(1, 400), st.data(), st.integers(1, 100))
def test_share_equals_the_exact_fraction(members, data, percent):
    yes = data.draw(st.integers(0, members))
    assert is_enough(yes, members, percent) is (Fraction(yes, members) >= Fraction(percent, 100))


@pytest.mark.parametrize("percent", SHARES)
def test_needed_votes_are_the_smallest_enough(percent):
    for members in range(1, 41):
        enough = [yes for yes in range(members + 1) if is_enough(yes, members, percent)]
        assert enough[0] == votes_needed(members, percent)


def test_rounded_percentages_would_let_26_of_29_pass():
    rounded = round(100 * 26 / 29) >= 90
    assert rounded is True  # the twin: what rounding would say
    assert is_enough(26, 29, 90) is False


def test_share_of_no_members_raises():
    with pytest.raises(ValueError, match="no members"):
        is_enough(0, 0, 80)


def test_silent_members_are_those_who_could_vote_and_did_not():
    assert Tally(yes=12, no=1, members=15, recused=1).silent == 1


@pytest.mark.django_db
def test_tally_counts_all_members_of_the_list():
    at = house(members=5)
    session = at.voting(at.listed(1))
    at.users[4].person.seats.update(present=False)
    at.users = at.users[:4]
    at.cast(session, [3])
    item = session.items.get()
    assert ballot.tallies(session)[item.pk] == Tally(yes=3, no=1, members=5, recused=0)


@pytest.mark.django_db
def test_second_choice_of_a_member_replaces_the_first():
    at = house(members=3)
    session = at.voting(at.listed(1))
    item, seat = session.items.get(), session.seats.first()
    ballot.cast(seat, item, "yes", at.chair)
    ballot.cast(seat, item, "no", at.chair)
    assert OpenVote.objects.get(item=item, seat=seat).choice == "no"
    assert ballot.voted(session) == {seat.pk}


@pytest.mark.django_db
def test_vote_beside_a_recusal_is_not_counted():
    at = house(members=3)
    session = at.voting(at.listed(1))
    item, seat = session.items.get(), session.seats.first()
    ballot.cast(seat, item, "yes", at.chair)
    Recusal.objects.create(item=item, seat=seat, reason="vợ của người được đề nghị")
    assert ballot.tallies(session)[item.pk] == Tally(yes=0, no=0, members=3, recused=1)


@pytest.mark.django_db
def test_tallies_take_a_fixed_number_of_queries(django_assert_num_queries):
    at = house(members=3)
    for count in (1, 3):
        session = at.voting(at.listed(count))
        at.cast(session, [2] * count)
        with django_assert_num_queries(4):
            assert len(ballot.tallies(session)) == count
