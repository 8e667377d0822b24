"""Dates as offices write them, and names that mean bodies."""

from __future__ import annotations

from datetime import date

import pytest

from guong.plans.reading import when
from guong.plans.reading.bodies import Directory, group_of
from guong.plans.reading.paper import paper_of
from tests import factories as make
from tests.plans import readings


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("10/4/2020", "2020-04-10"), ("ngày 10 tháng 4 năm 2020", "2020-04-10"), ("2020-04-10", "2020-04-10"),
        ("6/2020", "2020-06"), ("tháng 6 năm 2020", "2020-06"), ("2023", "2023"), ("năm 2023", "2023"),
        ("quý I/2026", "2026-Q1"), ("Quý 4 năm 2026", "2026-Q4"), ("29/2/2024", "2024-02-29"),
    ],
)  # fmt: skip
def test_dates_are_understood_as_written_and_shown_again(typed, iso):
    found = when.of_text(typed)
    assert found.iso() == iso
    assert when.of_text(found.shown()) == found == when.of_iso(iso)


@pytest.mark.parametrize(
    "typed", ["hôm qua", "31/4/2026", "29/2/2023", "13/2026", "1/1/1800", "2020-13", "quý V/2026"]
)
def test_what_is_not_in_the_calendar_is_refused(typed):
    with pytest.raises(ValueError, match="2026"):
        when.of_text(typed)


@pytest.mark.parametrize(
    ("on", "strict", "last"),
    [
        ("2020-04-10", True, date(2020, 4, 9)), ("2020-04-10", False, date(2020, 4, 10)),
        ("2026-03-01", True, date(2026, 2, 28)), ("2026-03", True, date(2026, 2, 28)),
        ("2026-02", False, date(2026, 2, 28)), ("2026-Q1", False, date(2026, 3, 31)),
        ("2026", False, date(2026, 12, 31)), ("2026-01-01", True, date(2025, 12, 31)),
    ],
)  # fmt: skip
def test_the_last_good_day(on, strict, last):
    assert when.of_iso(on).last_good_day(strict=strict) == last


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Thủ trưởng các đơn vị trực thuộc", "subordinate"),
        ("Các cơ quan, đơn vị trực thuộc Sở Y tế", "subordinate"),
        ("các đơn vị", "subordinate"), ("các đơn vị trong toàn ngành", "sector"), ("Văn phòng Sở", ""),
        ("Các đơn vị, bộ phận phụ trách phong trào", ""), ("các đơn vị còn lại", ""), ("", ""),
    ],
)  # fmt: skip
def test_groups_of_units(words, group):
    assert group_of(words) == group


@pytest.fixture
def directory(db):
    department = make.department()
    readings.sector(department)
    return Directory(department)


@pytest.mark.parametrize(
    ("words", "names", "sure"),
    [
        ("Văn phòng Sở", ["Văn phòng Sở"], 1.0),
        ("van phong so", ["Văn phòng Sở"], 1.0),
        ("Trung tâm Kiểm soát bệnh tật", ["Trung tâm Kiểm soát bệnh tật tỉnh"], 0.85),
        ("Giám đốc Bệnh viện Mắt", ["Bệnh viện Mắt"], 0.85),
        ("Sở Y tế", ["Sở Y tế An Bình"], 0.85),
        ("Bệnh viện Mắt và Bệnh viện Phổi", ["Bệnh viện Mắt", "Bệnh viện Phổi"], 1.0),
        ("Phòng Nghiệp vụ", ["Phòng Nghiệp vụ Y"], 0.5),
        ("Hội đồng Thi đua", [], None),
    ],
)
def test_names_mean_bodies(directory, words, names, sure):
    match = directory.match(words)
    assert sorted(body.name for body in match.bodies) == sorted(names)
    assert match.confidence == sure


def test_what_a_person_chose_is_taken_by_name_only(directory):
    assert [body.name for body in directory.typed("bệnh viện mắt; Bệnh viện Phổi").bodies] == [
        "Bệnh viện Mắt", "Bệnh viện Phổi",
    ]  # fmt: skip
    group = directory.group_label("sector")
    assert len(directory.owners(directory.typed(group))) == 4
    with pytest.raises(ValueError, match="Bệnh viện Lạ"):
        directory.typed("Bệnh viện Lạ")


def test_two_bodies_of_one_name_are_never_guessed(directory):
    make.unit(directory.department, "Bệnh viện Mắt")
    fresh = Directory(directory.department)
    assert fresh.match("Bệnh viện Mắt").bodies == ()
    labels = [label for label in fresh.choices if label.startswith("Bệnh viện Mắt")]
    assert len(set(labels)) == 2
    assert len(fresh.typed(labels[0]).bodies) == 1


def test_bodies_of_another_department_are_not_offered(directory):
    other = make.department("Sở Y tế Bình Sơn")
    make.unit(other, "Bệnh viện Bình Sơn")
    assert "Bệnh viện Bình Sơn" not in Directory(directory.department).choices


def test_overlapping_words_share_one_mark():
    lines = [{"page": 1, "number": 1, "text": "Số lượng: 05 tập thể và 10 cá nhân."}]
    sources = {
        "a": readings.source(1, "05 tập thể và 10 cá nhân"), "b": readings.source(1, "05", 0.5),
        "c": readings.source(1, "Số lượng"), "d": readings.source(1, "không có trong dòng"),
    }  # fmt: skip
    paper = paper_of(lines, {"sources": sources | {"d": readings.source(9, "x")}, "defects": []})
    assert paper.marks["a"] == paper.marks["b"] != paper.marks["c"]
    assert "".join(piece.text for piece in paper.lines[0].pieces) == lines[0]["text"]
    assert [piece.look for piece in paper.lines[0].pieces if piece.mark] == ["", "q"]
