"""Sources spelled out: no key and no abbreviation of an article is left on a screen."""

from __future__ import annotations

import re

import pytest

from guong.law import load
from guong.law.citing import in_full

LAW = load()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("L22 Đ.73(1)", "Luật Thi đua, khen thưởng 06/2022/QH15, Điều 73 khoản 1"),
        ("N65 Đ.24(1)c", "Nghị định 65/2014/NĐ-CP, Điều 24 khoản 1 điểm c"),
        ("N152 Đ.9, Đ.21", "Nghị định 152/2025/NĐ-CP, Điều 9, Điều 21"),
        ("L22 Đ.79(2), (4)", "Luật Thi đua, khen thưởng 06/2022/QH15, Điều 79 khoản 2 và khoản 4"),
        ("L22 Đ.44(4)đ", "Luật Thi đua, khen thưởng 06/2022/QH15, Điều 44 khoản 4 điểm đ"),
        ("TT15 (chưa đọc; lấy theo TT01)",
         "Thông tư 15/2025/TT-BNV (chưa đọc; lấy theo Thông tư 01/2024/TT-BNV)"),
        ("một nguồn khác", "một nguồn khác"),
    ],
)  # fmt: skip
def test_a_source_is_spelled_out(source, words):
    assert in_full(source, LAW.instruments) == words


def test_no_key_is_left_in_any_source_of_the_law():
    sources = {each.source for timeline in LAW.values.values() for each in timeline.all()}
    sources |= {each.source for rule in LAW.rules.values() for each in rule.group.criteria()}
    left = {
        source
        for source in sources
        if re.search(r"Đ\.\d", words := in_full(source, LAW.instruments))
        or any(re.search(rf"(?<![\w/-]){key}\b(?!/)", words) for key in LAW.instruments)
    }
    assert left == set()
