"""Golden cases: five full plans of an invented province, read field by field from text, Word and PDF."""

from __future__ import annotations

import pytest

from guong.planreader import Reading, read
from tests.planreader import made


def outcome(reading: Reading) -> dict:
    found = [[defect.code, defect.source.line if defect.source else None] for defect in reading.defects]
    return {"plan": reading.to_json()["plan"], "defects": found}


@pytest.mark.parametrize("name", made.NAMES)
def test_text_is_read_field_by_field(name: str) -> None:
    result = outcome(read(made.text_of(name).encode(), f"{name}.txt"))
    wanted = made.expected(name)
    for field, value in wanted["plan"].items():
        assert result["plan"][field] == value, field
    assert result["defects"] == wanted["defects"]


@pytest.mark.parametrize("name", made.NAMES)
def test_word_says_the_same_as_its_text(name: str) -> None:
    assert (
        read(made.as_word(made.text_of(name)), f"{name}.docx").to_json()["plan"]
        == made.expected(name)["plan"]
    )


@pytest.mark.parametrize("name", made.NAMES)
def test_pdf_says_the_same_as_its_text(name: str) -> None:
    plan = read(made.as_pdf(made.text_of(name)), f"{name}.pdf").to_json()["plan"]
    assert plan == made.expected(name)["plan"]


def test_pdf_counts_its_pages() -> None:
    reading = read(made.as_pdf(made.text_of("an-binh-yearly")), "plan.pdf")
    pages = [line.page for line in reading.lines]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert pages[-1] > 2
    assert reading.sources["signatory.name"].page >= pages[-1] - 1


@pytest.mark.parametrize("name", made.NAMES)
def test_reading_survives_json(name: str) -> None:
    reading = read(made.text_of(name).encode(), name)
    assert Reading.from_json(reading.to_json()) == reading


def test_yearly_plan_has_every_kind_of_quota() -> None:
    movements = {m.code: m for m in read(made.text_of("an-binh-yearly").encode(), "x").plan.movements}
    assert movements["2.1"].quota.per_programme
    assert movements["1"].quota is None
    assert movements["1"].quota_text
    assert movements["2.4"].posts == ("Điều dưỡng", "Hộ sinh", "Trưởng trạm y tế")
    assert (movements["2.4"].quota.collectives, movements["2.4"].quota.individuals) == (None, 12)
    assert [code for code, movement in movements.items() if movement.ad_hoc] == ["2.9"]
    assert movements["2.3"].posts == ()


@pytest.mark.parametrize(
    "data", [{}, [], None, {"plan": 7}, {"plan": {"title": 7}}, {"plan": {}, "lines": {}}]
)
def test_json_of_something_else_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"not a|expected"):
        Reading.from_json(data)
