"""Whatever converters and scanners do to our own plans, nearly every value is read as before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from guong.planreader import read
from guong.planreader.spelling import bare
from tests.planreader import made
from tests.planreader.perturbed import CHANGES

# Every value of these counts once.
SCALARS = ("kind", "number", "place", "issued_on", "issuer", "title", "theme")
LISTS = {
    "legal_bases": ("number",),
    "movements": ("name", "host", "in_charge", "judged_at"),
    "topics": ("text",),
    "activities": ("name",),
    "assignments": ("unit",),
    "deadlines": ("on",),
    "distribution": ("recipient",),
}
# Shares of values that must hold: lost accents and long part titles may cost a few.
LEAST = 0.97


def values_of(plan: dict) -> Iterator[tuple[str, str]]:
    yield from ((key, str(plan[key])) for key in SCALARS)
    yield from (("period", str(plan["period"])), ("signatory", str(plan["signatory"])))
    for key, names in LISTS.items():
        yield from ((key, str([item[name] for name in names])) for item in plan[key])


def kept(text: str, changed: str) -> float:
    """The share of values read the same, accents and case left out of account."""
    plans = [read(one.encode(), "x.txt").to_json()["plan"] for one in (text, changed)]
    before, after = ([(key, bare(value).casefold()) for key, value in values_of(plan)] for plan in plans)
    left = list(after)
    same = 0
    for value in before:
        if value in left:
            left.remove(value)
            same += 1
    return same / max(len(before), len(after))


@pytest.mark.parametrize("name", made.NAMES)
@pytest.mark.parametrize("change", CHANGES)
def test_values_hold_through_every_change(change: str, name: str) -> None:
    text = made.text_of(name)
    assert kept(text, CHANGES[change](text)) >= LEAST


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_changes_something(change: str) -> None:
    """A change without effect would prove nothing."""
    assert any(CHANGES[change](made.text_of(name)) != made.text_of(name) for name in made.NAMES)


def test_a_text_that_lost_its_words_is_noticed() -> None:
    """The twin: the measure falls when values are really lost."""
    text = made.text_of("an-binh-yearly")
    assert kept(text, text.replace("Cơ quan chủ trì", "Ghi chú")) < LEAST
