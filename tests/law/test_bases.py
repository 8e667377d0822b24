"""Which legal bases a decision of a day cites, and who may decide it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guong.law import DEPARTMENT, deciders, ended, legal_bases, load, read_layer, shipped_layers

LAW = load()
WORDS = {
    date(2016, 5, 4): ("2003", "65/2014/NĐ-CP"),
    date(2017, 10, 1): ("2003", "91/2017/NĐ-CP"),
    date(2023, 12, 31): ("2003", "91/2017/NĐ-CP", "12/2019/TT-BNV", "38/2018/TT-BYT"),
    date(2024, 1, 1): ("15 tháng 6 năm 2022", "98/2023/NĐ-CP"),
    date(2024, 2, 15): ("15 tháng 6 năm 2022", "98/2023/NĐ-CP", "25/2023/TT-BYT"),
    date(2025, 6, 30): ("98/2023/NĐ-CP", "01/2024/TT-BNV"),
    date(2025, 7, 1): ("152/2025/NĐ-CP", "01/2024/TT-BNV"),
    date(2025, 8, 5): ("152/2025/NĐ-CP", "15/2025/TT-BNV"),
    date(2026, 11, 25): ("23 tháng 4 năm 2026", "152/2025/NĐ-CP", "15/2025/TT-BNV"),
}


@pytest.mark.parametrize("day", WORDS)
def test_bases_are_those_of_the_day_and_in_order(day):
    lines = [basis.text for basis in legal_bases(LAW, day)]
    assert all(line.startswith("Căn cứ ") for line in lines)
    for words in WORDS[day]:
        assert any(words in line for line in lines), words
    kinds = [line.split()[2] for line in lines]
    assert kinds == sorted(kinds, key=["Luật", "Nghị", "Thông"].index)
    assert "Tổ chức" in lines[0]


@pytest.mark.parametrize("day", WORDS)
def test_twin_nothing_of_another_regime_is_cited(day):
    lines = " ".join(basis.text for basis in legal_bases(LAW, day))
    others = {words for of, many in WORDS.items() for words in many if words.endswith(("NĐ-CP", "TT-BNV"))}
    in_force = {words for words in others if words in lines}
    assert not list(ended(LAW, in_force, day))
    assert others - in_force


def test_before_the_first_regime_nothing_is_proposed():
    assert legal_bases(LAW, date(2010, 1, 1)) == ()


def test_r4_is_marked_and_the_law_of_2022_before_is_sure():
    assert all("01/10/2026" in basis.why for basis in legal_bases(LAW, date(2026, 10, 1)))
    sure = [basis.text for basis in legal_bases(LAW, date(2026, 9, 30)) if not basis.unverified]
    assert sure == ["Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"]


def test_province_stands_last_and_only_while_it_applies():
    path = shipped_layers()["an-binh-2025"]
    with_it = LAW.with_layer(read_layer(path.read_text(encoding="utf-8"), path.name, LAW))
    assert "31/2025/QĐ-UBND" in legal_bases(with_it, date(2025, 10, 15))[-1].text
    assert "31/2025/QĐ-UBND" not in legal_bases(with_it, date(2025, 10, 14))[-1].text


def test_fallen_decree_is_found_in_a_line():
    lines = ["Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ"]
    assert [each.key for each in ended(LAW, lines, date(2025, 7, 1))] == ["N98"]
    assert not list(ended(LAW, lines, date(2025, 6, 30)))


@pytest.mark.parametrize("code", ["LDTT", "CSTDCS", "TTLDTT", "GKS", "BDUONG"])
def test_department_decides_its_own(code):
    assert deciders(LAW, code, date(2025, 12, 1)).include(*DEPARTMENT)


@pytest.mark.parametrize(
    ("code", "office"),
    [("CSTDT", "provincial_chairman"), ("BKT", "provincial_chairman"), ("BKTTG", "prime_minister"),
     ("KNC", "minister"), ("HCLD3", "president"), ("GKX", "commune_chairman")],
)  # fmt: skip
def test_higher_levels_decide_theirs_and_have_names(code, office):
    found = deciders(LAW, code, date(2025, 12, 1))
    assert office in found.offices and not found.include(*DEPARTMENT)
    assert "Điều" in found.source or "Luật" in found.source
    assert all(name in LAW.words.terms for name in found.offices)


def test_every_office_that_decides_has_a_name():
    for code in LAW.awards:
        for day in (date(2018, 1, 1), date(2024, 6, 1), date(2026, 1, 1), date(2026, 11, 1)):
            assert set(deciders(LAW, code, day).offices) <= set(LAW.words.terms), code


def test_district_decides_nothing_any_more():
    assert deciders(LAW, "GKH", date(2025, 6, 30)).offices == ("district_chairman",)
    assert deciders(LAW, "GKH", date(2025, 7, 1)).offices == ()


def test_twin_without_the_end_of_a_decree_it_would_still_be_cited():
    """The days of instruments are what chooses."""
    kept = {**LAW.instruments, "TT01": replace(LAW.instruments["TT01"], until=None)}
    endless = replace(LAW, instruments=kept)
    day = date(2025, 9, 1)
    cited = ["01/2024/TT-BNV" in " ".join(b.text for b in legal_bases(law, day)) for law in (LAW, endless)]
    assert cited == [False, True]
