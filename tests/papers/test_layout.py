from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guong.papers import layout
from guong.papers.layout import content, plain
from guong.papers.model import Annex
from tests.papers.samples import annex, decision, minutes


def drawn(table: Annex) -> layout.Table:
    return content(replace(decision(), annexes=(table,))).annexes[0]


def test_bases_end_with_semicolons_and_the_proposal_with_a_full_stop() -> None:
    bases = [block.text for block in content(decision()).blocks if block.style == "basis"]
    assert [text[-1] for text in bases] == [";", ";", "."]
    assert not any(text.endswith((".;", ";;", ";.")) for text in bases)


def test_text_closes_with_the_end_mark_once() -> None:
    assert content(decision()).blocks[-1].text.endswith("Quyết định này./.")
    assert content(minutes()).blocks[-1].text == "Cuộc họp kết thúc lúc 16 giờ 30 phút./."
    closed = replace(minutes(), closing="Đã thông qua./.")
    assert content(closed).blocks[-1].text == "Đã thông qua./."


def test_recipients_are_listed_with_dashes_and_one_full_stop() -> None:
    assert content(decision()).recipients == ("- Như Điều 3;", "- Sở Nội vụ (b/cáo);", "- Lưu: VT, VP.")


def test_capitals_are_set_where_the_decree_wants_them() -> None:
    drawn_paper = content(decision())
    assert (drawn_paper.issuer, drawn_paper.kind) == ("SỞ Y TẾ", "QUYẾT ĐỊNH")
    assert drawn_paper.signature.lines[0] == "KT. GIÁM ĐỐC"
    assert drawn_paper.signature.name == "Phùng Văn Khải"


def test_only_a_paper_with_an_authority_decides() -> None:
    assert [b.text for b in content(decision()).blocks if b.style == "resolve"] == ["QUYẾT ĐỊNH:"]
    assert not [b for b in content(minutes()).blocks if b.style == "resolve"]


def test_wide_lists_are_laid_on_their_side() -> None:
    assert not drawn(annex()).sideways
    assert sum(drawn(annex()).widths) == pytest.approx(layout.UPRIGHT_MM, abs=0.1)
    wide = replace(annex(), widths=(12, 90, 90, 28))
    assert drawn(wide).sideways
    assert sum(drawn(wide).widths) == pytest.approx(layout.SIDEWAYS_MM, abs=0.1)
    assert drawn(Annex("D", tuple("ABCDEFGH"), ())).sideways
    assert not drawn(Annex("D", tuple("ABCDEF"), ())).sideways


def test_amounts_go_right_figures_in_the_middle_and_years_stay_whole() -> None:
    table = drawn(
        Annex("D", ("TT", "Tên", "Năm sinh", "Tiền", "Phiếu"), ((1, "Lò Pao", 1990, 760_000, "13/15"),))
    )
    assert table.align == "clcrc"
    assert table.rows[0] == (("1",), ("Lò Pao",), ("1990",), ("760.000",), ("13/15",))


@given(st.text())
def test_plain_gives_text_every_format_can_carry(text: str) -> None:
    clean = plain(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert plain(clean) == clean
    clean.encode("utf-8")
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Cn") for c in clean)
