"""Places for the highest votes; a tie at the edge is settled by a person or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guong.awards.ranking import outcome

VOTES = st.dictionaries(st.integers(1, 60), st.integers(0, 15), max_size=12)


def test_everybody_gets_a_place_when_there_are_enough():
    assert outcome({1: 12, 2: 14}, 2).chosen == (2, 1)
    assert outcome({1: 12, 2: 14}, None).chosen == (2, 1)


def test_highest_votes_come_first_and_the_rest_is_numbered():
    result = outcome({1: 12, 2: 15, 3: 13}, 1)
    assert (result.chosen, result.reserve) == ((2,), {3: 1, 1: 2})


def test_equal_votes_in_reserve_share_their_number():
    assert outcome({1: 15, 2: 13, 3: 13, 4: 12}, 1).reserve == {2: 1, 3: 1, 4: 3}


def test_tie_across_the_last_place_stays_open():
    result = outcome({1: 15, 2: 13, 3: 13}, 2)
    assert (result.chosen, result.tied, result.open_places) == ((1,), (2, 3), 1)


def test_tie_is_settled_by_who_is_named():
    result = outcome({1: 15, 2: 13, 3: 13}, 2, settled=[3])
    assert (result.chosen, result.tied, result.reserve) == ((1, 3), (), {2: 1})


def test_settlement_that_does_not_fit_leaves_the_tie_open():
    votes = {1: 15, 2: 13, 3: 13}
    assert outcome(votes, 2, settled=[2, 3]).tied == (2, 3)
    assert outcome(votes, 2, settled=[1]).tied == (2, 3)
    assert outcome(votes, 2, settled=[1, 2]).tied == (2, 3)


def test_no_place_makes_no_tie():
    result = outcome({1: 13, 2: 13}, 0)
    assert (result.chosen, result.tied, result.reserve) == ((), (), {1: 1, 2: 1})


@given(VOTES, st.integers(0, 12))
def test_places_are_never_exceeded_and_never_wasted(votes, places):
    result = outcome(votes, places)
    assert len(result.chosen) + (result.open_places if result.tied else 0) == min(places, len(votes))


@given(VOTES, st.integers(0, 12))
def test_nobody_with_fewer_votes_goes_before_somebody_with_more(votes, places):
    result = outcome(votes, places)
    behind = [votes[item] for item in (*result.tied, *result.reserve)]
    assert all(votes[item] >= max(behind, default=0) for item in result.chosen)


@given(VOTES, st.integers(0, 12))
def test_order_of_the_list_decides_nothing(votes, places):
    turned = dict(reversed(votes.items()))
    assert outcome(votes, places) == outcome(turned, places)


@given(VOTES, st.integers(1, 12))
def test_equal_votes_are_never_told_apart_silently(votes, places):
    result = outcome(votes, places)
    assert not {votes[item] for item in result.chosen} & {votes[item] for item in result.reserve}
