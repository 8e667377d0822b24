"""Keys, envelopes and the one opening, without a database (C5-C8); numbers as in docs/security.md."""

from __future__ import annotations

import base64
import hashlib
import itertools
import random
from collections import Counter
from fractions import Fraction

import pytest

from guong.papers import sealing
from tests.drill import size
from tests.papers.boxes import Box, box


@pytest.fixture
def draw() -> random.Random:
    """Chance that can be repeated: the seed is printed with a failure."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    return random.Random(seed)


def recounted(made: Box, ballots: dict[int, str]) -> list[Counter]:
    return [
        Counter(
            letters[place] for seat, letters in ballots.items() if (item, seat) not in made.recusals
        )
        for place, item in enumerate(made.items)
    ]  # fmt: skip


def test_c05_tally_of_random_sessions_is_the_truth(draw):
    for _ in range(size(60, 1000)):
        made = box(draw, draw.randint(3, 20), draw.randint(1, 12))
        for seat in list(made.envelopes):
            if draw.random() < 0.1:  # a device that sends rubbish
                made.envelopes[seat], made.truth[seat] = bytes(len(made.envelopes[seat])), ""
        good = {seat: letters for seat, letters in made.truth.items() if letters}
        opened = made.opened()
        assert (opened.valid, opened.invalid) == (len(good), len(made.truth) - len(good))
        assert [Counter(pile) for pile in opened.piles] == recounted(made, good)


PERCENTS = [50, Fraction(6667, 100), 67, 70, 80, 90, 100]


def test_c05_share_is_the_exact_fraction_for_every_small_council():
    for percent, members in itertools.product(PERCENTS, range(1, 41)):
        for yes in range(members + 1):
            exact = Fraction(yes, members) >= Fraction(percent) / 100
            assert sealing.enough(yes, members, percent) is exact
    assert not sealing.enough(26, 29, 90)
    assert not sealing.enough(35, 39, 90)
    assert sealing.enough(27, 30, 90)


def test_c05_rounded_percent_would_hand_out_an_award():
    """The twin: 26 of 29 and 35 of 39 reach 90 percent once they are rounded."""
    assert round(100 * 26 / 29) == round(100 * 35 / 39) == 90


def test_c06_copied_replayed_and_changed_envelopes_are_no_ballots(draw):
    made, other = box(draw, 10, 3, away=0), box(draw, 10, 3, session=8, away=0)
    key = sealing.join(made.key.sheets[:2], made.key.public)
    for round_ in range(size(300, 1000)):
        seat, thief = draw.sample(sorted(made.envelopes), 2)
        envelope = bytearray(made.envelopes[seat])
        if round_ % 3 == 0:
            found = sealing.unseal(key, made.hash, thief, bytes(envelope), 3)
        elif round_ % 3 == 1:
            foreign = sealing.seal(made.key.public, other.hash, seat, "YNY")
            found = sealing.unseal(key, made.hash, seat, foreign, 3)
        else:
            envelope[draw.randrange(len(envelope))] ^= 1 << draw.randrange(8)
            found = sealing.unseal(key, made.hash, seat, bytes(envelope), 3)
        assert found is None
    assert all(sealing.unseal(key, made.hash, seat, made.envelopes[seat], 3) for seat in made.envelopes)


def test_c06_without_the_binding_a_copied_envelope_counts(draw, monkeypatch):
    """The twin: bound to the session only, another member's ballot opens under the thief's name."""
    monkeypatch.setattr(sealing, "binding", lambda setup_hash, _member: setup_hash.encode())
    made = box(draw, 3, 2, away=0)
    key = sealing.join(made.key.sheets[:2], made.key.public)
    assert sealing.unseal(key, made.hash, 102, made.envelopes[101], 2) == made.truth[101]


def test_c08_any_two_sheets_open_and_one_alone_never(draw):
    for _ in range(size(20, 100)):
        key = sealing.new_key()
        for pair in itertools.permutations(key.sheets, 2):
            assert sealing.join(pair, key.public).public_key().public_bytes_raw() == key.public
        for sheet in key.sheets:
            for alone in ([sheet], [sheet, sheet], [sheet, ""]):
                with pytest.raises(sealing.WrongSharesError):
                    sealing.join(alone, key.public)


def test_c08_wrong_sheets_are_refused_before_anything_opens(draw):
    key, other = sealing.new_key(), sealing.new_key()
    words = key.sheets[0].split()
    for _ in range(size(40, 400)):
        place = draw.randrange(len(words))
        wrong = draw.choice(sealing.WORDLIST)
        typed = " ".join([*words[:place], wrong, *words[place + 1 :]])
        if wrong != words[place]:
            with pytest.raises(sealing.WrongSharesError):
                sealing.join([typed, key.sheets[1]], key.public)
    for sheets, public in (
        ([key.sheets[0], other.sheets[1]], key.public), (other.sheets[:2], key.public),
        (["", ""], key.public), (["không phải chữ", "gì cả"], key.public), (key.sheets, key.public),
    ):  # fmt: skip
        with pytest.raises(sealing.WrongSharesError):
            sealing.join(sheets, public)


def test_c08_sheets_forgive_how_they_are_typed():
    key = sealing.new_key()
    first, second, _third = key.sheets
    numbered = "\n".join(f"{place}. {word[:4].upper()}" for place, word in enumerate(first.split(), start=1))
    assert sealing.join([numbered, f"  {second.upper()}\n"], key.public)


def test_c08_one_share_of_one_needed_would_open_alone():
    """The twin: split 1 of 3, any sheet is the whole key."""
    key = sealing.X25519PrivateKey.generate()
    alone = sealing.generate_mnemonics(1, [(1, 1)], key.private_bytes_raw(), iteration_exponent=0)[0][0]
    assert sealing.combine_mnemonics([alone]) == key.private_bytes_raw()


def test_c07_envelopes_of_a_session_have_one_length(draw):
    made = box(draw, 20, 5, away=0)
    assert {len(envelope) for envelope in made.envelopes.values()} == {sealing.envelope_length(5)}


def test_slips_of_a_nominee_are_shuffled_apart():
    """With 40 members in the order of their seats, an unshuffled pile would be the ballots read off."""
    draw = random.Random(1)
    made = box(draw, 40, 2, away=0, back=0)
    in_order = ["".join(letters[place] for letters in made.truth.values()) for place in (0, 1)]
    opened = made.opened()
    assert [Counter(pile) for pile in opened.piles] == [Counter(pile) for pile in in_order]
    assert list(opened.piles) != in_order


def test_tracker_is_twenty_letters_of_the_hash(draw):
    made = box(draw)
    found = {sealing.tracker(envelope) for envelope in made.envelopes.values()}
    assert len(found) == len(made.envelopes)
    assert all(len(one.replace("-", "")) == 20 for one in found)
    usual = base64.b32encode(hashlib.sha256(b"x").digest()).decode()[:20]
    ours = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert sealing.tracker(b"x").replace("-", "") == usual.translate(ours)


def test_ballot_refuses_other_letters():
    with pytest.raises(ValueError, match="choice"):
        sealing.ballot("YX")
