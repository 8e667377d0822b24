"""Two editions compared: nothing for the same, and what was found leads from one to the other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from guong.planreader.compare import LISTS, Kind, apply, compare, match, words

WORDS = st.sampled_from(
    ["báo cáo", "kết quả", "phong trào", "thi đua", "đơn vị", "trước ngày", "khoa", "trạm"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
VALUE = st.none() | TEXT
NUMBER = st.none() | st.integers(0, 9)


def items(**fields: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.fixed_dictionaries(fields), max_size=5)


QUOTA = st.none() | st.fixed_dictionaries({"collectives": NUMBER, "individuals": NUMBER})
CONTENTS = st.fixed_dictionaries(
    {
        "title": VALUE,
        "period": st.none() | st.fixed_dictionaries({"start": VALUE, "end": VALUE}),
        "legal_bases": items(kind=VALUE, number=VALUE),
        "movements": items(code=st.sampled_from([None, "1", "2", "3"]), name=VALUE, quota=QUOTA),
        "topics": items(code=VALUE, text=VALUE),
        "activities": items(name=VALUE, outputs=st.lists(TEXT, max_size=3)),
        "assignments": items(unit=VALUE, tasks=st.lists(TEXT, max_size=3)),
        "deadlines": items(what=VALUE, by=VALUE, strict=st.booleans()),
        "targets": items(metric=VALUE, value=VALUE),
        "distribution": items(recipient=VALUE, purpose=VALUE),
    }
)


@given(CONTENTS)
@settings(max_examples=60, deadline=None)
def test_a_content_does_not_differ_from_itself(content):
    assert not compare(content, content)


@given(CONTENTS, CONTENTS)
@settings(max_examples=120, deadline=None)
def test_the_changes_lead_from_the_one_to_the_other(before, after):
    assert apply(before, compare(before, after)) == after


@given(CONTENTS, CONTENTS)
@settings(max_examples=120, deadline=None)
def test_what_one_way_calls_added_the_other_way_calls_removed(before, after):
    there, back = compare(before, after), compare(after, before)
    for part in LISTS:
        added = sorted(change.is_at for change in there.of(part) if change.kind is Kind.ADDED)
        removed = sorted(change.was_at for change in back.of(part) if change.kind is Kind.REMOVED)
        assert added == removed


@given(CONTENTS, CONTENTS)
@settings(max_examples=60, deadline=None)
def test_every_item_is_in_one_pair_at_most(before, after):
    pairs = match(before["movements"], after["movements"], "name", "code")
    assert len(set(pairs.values())) == len(pairs)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_in_the_words_compared(before, after):
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == after


def movement(code: str, name: str, **more: object) -> dict[str, object]:
    return {"code": code, "name": name, "content": None} | more


CARE = movement("1", "Thi đua chăm sóc người bệnh toàn diện")
CLEAN = movement("2", "Thi đua giữ bệnh viện xanh, sạch, đẹp")


def test_a_movement_put_in_front_renumbers_the_others_and_changes_nothing_else():
    new = movement("1", "Thi đua hiến máu tình nguyện")
    found = compare(
        {"movements": [CARE, CLEAN]}, {"movements": [new, CARE | {"code": "2"}, CLEAN | {"code": "3"}]}
    )
    assert [(change.kind, change.is_at) for change in found] == [("added", 0), ("changed", 1), ("changed", 2)]
    assert [one.path for change in found for one in change.fields] == ["code", "code"]


def test_a_movement_reworded_under_its_number_is_the_same_one():
    after = CARE | {"name": "Thi đua chăm sóc người bệnh và người nhà người bệnh"}
    (change,) = compare({"movements": [CARE, CLEAN]}, {"movements": [after, CLEAN]})
    assert (change.kind, [one.path for one in change.fields]) == ("changed", ["name"])
    assert [piece.kind for piece in change.fields[0].pieces] == ["same", "old", "new"]


def test_another_movement_under_the_same_number_is_another_one():
    found = compare({"movements": [CARE]}, {"movements": [movement("1", "Hiến máu tình nguyện mùa xuân")]})
    assert [change.kind for change in found] == ["added", "removed"]


def test_items_that_change_places_are_moved_and_nothing_more():
    found = compare({"movements": [CARE, CLEAN]}, {"movements": [CLEAN, CARE]})
    assert [change.kind for change in found] == ["moved"]
