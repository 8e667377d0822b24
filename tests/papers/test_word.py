from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from guong.papers import word, word_table
from guong.papers.layout import plain
from guong.papers.model import Article, OfficialPaper
from guong.papers.word import to_docx
from tests.papers.samples import HOSTILE, annex, decision, draft, minutes


def opened(paper: OfficialPaper) -> WordDocument:
    return Document(io.BytesIO(to_docx(paper)))


def millimetres(*lengths: int) -> list[int]:
    return [round(length / Mm(1)) for length in lengths]


def words(document: WordDocument) -> str:
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = opened(decision()).sections[0]
    assert millimetres(section.page_width, section.page_height) == [210, 297]
    assert millimetres(section.top_margin, section.bottom_margin) == [20, 20]
    left, right = millimetres(section.left_margin, section.right_margin)
    assert 30 <= left <= 35 and 15 <= right <= 20


def test_font_is_named_for_every_script() -> None:
    fonts = opened(decision()).styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "Times New Roman"
    }


def test_head_stands_in_two_columns_without_borders() -> None:
    head = opened(decision()).tables[0]
    (issuer, motto), (number, day) = ([cell.text for cell in row.cells] for row in head.rows)
    assert issuer.split("\n")[:2] == ["UBND TỈNH AN BÌNH", "SỞ Y TẾ"]
    assert motto.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert (number, day) == ("Số: 213/QĐ-SYT", "An Bình, ngày 23 tháng 11 năm 2026")
    assert head._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert len(head._tbl.findall(f".//{qn('w:pBdr')}")) == 2, (
        "a rule under the issuer and one under the motto"
    )


def test_page_number_is_a_field_in_the_top_margin_but_not_on_the_first_page() -> None:
    document = opened(decision())
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert len(section._sectPr.findall(qn("w:pgNumType"))) == 1
    field = document.sections[0].header._element.find(f".//{qn('w:fldSimple')}")
    assert field.get(qn("w:instr")) == "PAGE"
    assert document.sections[-1].header.is_linked_to_previous


def test_settings_of_each_section_stand_in_schema_order() -> None:
    order = ["headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"]
    for section in opened(decision()).sections:
        found = [node.tag.split("}")[1] for node in section._sectPr]
        assert found == sorted(found, key=order.index), "Word repairs files whose settings are out of order"


def test_body_and_end_carry_all_words() -> None:
    text = words(opened(decision()))
    for part in ("QUYẾT ĐỊNH:", "Điều 1.", "Mức thưởng theo quy định.", "Nơi nhận:", "- Lưu: VT, VP."):
        assert part in text
    assert text.index("KT. GIÁM ĐỐC") < text.index("PHÓ GIÁM ĐỐC") < text.index("Phùng Văn Khải")


def test_minutes_are_signed_by_two() -> None:
    grid = opened(minutes()).tables[-1]
    left, right = (cell.text for cell in grid.rows[0].cells)
    assert left.startswith("THƯ KÝ") and left.endswith("Trần Văn Bảy")
    assert right.startswith("CHỦ TỌA") and right.endswith("Lê Thị Hòa")
    assert grid.rows[1].cells[0].text.startswith("Nơi nhận:")


def test_draft_leaves_room_for_the_number() -> None:
    number = opened(draft()).tables[0].rows[1].cells[0].text
    assert number.startswith("Số: \u00a0")
    assert number.endswith("/QĐ-SYT")


def test_annex_of_500_rows_repeats_its_head_and_spans_its_groups() -> None:
    table = opened(decision(people=500)).tables[-1]
    rows = table._tbl.findall(qn("w:tr"))
    assert len(rows) == 502
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows[:3]] == [True, False, False]
    assert rows[1].find(f".//{qn('w:gridSpan')}").get(qn("w:val")) == "4"
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    assert [cell.text for cell in table.rows[501].cells][0::3] == ["500", "760.000"]


def test_wide_annex_is_laid_on_its_side() -> None:
    paper = replace(decision(), annexes=(replace(annex(), widths=(12, 90, 90, 28)), annex()))
    portrait, sideways, back = opened(paper).sections
    assert portrait.orientation == back.orientation == WD_ORIENT.PORTRAIT
    assert sideways.orientation == WD_ORIENT.LANDSCAPE
    assert millimetres(sideways.page_width, back.page_width) == [297, 210]


def test_special_characters_stay_words() -> None:
    paper = replace(
        decision(),
        subject=HOSTILE,
        articles=(Article("Điều 1.", ("A & B < C > D \x00\x0b\ud800 hết",)),),
        annexes=(replace(annex(), rows=((1, HOSTILE, "x" * 10_000, 2),)),),
    )
    document = opened(paper)
    text = words(document)
    assert text.count(plain(HOSTILE)) == 2
    assert "A & B < C > D hết./." in text
    assert "x" * 10_000 in text


def test_forbidden_characters_would_break_the_file_without_cleaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: uncleaned text never reaches a file Word can open."""
    monkeypatch.setattr(word.layout, "plain", str)
    with pytest.raises(ValueError, match="XML"):
        to_docx(replace(decision(), subject="hỏng \x00"))


def test_equal_papers_have_equal_parts() -> None:
    first, second = (zipfile.ZipFile(io.BytesIO(to_docx(decision()))) for _ in range(2))
    assert all(first.read(name) == second.read(name) for name in first.namelist())


def test_element_writes_attributes_in_the_word_namespace() -> None:
    assert word_table.element("w:jc", val="center").get(qn("w:val")) == "center"
