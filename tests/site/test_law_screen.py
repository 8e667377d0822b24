"""`guong law screen`: everybody in the database, as a table, a spreadsheet and JSON."""

from __future__ import annotations

import argparse
import json
from datetime import date

import pytest
from tests import factories as make
from tests.records.test_facts import line

from guong.papers.tables import read_rows
from guong.records.models import Honour, Rating, Whole
from guong.site import screening
from guong.site.commands import parser
from guong.site.trouble import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    """A nurse who is advanced and outstanding, one without the title, one who left."""
    root = make.department()
    unit = make.unit(root, "Bệnh viện Đồng Mây")
    for record in Whole.Record.values:
        Whole.objects.create(unit=unit, record=record, since=2010)
    good, other, gone = (make.person(name) for name in ("=Hòa", "Trần Văn Bình", "Lê Thị Chi"))
    section = make.section(unit, "Khoa Nội")
    make.employ(good, section)
    make.employ(other, section)
    make.employ(gone, section, valid_to=date(2023, 6, 30))
    for who in (good, other, gone):
        line(Rating, who, root, year=2024, level="HTXS")
    line(Honour, good, root, code="LDTT", year=2024)
    return unit


def asked(*words: str) -> argparse.Namespace:
    return parser().parse_args(["law", "screen", "--year", "2024", "--received-on", "2024-12-20", *words])


def test_table_with_what_decides(hospital, capsys):
    assert screening.run(asked("--code", "CSTDCS")) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "=Hòa | Khoa Nội | Bệnh viện Đồng Mây | Chiến sĩ thi đua cơ sở | Đủ điều kiện | – | –",
        "Trần Văn Bình | Khoa Nội | Bệnh viện Đồng Mây | Chiến sĩ thi đua cơ sở | Không đủ điều kiện"
        " | Đạt Lao động tiên tiến hoặc Chiến sĩ tiên tiến trong 1 năm liên tục, tính đến năm xét | L22 Đ.23",
    ]
    assert "2 kết quả" in err
    assert "đọc / reading" in err


def test_people_and_collectives_by_unit_and_outcome(hospital, capsys):
    make.employ(make.person(), make.unit(hospital.parent))
    screening.run(asked("--unit", hospital.code, "--json"))
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert {row["unit"] for row in rows} == {hospital.code}
    assert {"TTLDTT", "CSTDCS", "BKT"} <= {row["code"] for row in rows}
    assert {row["subject"] < 0 for row in rows} == {True, False}
    screening.run(asked("--outcome", "eligible", "--json"))
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert {row["outcome"] for row in rows} == {"eligible"}


def test_spreadsheet_keeps_names_as_text(hospital, tmp_path):
    screening.run(asked("--code", "CSTDCS", "--xlsx", str(tmp_path / "a.xlsx")))
    rows = read_rows((tmp_path / "a.xlsx").read_bytes())
    assert [row[0] for row in rows[-2:]] == ["=Hòa", "Trần Văn Bình"]


@pytest.mark.parametrize("words", [("--code", "XX"), ("--unit", "XX")])
def test_unknown_names_are_refused(hospital, words):
    with pytest.raises(Trouble, match="XX"):
        screening.run(asked(*words))


def test_without_a_department_there_is_nobody_to_ask():
    with pytest.raises(Trouble, match="sở"):
        screening.run(asked())
