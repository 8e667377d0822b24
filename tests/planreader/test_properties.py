"""Whatever the text: a reading or a reason, and every source stands where it says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guong.planreader import Reading, Unreadable, read
from tests.planreader import made

PIECES = sorted({line for name in made.NAMES for line in made.text_of(name).splitlines()})
MARKS = [
    "",
    "I. ",
    "II. ",
    "BI. ",
    "1. ",
    "2.1. ",
    "a) ",
    "- ",
    "+ ",
    "(1) ",
    "\t",
    "} (",
    "“",
    " | ",
    "Số: ",
    "ngày ",
]
LINES = st.one_of(
    st.sampled_from(PIECES),
    st.builds(str.__add__, st.sampled_from(MARKS), st.sampled_from(PIECES)),
    st.builds(str.__add__, st.sampled_from(MARKS), st.text(max_size=40)),
    st.text(alphabet="0123456789/-–.: ngàythángnămquýIVX", max_size=40),
)
TEXTS = st.lists(LINES, max_size=40).map("\n".join)
HEADED = st.tuples(TEXTS, TEXTS, TEXTS).map(
    lambda parts: "{}\nKẾ HOẠCH\nVề việc thử\nI. MỘT\n{}\nII. TỔ CHỨC THỰC HIỆN\n{}".format(*parts)
)
ENOUGH = settings(
    max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def checked(text: str) -> Reading | None:
    """The reading, after checking that its sources are true and that JSON keeps it."""
    try:
        reading = read(text.encode("utf-8", "replace"), "x.txt")
    except Unreadable:
        return None
    lines = {line.number: line for line in reading.lines}
    for path, source in reading.sources.items():
        assert source.words, path
        assert source.words in lines[source.line].text, path
        assert lines[source.line].page == source.page
        assert source.line <= source.last_line <= len(lines)
        assert 0 < source.confidence < 1
    assert Reading.from_json(reading.to_json()) == reading
    return reading


@ENOUGH
@given(TEXTS)
def test_any_lines_give_a_reading_or_a_reason(text: str) -> None:
    checked(text)


@ENOUGH
@given(HEADED)
def test_any_plan_names_the_place_of_every_value(text: str) -> None:
    checked(text)


def test_many_headed_texts_are_plans() -> None:
    """The property above would say nothing if its texts were all refused."""
    read_well: list[bool] = []

    @settings(ENOUGH, max_examples=60, derandomize=True)
    @given(HEADED)
    def count(text: str) -> None:
        reading = checked(text)
        read_well.append(reading is not None and len(reading.sources) > 2)

    count()
    assert sum(read_well) > len(read_well) / 4


@ENOUGH
@given(st.text(max_size=400))
def test_any_text_gives_a_reading_or_a_reason(text: str) -> None:
    checked(text)


@ENOUGH
@given(st.binary(max_size=400))
def test_any_bytes_give_a_reading_or_a_reason(data: bytes) -> None:
    try:
        read(data, "x")
    except Unreadable as refused:
        assert str(refused)


def values_of(item: object, path: str = "") -> dict[str, object]:
    """Every leaf of a plan's JSON with its path."""
    if isinstance(item, dict):
        parts = ((f"{path}.{key}" if path else key, value) for key, value in item.items())
    elif isinstance(item, list):
        parts = ((f"{path}[{at}]", value) for at, value in enumerate(item))
    else:
        return {path: item}
    return {key: leaf for name, value in parts for key, leaf in values_of(value, name).items()}


def test_every_value_of_the_cases_has_its_source() -> None:
    for name in made.NAMES:
        reading = checked(made.text_of(name))
        leaves = values_of(reading.to_json()["plan"])
        # Flags are conclusions of the words beside them; a topic without a number is counted.
        missing = [
            path
            for path, value in leaves.items()
            if value not in (None, False, True) and path not in reading.sources and ".posts[" not in path
        ]
        assert missing == [], name
