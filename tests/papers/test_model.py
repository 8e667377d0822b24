from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guong.papers.model import Annex
from tests.papers.samples import decision, draft, minutes


def test_number_under_ten_gets_a_leading_zero() -> None:
    assert minutes().number_line == "Số: 07/BB-HĐTĐKT"
    assert decision().number_line == "Số: 213/QĐ-SYT"


def test_draft_leaves_room_for_number_and_day() -> None:
    paper = draft()
    assert paper.number_line.replace("\u00a0", "") == "Số: /QĐ-SYT"
    assert paper.day_line.split() == ["ngày", "tháng", "năm", "2026"]


def test_paper_without_day_and_year_is_refused() -> None:
    with pytest.raises(ValueError, match="year"):
        replace(decision(), day=None, year=None)


def test_cited_names_the_paper_for_others() -> None:
    assert decision().cited("Giám đốc Sở Y tế") == (
        "Quyết định số 213/QĐ-SYT ngày 23 tháng 11 năm 2026 của Giám đốc Sở Y tế"
    )
    assert replace(decision(), day=date(2026, 2, 3)).cited().endswith("ngày 03 tháng 02 năm 2026")


@pytest.mark.parametrize(
    ("headings", "rows", "widths"),
    [((), (), ()), (("A", "B"), (), (10,)), (("A",), (), (0,)), (("A", "B", "C"), (("1", "2"),), ())],
)
def test_annex_that_cannot_be_drawn_is_refused(headings: tuple, rows: tuple, widths: tuple) -> None:
    with pytest.raises(ValueError, match=r"widths|headings|cells"):
        Annex("Danh sách", headings, rows, widths=widths)
